"""The chat page in a real Chromium, with a tiny bot over HTTP behind it."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, Route, async_playwright, expect

from bot.sandbox import Person, Sandbox, serving
from tests.sandbox.conftest import Caller, come_in

# One Chromium for all, and a loop that lives as long; each test has a sandbox and a browsing context of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AWAY = "No connection to the sandbox. Your text is kept here."
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def chromium() -> str:
    """Where Chromium is; fail with the remedy when it is nowhere."""
    found = os.environ.get("RAFIQ_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("No Chromium: install the system's `chromium`, or name the program in RAFIQ_CHROMIUM.")
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


class Echo:
    """A bot that says everything back, with a keyboard that answers presses."""

    def __init__(self, call: Any) -> None:
        self.call = call
        self._task: asyncio.Task[None] | None = None
        self.hold: asyncio.Event | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        offset = 0
        while True:
            for update in await self.call.updates(offset=offset, timeout=20):
                offset = update["update_id"] + 1
                if "callback_query" in update:
                    await self._pressed(update["callback_query"])
                elif "message" in update:
                    await self._said(update["message"])

    async def _said(self, message: dict[str, Any]) -> None:
        text = message.get("text", "a file")
        keyboard = {
            "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
        }
        await self.call(
            "sendMessage", chat_id=message["chat"]["id"], text=f"You said: {text}", reply_markup=keyboard
        )

    async def _pressed(self, query: dict[str, Any]) -> None:
        if self.hold is not None:
            await self.hold.wait()
        alert = query["data"] == "n"
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text=f"Took {query['data']}",
            show_alert=alert,
        )
        message = query["message"]
        await self.call(
            "editMessageText",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=f"{message['text']} → {query['data']}",
        )


@pytest_asyncio.fixture(loop_scope="module")
async def bot(sandbox: Sandbox) -> AsyncIterator[Caller]:  # takes the place of the folder's own
    async with serving(sandbox) as address, aiohttp.ClientSession() as http:
        yield Caller(http, address, sandbox.token)


@pytest_asyncio.fixture(loop_scope="module")
async def layla(sandbox: Sandbox, bot: Caller) -> Person:  # the same
    return await come_in(sandbox, bot)


@pytest_asyncio.fixture(loop_scope="module")
async def echo(bot: Any) -> AsyncIterator[Echo]:
    echo = Echo(bot)
    echo.start()
    yield echo
    await echo.stop()


class Opened:
    """A page and everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.strangers: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.on("request", self._requested)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "blob:", "data:")):
            self.strangers.append(request.url)


@pytest_asyncio.fixture(loop_scope="module")
async def opened(request: pytest.FixtureRequest, bot: Any, browser: Browser) -> AsyncIterator[Opened]:
    context = await browser.new_context(**getattr(request, "param", {}))
    opened = Opened(await context.new_page())
    yield opened
    await context.close()
    assert not opened.faults
    assert not opened.strangers


async def show(opened: Opened, bot: Any) -> Page:
    await opened.page.goto(bot.address)
    await expect(opened.page.locator("#status-text")).not_to_have_text("Connecting…")
    return opened.page


@pytest.fixture
def omar(sandbox: Sandbox, bot: Any) -> Person:
    """Somebody with an invitation who has not begun."""
    return sandbox.person("Omar Nasser", "en", user_id=1002, title="Focal point", start="CODE")


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


