"""Sessions in chat: two taps to register, groups with delegations together, questions, offers, steps, evaluation."""

import sqlite3
from datetime import date, datetime, time, timedelta
from typing import Literal

import pytest

from bot.render import toast
from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, changes, goes_to, loads, sandbox_at
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    labels_of,
    newest,
    said_by_bot,
    since,
    until,
    voice,
)
from workflows.cycle.calendar import Calendar
from workflows.cycle.moving import Change, change
from workflows.languages import LANGUAGES, Language
from workflows.notices import Toast
from workflows.store.values_calendar import Minute, Registration
from workflows.when import Exact, Window

STALE = "This button belongs to an earlier message. Please use the newest one."
NOT_ALLOWED = "The secretariat keeps the list of a session, its groups and its presentations."
FIXED = Exact(first=date(2020, 7, 15), last=date(2020, 7, 15), starts=time(10), ends=time(12, 30))


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2020."""
    await loads(region)
    return region


async def opens(region: Region, person: Person, data: str) -> None:
    """The person follows a key such as an event's card or a reminder shows."""
    await region.forges(person, first_card(person).message_id, f"do.{data}")


async def registers(region: Region, person: Person, way: str, session: str = "session1") -> None:
    """The two taps."""
    await opens(region, person, f"attend.{session}")
    await region.presses(person, f"do.attend.{session}.{way}")


async def looks_at(region: Region, person: Person, what: str) -> None:
    """The person opens the session's card and from it one of its lists."""
    card = "attend" if person.name != "Sam Rivers" else "workshop"
    await opens(region, person, f"{card}.session1")
    await region.presses(person, f"do.{what}.session1")


async def opens_and_hears(region: Region, person: Person, data: str) -> str:
    """The same; gives the line over the chat."""
    return bare(await region.forges(person, first_card(person).message_id, f"do.{data}"))


async def registrations(region: Region, session: str = "session1") -> dict[str, Registration]:
    """What is on disk, by the names of people."""
    async with region.store.reading() as work:
        rows = await work.registrations.of_session(CYCLE, session)
        found = {}
        for row in rows:
            person = await work.people.by_id(row.person_id)
            found[person.name if person else ""] = row
        return found


async def minutes(region: Region, session: str = "session1") -> list[Minute]:
    async with region.store.reading() as work:
        return await work.minutes.of_session(CYCLE, session)


def audit(region: Region, outcome: str) -> list[tuple[str, str]]:
    """The lines of the audit with this outcome: act and thing."""
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        return file.execute(
            "SELECT act, thing FROM audit WHERE outcome = ? ORDER BY id", (outcome,)
        ).fetchall()


def fixes(calendar: Calendar, now: datetime) -> Calendar:
    """The second session gets its day."""
    return change(calendar, "session2", Change(FIXED), now)


async def attending(region: Region, country: str, count: int = 1) -> list[Person]:
    """So many people of a country, all attending the second session remotely."""
    people = [await region.focal_point(country, "en", f"{country} {at}") for at in range(1, count + 1)]
    for person in people:
        await registers(region, person, "remote", "session2")
    return people


# --- registering -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_taps_register_and_one_changes_it(region: Region, language: Language) -> None:
    speaks = voice(language, "JO")
    rania = await region.focal_point("JO", language, "Rania")
    await region.says(rania, "/calendar")
    await opens(region, rania, "event.session1")
    await region.presses(rania, "do.attend.session1")
    assert bare(speaks.gettext("How will you attend?")) in newest(rania)
    choices = ["office", "remote", "support", "away"]
    assert data_of(rania.last_message)[:4] == [f"do.attend.session1.{each}" for each in choices]
    before = len(said_by_bot(rania))
    await region.presses(rania, "do.attend.session1.office")
    assert len(said_by_bot(rania)) == before, "the card that was pressed is redrawn"
    city = {"ar": "عمّان", "en": "Amman", "fr": "Amman"}[language]
    assert city in newest(rania)
    assert newest(rania).count("✅") == 1
    assert (await registrations(region))["Rania"].attendance == "office"
    await region.presses(rania, "do.attend.session1.remote")
    assert bare(speaks.gettext("✅ You attend remotely.")) in newest(rania)
    assert (await registrations(region))["Rania"].attendance == "remote"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_card_names_every_window_of_the_note(region: Region, language: Language) -> None:
    layla = await region.focal_point("LB", language)
    sam = await region.officer(language)
    async with region.store.reading() as work:
        plan = await work.calendars.current(CYCLE)
    assert plan is not None
    session = plan.calendar.by_id["session2"]
    windows = [each for each in (session.when, *session.alternatives) if isinstance(each, Window)]
    assert len(windows) == 2
    await opens(region, layla, "attend.session2")
    await opens(region, sam, "workshop.session2")
    for person, country in ((layla, "LB"), (sam, "")):
        for window in windows:
            assert bare(voice(language, country).of_calendar(window.phrase)) in newest(person)


