"""The demo as a newcomer meets it: one command, three chats in a browser, an answer in Arabic, and a clean end."""

import asyncio
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.sandbox.page.conftest import launched

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one Chromium for all, and a loop that lives as long

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds; the demo is three processes and a browser on what may be one busy core
ENTITIES = "وزارة الداخلية\nوزارة الخارجية والمغتربين\nالمديرية العامة للأمن العام"


class Phone:
    """One person's chat on the page."""

    def __init__(self, page: Page, user_id: int) -> None:
        self.node = page.locator(f"#chat-{user_id}")
        self.newest = self.node.locator(".row.bot").last

    async def start(self) -> None:
        await self.node.locator(".start").click()

    async def say(self, text: str) -> None:
        await self.node.locator("textarea").fill(text)
        await self.node.locator("textarea").press("Enter")

    def key(self, label: str) -> Locator:
        return self.newest.locator(".key", has_text=label)

    async def sees(self, text: str) -> None:
        await expect(self.newest).to_contain_text(text)


SECOND_CARD = "اكتبوا كل بند في سطر"
"""What the second card asks for; the words of its question stand on the first one too."""


class Three:
    """The page with its three people."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.layla, self.yasmine, self.sam = (Phone(page, number) for number in (1001, 1002, 1003))


@asynccontextmanager
async def demo(folder: Path, *more: str) -> AsyncIterator[tuple[Process, str]]:
    """The demo on a free port, and the address that it prints."""
    process = await begin("--port", "0", "--folder", str(folder), *more)
    try:
        yield process, await address_of(process)
    finally:
        for child in living(process):
            child.kill()
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def begin(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", *arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )


async def address_of(process: Process) -> str:
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, f"the first line names no address: {line!r}"
    return found.group()


def living(process: Process) -> list[psutil.Process]:
    """The processes that the demo has started and that run still."""
    try:
        return list(psutil.Process(process.pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return []


async def refusal(*arguments: str) -> list[str]:
    """The lines with which the demo refuses to begin; it must not begin."""
    process = await begin(*arguments)
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2, err.decode()
    assert out == b""
    return err.decode().splitlines()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@asynccontextmanager
async def browsing(browser: Browser, address: str) -> AsyncIterator[Three]:
    """The page as a desk shows it, with everybody there, in a browsing context of its own."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    await page.goto(address)
    await expect(page.locator(".chat")).to_have_count(3)
    yield Three(page)
    await page.close()


async def left_edges(*nodes: Locator) -> list[float]:
    boxes = [await node.bounding_box() for node in nodes]
    assert all(box and box["width"] > 0 for box in boxes)
    return [box["x"] for box in boxes if box]


# --- the page ------------------------------------------------------------------------------------------------


@pytest.mark.browser
async def test_three_people_stand_side_by_side_and_are_met_in_their_languages(
    tmp_path: Path, browser: Browser
) -> None:
    async with demo(tmp_path / "demo") as (_, address), browsing(browser, address) as three:
        edges = await left_edges(three.layla.node, three.yasmine.node, three.sam.node)
        assert edges == sorted(set(edges))
        for phone, greeting in (
            (three.layla, "الاستعراض الوطني: لبنان"),
            (three.yasmine, "L'examen national : Maroc"),
            (three.sam, "Choose the language"),
        ):
            await phone.start()
            await phone.sees(greeting)
        assert await three.layla.node.get_attribute("dir") == "rtl"
        assert await three.yasmine.node.get_attribute("dir") == "ltr"


@pytest.mark.browser
async def test_a_question_is_answered_in_arabic_from_right_to_left(tmp_path: Path, browser: Browser) -> None:
    async with demo(tmp_path / "demo") as (_, address), browsing(browser, address) as three:
        layla = three.layla
        await layla.start()
        await layla.key("متابعة").click()
        await layla.sees("هل أنشأتم آليةً مسؤولة عن تنسيق الاستعراض؟")
        question = layla.newest.locator(".words p").first
        assert await question.evaluate("p => getComputedStyle(p).direction") == "rtl"
        no, yes = await left_edges(layla.key("لا"), layla.key("نعم"))
        assert no < yes, "the first answer stands where reading begins"
        await layla.key("نعم").click()
        await layla.sees(SECOND_CARD)
        await expect(layla.node.locator(".row.bot").nth(-2)).to_contain_text("✔ نعم")
        await layla.say(ENTITIES)
        await layla.sees("٣ بنود حتى الآن")
        await expect(layla.key("وزارة الخارجية والمغتربين")).to_be_visible()


