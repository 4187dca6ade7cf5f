"""The line or the bot goes away under an open page, and comes back."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.sandbox import Person, Sandbox, serving
from tests.sandbox.page.conftest import Echo, Opened, show

# One Chromium for a module, and a loop that lives as long; each test has a sandbox and a browsing context of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AWAY = "No connection to the sandbox. Your text is kept here."


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
