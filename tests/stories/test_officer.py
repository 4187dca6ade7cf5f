"""The officer's first cycle, from the invitation to the acceptance: what is seen, steered and read, and what is not.

Nothing of a draft reaches the officer before the state lets it go; what the state takes back is gone again.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox import Person
from tests.chats.telling import bare, data_of, everything, labels_of, said_by_bot, voice
from tests.stories.telling import Somebody, Story, plainly
from workflows.languages import Language
from workflows.store.values_clearance import Edition

CYCLE = "gcm-arab-2020"
BEGINS = "2020-06-01"

CANARY = "اجتمعت اللجنة الوطنية مرتين"
MINISTRY = "Le ministère du Travail tient un registre."
BETTER = "اجتمعت اللجنة الوطنية مرتين في عام 2020."
TEXT, REGISTER = "1f.2", "2c.4"
FIRST = "methodology"


@dataclass
class Desk:
    """Who takes part: the officer, a country's people as they come in, and the office that helps them."""

    sam: Somebody
    hana: Somebody
    layla: Somebody
    amal: Somebody


async def test_the_officers_first_cycle(story: Story) -> None:
    sam = await story.arrives("Sam Rivers", "", "en", "secretariat")
    layla = await the_officer_finds_and_fills_what_is_missing(story, sam)
    hana = await supporter(story)
    amal = await story.arrives("Amal Nasser", "JO", "fr")
    desk = Desk(sam, hana, layla, amal)
    await the_invitation_is_read_and_answered(story, desk)
    await a_draft_is_written_by_two_ministries(story, desk)
    await the_officer_sees_counts_and_nudges(story, desk)
    await a_request_is_answered_and_published(story, desk)
    await the_text_is_cleared_and_submitted(story, desk)
    await it_is_returned_and_comes_back_as_version_2(story, desk)
    await accepted_means_closed(story, desk)
    await consent_is_given_and_taken_back(story, desk)
    await the_week_is_told(story, desk)
    for each in (amal, hana):
        assert CANARY not in everything([each.person]), "no other country and no office reads it"
    for each in story.people:
        assert not each.has_read(each.words("Something went wrong"))


async def comes_by(story: Story, link: str, name: str, country: str, language: Language) -> Somebody:
    """Somebody opens a link that the bot has given to somebody else."""
    token = link.partition("?start=")[2].split()[0]
    person = await story.region.comes_in(token, language, name)
    somebody = Somebody(person, voice(language, country), country)
    story.people.append(somebody)
    return somebody


async def supporter(story: Story) -> Somebody:
    """Somebody of the United Nations country team of Lebanon."""
    token = await story.region.invitation("supporter", "LB", scope="un_team")
    return await comes_by(story, f"?start={token}", "Hana Salem", "LB", "en")


def link_of(person: Person) -> str:
    """The newest link that somebody was given."""
    return next(bare(each.text) for each in reversed(said_by_bot(person)) if "?start=" in each.text)


async def forges(story: Story, who: Somebody, begin: str) -> None:
    """Somebody presses the newest key whose code begins so."""
    for message in reversed(said_by_bot(who.person)):
        for data in data_of(message):
            if data.startswith(begin):
                await story.region.forges(who.person, message.message_id, data)
                return
    raise AssertionError(f"{who.person.name} sees no key {begin!r} but {labels_of(who.last)}")


async def goes_out(story: Story) -> None:
    """A quarter of an hour passes, in which what is to be said goes out and is counted."""
    for _ in range(3):
        await story.region.later(timedelta(minutes=5))
        await story.region.house.beats.announce()
        await story.beats()


# --- the chapters ----------------------------------------------------------------------------------------------------


async def the_officer_finds_and_fills_what_is_missing(story: Story, sam: Somebody) -> Somebody:
    """1 June: 22 states without a focal point; a sentence asks for them, a link goes to Lebanon."""
    await story.says(sam, "من لم يسمِّ نقطة اتصال؟")
    await forges(story, sam, "do.people.missing")
    sam.reads("Countries without a focal point: 22")
    await story.says(sam, "/invite liban")
    layla = await comes_by(story, link_of(sam.person), "Layla Haddad", "LB", "ar")
    assert sam.has_read("Layla Haddad"), "the officer hears who has come in"
    await story.says(sam, "/people missing")
    sam.reads("Countries without a focal point: 21")
    assert "Lebanon" not in sam.newest
    return layla