async def test_the_page_shows_when_the_bot_goes_and_returns(
    bot: Any, echo: Echo, layla: Person, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.polling.ALIVE_SECONDS", 0.3)
    page = await show(opened, bot)
    status = page.locator("#status-text")
    await expect(status).to_have_text("Bot is listening")
    await echo.stop()
    await expect(status).to_have_text("Bot is away")
    await page.locator("textarea").fill("are you there?")
    await page.locator("textarea").press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("are you there?")
    echo.start()
    await expect(status).to_have_text("Bot is listening")
    await expect(page.locator(".bubble.bot").last).to_contain_text("You said: are you there?")


# --- what is typed in the first seconds, and while the line is slow ---------------------------------------------


async def test_who_types_elsewhere_after_a_start_keeps_the_field(
    bot: Any, layla: Person, omar: Person, opened: Opened
) -> None:
    """A Start gives its own chat's field the focus; whoever has gone on to another chat is not called back."""
    page = await show(opened, bot)
    field = page.locator(f"#chat-{layla.user_id} textarea")
    await field.evaluate("field => { document.querySelector('#chat-1002 .start').click(); field.focus(); }")
    await page.wait_for_timeout(300)
    await expect(field).to_be_focused()
    await page.keyboard.type("/calendar")
    await expect(field).to_have_value("/calendar")


async def test_what_is_typed_while_a_start_is_on_its_way_follows_it(
    bot: Any, omar: Person, opened: Opened
) -> None:
    """However slow the line: the field is there at once, nothing is lost or sent twice, and the order is kept."""
    page = await show(opened, bot)
    gate = await gated(page, "**/sim/people/*/act")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".start")).to_be_hidden()  # a second press would be a second start
    for text in ("hello", "/calendar"):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
    assert not omar.messages
    gate.set()
    await expect(page.locator(".bubble.own").last).to_contain_text("/calendar")
    assert [message.text for message in omar.messages] == ["/start CODE", "hello", "/calendar"]


async def test_a_start_that_fails_gives_the_key_and_the_text_back(
    bot: Any, omar: Person, opened: Opened
) -> None:
    page = await show(opened, bot)
    gate = await gated(page, "**/sim/people/*/act", fails=True)
    start = page.get_by_role("button", name="Start", exact=True)
    await start.click()
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    gate.set()
    await expect(start).to_be_visible()
    await page.unroute("**/sim/people/*/act")
    await start.click()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("hello")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("hello")
    assert [message.text for message in omar.messages] == ["/start CODE", "hello"]
    opened.faults = [fault for fault in opened.faults if "ERR_FAILED" not in fault]


