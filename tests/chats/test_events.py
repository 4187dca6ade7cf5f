"""Events beside the workshops: a briefing, a conference, a forum. People come in person where there is a place."""

import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, changes, goes_to, loads, sandbox_at
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    everything,
    labels_of,
    newest,
    said_by_bot,
    since,
    voice,
)
from tests.chats.test_reminders import beats, letters
from tests.chats.test_workshops import STALE, audit, minutes, opens, opens_and_hears, registers, registrations
from workflows.cycle.calendar import Calendar
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.moving import Change, change
from workflows.languages import LANGUAGES, Language
from workflows.store.values_calendar import Minute

SPRING = NOTE.replace(year=2024, month=5, day=1)
"""Two months before the conference in Cairo of 3 and 4 July 2024."""


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in the second review."""
    return sandbox_at(SPRING)


def calendar_of_2024() -> Calendar:
    """The calendar that ships for the second review."""
    calendar = shipped_calendar("gcm-arab-2024")
    assert calendar is not None
    return calendar


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2024."""
    await loads(region, calendar_of_2024())
    return region


def ways(person: Person, event: str) -> list[str]:
    """The ways to attend that the newest card offers."""
    begins = f"do.attend.{event}."
    return [data.removeprefix(begins) for data in data_of(person.last_message) if data.startswith(begins)]


async def attendance(region: Region, event: str = "conference") -> dict[str, str]:
    """How people attend, by their names, as it is on disk."""
    return {name: row.attendance for name, row in (await registrations(region, event)).items()}


# --- how one can attend ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_comes_to_the_conference_in_person_or_remotely(region: Region, language: Language) -> None:
    rania = await region.focal_point("JO", language, "Rania")
    await region.says(rania, "/calendar")
    await opens(region, rania, "event.conference")
    await region.presses(rania, "do.attend.conference")
    assert ways(rania, "conference") == ["in_person", "remote", "away"], "the note promises no office for it"
    await region.presses(rania, "do.attend.conference.in_person")
    city = {"ar": "القاهرة", "en": "Cairo", "fr": "Le Caire"}[language]
    assert bare(voice(language, "JO").gettext("✅ You attend in person.")).rstrip(".") in newest(rania)
    assert city in newest(rania)
    assert await attendance(region) == {"Rania": "in_person"}
    await region.presses(rania, "do.attend.conference.remote")
    assert await attendance(region) == {"Rania": "remote"}


async def test_an_office_is_a_way_to_the_conference_once_the_secretariat_opens_it(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    assert await opens_and_hears(region, rania, "attend.conference.office") == STALE
    assert await attendance(region) == {}
    await opens(region, sam, "workshop.conference")
    await region.presses(sam, "do.hosting.conference")
    assert "🔴 Jordan, Amman: 0" in labels_of(sam.last_message)
    await region.presses(sam, "do.hosting.conference.JO.open")
    await registers(region, rania, "office", "conference")
    assert ways(rania, "conference") == ["in_person", "office", "remote", "away"]
    assert await attendance(region) == {"Rania": "office"}


async def test_nothing_is_offered_that_nobody_has_announced(region: Region) -> None:
    """The note gives the briefing neither day nor place nor way: one says that one takes part, and asks."""
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "event.briefing")
    await region.presses(rania, "do.attend.briefing")
    assert ways(rania, "briefing") == ["coming", "away"]
    await region.presses(rania, "do.attend.briefing.coming")
    assert "It has not been announced yet how" in newest(rania)
    assert await opens_and_hears(region, rania, "attend.briefing.remote") == STALE
    await opens(region, sam, "workshop.briefing")
    assert "Not yet said how: 1" in newest(sam)
    await changes(
        region, "briefing", lambda known, now: change(known, "briefing", Change(mode="online"), now)
    )
    await opens(region, rania, "attend.briefing")
    assert "You are registered. How one can take part has changed since" in newest(rania)
    assert ways(rania, "briefing") == ["remote", "away"]


async def test_who_meant_to_come_is_asked_anew_when_it_goes_online(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "in_person", "conference")
    await opens(region, sam, "schedule.conference")
    await region.says(sam, "online")
    await region.presses(sam, "✅ Do it")
    await beats(region)
    letter = newest(rania)
    assert "Please look whether how you attend still fits." in letter
    await region.presses(rania, "do.attend.conference")
    assert "How one can take part has changed since" in newest(rania)
    assert ways(rania, "conference") == ["remote", "away"]
    assert await opens_and_hears(region, rania, "attend.conference.in_person") == STALE


@pytest.mark.parametrize("milestone", ["dialogue2023", "dialogue2024", "dialogues_may"])
async def test_nobody_registers_for_the_dialogues_of_the_stakeholders(region: Region, milestone: str) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    assert await opens_and_hears(region, rania, f"attend.{milestone}") == STALE


# --- what the secretariat sees ---------------------------------------------------------------------------------------