async def the_invitation_is_read_and_answered(story: Story, desk: Desk) -> None:
    """One message to those it is for, counted by country; whether the review is voluntary is answered with its line."""
    await story.says(desk.sam, "/announce focal points")
    await story.says(desk.sam, "The concept note and the template are ready.")
    await forges(story, desk.sam, "do.announce_send.")
    await goes_out(story)
    desk.sam.reads("Delivered: 2 of 2")
    for who in (desk.layla, desk.amal):
        assert who.has_read("The concept note and the template are ready.")
    await story.says(desk.layla, "/ask هل المراجعة إلزامية؟")
    desk.layla.reads("طوعي")


async def a_draft_is_written_by_two_ministries(story: Story, desk: Desk) -> None:
    """The focal point writes; a colleague writes one section by a link, and the words are taken over."""
    layla, region = desk.layla, story.region
    await region.opens(layla.person, TEXT)
    await story.says(layla, CANARY)
    await story.says(layla, "/colleagues")
    await story.presses(layla, "Invite a contributor")
    await forges(story, layla, "do.scope.policy_environment")
    await forges(story, layla, "do.invite_for.policy_environment")
    karim = await comes_by(story, link_of(layla.person), "Karim Aoun", "LB", "fr")
    await region.opens(karim.person, REGISTER)
    await story.says(karim, MINISTRY)
    assert CANARY not in everything([karim.person]), "a colleague reads what was asked for and nothing else"
    await region.opens(layla.person, REGISTER)
    await forges(story, layla, f"do.beside.{REGISTER}")
    assert layla.has_read(MINISTRY)
    await forges(story, layla, "do.take_text.instead")
    assert await region.text(REGISTER) == MINISTRY


async def the_officer_sees_counts_and_nudges(story: Story, desk: Desk) -> None:
    """Who has begun and who has not; a ready word to those who are stuck at the second section; no word of a draft."""
    await story.comes_to("2020-06-15", "11:00")
    await story.says(desk.sam, "/status")
    desk.sam.reads("Begun: 1")
    await story.says(desk.sam, "/country LB")
    desk.sam.reads("Layla Haddad")
    await story.says(desk.sam, "/announce who has begun nothing")
    await story.presses(desk.sam, "Use the ready word for them")
    await forges(story, desk.sam, "do.announce_send.")
    await goes_out(story)
    assert desk.amal.has_read("Les questions sont prêtes pour vous.")
    assert not desk.layla.has_read("الأسئلة جاهزة لكم")
    await story.says(desk.sam, "/review LB")
    for words in (CANARY, MINISTRY):
        assert words not in everything([desk.sam.person]), "nothing of a draft before it is shared"


async def a_request_is_answered_and_published(story: Story, desk: Desk) -> None:
    """A question that the notes do not answer is answered by an office, and becomes an entry for everybody."""
    await story.says(desk.layla, "/ask كيف نصف قانون الإقامة الجديد؟")
    await story.presses(desk.layla, "Data and figures")
    assert desk.hana.has_read("كيف نصف قانون الإقامة الجديد؟")
    await story.presses(desk.hana, "✍️ Answer")
    await story.says(desk.hana, "Give its title and its date.")
    assert desk.layla.has_read("Give its title and its date.")
    await story.says(desk.sam, "/requests")
    await forges(story, desk.sam, "do.request.")
    await story.presses(desk.sam, "Put into the list of answers")
    for words in ("How is a residence law described?", "By its title and its date.", "Publish"):
        await story.says(desk.sam, words)
    await story.says(desk.amal, "/answers")
    desk.amal.reads("How is a residence law described?")
    assert CANARY not in everything([desk.hana.person, desk.sam.person])


async def the_text_is_cleared_and_submitted(story: Story, desk: Desk) -> None:
    """One clearance: the minister's office reads a frozen copy; the lead submits; receipts to everybody concerned."""
    layla = desk.layla
    await story.comes_to("2020-11-16", "11:00")
    await story.says(layla, "/clearing")
    await forges(story, layla, "do.clearing.steps.1")
    await forges(story, layla, "do.clearing.invite.1")
    rana = await comes_by(story, link_of(layla.person), "Rana Saad", "LB", "ar")
    await story.says(layla, "/submit")
    await story.presses(layla, "Send to be cleared")
    assert [each.document.name for each in said_by_bot(rana.person) if each.document], "a document to clear"
    await forges(story, rana, "do.clear.")
    await forges(story, rana, "do.clear.")
    assert CANARY not in everything([desk.sam.person]), "what is cleared is not submitted yet"
    await story.says(layla, "/submit")
    await forges(story, layla, "do.submit.")
    await forges(story, layla, "do.submit.")
    receipt = "✅ The review of {country} is submitted."
    for who in (layla, rana, desk.sam):
        country = who.speaks.country_name("LB")
        assert who.has_read(who.words(receipt, country=country)), who.person.name
    assert await stands(story) == ("submitted", 1)


