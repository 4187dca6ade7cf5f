"""The help desk in chat: a request finds its office, is answered, passes on in silence, and may become an entry."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from tests.chats.calendars import loads
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    newest_file,
    said_by_bot,
    voice,
)
from workflows.languages import LANGUAGES, Language
from workflows.people.roles import Office
from workflows.store.values_calendar import Minute
from workflows.store.values_support import SupportRequest
from workflows.use_cases.support import publishing

UNKNOWN_COMMAND = "Rafiq does not know this command."
STALE = "That button belongs to an earlier card"
QUESTION = "How do we describe the new residence law of our ministry?"
SECOND_WORKING_DAY = 7
"""So many days after Friday, 5 March 2027 Lebanon has worked twice: the weekend and the end of Ramadan are between."""
SECRET = "the words of the draft that nobody else reads"


async def supporter(
    region: Region, office: Office, country: str = "LB", name: str = "Hana Salem", language: str = "en"
) -> Person:
    """Somebody of an office who has come in."""
    return await region.comes_in(await region.invitation("supporter", country, scope=office), language, name)


async def requests(region: Region, country: str = "LB") -> list[SupportRequest]:
    """What a country has asked, as it is on disk."""
    async with region.store.reading() as work:
        return await work.support.of_country(CYCLE, country)


async def audited(region: Region, act: str) -> list[tuple[str, str]]:
    """What the audit says of an act: thing and outcome."""
    async with region.store.reading() as work:
        return [(each.thing, each.outcome) for each in await work.audit.newest(500) if each.act == act]


async def asks(region: Region, person: Person, text: str = QUESTION, kind: str = "Data and figures") -> None:
    """The person asks something that the notes do not answer, and sends it."""
    await region.says(person, "/ask")
    await region.says(person, text)
    await region.presses(person, kind)


def card_of(person: Person, label: str) -> int:
    """The id of the newest message that shows a button."""
    return next(each.message_id for each in reversed(said_by_bot(person)) if label in labels_of(each))


# --- asking ----------------------------------------------------------------------------------------------------------


async def test_a_request_is_answered_under_the_offices_name_and_closed(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    assert "Your request has been sent." in newest(layla)
    assert "United Nations country team" in newest(layla)
    assert "A new request" in newest(hana)
    assert "Lebanon" in newest(hana)
    assert QUESTION in newest(hana)
    assert "Asked by: Layla Haddad, national focal point" in newest(hana)
    await region.presses(hana, "👤 Take it")
    assert "In the hands of: Hana Salem" in newest(hana)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "Give its title and date first.")
    assert "United Nations country team has answered your request." in newest(layla)
    assert "Give its title and date first." in newest(layla)
    assert "Hana" not in everything([layla])
    (kept,) = await requests(region)
    assert (kept.state, kept.office, kept.kind) == ("answered", "un_team", "data")
    await region.presses(layla, "Thank you, close it")
    assert "☑️ A request was closed" in newest(hana)
    assert [each.state for each in await requests(region)] == ["closed"]
    await region.presses(layla, "Open it again")
    assert "A request was opened again" in newest(hana)
    assert [each.state for each in await requests(region)] == ["taken"]


@pytest.mark.parametrize(
    ("language", "text"), [("ar", "كيف نصف قانون الإقامة الجديد؟"), ("fr", "Comment décrire notre loi ?")]
)
async def test_the_same_in_arabic_and_french(region: Region, language: Language, text: str) -> None:
    hana = await supporter(region, "un_team", language=language)
    layla = await region.focal_point("LB", language)
    say = voice(language, "LB").gettext
    await asks(region, layla, text, say("Data and figures"))
    assert heard(layla, say("Your request has been sent."))
    assert heard(hana, text)
    await region.presses(hana, say("✍️ Answer"))
    await region.says(hana, "نعم oui")
    assert heard(layla, "نعم oui")
    await region.says(layla, "/requests")
    assert heard(layla, say("My requests"))
    await region.says(hana, "/requests")
    assert heard(hana, voice(language).ngettext("{count} open request", "{count} open requests", 1))


async def test_a_kind_that_is_picked_first_sends_at_once(region: Region) -> None:
    escwa = await supporter(region, "escwa", "")
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask")
    await region.presses(layla, "The template and how to answer")
    await region.says(layla, QUESTION)
    assert "It is with: ESCWA." in newest(layla)
    assert heard(escwa, QUESTION)


async def test_the_draft_goes_along_only_when_the_asker_attaches_it(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await region.says(layla, SECRET)
    await region.opens(layla, OPEN)
    await region.presses(layla, "⋯ More")
    await region.presses(layla, "🙋 Ask for help with this question")
    assert "Question 1f" in newest(layla)
    await region.says(layla, QUESTION)
    await region.presses(layla, "Drafting an answer")
    assert [each.prompt for each in await requests(region)] == [OPEN]
    assert "question 1f" in newest(hana)
    assert SECRET not in everything([hana])
    assert await region.text(OPEN) == SECRET
    await region.presses(layla, "📎 Attach this answer")
    assert "is attached, as it stands now" in newest(layla)
    assert "It is read by: United Nations country team, the secretariat." in newest(layla)
    assert "Any office that the request pass" in newest(layla)
    assert SECRET in newest(hana)
    await region.presses(layla, "◀ Back to the question")
    await region.says(layla, "and more")
    assert await region.parts(OPEN) == [SECRET, "and more"]
    assert "and more" not in everything([hana])


async def test_nothing_is_kept_of_a_question_that_is_not_sent(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask")
    await region.says(layla, QUESTION)
    await region.presses(layla, "Do not send")
    assert await requests(region) == []
    assert QUESTION not in everything([hana])
    assert await region.forges(layla, first_card(layla).message_id, "do.ask_send.1.data") == newest_toast(
        layla
    )
    assert await requests(region) == []


def newest_toast(person: Person) -> str:
    """The line that was last shown over the chat."""
    return person.callback_answers[-1].text


async def test_a_request_that_is_sent_twice_is_one(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.forges(layla, first_card(layla).message_id, "do.ask_send.1.data")
    assert len(await requests(region)) == 1
    assert sum("A new request" in each.text for each in said_by_bot(hana)) == 1


async def test_follow_ups(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask")
    await region.says(layla, QUESTION)
    await region.presses(layla, "Data and figures")
    await region.presses(layla, "Add something")
    await region.says(layla, "=HYPERLINK(1) & <b>urgent</b>")
    assert "Your words were added" in newest(layla)
    assert "=HYPERLINK(1) & <b>urgent</b>" in newest(hana)


async def test_a_contributor_and_a_clearer_ask_too(region: Region) -> None:
    hana = await supporter(region, "un_team")
    await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    await asks(region, karim)
    assert "Asked by: Karim Aoun, contributor" in newest(hana)
    nadia = await region.comes_in(await region.invitation("clearer", "LB", scope="1"), "en", "Nadia Khoury")
    await asks(region, nadia, "May I clear only section two?")
    assert "Asked by: Nadia Khoury, clearing authority" in newest(hana)


# --- routing and silence ---------------------------------------------------------------------------------------------


async def test_without_supporters_a_request_reaches_the_secretariat(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    assert "It is with: the secretariat." in newest(layla)
    assert QUESTION in newest(sam)


async def test_silence_passes_a_request_on_and_says_who_was_told(region: Region) -> None:
    hana = await supporter(region, "un_team")
    omar = await supporter(region, "iom_country", name="Omar Nasr")
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)  # a Monday, 9:05 UTC
    await region.later(timedelta(days=1))
    assert await region.house.beats.escalate() == 0
    await region.later(timedelta(hours=17))  # Wednesday, two hours after midnight
    assert await region.house.beats.escalate() == 0
    await region.later(timedelta(hours=7))
    assert await region.house.beats.escalate() == 1
    assert await region.house.beats.escalate() == 0
    await region.rests()
    assert (
        "no answer within two working days from: United Nations country team. Now told: IOM country office"
        in (newest(layla))
    )
    assert "So far with: United Nations country team" in newest(omar)
    assert "has passed on. Now told: IOM country office" in newest(hana)
    assert QUESTION not in everything([sam])
    await region.later(timedelta(days=2))  # Friday
    assert await region.house.beats.escalate() == 1
    await region.rests()
    assert QUESTION in newest(sam)
    (kept,) = await requests(region)
    assert kept.office == "secretariat"
    assert ("request/1", "passed after silence to secretariat") in await audited(region, "answer_support")
    for _ in range(SECOND_WORKING_DAY - 1):
        await region.later(timedelta(days=1))
        assert await region.house.beats.escalate() == 0
    await region.later(timedelta(days=1))
    assert await region.house.beats.escalate() == 1
    await region.rests()
    assert sum("not answered within two working days" in each.text for each in said_by_bot(sam)) == 2


async def test_an_answered_request_does_not_pass_on(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "Yes.")
    await region.later(timedelta(days=4))
    assert await region.house.beats.escalate() == 0


async def test_an_office_passes_a_request_on_by_hand(region: Region) -> None:
    hana = await supporter(region, "un_team")
    escwa = await supporter(region, "escwa", "", "Rima Daher")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.presses(hana, "Pass it on")
    assert labels_of(hana.last_message)[:2] == ["ESCWA", "The secretariat"]
    await region.presses(hana, "ESCWA")
    assert "passed on to: ESCWA" in newest(hana)
    assert "passed on to you by: United Nations country team" in newest(escwa)
    assert "Your request was passed on by: United Nations country team. Now with: ESCWA" in newest(layla)
    await region.forges(hana, first_card(hana).message_id, "do.request.1")
    await region.forges(hana, first_card(hana).message_id, "do.request_answer.1")
    assert "Please type the answer" not in newest(hana)
    await region.presses(escwa, "Close it")
    assert "Your request was closed by the office" in newest(layla)


# --- who may ---------------------------------------------------------------------------------------------------------


async def test_a_supporter_sees_the_requests_of_the_own_office_and_country_only(region: Region) -> None:
    hana = await supporter(region, "un_team")
    other = await supporter(region, "un_team", "JO", "Sami Odeh")
    iom = await supporter(region, "iom_country", name="Omar Nasr")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    assert QUESTION in everything([hana])
    for stranger in (other, iom):
        assert QUESTION not in everything([stranger])
        for verb in (
            "request",
            "request_take",
            "request_answer",
            "request_pass",
            "request_close",
            "request_list",
        ):
            await region.forges(stranger, first_card(stranger).message_id, f"do.{verb}.1")
        await region.says(stranger, "/requests")
        assert "No request is open." in newest(stranger)
        assert QUESTION not in everything([stranger])
    assert [each.state for each in await requests(region)] == ["open"]
    assert ("request/1", "denied") in await audited(region, "answer_support")


async def test_a_supporter_has_no_review_and_no_other_rooms(region: Region) -> None:
    hana = await supporter(region, "un_team")
    await region.says(hana, "/start")
    assert "You see the requests only, and no review." in newest(hana)
    assert "No request waits." in newest(hana)
    for command in ("ask", "sections", "continue", "progress", "supporters", "offers", "invite", "status"):
        await region.says(hana, f"/{command}")
        assert UNKNOWN_COMMAND in newest(hana), command
    await region.says(hana, "/help")
    assert "Requests for your office arrive here" in newest(hana)
    await region.forges(hana, first_card(hana).message_id, "go.prompt:1f.2")
    assert not heard(hana, "1f")


async def test_those_who_ask_do_not_answer_nor_see_others_requests(region: Region) -> None:
    await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    rana = await region.focal_point("JO", "en", "Rana Majali")
    await asks(region, layla)
    for verb in (
        "my_request",
        "request",
        "request_take",
        "request_answer",
        "request_more",
        "request_done",
        "ask_attach",
    ):
        await region.forges(rana, first_card(rana).message_id, f"do.{verb}.1")
    await region.says(rana, "/requests")
    assert "You have sent no request yet." in newest(rana)
    assert QUESTION not in everything([rana])
    await region.forges(layla, first_card(layla).message_id, "do.request_close.1")
    assert [each.state for each in await requests(region)] == ["open"]
    await region.says(layla, "/supporters")
    assert UNKNOWN_COMMAND in newest(layla)


async def test_the_secretariat_asks_nobody_and_sees_every_request(region: Region) -> None:
    hana = await supporter(region, "un_team")
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    rana = await region.focal_point("JO", "en", "Rana Majali")
    await asks(region, layla)
    await asks(region, rana, "How do we count returnees?")
    await region.later(timedelta(days=3))
    await region.says(sam, "/ask hello")
    assert UNKNOWN_COMMAND in newest(sam)
    await region.says(sam, "/requests")
    assert "2 open requests" in newest(sam)
    assert "3 days old" in newest(sam)
    assert newest(sam).index("Lebanon") < newest(sam).index("Jordan")
    await region.presses(sam, "Jordan (1)")
    assert "Lebanon" not in newest(sam)
    await region.says(sam, "/requests لبنان")
    assert "1 open request · Lebanon" in newest(sam)
    await region.presses(sam, "Request 1 · Lebanon")
    await region.presses(sam, "✍️ Answer")
    await region.says(sam, "Like this.")
    assert "The secretariat has answered your request." in newest(layla)
    assert not heard(hana, "Like this.")


async def test_the_secretariat_makes_links_for_supporters(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/supporters")
    assert "nobody yet" in newest(sam)
    await region.presses(sam, "IOM country office")
    await region.says(sam, "Atlantis")
    assert "“Atlantis” is no country of the region." in newest(sam)
    await region.says(sam, "الاردن")
    link = next(word for word in newest(sam).split() if "?start=" in word)
    omar = await region.comes_in(link.partition("?start=")[2], "en", "Omar Nasr")
    assert "Requests for your office arrive as messages" in everything([omar])
    await region.says(sam, "/supporters")
    assert "• Omar Nasr · Jordan" in newest(sam)
    await region.presses(sam, "ESCWA")
    await region.presses(sam, "Every country")
    link = next(word for word in newest(sam).split() if "?start=" in word)
    await region.comes_in(link.partition("?start=")[2], "en", "Rima Daher")
    await region.says(sam, "/supporters")
    assert "• Rima Daher · every country" in newest(sam)


async def test_what_a_departed_asker_left_open_is_the_focal_points(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    await asks(region, karim)
    await region.says(karim, "/erase")
    await region.presses(karim, "Yes, erase")
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "For whoever goes on.")
    assert "For whoever goes on." in newest(layla)
    await region.says(layla, "/requests")
    assert QUESTION in newest(layla)
    assert "Karim" not in newest(hana)


# --- the list of answers ---------------------------------------------------------------------------------------------


async def answered(region: Region) -> tuple[Person, Person]:
    """An officer and a focal point whose request the officer has answered."""
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.presses(sam, "✍️ Answer")
    await region.says(sam, "Title and date are enough for Lebanon.")
    return sam, layla


async def test_an_answer_is_published_reworded_after_a_typed_word(region: Region) -> None:
    sam, _ = await answered(region)
    rana = await region.focal_point("JO", "en", "Rana Majali")
    await region.presses(sam, "Put into the list of answers")
    await region.says(sam, "How is a residence law described?")
    whole = "Title and date are enough for Lebanon." + " More is welcome." * 150 + " THEEND"
    await region.says(sam, whole)
    assert "The text names: Lebanon." in newest(sam)
    assert whole in newest(sam)
    await region.says(sam, "yes")
    assert "nothing was published" in newest(sam)
    await region.says(rana, "/answers")
    assert "The list is still empty." in newest(rana)
    await region.says(sam, "Publish")
    assert "Published: everybody in this cycle can read it" in newest(sam)
    await region.says(rana, "/answers")
    assert "How is a residence law described?" in newest(rana)
    await region.says(rana, "/answers residence law")
    await region.presses(rana, "1. How is a residence law described?")
    assert whole in newest(rana)
    assert "Withdraw it" not in labels_of(rana.last_message)
    assert QUESTION not in everything([rana])
    await region.says(rana, "/ask how is the residence law described")
    assert "From the list of questions and answers" in newest(rana)
    await region.presses(rana, "✔ This answers it")
    await region.forges(rana, first_card(rana).message_id, "do.answer_withdraw.1")
    await region.presses(sam, "Withdraw it")
    await region.says(rana, "/answers")
    assert "The list is still empty." in newest(rana)
    assert ("answer/1", "published") in await audited(region, "publish_answer")
    assert ("answer/1", "withdrawn") in await audited(region, "publish_answer")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("نظام الإقامة بلبنان جديد", ("لبنان",)),
        ("يكفي وللبنان عنوانان", ("لبنان",)),
        ("الأمر متروك للأردن", ("الأردن",)),
        ("بالمملكة العربية السعودية نظام آخر", ("المملكة العربية السعودية",)),
        ("La loi du Liban", ("Liban",)),
        ("أُرسل النص لليلى أمس", ("ليلى",)),
        ("اللبنات الأولى للحوار", ()),
    ],
)
def test_a_name_is_found_with_what_is_written_together_with_it(text: str, named: tuple[str, ...]) -> None:
    assert publishing.names_in(text, "ليلى حداد") == named


async def test_only_the_secretariat_publishes(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "Yes.")
    assert "Put into the list of answers" not in labels_of(hana.last_message)
    for person in (hana, layla):
        await region.forges(person, first_card(person).message_id, "do.request_list.1")
        assert "as everybody is to read it" not in newest(person)
    assert ("request/1", "denied") in await audited(region, "publish_answer")


# --- offers ----------------------------------------------------------------------------------------------------------


async def test_an_offer_is_taken_up_outside_its_session_in_one_press(region: Region) -> None:
    await loads(region)
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    now = region.house.clock.now()
    offer = Minute(0, CYCLE, "session1", "offer", "", None, "a handbook on data", now, "UNICEF")

    async def put_down(work: object) -> None:
        await work.minutes.add(offer, now)  # type: ignore[attr-defined]  # a Work

    await region.house.clerk.run_errand(put_down)
    await region.says(layla, "/offers")
    assert "UNICEF" in newest(layla)
    await region.presses(layla, "Take up: UNICEF")
    assert "Your country has taken it up" in newest(layla)
    assert "Lebanon takes up an offer of support." in newest(sam)
    assert "do.offer_take.1.0" not in data_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, "do.offer_take.1.0")
    assert sum("takes up an offer" in each.text for each in said_by_bot(sam)) == 1
    await region.says(sam, "/offers")
    assert UNKNOWN_COMMAND in newest(sam)


async def test_what_one_asked_and_answered_is_in_the_own_file(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "Yes, like this.")
    for person, words in ((layla, QUESTION), (hana, "Yes, like this.")):
        await region.says(person, "/mydata")
        file = newest_file(person)
        assert words in file.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_nothing_is_open_that_is_said_once(region: Region, language: Language) -> None:
    hana, speaks = await supporter(region, "un_team", language=language), voice(language)
    await region.says(hana, "/requests")
    assert newest(hana) == bare(speaks.gettext("No request is open."))
    await region.says(hana, "/requests LB")
    assert newest(hana).count(bare(speaks.gettext("No request is open."))) == 1
    assert speaks.country_name("LB") in newest(hana)
