"""Letters with reminders that meet a mishap on their way: never at night, never counted as said when they were not."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.chats.calendars import NOTE, goes_to, loads, sandbox_at
from tests.chats.telling import CYCLE, Region, said_by_bot, until
from tests.chats.test_reminders import beats, letters, log_of, with_deadline
from workflows.store.transaction import Work
from workflows.store.values import Delivered, Rejected, Settlement
from workflows.use_cases.reminders.reminding import remind, withdraw
from workflows.when import Exact


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


async def test_what_another_settled_meanwhile_is_not_in_the_letter(region: Region) -> None:
    """The session of 25 June and a deadline of 28 June are due together; one of the two goes before it is written."""
    await loads(region, with_deadline(Exact(first=date(2020, 6, 28), last=date(2020, 6, 28))))
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await goes_to(region, 2020, 6, 25, 9, 0)
    now = region.house.clock.now()

    async def cut_short(work: Work) -> None:
        settle = work.reminders.settle

        async def after_another(
            ids: Collection[int], state: Any, reason: str, at: datetime, letter: str = ""
        ) -> set[int]:
            if state == "sent":
                about = await work.reminders.of_cycle(CYCLE, "planned", limit=1000)
                gone = [each.id for each in about if each.id in ids and each.milestone == "submission"]
                assert gone
                await settle(gone, "cancelled", "replaced", at)
            return await settle(ids, state, reason, at, letter)

        work.reminders.settle = after_another  # type: ignore[method-assign, assignment]  # another transaction steps between
        await remind(work, now)

    await region.house.clerk.run_errand(cut_short)
    await region.house.courier.collect()
    await region.rests()
    (letter,) = letters(layla)
    assert ": today" in letter
    assert ": in 3 days" not in letter


async def test_a_letter_in_hand_while_the_machine_sleeps_is_judged_anew(region: Region) -> None:
    """It waits behind a slow one; the wall's clock goes on to the night, the loop's does not."""
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await goes_to(region, 2020, 6, 18, 6, 0)
    await region.house.beats.plan()
    await region.house.beats.remind()
    region.sandbox.faults.add("slow", method="sendMessage", chat_id=layla.user_id, count=1, seconds=1.5)
    layla.says("/help")
    await until(lambda: region.house.courier.in_hand == 1)
    await region.house.courier.collect()
    await until(lambda: region.house.courier.in_hand == 2)
    await goes_to(region, 2020, 6, 18, 20, 30)
    await region.rests()
    await beats(region)
    assert letters(layla) == []
    said = [message.text for message in said_by_bot(layla)]
    assert len(said) == len(set(said)), "what was on its way is not sent again"
    assert "sent" not in {each.state for each in await log_of(region, layla)}
    await beats(region, 2020, 6, 21, 9, 0)
    assert len(letters(layla)) == 1


async def settles(settled: list[Settlement], work: Work) -> None:
    await work.outbox.settle(settled)


async def test_a_letter_given_up_that_arrived_after_all_is_logged_as_sent(region: Region) -> None:
    await loads(region)
    layla = await region.focal_point("JO", "en")
    await beats(region)
    await goes_to(region, 2020, 6, 18, 6, 0)
    await region.house.beats.remind()
    now = region.house.clock.now()
    (letter,) = await region.house.clerk.run_errand(lambda work: work.outbox.claim("a process", now, 10))
    at_first = await log_of(region, layla)
    said = {each.id for each in at_first if each.state == "sent"}
    assert said
    other = [each for each in at_first if each.id not in said]
    for outcome, state, reason in ((Rejected("late"), "skipped", "blocked"), (Delivered(77), "sent", "")):
        settled = [Settlement(letter.id, outcome, now)]
        await region.house.clerk.run_errand(partial(settles, settled))
        log = await log_of(region, layla)
        assert {(each.state, each.reason) for each in log if each.id in said} == {(state, reason)}
        assert [each for each in log if each.id not in said] == other, "nothing else is touched"
    assert await log_of(region, layla) == at_first