async def it_is_returned_and_comes_back_as_version_2(story: Story, desk: Desk) -> None:
    """A wording is proposed and becomes the answer by the state's press alone; the next text is version 2."""
    sam, layla = desk.sam, desk.layla
    await story.says(sam, "/review LB")
    await forges(story, sam, f"do.read.LB.s.{FIRST}.0")
    while CANARY not in sam.newest:
        await forges(story, sam, "do.read.LB.s.")
    number = (await edition(story)).id
    await story.region.forges(sam.person, sam.last.message_id, f"do.remark.wording.{number}.{TEXT}")
    await story.says(sam, BETTER)
    await story.says(sam, "/review LB")
    await forges(story, sam, "do.review_return.")
    await forges(story, sam, "do.review_return.")
    assert await stands(story) == ("returned", 1)
    assert await story.region.text(TEXT) == CANARY, "nothing of the state's text changes by itself"
    await forges(story, layla, "do.remark_accept.")
    assert await story.region.text(TEXT) == BETTER
    await story.says(layla, "/clearing")
    await forges(story, layla, "do.clearing.steps.0")
    await story.says(layla, "/submit")
    await forges(story, layla, "do.freeze")
    await forges(story, layla, "do.submit.")
    assert await stands(story) == ("submitted", 2)
    async with story.region.store.reading() as work:
        versions = await work.clearance.submitted(CYCLE, "LB")
    assert [each.version for each in versions] == [1, 2], "the first stays on record"


async def accepted_means_closed(story: Story, desk: Desk) -> None:
    """Both sides hear of the acceptance; what is typed afterwards is given back and changes nothing."""
    await story.says(desk.sam, "/review LB")
    await forges(story, desk.sam, "do.review_accept.")
    await forges(story, desk.sam, "do.review_accept.")
    assert await stands(story) == ("accepted", 2)
    await story.region.opens(desk.layla.person, TEXT)
    await story.says(desk.layla, "جملة متأخرة")
    assert await story.region.text(TEXT) == BETTER
    assert desk.layla.has_read("جملة متأخرة"), "what was typed is not lost"


async def consent_is_given_and_taken_back(story: Story, desk: Desk) -> None:
    """One answer may be quoted; before anything is published the state takes that back, and the officer hears of it."""
    layla, number = desk.layla, (await edition(story)).id
    await story.says(layla, "/consent")
    await forges(story, layla, f"do.consent_section.{number}.{FIRST}")
    await story.region.forges(
        layla.person, layla.last.message_id, f"do.agree.{number}.quote.yes.0.{FIRST}:{TEXT}"
    )
    async with story.region.store.reading() as work:
        given = await work.consents.of_edition(number)
    assert [(each.prompt, each.use) for each in given if each.revoked_at is None] == [(TEXT, "quote")]
    await story.region.forges(
        layla.person, layla.last.message_id, f"do.agree.{number}.quote.no.0.{FIRST}:{TEXT}"
    )
    async with story.region.store.reading() as work:
        given = await work.consents.of_edition(number)
    assert not [each for each in given if each.revoked_at is None]
    desk.sam.reads("Lebanon")


async def the_week_is_told(story: Story, desk: Desk) -> None:
    """The officer's weekly note counts what became of the region and quotes nothing."""
    await story.says(desk.sam, "/status")
    await forges(story, desk.sam, "do.status_notes")
    await forges(story, desk.sam, "do.status_notes.digest.on")
    mark = desk.sam.last.message_id
    await story.comes_to("2020-11-22", "09:30")
    await story.region.house.beats.note()
    await story.beats()
    await story.says(desk.sam, "/status")
    await story.region.rests()
    told = [each for each in said_by_bot(desk.sam.person) if each.message_id > mark]
    texts = [plainly(each.text) for each in told]
    assert any("Submitted: 1" in text for text in texts), texts
    assert any("submitted" in text.casefold() and "Lebanon" in text for text in texts), texts
    assert not any(CANARY in text for text in texts)


async def stands(story: Story) -> tuple[str, int]:
    """How Lebanon's newest frozen text stands, and which version it is."""
    found = await edition(story)
    return found.state, found.version


async def edition(story: Story) -> Edition:
    """Lebanon's newest frozen text as it is on disk."""
    async with story.region.store.reading() as work:
        edition = await work.clearance.newest(CYCLE, "LB")
    assert edition is not None
    return edition
