"""A real Chromium for the chat page, with a tiny bot over HTTP behind it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, Route, async_playwright, expect

from bot.sandbox import Person, Sandbox, serving
from tests.sandbox.conftest import Caller, come_in

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def chromium() -> str:
    """Where Chromium is; fail with the remedy when it is nowhere."""
    found = os.environ.get("RAFIQ_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("No Chromium: install the system's `chromium`, or name the program in RAFIQ_CHROMIUM.")
    return found


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A Chromium for a while."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


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
async def bot(sandbox: Sandbox) -> AsyncIterator[Caller]:  # takes the place of the outer one
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


async def gated(page: Page, pattern: str, *, fails: bool = False) -> asyncio.Event:
    """Hold the page's requests to `pattern` until the event is set; then let them go on, or fail."""
    gate = asyncio.Event()

    async def hold(route: Route) -> None:
        await gate.wait()
        await (route.abort() if fails else route.continue_())

    await page.route(pattern, hold)
    return gate


@pytest.fixture
def omar(sandbox: Sandbox, bot: Any) -> Person:
    """Somebody with an invitation who has not begun."""
    return sandbox.person("Omar Nasser", "en", user_id=1002, title="Focal point", start="CODE")
