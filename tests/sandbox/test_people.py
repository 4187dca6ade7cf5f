"""Simulated people send what Telegram's clients send, and see what the bot shows."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox import Clock, NotSeenError, Person, Sandbox


async def test_start_carries_its_payload_as_a_command(bot: Any, sandbox: Sandbox) -> None:
    omar = sandbox.person("Omar Nasser", "fr", username="omar")
    omar.starts("CODE-1_x")
    message = (await bot.updates())[0]["message"]
    assert message["text"] == "/start CODE-1_x"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": omar.user_id,
        "is_bot": False,
        "first_name": "Omar",
        "last_name": "Nasser",
        "username": "omar",
        "language_code": "fr",
    }
    assert message["chat"]["type"] == "private"


async def test_a_long_text_goes_in_parts(bot: Any, layla: Person) -> None:
    text = "كلمة " * 1700
    parts = layla.says(text)
    assert len(parts) == 3
    assert [u["message"]["text"] for u in await bot.updates()] == [part.text for part in parts]


async def test_half_a_letter_is_replaced_as_on_the_wire(bot: Any, layla: Person) -> None:
    layla.says("a\ud83d")
    assert (await bot.updates())[0]["message"]["text"] == "a\ufffd"
    with pytest.raises(TypeError):
        layla.raw_update({"message": {1, 2}})


async def test_an_edit_comes_as_such(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    said = layla.says("one")[0]
    sandbox.clock.advance(60)
    layla.edits(said.message_id, "two")
    edited = (await bot.updates())[1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (said.message_id, "two")
    assert edited["edit_date"] - edited["date"] == 60
    with pytest.raises(LookupError):
        layla.edits(99, "x")


@pytest.mark.parametrize(
    ("act", "details", "part", "expected"),
    [
        ("sends_photo", {"content": b"x", "caption": "c"}, "photo", None),
        ("sends_voice", {"seconds": 4}, "voice", {"duration": 4}),
        ("sends_sticker", {}, "sticker", {"emoji": "👍"}),
        ("sends_location", {}, "location", {"latitude": 30.0444}),
        ("sends_contact", {"own": False, "name": "Karim"}, "contact", {"first_name": "Karim"}),
        ("sends_poll", {"question": "q", "options": ["a", "b"]}, "poll", {"question": "q"}),
        ("forwards", {"text": "t", "origin": "Karim"}, "forward_origin", {"sender_user_name": "Karim"}),
    ],
)
async def test_other_kinds_of_message(
    bot: Any, layla: Person, act: str, details: Any, part: str, expected: Any
) -> None:
    getattr(layla, act)(**details)
    message = (await bot.updates())[0]["message"]
    assert part in message
    if expected:
        assert message[part] | expected == message[part]
    assert "user_id" not in message.get("contact", {})


async def test_an_album_is_several_updates_of_one_group(bot: Any, layla: Person) -> None:
    layla.sends_album(5, caption="evidence")
    messages = [u["message"] for u in await bot.updates()]
    assert len({m["media_group_id"] for m in messages}) == 1
    assert [m.get("caption") for m in messages] == ["evidence", None, None, None, None]


async def test_blocking_is_told_to_the_bot(bot: Any, layla: Person) -> None:
    layla.blocks()
    with pytest.raises(RuntimeError, match="unblock"):
        layla.says("x")
    layla.unblocks()
    changes = [u["my_chat_member"] for u in await bot.updates()]
    assert [c["new_chat_member"]["status"] for c in changes] == ["kicked", "member"]


async def test_a_stale_or_forged_press_reaches_the_bot(bot: Any, layla: Person) -> None:
    sent = await bot(
        "sendMessage",
        chat_id=layla.user_id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]},
    )
    with pytest.raises(LookupError, match="shows no button"):
        layla.presses(sent["message_id"], "No")
    layla.forges(sent["message_id"], "'; DROP TABLE")
    await bot("deleteMessage", chat_id=layla.user_id, message_id=sent["message_id"])
    layla.forges(sent["message_id"], "y")
    forged, inaccessible = [u["callback_query"] for u in await bot.updates()]
    assert forged["data"] == "'; DROP TABLE"
    assert inaccessible["message"]["date"] == 0
    assert "text" not in inaccessible["message"]


async def test_seeing_waits_for_what_is_new_since_the_last_act(bot: Any, layla: Person) -> None:
    await bot("sendMessage", chat_id=layla.user_id, text="saved")
    assert (await layla.sees("saved")).text == "saved"
    layla.says("more")
    with pytest.raises(NotSeenError, match="The chat ends"):
        await layla.sees("saved", timeout=0.05)
    assert (await layla.sees("saved", ever=True)).message_id == 2
    waiting = asyncio.create_task(layla.sees(lambda message: message.text.startswith("sav")))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await bot("editMessageText", chat_id=layla.user_id, message_id=2, text="saved again")
    assert (await waiting).edited


async def test_hearing_nothing(bot: Any, layla: Person) -> None:
    await layla.hears_nothing(0.05)
    hears = asyncio.create_task(layla.hears_nothing(2))
    await asyncio.sleep(0.02)
    await bot("sendMessage", chat_id=layla.user_id, text="noise")
    with pytest.raises(NotSeenError):
        await hears


async def test_replays_come_in_their_order(bot: Any, layla: Person) -> None:
    for text in ("a", "b", "c"):
        layla.says(text)
    layla.replays(2)
    assert [u["message"]["text"] for u in await bot.updates()] == ["a", "b", "c", "b", "c"]


def test_a_capped_transcript_keeps_the_newest(sandbox: Sandbox) -> None:
    person = sandbox.person("Omar")
    person._cap = 5
    for n in range(12):
        person.says(str(n))
    assert person.messages[-1].text == "11"
    assert len(person.messages) <= 10
    assert person.get(1) is None


def test_the_clock_moves_forward_only() -> None:
    start = datetime(2025, 3, 1, 9, tzinfo=UTC)
    clock = Clock(start)
    assert clock.now() - start < timedelta(seconds=1)
    clock.advance(timedelta(days=7))
    assert clock.now() - start >= timedelta(days=7)
    clock.move_to(datetime(2025, 4, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="forward only"):
        clock.move_to(start)
    with pytest.raises(ValueError, match="forward only"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2026, 1, 1))  # noqa: DTZ001 - the missing zone is the point


async def test_messages_carry_the_sandbox_time(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.clock.move_to(datetime(2030, 1, 1, tzinfo=UTC))
    sent = await bot("sendMessage", chat_id=layla.user_id, text="x")
    assert datetime.fromtimestamp(sent["date"], UTC).year == 2030