async def test_a_tap_repeated_changes_nothing(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "attend.session1.remote")
    kept = await registrations(region)
    await region.later(timedelta(hours=1))
    assert await region.presses(rania, "do.attend.session1.remote") == "Already recorded."
    assert await registrations(region) == kept


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_country_without_an_office_is_told_who_helps_instead(
    region: Region, language: Language
) -> None:
    salim = await region.focal_point("OM", language, "Salim")
    await opens(region, salim, "attend.session1")
    seen = newest(salim)
    why = "There is no IOM office in your country from which you could attend."
    assert bare(voice(language, "OM").gettext(why)) in seen
    assert {"ar": "الإسكوا", "en": "ESCWA", "fr": "CESAO"}[language] in seen
    assert "do.attend.session1.office" not in data_of(salim.last_message)
    assert await opens_and_hears(region, salim, "attend.session1.office") == bare(
        toast(Toast(code="stale"), voice(language, "OM"))
    )
    assert await registrations(region) == {}
    await region.presses(salim, "do.attend.session1.support")
    assert (await registrations(region))["Salim"].attendance == "support"


async def test_a_closed_office_is_offered_to_nobody_and_its_guests_are_told(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    karim = await region.focal_point("LB", "en", "Karim")
    for person in (rania, karim):
        await opens(region, person, "attend.session1.office")
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Offices")
    assert "🟢 Jordan, Amman: 1" in labels_of(sam.last_message)
    assert "No office known: " in newest(sam)
    await region.presses(sam, "🟢 Jordan, Amman: 1")
    assert "🔴 Jordan, Amman: 1" in labels_of(sam.last_message)
    assert "Closed: Jordan" in newest(sam)
    told = "The IOM office in Amman cannot receive participants this time after all."
    await until(lambda: told in newest(rania))
    assert told not in everything([karim])
    kept = since(rania, rania.last_message.message_id - 1)
    await region.forges(sam, sam.last_message.message_id, "do.hosting.session1.JO.closed")
    await region.rests()
    assert since(rania, rania.last_message.message_id - 1) == kept, "said once"
    await region.presses(rania, "Choose how you attend")
    assert "do.attend.session1.office" not in data_of(rania.last_message)
    assert "The IOM office in Amman cannot receive participants this time." in newest(rania)
    assert await opens_and_hears(region, rania, "attend.session1.office") == STALE
    await region.presses(sam, "🔴 Jordan, Amman: 1")
    await until(lambda: "can receive participants again." in newest(rania))


async def test_a_change_within_a_day_is_told_and_after_the_end_none_is_taken(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "office")
    assert "do.attend.session1.remote" in data_of(rania.last_message)
    await goes_to(region, 2020, 6, 24, 8, 30)
    before = sam.last_message.message_id
    await region.presses(rania, "do.attend.session1.remote")
    assert since(sam, before)[0].startswith(
        "Jordan: a change shortly before the beginning. One participant now attends like this: remotely."
    )
    await goes_to(region, 2020, 6, 25, 10, 59)
    await region.presses(rania, "do.attend.session1.support")
    assert (await registrations(region))["Rania"].attendance == "support"
    card = rania.last_message.message_id
    await goes_to(region, 2020, 6, 25, 11, 0)
    assert await region.forges(rania, card, "do.attend.session1.away") == STALE
    assert (await registrations(region))["Rania"].attendance == "support"
    assert "This is over." in newest(rania)
    assert not [data for data in data_of(rania.last_message) if data.startswith("do.attend.session1.")]


async def test_a_change_long_before_is_told_to_nobody(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    before = len(said_by_bot(sam))
    await opens(region, rania, "attend.session1.office")
    await opens(region, rania, "attend.session1.away")
    assert len(said_by_bot(sam)) == before


@pytest.mark.parametrize(
    ("country", "own"),
    [("MR", "Your time (Mauritania): 08:00–11:00"), ("OM", "Your time (Oman): 12:00–15:00")],
)
async def test_the_card_says_the_hour_on_the_readers_clock(region: Region, country: str, own: str) -> None:
    person = await region.focal_point(country, "en")
    await opens(region, person, "attend.session1")
    seen = newest(person).replace("\u00a0", " ")
    assert "Thursday, 25 June 2020, 10:00–13:00 (Cairo time)" in seen
    assert own in seen


@pytest.mark.parametrize(
    "forged", ["attend.atlantis", "attend.imrf2022.remote", "attend.deadline", "questions.nothing"]
)
async def test_what_is_no_session_cannot_be_attended(region: Region, forged: str) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    assert await opens_and_hears(region, rania, forged) == STALE
    assert await registrations(region, forged.split(".")[1]) == {}
    assert audit(region, "unknown") == [("attend_session", f"session/{forged.split('.')[1]}")]


# --- groups ------------------------------------------------------------------------------------------------


async def test_groups_are_balanced_delegations_together_and_late_ones_join(region: Region) -> None:
    sam = await region.officer()
    crowd = {
        country: await attending(region, country, count)
        for country, count in {"LB": 3, "JO": 2, "YE": 1}.items()
    }
    await region.says(sam, "/workshop 2")
    await region.presses(sam, "Groups")
    assert "Not yet in a group: 6" in newest(sam)
    await region.presses(sam, "⚖️ Assign and balance")
    assert "Group 1: 3" in newest(sam)
    assert "Group 2: 3" in newest(sam)
    rows = await registrations(region, "session2")
    groups = {country: {row.group for row in rows.values() if row.country == country} for country in crowd}
    assert all(len(found) == 1 for found in groups.values()), "delegations stay together"
    assert groups["JO"] == groups["YE"] != groups["LB"]
    lebanon = groups["LB"].pop()
    await until(lambda: f"Your delegation is in discussion group {lebanon}." in newest(crowd["LB"][0]))
    (late,) = await attending(region, "EG", 1)
    assert "Your discussion group: " in newest(late)
    (second,) = [await region.contributor("LB", "en", "Late Lebanese")]
    await registers(region, second, "remote", "session2")
    assert f"Your discussion group: {lebanon}" in newest(second)
    after = await registrations(region, "session2")
    assert {name: after[name].group for name in rows} == {name: row.group for name, row in rows.items()}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "انقل اليمن إلى المجموعة الثانية"),
        ("en", "move Yemen to group 2"),
        ("fr", "déplacez le Yémen vers le deuxième groupe"),
    ],
)
async def test_a_delegation_is_moved_by_a_sentence(region: Region, language: Language, sentence: str) -> None:
    sam = await region.officer(language)
    (yemeni,) = await attending(region, "YE")
    await opens(region, sam, "groups.session2.YE.1")
    await until(lambda: "Your delegation is in discussion group 1." in newest(yemeni))
    await opens(region, sam, "groups.session2")
    await region.says(sam, sentence)
    assert (await registrations(region, "session2"))["YE 1"].group == 2
    await until(lambda: "Your delegation is in discussion group 2." in newest(yemeni))
    yemen = bare(voice(language).country_name("YE"))
    assert f"• {yemen}" in newest(sam)
    await region.says(sam, sentence)
    assert (await registrations(region, "session2"))["YE 1"].group == 2


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("move Atlantis to group 2", "No country of the region was recognised"),
        ("move Yemen to group 7", "No group of this session was recognised"),
        ("move Yemen", "No group of this session was recognised"),
        ("move Jordan to group 2", "Nobody from this country has registered to attend: Jordan."),
    ],
)
async def test_a_sentence_that_moves_nobody_is_asked_back(
    region: Region, sentence: str, problem: str
) -> None:
    sam = await region.officer()
    await attending(region, "YE")
    await opens(region, sam, "groups.session2")
    kept = await registrations(region, "session2")
    await region.says(sam, sentence)
    assert problem in newest(sam)
    assert await registrations(region, "session2") == kept
    await region.says(sam, "move Yemen to group 2")
    assert (await registrations(region, "session2"))["YE 1"].group == 2


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("ar", "المجموعة الثانية: العودة وإعادة الإدماج", "العودة وإعادة الإدماج"),
        ("en", "group 2: return and reintegration", "return and reintegration"),
        ("fr", "groupe 2 : retour et réintégration", "retour et réintégration"),
    ],
)
async def test_a_group_is_named_in_words(
    region: Region, language: Language, sentence: str, name: str
) -> None:
    sam = await region.officer(language)
    (yemeni,) = await attending(region, "YE")
    await opens(region, sam, "groups.session2")
    await region.says(sam, "2: another name")
    await region.says(sam, sentence)
    assert name in newest(sam)
    assert [(each.group, each.text) for each in await minutes(region, "session2")] == [(2, name)]
    await opens(region, sam, "groups.session2.YE.2")
    await until(lambda: f"Its subject: {name}" in newest(yemeni))
    await opens(region, yemeni, "attend.session2")
    assert f"Your discussion group: 2\nIts subject: {name}" in newest(yemeni)
    await opens(region, sam, "groups.session2")
    await region.says(sam, "2:")
    assert await minutes(region, "session2") == []