async def test_who_edits_finds_again_what_was_begun(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    layla.says("teh answer")
    field = page.locator("textarea")
    await field.fill("half an answer")
    await page.locator(".row", has_text="teh answer").click(button="right")
    await page.get_by_role("menuitem", name="تعديل").click()
    await field.fill("the answer")
    await field.press("Enter")
    await expect(page.locator(".bubble.own .edited")).to_have_count(1)
    await expect(field).to_have_value("half an answer")


async def test_a_command_is_typed_through_a_menu_that_comes_slowly(
    bot: Any, layla: Person, opened: Opened
) -> None:
    """The list of commands that a slash opens is an offer: what is typed on goes into the field, not into it."""
    await bot("setMyCommands", commands=[{"command": "sections", "description": "الأقسام كلها"}])
    page = await show(opened, bot)
    gate = await gated(page, "**/profile")
    field = page.locator("textarea")
    await field.press("/")
    await page.wait_for_timeout(50)
    await page.keyboard.type("cal")
    gate.set()
    await page.wait_for_timeout(300)
    await page.keyboard.type("endar")
    await expect(field).to_have_value("/calendar")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("/calendar")

    await field.press("/")
    await expect(page.get_by_role("menuitem", name="الأقسام كلها")).to_be_focused()
    await page.keyboard.type("cal")
    await page.keyboard.type("endar")
    await expect(field).to_have_value("/calendar")


async def test_a_command_of_the_menu_leaves_what_was_begun(bot: Any, layla: Person, opened: Opened) -> None:
    await bot("setMyCommands", commands=[{"command": "sections", "description": "الأقسام كلها"}])
    page = await show(opened, bot)
    field = page.locator("textarea")
    await field.fill("half an answer")
    await page.get_by_role("button", name="الأوامر").click()
    await page.get_by_role("menuitem", name="الأقسام كلها").click()
    await expect(page.locator(".bubble.own").last).to_contain_text("/sections")
    await expect(field).to_have_value("half an answer")


async def test_what_fails_comes_back_as_what_it_was_before_what_was_typed_since(
    bot: Any, layla: Person, opened: Opened
) -> None:
    """A text that could not be sent stands before the newer one; an edit that failed is no new message later."""
    page = await show(opened, bot)
    layla.says("teh answer")
    await page.locator(".row", has_text="teh answer").click(button="right")
    await page.get_by_role("menuitem", name="تعديل").click()
    field = page.locator("textarea")
    gate = await gated(page, "**/sim/people/*/act", fails=True)
    await field.fill("the answer")
    await field.press("Enter")
    await field.fill("more")
    gate.set()
    await expect(field).to_have_value("the answer\nmore")
    await expect(page.locator(".banner")).to_be_visible()
    await page.unroute("**/sim/people/*/act")
    await field.press("Enter")
    await expect(page.locator(".bubble.own .edited")).to_have_count(1)
    assert [message.text for message in layla.messages] == ["/start", "the answer\nmore"]
    opened.faults = [fault for fault in opened.faults if "ERR_FAILED" not in fault]


async def gated(page: Page, pattern: str, *, fails: bool = False) -> asyncio.Event:
    """Hold the page's requests to `pattern` until the event is set; then let them go on, or fail."""
    gate = asyncio.Event()

    async def hold(route: Route) -> None:
        await gate.wait()
        await (route.abort() if fails else route.continue_())

    await page.route(pattern, hold)
    return gate


async def test_a_page_catches_up_after_a_lost_line(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    await page.context.set_offline(True)
    await bot("sendMessage", chat_id=layla.user_id, text="while away")
    await page.context.set_offline(False)
    await expect(page.locator(".bubble.bot")).to_have_count(1)
    opened.faults = [fault for fault in opened.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


async def test_a_text_written_without_a_connection_is_kept(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    status, field = page.locator("#status-text"), page.locator("textarea")
    await bot("sendMessage", chat_id=layla.user_id, text="the line of news is open")
    await expect(page.locator(".bubble.bot")).to_have_count(1)
    await page.wait_for_timeout(200)
    await page.context.set_offline(True)
    await expect(status).to_have_text(AWAY)
    await field.fill("words of mine")
    await field.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text(AWAY)
    await expect(field).to_have_value("words of mine")
    await page.context.set_offline(False)
    await expect(status).not_to_have_text(AWAY)
    await field.press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("words of mine")
    opened.faults = [fault for fault in opened.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


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


async def test_a_page_outlives_its_sandbox(browser: Browser) -> None:
    context = await browser.new_context()
    opened = Opened(await context.new_page())
    first, second = Sandbox(), Sandbox()
    first.person("First").says("from the first")
    second.person("Second").says("from the second")
    async with serving(first) as address:
        await opened.page.goto(address)
        await expect(opened.page.locator(".bubble")).to_have_text(re.compile("from the first"))
    await expect(opened.page.locator("#status-text")).to_have_text(AWAY)
    async with serving(second, int(address.rpartition(":")[2])):
        await expect(opened.page.locator(".bubble")).to_have_text(
            re.compile("from the second"), timeout=10_000
        )
        await expect(opened.page.locator(".who-name")).to_have_text("Second")
        await context.close()
    assert not [fault for fault in opened.faults if "ERR_" not in fault]


async def test_a_new_person_and_an_invitation_link(bot: Any, layla: Person, opened: Opened) -> None:
    page = await show(opened, bot)
    link = '<a href="https://t.me/rafiq_bot?start=INVITE-7">come in</a>'
    await bot("sendMessage", chat_id=layla.user_id, text=link, parse_mode="HTML")
    await page.get_by_role("link", name="come in").click()
    await page.get_by_role("dialog").get_by_role("button", name="New person…").click()
    form = page.get_by_role("dialog", name="New person")
    await expect(form.get_by_label("Invitation code")).to_have_value("INVITE-7")
    await form.get_by_label("Name").fill("سامي خليل")
    await form.get_by_role("button", name="Add").click()
    await page.get_by_role("button", name="ابدأ").click()
    await expect(page.locator(".bubble.own .words").last).to_have_text("/start")
    await page.get_by_role("link", name="come in").click()
    await page.get_by_role("dialog").get_by_role("button", name="Layla Haddad").click()
    await expect(page.locator(f"#chat-{layla.user_id} .bubble.own .words").last).to_have_text("/start")
    assert [u["message"]["text"] for u in await bot.updates()] == ["/start INVITE-7"] * 2


async def test_the_command_menu_speaks_the_persons_language(bot: Any, layla: Person, opened: Opened) -> None:
    commands = {"": "All sections", "ar": "الأقسام كلها"}
    for language, about in commands.items():
        await bot(
            "setMyCommands", commands=[{"command": "sections", "description": about}], language_code=language
        )
    page = await show(opened, bot)
    await page.get_by_role("button", name="الأوامر").click()
    item = page.get_by_role("menuitem", name="الأقسام كلها")
    await expect(item).to_be_focused()
    await item.press("Enter")
    await expect(page.locator(".bubble.own").last).to_contain_text("/sections")


async def test_an_empty_chat_follows_what_the_bot_says_of_itself(
    bot: Any, sandbox: Sandbox, layla: Person, opened: Opened
) -> None:
    sandbox.person("Yasmine Alaoui", "fr", user_id=1003)
    await bot("setMyDescription", description="أرافقكم في الاستعراض.")
    page = await show(opened, bot)
    empty = page.locator("#chat-1003 .empty")
    await expect(empty).to_contain_text("أرافقكم في الاستعراض.")
    await bot("setMyDescription", description="Je vous accompagne.", language_code="fr")
    await expect(empty).to_have_text("Que peut faire ce bot ?Je vous accompagne.")
    await bot("setMyDescription", description="يرافقكم رفيق.", language_code="ar")
    await bot("setMyDescription", description="", language_code="fr")
    await expect(empty).to_contain_text("أرافقكم في الاستعراض.")
    await expect(page.locator(f"#chat-{layla.user_id} .empty")).to_have_count(0)


async def test_a_person_added_on_the_page_reads_what_the_bot_says_of_itself(
    bot: Any, opened: Opened, sandbox: Sandbox
) -> None:
    await bot("setMyDescription", description="I accompany you.")
    page = await show(opened, bot)
    await page.get_by_role("button", name="New person").click()
    form = page.get_by_role("dialog", name="New person")
    await form.get_by_label("Name").fill("Nadia Saleh")
    await form.get_by_role("button", name="Add").click()
    await expect(page.locator(".chat .empty")).to_contain_text("I accompany you.")
    assert [person.name for person in sandbox.people.values()] == ["Nadia Saleh"]


async def test_the_clock_strip_moves_time_forward(
    bot: Any, sandbox: Sandbox, layla: Person, opened: Opened
) -> None:
    page = await show(opened, bot)
    before = sandbox.clock.now()
    for name in ("+1 hour", "+1 day", "+1 week"):
        await page.get_by_role("button", name=name).click()
    moved = 3600 + 86_400 + 7 * 86_400
    async with asyncio.timeout(5):
        while (sandbox.clock.now() - before).total_seconds() < moved:  # noqa: ASYNC110 - the clock sets no event
            await asyncio.sleep(0.01)
    await bot("sendMessage", chat_id=layla.user_id, text="later")
    await expect(page.locator(".day")).to_have_count(2)
    await page.get_by_label("Move the clock to").fill("2040-05-06T07:08")
    await page.get_by_role("button", name="Go", exact=True).click()
    await expect(page.locator("#now")).to_contain_text("2040")
    await page.get_by_label("Move the clock to").fill("2039-05-06T07:08")
    await page.get_by_role("button", name="Go", exact=True).click()
    assert sandbox.clock.now().year == 2040


async def tells(bot: Any, at: datetime | None, what: str = "") -> None:
    """What the bot tells the sandbox to happen next."""
    content = {"at": at and at.isoformat(), "what": what}
    async with bot.http.put(f"{bot.address}/sim/next", json=content) as response:
        assert response.status == 200


@pytest.mark.parametrize("opened", [{}, PHONE], indirect=True)
async def test_the_next_thing_that_happens_is_one_key_away(
    bot: Any, sandbox: Sandbox, layla: Person, opened: Opened
) -> None:
    page = await show(opened, bot)
    unfold = page.get_by_role("button", name="Clock and people")
    if await unfold.is_visible():
        await unfold.tap()
    button = page.get_by_role("button", name="To the next thing that happens")
    await expect(button).to_be_disabled()
    await expect(button).to_contain_text("The bot has not said yet what happens next.")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("The bot has not said yet what happens next.")
    await tells(bot, datetime(2041, 2, 3, 4, 5, tzinfo=UTC), "Reminders")
    await expect(button).to_be_enabled()
    await expect(button).to_contain_text("3 Feb 2041")
    await expect(button).to_contain_text("· Reminders")
    box = await button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= await page.evaluate("innerWidth")
    assert box["height"] >= 34
    await page.keyboard.press("Enter")
    await expect(page.locator("#now")).to_contain_text("3 Feb 2041")
    assert 0 < (sandbox.clock.now() - datetime(2041, 2, 3, 4, 5, tzinfo=UTC)).total_seconds() < 30
    await expect(button).to_be_disabled()
    await expect(button).to_be_focused()
    await tells(bot, datetime(2041, 2, 4, 4, 5, tzinfo=UTC), "A long title of something that begins " * 4)
    await expect(button).to_be_enabled()
    await page.keyboard.press("Enter")
    await expect(page.locator("#now")).to_contain_text("4 Feb 2041")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
async def test_a_phone_shows_one_chat_at_a_time(
    bot: Any, layla: Person, omar: Person, opened: Opened
) -> None:
    page = await show(opened, bot)
    tabs = page.get_by_role("tab")
    await expect(tabs).to_have_count(2)
    await tabs.filter(has_text="Omar").tap()
    await expect(page.locator("#chat-1002")).to_be_visible()
    await expect(page.locator(f"#chat-{layla.user_id}")).to_be_hidden()
    await bot("sendMessage", chat_id=layla.user_id, text="ليلى، هنا")
    await expect(tabs.filter(has_text="Layla").locator(".tab-news")).to_be_visible()
    await tabs.filter(has_text="Layla").tap()
    await expect(page.locator(".bubble.bot")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await expect(page.locator("#clock")).to_be_hidden()
    strip = await page.locator(".strip").bounding_box()
    assert strip is not None
    assert strip["height"] < 60
    await page.get_by_role("button", name="Clock and people").tap()
    await expect(page.get_by_role("button", name="+1 day")).to_be_visible()
    await expect(page.get_by_role("button", name="New person")).to_be_visible()
    small = await page.evaluate(
        "[...document.querySelectorAll('.composer .round')].filter(b => b.offsetWidth && b.offsetWidth < 44).length"
    )
    assert small == 0


async def test_a_reader_of_old_messages_is_not_pulled_away(bot: Any, layla: Person, opened: Opened) -> None:
    for n in range(30):
        await bot("sendMessage", chat_id=layla.user_id, text=f"line {n}\nand more")
    page = await show(opened, bot)
    log = page.get_by_role("log")
    assert await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    await log.evaluate("log => { log.scrollTop = 0; }")
    await page.wait_for_timeout(50)
    await bot("sendMessage", chat_id=layla.user_id, text="newest")
    down = page.get_by_role("button", name="رسائل جديدة")
    await expect(down).to_be_visible()
    assert await log.evaluate("log => log.scrollTop") == 0
    await down.click()
    await expect(page.get_by_text("newest")).to_be_in_viewport()
    await expect(down).to_be_hidden()
