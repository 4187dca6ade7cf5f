"""The minutes of a session in points: put down in messages, edited, deleted, and read by the states once released."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.sandbox import Sandbox
from tests.chats.calendars import NOTE, goes_to, loads, sandbox_at
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    everything,
    labels_of,
    newest,
    newest_file,
    until,
    voice,
)
from tests.chats.test_workshops import STALE, attending, minutes, opens, opens_and_hears, registers
from workflows.languages import LANGUAGES, Language


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2020."""
    await loads(region)
    return region


async def points(region: Region, session: str = "session1") -> list[tuple[int, str, str]]:
    """The points on disk: group, sort and text."""
    kept = [each for each in await minutes(region, session) if each.kind == "point"]
    return [(each.group, each.sort, each.text) for each in kept]


async def test_points_are_typed_sorted_edited_and_deleted(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/workshop session2")
    await region.presses(sam, "Points of the minutes: 0")
    await region.presses(sam, "Add: Group 1")
    first = await region.says(sam, "One register for all ministries")
    await region.says(sam, "Yearly figures")
    await region.presses(sam, "Good practice")
    assert "✅ Good practice" in labels_of(sam.last_message)
    assert await points(region, "session2") == [
        (1, "said", "One register for all ministries"),
        (1, "good_practice", "Yearly figures"),
    ]
    sam.edits(first, "One register for all offices")
    await region.rests()
    assert "One register for all offices" in newest(sam)
    assert [text for _, _, text in await points(region, "session2")] == [
        "One register for all offices",
        "Yearly figures",
    ]
    await region.presses(sam, "☰ All points")
    assert "1. Group 1 · Said\nOne register for all offices" in newest(sam)
    await region.presses(sam, "✏️ 2")
    await region.presses(sam, "🗑 Delete the point")
    assert [text for _, _, text in await points(region, "session2")] == ["One register for all offices"]
    await region.says(sam, "a text after the list")
    assert len(await points(region, "session2")) == 1


async def test_a_text_after_the_list_of_points_is_none(region: Region) -> None:
    sam = await region.officer()
    await opens(region, sam, "point_add.session2.1")
    await region.says(sam, "One register")
    await region.presses(sam, "☰ All points")
    await region.says(sam, "a text for nobody")
    assert await points(region, "session2") == [(1, "said", "One register")]


async def test_new_words_of_a_released_point_wait_for_a_press_of_their_own(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "remote")
    await opens(region, sam, "point_add.session1.0")
    typed = await region.says(sam, "PETRA point")
    await opens(region, sam, "points.session1")
    await region.presses(sam, "do.points_go.session1.on")
    sam.edits(typed, "CEDAR point")
    await region.rests()
    assert "🔒 Whole session" in newest(sam)
    card = rania.last_message.message_id
    await region.forges(rania, card, "do.points.session1")
    assert "CEDAR" not in everything([rania])
    await region.forges(sam, sam.last_message.message_id, "do.points_go.session1.on")
    await region.forges(rania, card, "do.points.session1")
    assert "CEDAR point" in everything([rania])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_points_reach_the_states_only_once_released(region: Region, language: Language) -> None:
    speaks = voice(language, "JO")
    sam = await region.officer()
    rania = await region.focal_point("JO", language, "Rania")
    await registers(region, rania, "remote")
    await opens(region, sam, "point_add.session1.0")
    await region.says(sam, "PETRA point")
    await goes_to(region, 2020, 6, 25, 11, 0)
    await opens(region, rania, "points.session1")
    assert await opens_and_hears(region, rania, "points_file.session1") != ""
    assert "PETRA" not in everything([rania])
    await opens(region, sam, "points.session1")
    assert await region.forges(sam, sam.last_message.message_id, "do.points_go.session1.on") == ""
    await opens(region, sam, "point_add.session1.0")
    await region.says(sam, "CEDAR point that came after the press")
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Send the material to everybody")
    await until(lambda: "do.points.session1" in data_of(rania.last_message))
    await region.presses(rania, "do.points.session1")
    assert "PETRA point" in newest(rania)
    assert bare(speaks.gettext("The minutes in points")) in newest(rania)
    assert "CEDAR" not in everything([rania])
    assert not [data for data in data_of(rania.last_message) if "point_add" in data or "points_go" in data]
    await region.presses(rania, "do.points_file.session1")
    document = Document(BytesIO(newest_file(rania).content))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "PETRA point" in words
    assert speaks.gettext("Whole session") in words
    assert not [each for each in words if "CEDAR" in each]


async def test_the_attendance_list_is_a_spreadsheet(region: Region) -> None:
    sam = await region.officer("ar")
    await attending(region, "JO", 2)
    await attending(region, "YE")
    await opens(region, sam, "attendance.session2")
    await region.presses(sam, "do.attendance_file.session2")
    book = load_workbook(BytesIO(newest_file(sam).content))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == ["JO 1", "JO 2", "YE 1"]
    assert [row[0] for row in rows] == ["الأردن", "الأردن", "اليمن"]


async def test_only_the_secretariat_writes_the_minutes(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    sam = await region.officer()
    await opens(region, sam, "point_add.session1.0")
    await region.says(sam, "a point")
    (point,) = await minutes(region)
    for forged in (
        "point_add.session1.0",
        f"point.{point.id}.remove",
        "points_go.session1.on",
        "attendance_file.session1",
    ):
        await opens(region, rania, forged)
        assert newest(rania).startswith("The secretariat keeps the list of a session")
    assert await minutes(region) == [point]
    assert await opens_and_hears(region, sam, "point_add.session1.7") == STALE