@pytest.mark.parametrize("sentence", ["group 2: Yemen", "المجموعة الثانية: اليمن", "groupe 2 : Yémen"])
async def test_a_country_after_the_colon_is_moved_and_names_no_group(region: Region, sentence: str) -> None:
    sam = await region.officer()
    await attending(region, "YE")
    await opens(region, sam, "groups.session2")
    await region.says(sam, sentence)
    assert (await registrations(region, "session2"))["YE 1"].group == 2
    assert await minutes(region, "session2") == []


async def test_a_group_that_is_not_there_is_given_no_name(region: Region) -> None:
    sam = await region.officer()
    await attending(region, "YE")
    await opens(region, sam, "groups.session2")
    await region.says(sam, "group 9: return")
    assert newest(sam).startswith("⚠️ No group of this session was recognised in this text.")
    assert await minutes(region, "session2") == []


async def test_a_group_that_is_not_there_cannot_be_pressed(region: Region) -> None:
    sam = await region.officer()
    await attending(region, "YE")
    for forged in ("groups.session2.YE.3", "groups.session2.JO.1"):
        assert await opens_and_hears(region, sam, forged) == STALE
    assert {row.group for row in (await registrations(region, "session2")).values()} == {0}


# --- presenters --------------------------------------------------------------------------------------------


