"""Around the chats: people, the clock, a phone, what the bot says of itself."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox import Person, Sandbox
from tests.sandbox.page.conftest import PHONE, Opened, show

# One Chromium for a module, and a loop that lives as long; each test has a sandbox and a browsing context of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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
