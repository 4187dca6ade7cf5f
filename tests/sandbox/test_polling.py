"""`getUpdates` confirms, forgets, waits and quarrels as Telegram's does."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import Person, Sandbox, Settings

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_updates_come_again_until_a_higher_offset_confirms_them(bot: Any, layla: Person) -> None:
    for n in range(3):
        layla.says(str(n))
    first = await bot.updates()
    assert [u["message"]["text"] for u in first] == ["0", "1", "2"]
    ids = [u["update_id"] for u in first]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert await bot.updates(offset=ids[0], limit=2) == first[:2]
    assert await bot.updates(offset=ids[2]) == first[2:]
    assert await bot.updates(offset=ids[2] + 1) == []


async def test_a_long_poll_ends_with_the_first_news(bot: Any, layla: Person) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.05)
    layla.says("here")
    async with asyncio.timeout(2):
        assert (await poll)[0]["message"]["text"] == "here"


async def test_a_long_poll_without_news_ends_in_time(bot: Any) -> None:
    began = asyncio.get_running_loop().time()
    assert await bot.updates(timeout=1) == []
    assert 0.9 < asyncio.get_running_loop().time() - began < 2


async def test_the_older_poller_has_to_go(bot: Any, layla: Person) -> None:
    older = asyncio.create_task(bot.answer("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.updates(offset=1, timeout=30))
    answer = await older
    assert (answer["error_code"], answer["description"]) == (409, CONFLICT)
    layla.says("for the newer")
    assert len(await newer) == 1


async def test_a_bot_that_hangs_up_misses_nothing(
    bot: Any, sandbox: Sandbox, layla: Person, until: Any
) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await until(lambda: sandbox.tally.calls["getupdates"] == 3)
    poll.cancel()
    await asyncio.sleep(0.1)
    layla.says("nobody listens")
    assert len(await bot.updates(offset=1, timeout=5)) == 1


async def test_the_same_offset_at_once_gives_one_update(bot: Any, layla: Person) -> None:
    layla.says("a")
    layla.says("b")
    assert len(await bot.updates(offset=5)) == 2
    assert len(await bot.updates(offset=5)) == 1


async def test_a_negative_offset_forgets_and_is_recorded(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    for n in range(3):
        layla.says(str(n))
    assert [u["message"]["text"] for u in await bot.updates(offset=-1)] == ["2"]
    assert len(await bot.updates()) == 1
    assert [v.kind for v in sandbox.violations] == ["negative_offset"]


async def test_dropping_pending_updates_is_recorded(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    layla.says("lost")
    await bot("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []
    assert [(v.kind, v.detail) for v in sandbox.violations] == [("drop_pending_updates", "deleteWebhook")]


async def test_only_the_kinds_asked_for_are_queued(bot: Any, layla: Person) -> None:
    await bot.updates(allowed_updates=["message"])
    said = layla.says("kept")[0]
    layla.edits(said.message_id, "not kept")
    assert [set(u) - {"update_id"} for u in await bot.updates()] == [{"message"}]
    await bot.updates(allowed_updates=[])
    layla.edits(said.message_id, "kept now")
    assert "edited_message" in (await bot.updates(offset=2))[-1]


async def test_fault_27_a_message_lives_a_day_and_a_press_150_seconds(
    bot: Any, sandbox: Sandbox, layla: Person
) -> None:
    await bot(
        "sendMessage",
        chat_id=layla.user_id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]},
    )
    layla.taps("Yes")
    layla.says("text")
    sandbox.clock.advance(149)
    assert len(await bot.updates()) == 2
    sandbox.clock.advance(2)
    assert [u["message"]["text"] for u in await bot.updates(offset=1)] == ["text"]
    sandbox.clock.advance(86_400)
    assert await bot.updates() == []
    assert sandbox.updates.counts["expired"] == 2


async def test_ids_may_jump_down_and_an_old_offset_does_no_harm(
    bot: Any, sandbox: Sandbox, layla: Person
) -> None:
    layla.says("before")
    high = (await bot.updates())[0]["update_id"]
    await bot.updates(offset=high + 1)
    sandbox.updates.jump_to(500)
    layla.says("after")
    assert [u["update_id"] for u in await bot.updates(offset=high + 1)] == [500]
    assert await bot.updates(offset=501) == []


async def test_an_update_can_come_twice(bot: Any, layla: Person) -> None:
    layla.says("once")
    first = (await bot.updates())[0]
    await bot.updates(offset=first["update_id"] + 1)
    layla.says("more")
    layla.duplicate(first)
    later = await bot.updates(offset=1)
    assert [u["message"]["text"] for u in later] == ["more", "once"]
    assert later[1] == first
    assert await bot.updates(offset=later[0]["update_id"] + 1) == []


async def test_poison_passes_through(bot: Any, layla: Person) -> None:
    layla.raw_update({"what_is_this": [[[]]], "message": 7})
    layla.says("sane")
    poison, sane = await bot.updates()
    assert poison["what_is_this"] == [[[]]]
    assert sane["update_id"] == poison["update_id"] + 1


class TestImpatience:
    """With Telegram's own pauses switched on."""

    @pytest.fixture
    def sandbox(self) -> Sandbox:
        return Sandbox(settings=Settings(repeat_pause_seconds=0.5, conflict_pause_seconds=0.4))

    async def test_a_repeated_empty_poll_is_held(self, bot: Any) -> None:
        await bot.updates()
        began = asyncio.get_running_loop().time()
        await bot.updates()
        assert asyncio.get_running_loop().time() - began > 0.4

    async def test_a_repeated_conflict_is_held(self, bot: Any) -> None:
        await bot("setWebhook", url="http://127.0.0.1:9/hook")
        began = asyncio.get_running_loop().time()
        for _ in range(2):
            assert "webhook is active" in await bot.refusal("getUpdates")
        assert asyncio.get_running_loop().time() - began > 0.35