async def test_presenters_share_fifty_minutes_in_an_order_that_can_be_changed(region: Region) -> None:
    sam = await region.officer()
    await changes(region, "session2", fixes)
    crowd = {code: (await attending(region, code))[0] for code in ("LB", "JO", "MR", "OM")}
    for person in crowd.values():
        assert "Will your country present its progress in this session?" in newest(person)
        await region.presses(person, "do.presents.session2.yes")
    await opens(region, crowd["MR"], "attend.session2")
    seen = newest(crowd["MR"])
    assert "Your country presents: number 3 of 4, 12 minutes and 30 seconds." in seen
    assert "From about 10:35 (Cairo time)" in seen
    assert "Your time (Mauritania): 08:35" in seen
    await region.says(sam, "/workshop session2")
    await region.presses(sam, "Presenters: 4")
    assert "Time for presentations: 50 minutes. Each country has 12 minutes and 30 seconds." in newest(sam)
    lines = ["1. 10:10 Lebanon", "2. 10:22 Jordan", "3. 10:35 Mauritania", "4. 10:47 Oman"]
    assert newest(sam).split("\n\n")[2].split("\n") == lines
    card = sam.last_message.message_id
    await region.presses(sam, "▲ Mauritania")
    await region.forges(sam, card, "do.presenters.session2.MR.2")
    assert "2. 10:22 Mauritania" in newest(sam)
    await region.presses(crowd["JO"], "do.presents.session2.no")
    assert "Your country gives no presentation." in newest(crowd["JO"])
    await region.presses(sam, "◀ Back to it")
    await region.presses(sam, "Presenters: 3")
    assert "Each country has 16 minutes and 40 seconds." in newest(sam)
    assert "Give no presentation: Jordan" in newest(sam)
    assert await region.forges(sam, card, "do.presenters.session2.JO.1") == STALE


async def test_a_delegation_speaks_with_one_voice(region: Region) -> None:
    """Whoever of a country says that it presents says so for all of it; who comes later finds it said."""
    (first,) = await attending(region, "LB")
    await region.presses(first, "do.presents.session2.yes")
    second = await region.contributor("LB", "en", "Second")
    await registers(region, second, "remote", "session2")
    assert "Your country presents: number 1 of 1, 50 minutes." in newest(second)
    await region.presses(second, "do.presents.session2.no")
    assert {row.presents for row in (await registrations(region, "session2")).values()} == {False}


async def test_nobody_presents_where_no_time_is_meant_for_it(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "attend.session1.remote")
    assert "do.presents.session1.yes" not in data_of(rania.last_message)
    assert await opens_and_hears(region, rania, "presents.session1.yes") == STALE
    assert (await registrations(region))["Rania"].presents is None
    other = await region.focal_point("LB", "en", "Karim")
    assert await opens_and_hears(region, other, "presents.session2.yes") == STALE


# --- questions ---------------------------------------------------------------------------------------------

