"""What is typed in the first seconds, and while the line is slow, goes out in order and once."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox import Person
from tests.sandbox.page.conftest import Opened, gated, show

# One Chromium for a module, and a loop that lives as long; each test has a sandbox and a browsing context of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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
