"""The way to Telegram: what surely did not leave is told from what may have, and the token is never told."""

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.sandbox import Sandbox, Settings, serving
from bot.wire import NotSent, QuietBot, Refused, Unanswered, Wire, decoded

TOKEN = "987654321:AAmarkedTOKENmarkedTOKENmarkedTOKEN12"


@pytest.fixture
async def place() -> AsyncIterator[tuple[Sandbox, Wire]]:
    sandbox = Sandbox(token=TOKEN, settings=Settings(repeat_pause_seconds=0))
    async with serving(sandbox) as address:
        wire = Wire(address, SecretStr(TOKEN))
        yield sandbox, wire
        await wire.shutdown()


async def test_a_call_and_its_result(place: tuple[Sandbox, Wire]) -> None:
    _, wire = place
    me = await wire.call("getMe")
    assert me["username"] == "rafiq_bot"


async def test_updates_arrive_as_they_came(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    sandbox.person().starts("TOKEN")
    (update,) = await wire.call("getUpdates", timeout=1, offset=None)
    assert update["message"]["text"] == "/start TOKEN"


async def test_python_telegram_bot_goes_the_same_way(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    person = sandbox.person()
    person.starts()
    bot = QuietBot(wire)
    sent = await bot.send_message(person.user_id, "<b>سلام</b>", parse_mode="HTML")
    assert sent.text == "سلام"
    await bot.send_document(person.user_id, InputFile(b"content", "file.txt"), caption="c")
    document = person.messages[-1].document
    assert document is not None
    assert document.content == b"content"
    with pytest.raises(TelegramError, match="Chat not found"):
        await bot.send_message(1, "x")


async def test_a_refusal_keeps_code_text_and_pause(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    person = sandbox.person()
    person.starts()
    sandbox.faults.add("flood", method="sendMessage", retry_after=7)
    with pytest.raises(Refused) as refusal:
        await wire.call("sendMessage", chat_id=person.user_id, text="x")
    assert (refusal.value.code, refusal.value.retry_after) == (429, 7)


async def test_a_file_is_downloaded_and_a_missing_one_is_refused(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    stored = sandbox.files.keep("law.pdf", b"%PDF-1.7", "application/pdf", "documents")
    shape = await wire.call("getFile", file_id=stored.file_id)
    assert await wire.download(shape["file_path"]) == b"%PDF-1.7"
    with pytest.raises(Refused) as refused:
        await wire.download("documents/../nothing here")
    assert TOKEN not in everything_about(refused.value)


async def test_a_document_is_uploaded(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    person = sandbox.person()
    person.starts()
    keyboard = {"inline_keyboard": [[{"text": "k", "callback_data": "d"}]]}
    await wire.upload(
        "sendDocument", "بيانات.json", b"{}", chat_id=person.user_id, caption="c", reply_markup=keyboard
    )
    document = person.messages[-1].document
    assert document is not None
    assert (document.name, document.content) == ("بيانات.json", b"{}")
    assert person.keyboard(person.messages[-1].message_id) == [[("k", "d")]]


@pytest.mark.parametrize("kind", ["html", "empty", "truncated", "reset", "server_error"])
async def test_an_unclear_answer_is_not_taken_for_a_refusal(place: tuple[Sandbox, Wire], kind: str) -> None:
    sandbox, wire = place
    sandbox.faults.add(kind, method="getMe")  # type: ignore[arg-type]  # the test names it by its word
    with pytest.raises((Unanswered, Refused)) as failure:
        await wire.call("getMe")
    if isinstance(failure.value, Refused):
        assert failure.value.code >= 500


async def test_silence_ends_in_time(place: tuple[Sandbox, Wire]) -> None:
    sandbox, wire = place
    sandbox.faults.add("hang_before", method="getMe", seconds=5)
    with pytest.raises(Unanswered):
        await wire.call("getMe", read_timeout=0.2)


async def test_a_closed_port_means_not_sent() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    wire = Wire(f"http://127.0.0.1:{port}", SecretStr(TOKEN))
    with pytest.raises(NotSent):
        await wire.call("sendMessage", chat_id=1, text="x")
    await wire.shutdown()


def everything_about(error: BaseException | None) -> str:
    """All that a reporter could find: texts, reprs, causes, contexts and the library's request objects."""
    found = []
    while error is not None:
        found += [
            str(error),
            repr(error),
            repr(error.args),
            repr(vars(error)),
            "".join(traceback.format_exception(error)),
        ]
        error = error.__cause__ or error.__context__
    return "\n".join(found)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    "kind", ["reset", "html", "truncated", "flood", "refusal", "hang_before", "closed", "address"]
)
async def test_the_token_is_never_told(
    place: tuple[Sandbox, Wire], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox, wire = place
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "telegram")  # as bot.logs has it
    if kind in {"closed", "address"}:
        wire = Wire("http://127.0.0.1:1" if kind == "closed" else "ftp://127.0.0.1", SecretStr(TOKEN))
    else:
        sandbox.faults.add(kind, seconds=5, count=None)  # type: ignore[arg-type]  # the test names it by its word
    with pytest.raises(TelegramError) as by_call:
        await wire.call("getMe", read_timeout=0.2)
    bot = QuietBot(wire)
    with pytest.raises(TelegramError) as by_bot:
        await bot.get_me(read_timeout=0.2)
    await wire.shutdown()
    told = (
        everything_about(by_call.value)
        + everything_about(by_bot.value)
        + repr(wire)
        + repr(bot)
        + caplog.text
    )
    assert TOKEN.partition(":")[2] not in told


def test_what_one_parser_refuses_the_other_reads() -> None:
    assert decoded(b'{"text": "\\ud800"}') == {"text": "\ud800"}
    assert decoded(b"[" * 100_000) is None
    assert decoded(b"<html>") is None


async def test_many_calls_at_once_share_the_way(place: tuple[Sandbox, Wire]) -> None:
    _, wire = place
    answers = await asyncio.gather(*(wire.call("getMe") for _ in range(200)))
    assert len({answer["id"] for answer in answers}) == 1


def test_the_library_bot_would_have_told() -> None:
    assert TOKEN in repr(Bot(TOKEN))