QUESTIONS: dict[Language, str] = {
    "ar": "ما المقصود بالإصلاحات في السؤال 2ج؟",
    "en": "What counts as a reform in question 2c?",
    "fr": "Que faut-il entendre par réformes à la question 2c ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_question_goes_in_as_it_is_and_its_answer_comes_back(
    region: Region, language: Language
) -> None:
    speaks, asked = voice(language, "JO"), QUESTIONS[language]
    sam = await region.officer()
    rania = await region.focal_point("JO", language, "Rania")
    await opens(region, rania, "attend.session1.remote")
    await region.presses(rania, "do.ask_session.session1")
    await region.says(rania, asked)
    assert bare(speaks.gettext("Your question is noted.")) in newest(rania)
    assert bare(asked) in newest(rania)
    (kept,) = await minutes(region)
    assert (kept.kind, kept.country, kept.text, kept.state) == ("question", "JO", asked, "open")
    assert newest(sam).startswith("Jordan has sent a question.")
    assert bare(asked) in newest(sam)
    assert "Rania" not in newest(sam)
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Questions: 1")
    await region.presses(sam, "Park: Jordan")
    assert "🅿️ Noted, to be taken up later" in newest(sam)
    await looks_at(region, rania, "questions")
    assert bare(speaks.gettext("🅿️ Noted, to be taken up later")) in newest(rania)
    await region.presses(sam, "Answer: Jordan")
    assert bare(asked) in newest(sam)
    await region.says(sam, "Any change of law since 2018.")
    assert bare(speaks.gettext("Your question has been answered.")) in newest(rania)
    assert "Any change of law since 2018." in newest(rania)
    assert "✅ Answered" in newest(sam)
    assert "do.park" not in str(data_of(sam.last_message))


async def test_after_a_question_the_next_text_is_not_one(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "attend.session1")
    await region.presses(rania, "do.ask_session.session1")
    await region.says(rania, "the first text")
    await region.says(rania, "the second text")
    assert [minute.text for minute in await minutes(region)] == ["the first text"]
    await region.presses(rania, "Another question")
    await region.presses(rania, "◀ Back to it")
    await region.says(rania, "a text that belongs to the review")
    assert [minute.text for minute in await minutes(region)] == ["the first text"], (
        "one may think better of it"
    )


