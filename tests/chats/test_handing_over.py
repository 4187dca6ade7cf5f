"""What the secretariat hands over is ticked off: on which day, seen by all, taken back, no more reminded of."""

from datetime import date

import pytest

from bot.sandbox import Sandbox
from tests.chats.calendars import changes, goes_to, loads, sandbox_at
from tests.chats.telling import Region, bare, data_of, labels_of, newest
from tests.chats.test_events import SPRING, calendar_of_2024
from tests.chats.test_reminders import beats, letters
from tests.chats.test_workshops import STALE, audit, opens, opens_and_hears
from workflows.cycle.moving import Change, change
from workflows.store.values_calendar import HandOver
from workflows.when import Exact

NOT_ALLOWED = "The dates are set by the secretariat"


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in the second review."""
    return sandbox_at(SPRING)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2024."""
    await loads(region, calendar_of_2024())
    return region


async def noted(region: Region) -> dict[str, HandOver]:
    """What is noted, by milestone, as it is on disk."""
    async with region.store.reading() as work:
        return await work.hand_overs.of("gcm-arab-2020")


def plainly(text: str) -> str:
    return bare(text).replace("\N{NO-BREAK SPACE}", " ")


async def test_one_press_notes_it_everybody_sees_it_and_one_press_takes_it_back(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await goes_to(region, 2024, 9, 3, 22, 30)  # past midnight in Cairo
    await opens(region, sam, "event.outcome")
    await region.presses(sam, "✅ Handed over today")
    card = plainly(newest(sam))
    assert "✅ Handed over on 4 September 2024" in card
    assert "Noted by Sam Rivers on" in card
    (note,) = (await noted(region)).values()
    assert (note.milestone, note.day) == ("outcome", date(2024, 9, 4))
    assert note.by == await region._person_id(sam)
    await opens(region, rania, "event.outcome")
    seen = plainly(newest(rania))
    assert "✅ Handed over on 4 September 2024" in seen
    assert "Sam" not in seen, "who noted it is the secretariat's"
    assert not [data for data in data_of(rania.last_message) if "hand_over" in data]
    await region.says(sam, "/status")
    assert "Outcome document of the conference: handed over on 4 September 2024" in plainly(newest(sam))
    await opens(region, sam, "event.outcome")
    await region.presses(sam, "↩ Not handed over yet")
    assert "Handed over on" not in newest(sam).split("\n")[1]
    assert await noted(region) == {}
    assert audit(region, "handed_over 2024-09-04") == [("steer_calendar", "hand_over/outcome")]
    assert audit(region, "hand_over_taken_back") == [("steer_calendar", "hand_over/outcome")]
    await region.says(sam, "/audit")
    assert "noted that something was handed over · Outcome document of the conference" in newest(sam)
    assert "took back that something was handed over · Outcome document of the conference" in newest(sam)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2 September", date(2024, 9, 2)), ("30/8/2024", date(2024, 8, 30)), ("أمس", date(2024, 9, 2))],
)
async def test_another_day_is_typed_and_lies_behind(region: Region, typed: str, day: date) -> None:
    sam = await region.officer()
    await goes_to(region, 2024, 9, 3, 9, 0)
    await opens(region, sam, "event.outcome")
    await region.presses(sam, "Handed over on another day")
    for ahead in ("5 October 2024", "tomorrow", "غداً"):
        await region.says(sam, ahead)
        assert "No day until today was recognised" in newest(sam)
    assert await noted(region) == {}
    await region.says(sam, typed)
    assert (await noted(region))["outcome"].day == day
    assert "✅ Handed over on" in newest(sam)


async def test_a_key_of_before_takes_no_day_back_that_was_noted_since(region: Region) -> None:
    sam, ada = await region.officer(), await region.officer(name="Ada Quinn")
    await goes_to(region, 2024, 9, 3, 9, 0)
    await opens(region, sam, "event.outcome")
    await region.presses(sam, "✅ Handed over today")
    old = sam.last_message
    await opens(region, ada, "event.outcome")
    await region.presses(ada, "Handed over on another day")
    await region.says(ada, "2 September")
    undo = next(data for data in data_of(old) if "undo" in data)
    assert await region.forges(sam, old.message_id, undo) == STALE
    assert (await noted(region))["outcome"].day == date(2024, 9, 2)
    assert "✅ Handed over on 2 September 2024" in plainly(newest(sam)), "the card tells how it stands"
    await region.presses(sam, "↩ Not handed over yet")
    assert await noted(region) == {}


async def test_whose_hand_overs_they_are(region: Region) -> None:
    """A focal point cannot tick anything off; what is no hand-over, or lay before the cycle, nobody can."""
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, "hand_over.outcome.done")
    for milestone in ("conference", "imrf2022", "atlantis"):
        assert await opens_and_hears(region, sam, f"hand_over.{milestone}.done") == STALE
    assert await noted(region) == {}
    await opens(region, sam, "event.imrf2022")
    assert not [data for data in data_of(sam.last_message) if "hand_over" in data]


async def test_the_secretariat_is_told_once_that_a_window_is_near_and_has_no_day(region: Region) -> None:
    """The outcome document is due "by September 2024": four weeks before, no day is set."""
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await beats(region)
    await beats(region, 2024, 8, 4, 5, 59)
    before, hers = len(letters(sam)), len(letters(rania))
    await beats(region, 2024, 8, 4, 6, 0)
    letter = letters(sam)[before:]
    assert len(letter) == 1
    assert "Outcome document of the conference: no day is set yet" in letter[0]
    assert "by September 2024 (to be confirmed)" in letter[0]
    assert "The time named for it begins: in 28 days." in letter[0]
    assert data_of(sam.last_message)[0] == "do.schedule.outcome"
    await region.presses(sam, "Why this?")
    assert "It comes once, 28 days before the time named begins, as long as no day is set." in plainly(
        newest(sam)
    )
    await beats(region, 2024, 8, 5, 6, 0)
    await beats(region, 2024, 8, 29, 6, 0)
    assert len(letters(sam)) == before + 1, "it comes once"
    assert len(letters(rania)) == hers, "no state is told of a day that nobody has set"


async def test_nobody_is_told_of_a_window_once_its_day_is_set(region: Region) -> None:
    sam = await region.officer()
    await beats(region)
    fixed = Exact(first=date(2024, 11, 20), last=date(2024, 11, 20))
    await changes(region, "outcome", lambda known, now: change(known, "outcome", Change(fixed), now))
    await beats(region, 2024, 8, 4, 6, 0)
    assert not [each for each in letters(sam) if "Outcome document" in each]


async def test_the_reminder_has_the_key_and_stops_once_it_is_done(region: Region) -> None:
    sam, ada = await region.officer(), await region.officer(name="Ada Quinn")
    fixed = Exact(first=date(2024, 9, 30), last=date(2024, 9, 30))
    await changes(region, "outcome", lambda known, now: change(known, "outcome", Change(fixed), now))
    await beats(region)
    await beats(region, 2024, 9, 16, 7, 0)
    (letter,) = letters(sam)
    assert "Once that is done, one press notes it." in letter
    assert "✅ Handed over today" in labels_of(sam.last_message)
    await region.presses(sam, "✅ Handed over today")
    assert len(letters(sam)) == 1, "the letter stays as it is"
    assert "✅ Handed over on 16 September 2024" in plainly(newest(sam))
    told = len(letters(ada))
    await beats(region, 2024, 9, 25, 7, 0)
    await beats(region, 2024, 9, 26, 7, 0)
    assert len(letters(sam)) == 1
    assert len(letters(ada)) == told, "done is done for all officers"