async def test_the_secretariat_counts_who_comes_and_ticks_them_off_at_the_door(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    ali = await region.focal_point("YE", "en", "Ali")
    await registers(region, rania, "in_person", "conference")
    await registers(region, ali, "remote", "conference")
    await region.says(sam, "/workshop conference")
    board = newest(sam)
    assert "Registered to attend: 2" in board
    assert "In person: 1" in board
    assert "Remotely: 1" in board
    assert "• Jordan · in person: 1" in board
    assert "do.support.conference" not in data_of(sam.last_message), "individual help is of the workshops"
    await region.presses(sam, "do.attendance.conference")
    assert "▫️ Jordan · Rania · in person" in map(bare, labels_of(sam.last_message))
    assert "▫️ Yemen · Ali · remotely" in map(bare, labels_of(sam.last_message))
    number = await region._person_id(rania)
    await region.presses(sam, f"do.attended.conference.{number}.yes.0")
    assert "✅ Jordan · Rania · in person" in map(bare, labels_of(sam.last_message))


async def test_a_question_goes_to_the_conference_and_its_answer_comes_back(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "attend.conference")
    await region.presses(rania, "✍️ Send a question")
    await region.says(rania, "Is a visa arranged for?")
    assert "Jordan has sent a question." in newest(sam)
    (question,) = await minutes(region, "conference")
    await opens(region, sam, f"reply.{question.id}")
    await region.says(sam, "Yes, by the host.")
    assert "Yes, by the host." in newest(rania)


async def test_who_changes_on_the_eve_can_say_why_and_need_not(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "in_person", "conference")
    assert "Tell the secretariat why" not in labels_of(rania.last_message)
    assert await opens_and_hears(region, rania, "attend_why.conference") == STALE
    await goes_to(region, 2024, 7, 2, 12, 0)
    await opens(region, rania, "attend.conference")
    assert "Tell the secretariat why" not in labels_of(rania.last_message), (
        "nothing was changed shortly before"
    )
    await region.presses(rania, "do.attend.conference.remote")
    seen = sam.last_message.message_id
    await region.presses(rania, "Tell the secretariat why")
    await region.says(rania, "The flight was cancelled.")
    assert "This has been passed on to the secretariat." in newest(rania)
    (told,) = since(sam, seen)
    assert told.startswith("Jordan: why one participant now attends like this (remotely):")
    assert "The flight was cancelled." in told


# --- reminders -------------------------------------------------------------------------------------------------------


async def test_people_are_asked_to_register_reminded_while_they_come_and_asked_how_it_was(
    region: Region,
) -> None:
    sam = await region.officer()
    rania, ali = await region.focal_point("JO", "en", "Rania"), await region.focal_point("YE", "en", "Ali")
    await beats(region)
    await beats(region, 2024, 6, 23, 6, 30)  # the week before are the days of Eid al-Adha
    for person in (rania, ali):
        assert "Please say how you will attend: two taps are enough." in letters(person)[-1]
    await registers(region, rania, "in_person", "conference")
    await registers(region, ali, "away", "conference")
    known = {person.name: len(letters(person)) for person in (rania, ali)}
    await beats(region, 2024, 6, 30, 7, 0)
    await beats(region, 2024, 7, 3, 7, 0)
    assert "Second Regional Review Conference of the Global Compact: today" in letters(rania)[-1]
    assert "two taps" not in " ".join(letters(rania)[known[rania.name] :]), "who has registered is not asked"
    assert len(letters(ali)) == known[ali.name], "who cannot come is not reminded of the day"
    number = await region._person_id(rania)
    await opens(region, sam, f"attended.conference.{number}.yes.0")
    await beats(region, 2024, 7, 8, 7, 0)  # the week-end and the new year of 1446 lie between
    await beats(region, 2024, 7, 9, 7, 0)
    assert "How was it? Three taps are enough, and a remark is welcome." in letters(rania)[-1]
    await region.presses(rania, "Give marks")
    assert "How useful was it for your review?" in newest(rania)
    assert len(letters(ali)) == known[ali.name]


async def test_nobody_is_asked_to_register_where_nobody_registers(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    fixed = calendar_of_2024().by_id["conference"].when
    await changes(
        region, "dialogues_may", lambda known, now: change(known, "dialogues_may", Change(fixed), now)
    )
    await beats(region)
    for day in (19, 26, 30):
        await beats(region, 2024, 6, day, 7, 0)
    told = " ".join(letters(rania))
    assert "Additional informal dialogues" in told
    assert not [
        each for each in said_by_bot(rania) if any("attend.dialogues_may" in data for data in data_of(each))
    ]


# --- what a session leads to -----------------------------------------------------------------------------------------


async def steps_are_put_down(region: Region, sam: Person, *typed: str) -> list[Minute]:
    """An officer types next steps of the conference."""
    for text in typed:
        await opens(region, sam, "step.conference")
        await region.says(sam, text)
    return [each for each in await minutes(region, "conference") if each.kind == "next_step"]


async def test_a_step_is_reminded_of_on_its_day_until_it_is_ticked_off(region: Region) -> None:
    sam = await region.officer()
    rania, hind = await region.focal_point("JO", "en", "Rania"), await region.focal_point("JO", "en", "Hind")
    ali = await region.focal_point("YE", "en", "Ali")
    await goes_to(region, 2024, 7, 10, 9, 0)
    task, ours = await steps_are_put_down(
        region, sam, "PETRA statistics; Jordan; 24 July 2024", "Call the ministries; ; 24 July 2024"
    )
    for day in (21, 22, 23):
        await beats(region, 2024, 7, day, 9, 0)
    assert not [each for person in (rania, hind, sam) for each in letters(person)], "not before its day"
    await beats(region, 2024, 7, 24, 6, 30)
    for person in (rania, hind):
        (letter,) = letters(person)
        assert "Next step (Second Regional Review Conference of the Global Compact): today" in letter
        assert "PETRA statistics" in letter
        assert "Call the ministries" not in letter
    assert letters(ali) == [], "it is Jordan's step"
    (letter,) = letters(sam)
    assert "Call the ministries" in letter, "a step of no country is the secretariat's"
    assert "PETRA" not in letter
    await beats(region, 2024, 7, 24, 12, 0)
    assert len(letters(rania)) == 1, "once"
    await region.presses(rania, "✅ Done: PETRA statistics")
    assert len(letters(rania)) == 1, "the letter stays as it is"
    assert [each.state for each in await minutes(region, "conference")] == ["done", "open"]
    await region.presses(sam, f"do.step_done.{ours.id}")
    assert {each.state for each in await minutes(region, "conference")} == {"done"}
    assert task.id != ours.id


async def test_a_step_on_a_day_off_comes_before_it_and_one_that_is_done_does_not_come(region: Region) -> None:
    """26 July 2024 is a Friday: Jordan does not work, so that its people hear of it on the Thursday."""
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await goes_to(region, 2024, 7, 10, 9, 0)
    _, done = await steps_are_put_down(
        region, sam, "Draft the plan; Jordan; 26 July 2024", "Name a person; Jordan; 25 July 2024"
    )
    await beats(region, 2024, 7, 25, 5, 0)  # an hour before the hour of reminders
    await opens(region, rania, f"step_done.{done.id}")
    await beats(region, 2024, 7, 25, 6, 30)
    (letter,) = letters(rania)
    assert "Draft the plan" in letter
    assert "Name a person" not in letter
    await region.presses(rania, "Why this?")
    assert "It comes on the day by which the step was to be done." in newest(rania)
    await region.says(rania, "/reminders")
    assert "a next step" in newest(rania)


# --- the list of questions and answers -------------------------------------------------------------------------------


async def test_a_question_to_an_event_goes_into_the_list_reworded_and_without_its_country(
    region: Region,
) -> None:
    sam = await region.officer()
    rania, ali = await region.focal_point("JO", "en", "Rania"), await region.focal_point("YE", "en", "Ali")
    await opens(region, rania, "ask_session.briefing")
    await region.says(rania, "May Jordan send PETRA a ministry?")
    (question,) = await minutes(region, "briefing")
    assert await opens_and_hears(region, sam, f"question_list.{question.id}") == STALE, "not answered yet"
    await opens(region, sam, f"reply.{question.id}")
    await region.says(sam, "Yes, Jordan may.")
    await region.presses(sam, "Into the list of answers: Jordan")
    assert "May Jordan send PETRA a ministry?" in newest(sam)
    assert "do.questions.briefing" in data_of(sam.last_message), "the way out leads back to the questions"
    await region.says(sam, "May a State send somebody from a ministry?")
    await region.says(sam, "Yes, as Jordan does.")
    assert "The text names: Jordan." in newest(sam)
    await region.says(sam, "yes")
    assert "nothing was published" in newest(sam)
    await region.says(ali, "/answers")
    assert "The list is still empty." in newest(ali)
    await region.says(sam, "publish")
    assert "Published: everybody in this cycle can read it" in newest(sam)
    await region.says(ali, "/answers")
    await region.presses(ali, "1. May a State send somebody from a ministry?")
    assert "Yes, as Jordan does." in newest(ali)
    assert "PETRA" not in everything([ali])


async def test_only_the_secretariat_puts_a_question_into_the_list(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "ask_session.briefing")
    await region.says(rania, "May we send a ministry?")
    (question,) = await minutes(region, "briefing")
    await opens(region, sam, f"reply.{question.id}")
    await region.says(sam, "Yes.")
    await opens(region, rania, f"question_list.{question.id}")
    assert "as everybody is to read it" not in newest(rania)
    assert ("publish_answer", f"question/{question.id}") in audit(region, "denied")
