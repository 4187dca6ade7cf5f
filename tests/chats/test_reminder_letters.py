"""Letters with reminders that meet a mishap on their way: never at night, never counted as said when they were not."""

import pytest

from bot.sandbox import Sandbox
from tests.chats.calendars import NOTE, loads, sandbox_at
from tests.chats.telling import CYCLE, Region
from tests.chats.test_reminders import beats, letters, log_of
from workflows.use_cases.reminders.reminding import withdraw


@pytest.fixture
def sandbox() -> Sandbox:
    """The morning of 8 June 2020."""
    return sandbox_at(NOTE)


async def test_a_letter_held_back_until_night_comes_on_another_day(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    region.sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, count=None, retry_after=2)
    await beats(region, 2020, 6, 18, 6, 0)
    region.sandbox.faults.clear()
    await beats(region, 2020, 6, 18, 20, 30)
    await beats(region)
    assert letters(layla) == []
    await beats(region, 2020, 6, 21, 9, 0)
    assert len(letters(layla)) == 1


async def test_a_letter_that_failed_is_not_logged_as_sent(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    region.sandbox.faults.add("server_error", method="sendMessage", chat_id=layla.user_id, count=None)
    await beats(region, 2020, 6, 18, 6, 0)
    await beats(region, 2020, 6, 18, 6, 5)
    assert "sent" in {each.state for each in await log_of(region, layla)}, "its other try comes later"
    await beats(region, 2020, 6, 18, 6, 11)
    log = await log_of(region, layla)
    assert "sent" not in {each.state for each in log}
    assert "blocked" in {each.reason for each in log if each.state == "skipped"}


async def test_what_waits_is_withdrawn_and_planned_again(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    region.sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, count=None, retry_after=2)
    await beats(region, 2020, 6, 18, 6, 0)
    now = region.house.clock.now()
    assert await region.house.clerk.run_errand(lambda work: withdraw(work, CYCLE, None, now)) == 1
    assert "sent" not in {each.state for each in await log_of(region, layla)}