async def test_a_question_to_a_session_is_not_an_answer_to_the_template(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await region.opens(rania, "1f.2")
    await opens(region, rania, "ask_session.session1")
    await region.says(rania, "Where do I find the link?")
    assert await region.text("1f.2", "JO") == ""
    await region.opens(rania, "1f.2")
    await region.says(rania, "an answer of the review")
    assert await region.text("1f.2", "JO") == "an answer of the review"
    assert len(await minutes(region)) == 1


async def test_a_country_sees_its_own_questions_and_no_others(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    karim = await region.focal_point("LB", "en", "Karim")
    for person, text in ((rania, "PETRA asks"), (karim, "CEDAR asks")):
        await opens(region, person, "ask_session.session1")
        await region.says(person, text)
    for person in (rania, karim):
        await looks_at(region, person, "questions")
    assert "CEDAR" not in everything([rania])
    assert "PETRA" not in everything([karim])


# --- offers and next steps ---------------------------------------------------------------------------------


async def test_an_offer_is_noted_and_taken_up_in_one_tap(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    karim = await region.focal_point("LB", "fr", "Karim")
    await opens(region, sam, "offer.session1")
    await region.says(sam, "training without an organization")
    assert "The text has no organization and offer" in newest(sam)
    await region.says(sam, "UNICEF: training on data about children")
    assert newest(sam).endswith("UNICEF\ntraining on data about children")
    await opens(region, rania, "attend.session1")
    await region.presses(rania, "Offers of support: 1")
    before = sam.last_message.message_id
    await region.presses(rania, "Take up: UNICEF")
    assert "✅ Your country has taken it up." in newest(rania)
    (told,) = since(sam, before)
    assert told.startswith("Jordan takes up an offer of support.")
    assert "UNICEF: training on data about children" in told
    (kept,) = await minutes(region)
    number = kept.id
    assert (kept.state, kept.taken_by) == ("taken_up", "JO")
    assert await opens_and_hears(region, rania, f"take_up.{number}") == "Already recorded."
    assert len(since(sam, before)) == 1
    await opens(region, karim, f"take_up.{number}")
    await looks_at(region, sam, "offers")
    assert "Taken up by: Jordan, Lebanon" in newest(sam)


@pytest.mark.parametrize("forged", ["take_up.999", "step_done.999", "take_up.1"])
async def test_what_was_never_put_down_cannot_be_pressed(region: Region, forged: str) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "ask_session.session1")
    await region.says(rania, "the minute of that number is a question")
    assert await opens_and_hears(region, rania, forged) == STALE


@pytest.mark.parametrize(
    ("language", "typed", "due"),
    [
        ("en", "Send the template to ministries; Jordan; 3 July 2020", date(2020, 7, 3)),
        ("ar", "إرسال النموذج إلى الوزارات؛ الأردن؛ ٣ تموز ٢٠٢٠", date(2020, 7, 3)),
        ("fr", "Envoyer le modèle aux ministères; Jordanie; 3 juillet 2020", date(2020, 7, 3)),
        ("en", "Send the template to ministries; Jordan", None),
    ],
)
async def test_a_next_step_has_an_owner_and_a_date(
    region: Region, language: Language, typed: str, due: date | None
) -> None:
    sam = await region.officer(language)
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, sam, "step.session1")
    await region.says(sam, typed)
    (kept,) = await minutes(region)
    assert (kept.kind, kept.country, kept.due, kept.state) == ("next_step", "JO", due, "open")
    assert newest(rania).startswith("A next step has been noted for your country.")
    assert ("By Friday, 3 July 2020" in newest(rania).replace("\u00a0", " ")) is (due is not None)
    before = sam.last_message.message_id
    await region.presses(rania, f"do.step_done.{kept.id}.0")
    assert "✅ Done" in newest(rania)
    assert (await minutes(region))[0].state == "done"
    assert len(since(sam, before)) == 1
    await region.forges(rania, rania.last_message.message_id, f"do.step_done.{kept.id}.0")
    assert len(since(sam, before)) == 1, "said once"


async def test_a_date_with_two_readings_is_asked_back_and_nothing_is_lost(region: Region) -> None:
    sam = await region.officer()
    await opens(region, sam, "step.session1")
    await region.says(sam, "Report to the forum; ESCWA; 3/7/2020")
    assert [minute.due for minute in await minutes(region)] == [date(2020, 7, 3)], "the other one lies behind"
    await region.presses(sam, "Note a next step")
    await region.says(sam, "Another; ESCWA; 8/9/2020")
    assert "“8/9/2020” can be read in two ways." in newest(sam)
    two = [label.replace("\u00a0", " ") for label in labels_of(sam.last_message)[:2]]
    assert two == ["Tuesday, 8 September 2020", "Sunday, 9 August 2020"]
    await region.presses(sam, labels_of(sam.last_message)[1])
    assert {minute.text: minute.due for minute in await minutes(region)}["Another"] == date(2020, 8, 9)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("1 June 2020", "“1 June 2020” lies in the past."),
        ("when we can", "“when we can” was not recognised as a date."),
    ],
)
async def test_a_date_that_does_not_serve_is_asked_again(region: Region, given: str, problem: str) -> None:
    sam = await region.officer()
    await opens(region, sam, "step.session1")
    await region.says(sam, f"Report; ESCWA; {given}")
    assert problem in newest(sam)
    assert [minute.due for minute in await minutes(region)] == [None]
    await region.says(sam, "2 September 2020")
    assert [minute.due for minute in await minutes(region)] == [date(2020, 9, 2)]
    assert "By Wednesday, 2 September 2020" in newest(sam).replace("\u00a0", " ")


async def test_a_step_of_one_country_is_not_ticked_off_by_another(region: Region) -> None:
    sam = await region.officer()
    karim = await region.focal_point("LB", "en", "Karim")
    await opens(region, sam, "step.session1")
    await region.says(sam, "PETRA task; Jordan")
    (kept,) = await minutes(region)
    await opens(region, karim, f"step_done.{kept.id}")
    assert newest(karim).startswith(NOT_ALLOWED)
    assert (await minutes(region))[0].state == "open"
    assert ("attend_session", f"session/session1/step/{kept.id}") in audit(region, "denied")
    await opens(region, karim, "steps.session1")
    assert "No next step has been noted for your country." in first_card(karim).text
    assert "PETRA" not in everything([karim])


# --- attendance and afterwards -----------------------------------------------------------------------------


async def test_attendance_is_recorded_by_taps_over_pages(region: Region) -> None:
    sam = await region.officer()
    for country in ("LB", "JO", "YE", "EG"):
        for person in await attending(region, country, 3):
            del person
    away = await region.focal_point("MA", "en", "Away")
    await opens(region, away, "attend.session2.away")
    await region.says(sam, "/workshop session2")
    await region.presses(sam, "Attendance")
    assert "Present: 0 of 12" in newest(sam)
    assert "MA" not in str(labels_of(sam.last_message))
    await region.presses(sam, "▫️ Egypt · EG 1")
    assert "✅ Egypt · EG 1" in labels_of(sam.last_message)
    await region.presses(sam, "✅ Egypt · EG 1")
    assert "❌ Egypt · EG 1" in labels_of(sam.last_message)
    await region.presses(sam, "Next page ▶")
    await region.presses(sam, "▫️ Yemen · YE 2")
    assert "Present: 1 of 12" in newest(sam)
    rows = await registrations(region, "session2")
    assert {name: row.attended for name, row in rows.items() if row.attended is not None} == {
        "EG 1": False,
        "YE 2": True,
    }


