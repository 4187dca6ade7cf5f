"""A talk on the chat page: texts, keys, files, alerts, drawn as Telegram draws them."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox import Person
from tests.sandbox.page.conftest import Echo, Opened, show

# One Chromium for a module, and a loop that lives as long; each test has a sandbox and a browsing context of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


async def test_a_whole_talk_start_to_edit(bot: Any, echo: Echo, omar: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    chat = page.locator("#chat-1002")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.locator(".bubble.own .words")).to_have_text("/start")
    assert [message.text for message in omar.messages if not message.from_bot] == ["/start CODE"]
    await expect(chat.locator(".bubble.bot")).to_contain_text("You said: /start CODE")
    await expect(page.locator("#status-text")).to_have_text("Bot is listening")

    echo.hold = asyncio.Event()
    yes = chat.get_by_role("button", name="Yes")
    await yes.click()
    await expect(yes).to_have_attribute("aria-busy", "true")
    echo.hold.set()
    await expect(chat.locator(".toast")).to_have_text("Took y")
    await expect(chat.locator(".bubble.bot")).to_contain_text("→ y")
    await expect(chat.locator(".bubble.bot .edited")).to_have_text("edited")
    await expect(yes).to_have_count(0)


async def test_a_press_answered_without_an_edit_rests_again(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    keyboard = {"inline_keyboard": [[{"text": "نعم", "callback_data": "y"}]]}
    await bot("sendMessage", chat_id=layla.user_id, text="?", reply_markup=keyboard)
    key = page.get_by_role("button", name="نعم")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    (update,) = await bot.updates(timeout=5)
    await bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_to_be_closed(bot: Any, echo: Echo, omar: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    omar.starts()
    await page.get_by_role("button", name="No", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Took n")
    await dialog.get_by_role("button", name="OK").click()
    await expect(dialog).to_have_count(0)


async def test_entities_are_drawn_and_nothing_is_run(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    text = (
        "<b>bold <i>both</i></b> &lt;img src=x onerror=alert(1)&gt; <code>code</code>\n"
        "<blockquote>سؤال\nثان</blockquote><pre>a  b</pre>"
        '<a href="https://example.org/?a=1&amp;b=2">link</a> <tg-spoiler>secret</tg-spoiler> /help'
    )
    await bot("sendMessage", chat_id=layla.user_id, text=text, parse_mode="HTML")
    words = page.locator(".bubble.bot .words")
    await expect(words.locator("strong em")).to_have_text("both")
    await expect(words).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(words.locator("img")).to_have_count(0)
    await expect(words.locator("blockquote p")).to_have_count(2)
    await expect(words.locator("blockquote")).to_have_attribute("dir", "rtl")
    await expect(words.locator("pre")).to_have_text("a  b")
    link = words.locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/?a=1&b=2")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await words.locator(".spoiler").click()
    await expect(words.locator(".spoiler")).to_have_class("spoiler shown")
    await words.get_by_role("button", name="/help").click()
    await expect(page.locator(".bubble.own").last).to_contain_text("/help")


async def test_dangerous_addresses_are_no_links(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    entities = [{"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}]
    keyboard = {"inline_keyboard": [[{"text": "go", "url": "javascript:alert(2)"}]]}
    await bot("sendMessage", chat_id=layla.user_id, text="here", entities=entities, reply_markup=keyboard)
    await expect(page.locator(".bubble.bot .words")).to_have_text("here")
    assert await page.locator(".words a").count() == 0
    assert await page.locator("a.key").get_attribute("href") is None


async def test_arabic_runs_from_the_right(bot: Any, layla: Person, omar: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    await bot("sendMessage", chat_id=layla.user_id, text="مرحبا 😀\nHello in Latin")
    chat = page.locator(f"#chat-{layla.user_id}")
    await expect(chat).to_have_attribute("dir", "rtl")
    await expect(page.locator("#chat-1002")).to_have_attribute("dir", "ltr")
    paragraphs = chat.locator(".bubble.bot .words p")
    directions = [await paragraphs.nth(n).evaluate("p => getComputedStyle(p).direction") for n in range(2)]
    assert directions == ["rtl", "ltr"]
    own, bots = chat.locator(".bubble.own").first, chat.locator(".bubble.bot").first
    own_box, bot_box, box = await own.bounding_box(), await bots.bounding_box(), await chat.bounding_box()
    assert own_box
    assert bot_box
    assert box
    middle = box["x"] + box["width"] / 2
    assert own_box["x"] + own_box["width"] / 2 < middle < bot_box["x"] + bot_box["width"] / 2
    await expect(chat.get_by_placeholder("رسالة")).to_be_visible()


async def test_files_go_up_and_come_down(bot: Any, echo: Echo, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    chat = page.locator(f"#chat-{layla.user_id}")
    async with page.expect_file_chooser() as chooser:
        await chat.get_by_role("button", name="إرفاق").click()
        await chat.get_by_role("menuitem", name="مستند").click()
    await (await chooser.value).set_files(
        {"name": "إثبات.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-evidence"}
    )
    await expect(chat.locator(".file").last).to_contain_text("إثبات.pdf")
    async with page.expect_download() as download:
        await chat.locator(".file").last.click()
    given = await download.value
    assert given.suggested_filename == "إثبات.pdf"
    document = next(m.document for m in reversed(layla.messages) if m.document)
    assert document is not None
    assert document.content == b"%PDF-evidence"
    async with page.expect_file_chooser() as chooser:
        await chat.get_by_role("button", name="إرفاق").click()
        await chat.get_by_role("menuitem", name="صورة").click()
    await (await chooser.value).set_files({"name": "p.png", "mimeType": "image/png", "buffer": PIXEL})
    picture = chat.locator(".photo img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


async def test_own_messages_are_edited_and_replied_to(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    layla.says("teh answer")
    row = page.locator(".row", has_text="teh answer")
    await row.click(button="right")
    await page.get_by_role("menuitem", name="تعديل").click()
    field = page.locator("textarea")
    await expect(field).to_have_value("teh answer")
    await field.fill("the answer")
    await field.press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("the answer")
    await expect(page.locator(".bubble.own .edited")).to_have_text("معدَّلة")
    updates = await bot.updates()
    assert [u.get("edited_message", {}).get("text") for u in updates] == [None, "the answer"]

    await bot("sendMessage", chat_id=layla.user_id, text="Why?")
    await page.locator(".row", has_text="Why?").click(button="right")
    await page.get_by_role("menuitem", name="رد").click()
    await field.fill("Because.")
    await field.press("Enter")
    await expect(page.locator(".quoted")).to_contain_text("Why?")
    assert (await bot.updates(offset=1))[-1]["message"]["reply_to_message"]["text"] == "Why?"


async def test_everything_by_keyboard(bot: Any, echo: Echo, omar: Person, opened: Opened) -> None:
    page = await show(opened, bot)

    async def focused() -> str:
        return str(await page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))

    for _ in range(20):
        await page.keyboard.press("Tab")
        if await focused() == "Start":
            break
    assert await focused() == "Start"
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Message")
    await expect(field).to_be_focused()
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble.bot").last).to_contain_text("You said: one")
    assert (await omar.sees("You said: one")).text == "You said: one\ntwo"

    yes = page.get_by_role("button", name="Yes").last
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await focused() in {"Yes", "No"}:
            break
    await page.keyboard.press("ArrowLeft" if await focused() == "No" else "Home")
    await expect(yes).to_be_focused()
    await page.keyboard.press("ArrowRight")
    assert await focused() == "No"
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble.bot").last).to_contain_text("→ y")
    await expect(field).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(field).to_have_value("one\ntwo")
    await page.keyboard.press("Escape")
    await expect(field).to_have_value("")


async def test_a_line_over_the_chat_covers_no_newest_key(
    bot: Any, echo: Echo, omar: Person, opened: Opened
) -> None:
    page = await show(opened, bot)
    omar.starts()
    for n in range(12):
        omar.says(f"line {n}")
    await expect(page.locator(".bubble.bot").last).to_contain_text("line 11")
    keys = page.locator(".keyboard").last
    below = await keys.bounding_box()
    await keys.get_by_role("button", name="Yes").click()
    over = await page.locator(".toast").bounding_box()
    assert below is not None
    assert over is not None
    assert over["y"] + over["height"] <= below["y"]
