"""Notes that officers asked for: on working mornings, once, and only where something has changed."""

from datetime import UTC, date, datetime, time

import pytest

from bot.sandbox import Person
from tests.chats.calendars import goes_to
from tests.chats.telling import Region, data_of, newest, said_by_bot, voice
from workflows.languages import LANGUAGES, Language
from workflows.store.values_calendar import Preference
from workflows.use_cases.status.notes import due_notes, is_first_of_the_week


def wishes(**wish: object) -> Preference:
    return Preference(1, **wish)  # type: ignore[arg-type]  # as named


def at(*moment: int) -> datetime:
    """A moment of 2027 in UTC; Cairo is two hours ahead in March."""
    return datetime(2027, *moment, tzinfo=UTC)  # type: ignore[misc, arg-type]  # month to minute


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ((3, 2, 6, 29), ()),  # 08:29 on a Tuesday
        ((3, 2, 7, 0), ("morning",)),  # 09:00: in Ramadan work begins at nine
        ((3, 2, 11, 0), ()),  # too late
        ((3, 5, 7, 30), ()),  # Friday
        ((3, 6, 7, 30), ()),  # Saturday
        ((3, 7, 7, 30), ("week",)),  # Sunday
        ((3, 8, 7, 30), ("morning",)),
        ((5, 4, 5, 29), ()),
        ((5, 4, 5, 30), ("morning",)),  # 08:30 in summer
    ],
)
def test_a_note_comes_at_a_decent_hour_of_a_working_day(
    moment: tuple[int, ...], due: tuple[str, ...]
) -> None:
    assert due_notes(wishes(morning=True, digest=True), at(*moment)) == due


def test_who_wants_none_gets_none() -> None:
    sunday = at(3, 7, 7, 30)
    assert due_notes(wishes(), sunday) == ()
    assert due_notes(wishes(morning=True, paused=True), sunday) == ()
    assert due_notes(wishes(morning=True, snoozed_until=at(3, 8, 0, 0)), sunday) == ()
    assert due_notes(wishes(digest=True), at(3, 8, 7, 30)) == ()
    assert due_notes(wishes(morning=True), sunday) == ("morning",)
    assert due_notes(wishes(morning=True, hour=time(11)), sunday) == ()
    assert due_notes(wishes(morning=True, hour=time(11)), at(3, 7, 9, 0)) == ("morning",)


def test_a_week_begins_after_its_days_off() -> None:
    """Eid al-Fitr of 2027 takes the Tuesday to Thursday of a week, and makes no other week of it."""
    assert is_first_of_the_week(date(2027, 3, 7))
    assert not is_first_of_the_week(date(2027, 3, 8))
    first = [day for day in range(1, 32) if is_first_of_the_week(date(2027, 3, day))]
    assert [date(2027, 3, day).weekday() for day in first[:1]] == [6]


async def beats(region: Region) -> None:
    """What the heartbeat does now and then."""
    await region.house.beats.note()
    await region.house.courier.collect()
    await region.rests()


def notes(person: Person) -> list[str]:
    return [m.text for m in said_by_bot(person) if "do.status_notes" in data_of(m) and len(data_of(m)) == 2]


async def wants(region: Region, sam: Person, which: str) -> None:
    """The officer switches a note on by its keys."""
    await region.says(sam, "/status")
    await region.forges(sam, sam.last_message.message_id, "do.status_notes")
    await region.forges(sam, sam.last_message.message_id, f"do.status_notes.{which}.on")
    assert f"do.status_notes.{which}.off" in data_of(sam.last_message)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_morning_note_says_what_has_changed_and_is_sent_once(
    region: Region, language: Language
) -> None:
    sam = await region.officer(language)
    await wants(region, sam, "morning")
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1f.2")
    await region.says(layla, "CANARY words")
    await goes_to(region, 2027, 3, 2, 7, 10)
    await beats(region)
    await beats(region)
    (note,) = notes(sam)
    assert note.strip("\u200f").startswith(voice(language).gettext("Good morning. What has changed"))
    assert voice(language).country_name("LB") in note
    assert "CANARY" not in note
    await goes_to(region, 2027, 3, 4, 7, 10)
    await beats(region)
    assert len(notes(sam)) == 1, "nothing has changed since"


async def test_the_week_is_told_on_its_first_working_day(region: Region) -> None:
    sam = await region.officer()
    await wants(region, sam, "digest")
    await region.focal_point("JO", "en")
    await goes_to(region, 2027, 3, 4, 7, 10)
    await beats(region)
    assert notes(sam) == []
    await goes_to(region, 2027, 3, 7, 7, 10)
    await beats(region)
    (note,) = notes(sam)
    assert note.startswith("The week in the region")
    assert "Jordan: 1 person came in" in note
    await region.presses(sam, "🔔 Notes")
    assert "Weekly note: switch off" in str(newest(sam)) + str(sam.last_message.rows)


async def test_nobody_is_sent_what_they_did_not_ask_for(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("JO", "en")
    await goes_to(region, 2027, 3, 2, 7, 10)
    await beats(region)
    assert notes(sam) == []