async def test_those_to_be_called_are_listed(region: Region) -> None:
    sam = await region.officer()
    for country, way in (("LB", "support"), ("JO", "remote"), ("OM", "support")):
        person = await region.focal_point(country, "en", f"Person of {country}")
        await opens(region, person, f"attend.session1.{way}")
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Individual support")
    assert "• Lebanon: Person of LB\n• Oman: Person of OM" in newest(sam)
    assert "Person of JO" not in newest(sam)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_three_taps_and_a_comment_evaluate_a_session(region: Region, language: Language) -> None:
    speaks = voice(language, "JO")
    sam = await region.officer()
    rania = await region.focal_point("JO", language, "Rania")
    await opens(region, rania, "attend.session1.remote")
    await goes_to(region, 2020, 6, 25, 12, 0)
    await opens(region, rania, "attend.session1")
    await region.presses(rania, "do.evaluate.session1")
    for mark, value in (("usefulness", 5), ("pace", 3), ("clarity", 4)):
        await region.presses(rania, f"do.evaluate.session1.{mark}.{value}")
    assert bare(speaks.gettext("Thank you, your evaluation is noted.")) in bare(said_by_bot(rania)[-2].text)
    await region.says(rania, "COMMENT")
    assert bare(speaks.gettext("Thank you. Your comment is noted, without your name.")) in newest(rania)
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Evaluations: 1")
    seen = newest(sam)
    assert "Usefulness: 5.0 of 5\nPace: 3.0 of 5\nClarity: 4.0 of 5" in seen
    assert "COMMENT" in seen
    assert "Rania" not in seen
    assert "Jordan" not in seen
    await opens(region, rania, "evaluate.session1.usefulness.1")
    assert [minute.marks for minute in await minutes(region)] == [
        '{"usefulness": 1, "pace": 3, "clarity": 4}'
    ]


@pytest.mark.parametrize("how", ["never registered", "said away", "recorded as absent"])
async def test_who_was_absent_gets_the_material_and_no_question(region: Region, how: str) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    if how != "never registered":
        await opens(region, rania, f"attend.session1.{'away' if how == 'said away' else 'remote'}")
    await goes_to(region, 2020, 6, 25, 12, 0)
    if how == "recorded as absent":
        number = (await registrations(region))["Rania"].person_id
        await opens(region, sam, f"attended.session1.{number}.no.0")
    await opens(region, rania, "attend.session1")
    assert "do.evaluate.session1" not in data_of(rania.last_message)
    for forged in ("evaluate.session1", "evaluate.session1.pace.1"):
        await opens(region, rania, forged)
        assert "The material is ready for you." in newest(rania)
    assert await minutes(region) == []


async def test_nobody_is_asked_before_the_end(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "attend.session1.remote")
    assert await opens_and_hears(region, rania, "evaluate.session1.pace.1") == STALE
    assert await minutes(region) == []


