"""A library that knows the real Telegram finds nothing strange in the sandbox."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType, ParseMode

from bot.sandbox import Person, Sandbox


@pytest.fixture
async def library(bot: Any) -> AsyncIterator[telegram.Bot]:
    address = bot.address
    client = telegram.Bot(bot.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    async with client:
        yield client


async def test_messages_edits_and_presses(library: telegram.Bot, layla: Person) -> None:
    assert library.username == "rafiq_bot"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="1.y")]])
    sent = await library.send_message(
        layla.user_id, "<b>سؤال</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard, protect_content=True
    )
    assert sent.entities[0].type is MessageEntityType.BOLD
    assert sent.has_protected_content
    press = layla.taps("نعم")
    (update,) = await library.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert query.data == "1.y"
    assert await query.answer("حُفظ") is True
    assert (await layla.is_answered(press)).text == "حُفظ"
    await query.edit_message_text("تم")
    assert (layla.last_message.text, layla.last_message.rows) == ("تم", [])
    with pytest.raises(telegram.error.BadRequest, match="essage is not modified"):
        await query.edit_message_text("تم")


async def test_every_kind_of_update_is_understood(library: telegram.Bot, layla: Person) -> None:
    said = layla.says("one /help")[0]
    layla.edits(said.message_id, "two")
    layla.sends_photo(b"x")
    layla.sends_voice()
    layla.sends_sticker()
    layla.sends_location()
    layla.sends_contact()
    layla.sends_poll("q", ["a", "b"])
    layla.forwards("f", "Karim")
    layla.sends_album(2)
    layla.blocks()
    layla.unblocks()
    updates = await library.get_updates(timeout=5)
    assert len(updates) == 13
    assert updates[0].message is not None
    assert updates[0].message.parse_entities([MessageEntityType.BOT_COMMAND])
    assert updates[1].edited_message is not None
    assert updates[-1].my_chat_member is not None
    assert all(update.effective_user and update.effective_user.id == layla.user_id for update in updates)


async def test_files(library: telegram.Bot, layla: Person) -> None:
    await library.send_document(
        layla.user_id, b"report", filename="report.docx", caption="<i>c</i>", parse_mode="HTML"
    )
    document = layla.last_message.document
    assert document is not None
    assert (document.name, document.content) == ("report.docx", b"report")
    layla.sends_document("in.pdf", b"%PDF")
    (update,) = await library.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF"


async def test_refusals_become_the_librarys_errors(
    library: telegram.Bot, sandbox: Sandbox, layla: Person
) -> None:
    sandbox.faults.add("flood", method="sendMessage", retry_after=3)
    with (
        pytest.warns(telegram.warnings.PTBDeprecationWarning, match="retry_after"),
        pytest.raises(telegram.error.RetryAfter),
    ):
        await library.send_message(layla.user_id, "x")
    sandbox.faults.add("refusal", description="Bad Request: moved", parameters={"migrate_to_chat_id": -100})
    with pytest.raises(telegram.error.ChatMigrated):
        await library.send_message(layla.user_id, "x")
    for kind in ("html", "empty", "truncated", "reset"):
        sandbox.faults.add(kind, code=502)
        with pytest.raises(telegram.error.TelegramError):
            await library.send_message(layla.user_id, "x")
    layla.blocks()
    with pytest.raises(telegram.error.Forbidden):
        await library.send_message(layla.user_id, "x")


async def test_profile_and_webhook(library: telegram.Bot, layla: Person) -> None:
    scope = BotCommandScopeChat(layla.user_id)
    assert await library.set_my_commands([BotCommand("help", "Help")], scope=scope, language_code="ar")
    (command,) = await library.get_my_commands(scope=scope, language_code="ar")
    assert command.command == "help"
    assert await library.set_my_description("A companion")
    assert (await library.get_my_description()).description == "A companion"
    assert (await library.get_webhook_info()).url == ""
    assert await library.set_message_reaction(layla.user_id, layla.says("x")[0].message_id, "👍")
    assert await library.send_chat_action(layla.user_id, "typing")