@pytest.mark.browser
async def test_the_bot_lives_by_the_clock_of_the_page(tmp_path: Path, browser: Browser) -> None:
    async with demo(tmp_path / "demo") as (_, address), browsing(browser, address) as three:
        await three.sam.start()
        await three.sam.sees("Choose the language")
        await three.page.locator("#moment").fill("2031-03-14T08:00")
        await three.page.locator("#moment").press("Enter")  # the strip may just be growing under a click
        await expect(three.page.locator("#now")).to_contain_text("14 Mar 2031")
        await asyncio.sleep(2)  # the bot asks for the time once a second
        await three.sam.say("/status")
        await three.sam.sees("14 March 2031")


@pytest.mark.browser
async def test_the_key_to_the_next_thing_brings_the_reminders(tmp_path: Path, browser: Browser) -> None:
    """The cycle begins today as a rehearsal: its first session is announced, and people are reminded of it."""
    async with demo(tmp_path / "demo") as (_, address), browsing(browser, address) as three:
        for phone in (three.layla, three.yasmine, three.sam):
            await phone.start()
            await expect(phone.newest).to_be_visible()
        await expect(three.layla.key("متابعة")).to_be_visible()
        await expect(three.yasmine.key("Continuer")).to_be_visible()
        await three.layla.say("/calendar")
        await three.layla.sees("الجلسة الأولى")
        button = three.page.get_by_role("button", name="To the next thing that happens")
        await expect(button).to_contain_text("Reminders")
        await button.click()
        await three.sam.sees("🔔")  # a window is four weeks away, and its day is for the secretariat to set
        await expect(button).to_be_enabled()
        await expect(button).to_contain_text("Reminders")
        await button.click()
        await three.layla.sees("🔔")
        await three.layla.sees("بعد ٧ أيام")
        await expect(three.layla.key("بيان كيفية حضورنا")).to_be_visible()
        await expect(button).to_be_enabled()
        await expect(button).to_contain_text("Reminders")
        await button.press("Enter")
        await three.yasmine.sees("🔔")


# --- the end -------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_with_all_its_processes_and_finds_the_answers_again(
    tmp_path: Path, browser: Browser, number: signal.Signals
) -> None:
    folder = tmp_path / "demo"
    async with demo(folder) as (process, address):
        async with browsing(browser, address) as three:
            await three.layla.start()
            await three.layla.key("متابعة").click()
            await three.layla.key("نعم").click()
            await three.layla.sees(SECOND_CARD)
            children = living(process)
            process.send_signal(number)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
        assert children, "the bot is a process of its own"
        assert not [child for child in children if child.is_running()]
        assert_nobody_listens(address)
    async with demo(folder) as (_, address), browsing(browser, address) as three:
        await three.layla.start()
        await three.layla.say("/progress")
        await three.layla.sees("النقاط المنجزة: ١ من ١٠")


def assert_nobody_listens(address: str) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        assert probe.connect_ex((host, int(port))) != 0


# --- what cannot be --------------------------------------------------------------------------------------------


async def test_a_busy_port_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        (line,) = await refusal("--port", port, "--folder", str(tmp_path / "demo"))
    assert port in line
    assert "--port" in line


@pytest.mark.parametrize("name", ["file", "file/below"])
async def test_a_folder_that_cannot_be_written_is_one_sentence_with_the_remedy(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("somebody's")
    (line,) = await refusal("--port", "0", "--folder", str(tmp_path / name))
    assert str(tmp_path / name) in line
    assert "--folder" in line


async def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("somebody's")
    (line,) = await refusal("--port", "0", "--folder", str(tmp_path), "--fresh")
    assert "--folder" in line
    assert letter.read_text() == "somebody's"