async def test_the_material_goes_to_everybody_once(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    karim = await region.focal_point("LB", "fr", "Karim")
    salim = await region.focal_point("OM", "en", "Salim")
    await opens(region, salim, "taking_part.no")
    await opens(region, rania, "attend.session1.remote")
    assert await opens_and_hears(region, sam, "material.session1") == STALE
    await goes_to(region, 2020, 6, 25, 12, 0)
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Send the material to everybody")
    assert "The material is on its way to 2 people." in newest(sam)
    words = "The material is ready for you."
    for person, language in ((rania, "en"), (karim, "fr")):
        ready = bare(voice(language).gettext(words))  # type: ignore[arg-type]  # languages of ours
        await until(lambda person=person, ready=ready: ready in newest(person))  # type: ignore[misc]  # bound now
    await opens(region, sam, "material.session1")
    await region.rests()
    assert len([m for m in said_by_bot(rania) if words in m.text]) == 1
    assert words not in everything([salim]), "a country that does not take part is left in peace"
    await region.presses(rania, "Agenda")


# --- the secretariat's board -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_board_counts_by_attendance_and_country(region: Region, language: Language) -> None:
    sam, speaks = await region.officer(language), voice(language)
    for country, way in (("LB", "office"), ("LB", "remote"), ("JO", "support"), ("OM", "away")):
        person = await region.focal_point(country, "en", f"{way} of {country}")
        await opens(region, person, f"attend.session1.{way}")
    await region.says(sam, "/workshop")
    seen = newest(sam)
    for words, count in (
        ("Registered to attend: {count}", 3),
        ("From an IOM office: {count}", 1),
        ("With individual support: {count}", 1),
        ("Cannot attend: {count}", 1),
        ("Countries that have not answered: {count}", 19),
    ):
        assert bare(speaks.gettext(words, count=count)) in seen
    assert seen.count("• ") == 3
    assert "of LB" not in seen, "counts, no names"
    await region.presses(sam, "do.workshop.session2.card")
    assert bare(speaks.gettext("Countries that have not answered: {count}", count=22)) in newest(sam)


SECRETARIAT = [
    "workshop", "workshop.session1", "groups.session2", "groups.session2.balance", "groups.session2.JO.1",
    "hosting.session1", "hosting.session1.JO.closed", "presenters.session2", "presenters.session2.JO.1",
    "attendance.session1", "attended.session1.1.yes.0", "support.session1", "material.session1", "reply.1",
    "park.1", "offer.session1", "step.session1", "due.1.none", "evaluation.session1",
]  # fmt: skip


@pytest.mark.parametrize("role", ["focal_point", "contributor"])
async def test_states_run_no_session(region: Region, role: Literal["focal_point", "contributor"]) -> None:
    """Every key of the secretariat, pressed by a state: refused like anything that is not theirs, and in the audit."""
    rania = await region.comes_in(await region.invitation(role, "JO"), "en", "Rania")
    await opens(region, rania, "attend.session2.remote")
    await opens(region, rania, "ask_session.session1")
    await region.says(rania, "a question")
    kept = await registrations(region, "session2"), await minutes(region)
    denied = len(audit(region, "denied"))
    for key in SECRETARIAT:
        before = len(said_by_bot(rania))
        await opens(region, rania, key)
        assert newest(rania).startswith(NOT_ALLOWED), key
        assert len(said_by_bot(rania)) == before + 1, key
    await region.says(rania, "/workshop")
    assert newest(rania).startswith(NOT_ALLOWED)
    assert len(audit(region, "denied")) == denied + len(SECRETARIAT) + 1
    assert (await registrations(region, "session2"), await minutes(region)) == kept


@pytest.mark.parametrize(
    "key",
    [
        "attend.session1",
        "attend.session1.remote",
        "presents.session2.yes",
        "ask_session.session1",
        "evaluate.session1",
    ],
)
async def test_the_secretariat_attends_for_no_state(region: Region, key: str) -> None:
    sam = await region.officer()
    await opens(region, sam, key)
    assert newest(sam).startswith("This is not open to your role.")
    assert len(audit(region, "denied")) == 1
    assert await registrations(region) == {}


async def test_without_a_session_it_is_said_kindly(region: Region) -> None:
    sam = await region.officer()
    await changes(region, "session1", without_sessions)
    await region.says(sam, "/workshop")
    assert newest(sam).startswith("No session with registration has been announced yet.")


def without_sessions(calendar: Calendar, _now: datetime) -> Calendar:
    for milestone in calendar.milestones:
        calendar = calendar.with_milestone(milestone.model_copy(update={"registers": False}))
    return calendar


async def test_a_text_for_a_session_that_is_gone_is_not_lost_in_silence(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "ask_session.session1")
    await changes(region, "session1", without_sessions)
    await region.says(rania, "a question to nobody")
    assert newest(rania).startswith("No question was open for this text, so it was not put into an answer.")
    assert await minutes(region) == []


@pytest.mark.parametrize(
    "malformed",
    [
        "attend",
        "attend.session1.maybe",
        "attend.SESSION1",
        "attend.session1.remote.remote",
        "take_up.0",
        "evaluate.session1.pace.6",
        "evaluate.session1.joy.5",
        "hosting.session1.jo.open",
        "attended.session1.1.perhaps.0",
        "due.1.tomorrow",
    ],
)
async def test_a_key_that_nobody_drew_is_forged(region: Region, malformed: str) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    assert (await opens_and_hears(region, rania, malformed)).startswith("This button could not be read.")
    assert audit(region, "forged") == [("press", "button")]


async def test_a_day_that_is_none_or_past_is_stale(region: Region) -> None:
    sam = await region.officer()
    await opens(region, sam, "step.session1")
    await region.says(sam, "Report; ESCWA")
    (kept,) = await minutes(region)
    for day in ("2020-02-30", "2020-06-07"):
        assert await opens_and_hears(region, sam, f"due.{kept.id}.{day}") == STALE
    assert [minute.due for minute in await minutes(region)] == [None]


async def test_words_typed_to_the_card_of_a_session_are_no_answer_of_the_review(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await opens(region, layla, "attend.session1")
    await region.says(layla, "I come to Beirut.")
    assert await region.text(OPEN) == ""
    assert "Which question does it belong to?" in bare(layla.last_message.text)
