"""Spreadsheets hold what they are given, and nothing in them is ever a formula."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.render import Voice
from bot.render.messages import File
from bot.render.status_files import status_file
from tests.render.samples_status import FIGURES, MOMENT, country_lines
from workflows.languages import LANGUAGES, Language
from workflows.notices import StatusFile
from workflows.reports.spreadsheet import LONGEST, Cell, Column, Sheet, as_csv, as_xlsx

ATTACKS = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    '=HYPERLINK("https://example.org","x")',
    "=1+1;=2+2",
    "'=1+1",
)
HARMLESS = ("", "Jordan", "الأردن", "a, b", 'say "no"', "two\nlines", "1=1", "x-y", "٢٥")


def sheet(*rows: tuple[Cell, ...], right_to_left: bool = False) -> Sheet:
    columns = tuple(Column(f"Column {number}", 10 + number) for number in range(len(rows[0]) if rows else 1))
    return Sheet("States", columns, rows, right_to_left=right_to_left)


def read_back(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets[0]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_fault_67_no_text_is_ever_a_formula(attack: str) -> None:
    cell = read_back(as_xlsx([sheet((attack,))]))["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == attack.strip()
    written = rows_of(as_csv(sheet((attack,))))[1][0]
    assert written[0] == "'"
    assert written.lstrip("'") == attack.lstrip("'")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_heading_is_no_formula_either(attack: str) -> None:
    attacked = Sheet(attack, (Column(attack),), ())
    assert read_back(as_xlsx([attacked]))["A1"].data_type == "s"
    assert rows_of(as_csv(attacked))[0][0].startswith("'")


def test_an_edited_text_stays_a_text() -> None:
    """Who presses F2 and Enter on a cell in Excel would otherwise make it a formula."""
    page = read_back(as_xlsx([sheet(("=1+1", "words"))]))
    assert page["A2"].quotePrefix
    assert not page["B2"].quotePrefix


@pytest.mark.parametrize("words", HARMLESS)
def test_other_texts_come_back_as_they_were(words: str) -> None:
    assert (read_back(as_xlsx([sheet((words,))]))["A2"].value or "") == words
    assert rows_of(as_csv(sheet((words,))))[1][0] == words


@given(st.text(max_size=40))
@example("\x1b@SUM(A1:A2)")
@example("\x00 =1+1")
def test_fault_67_whatever_somebody_typed_can_be_read_back(words: str) -> None:
    cell = read_back(as_xlsx([sheet((words, 1))]))["A2"]
    assert cell.data_type != "f"
    assert cell.value is None or isinstance(cell.value, str)
    assert len(rows_of(as_csv(sheet((words, 1))))[1]) == 2
    first = rows_of(as_csv(sheet((words, 1))))[1][0]
    assert not first.lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_numbers_and_dates_are_real() -> None:
    moment = datetime(2027, 3, 1, 9, 5, tzinfo=UTC)
    given_row: tuple[Cell, ...] = (-3, 0.5, date(2027, 11, 30), moment, None)
    page = read_back(as_xlsx([sheet(given_row)]))
    assert [page.cell(2, at).value for at in range(1, 6)] == [
        -3,
        0.5,
        datetime(2027, 11, 30),  # noqa: DTZ001 - a spreadsheet knows no zones
        datetime(2027, 3, 1, 9, 5),  # noqa: DTZ001 - the same
        None,
    ]
    assert page["C2"].is_date
    assert page["D2"].number_format == "yyyy-mm-dd hh:mm"
    assert rows_of(as_csv(sheet(given_row)))[1] == ["-3", "0.5", "2027-11-30", "2027-03-01T09:05Z", ""]


def test_a_sheet_is_read_in_its_direction_with_its_heading_in_sight() -> None:
    page = read_back(as_xlsx([sheet(("أ", 1), right_to_left=True)]))
    assert page.sheet_view.rightToLeft
    assert page.freeze_panes == "B2"
    assert page.column_dimensions["B"].width == 11
    assert not read_back(as_xlsx([sheet(("a", 1))])).sheet_view.rightToLeft


def test_text_begins_with_the_mark_that_spreadsheets_look_for() -> None:
    assert as_csv(sheet(("الأردن",))).startswith(b"\xef\xbb\xbf")


def test_long_texts_and_odd_names_are_taken() -> None:
    odd = Sheet("a/b:c*[d]?" * 10, (Column("x"),), (("=" + "y" * 100_000,), ("\x00\x01z\ud800",)))
    book = load_workbook(BytesIO(as_xlsx([odd])))
    assert len(book.sheetnames[0]) <= 31
    assert len(book.worksheets[0]["A2"].value) == LONGEST
    assert book.worksheets[0]["A3"].value == "z"
    assert rows_of(as_csv(odd))[2] == ["z"]


def test_one_table_gives_one_file() -> None:
    assert as_xlsx([sheet(("a", 1))]) == as_xlsx([sheet(("a", 1))])
    with pytest.raises(ValueError, match="at least one sheet"):
        as_xlsx([])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_the_region_reads_well_in_each_language(language: Language) -> None:
    notice = StatusFile(kind="xlsx", cycle="c", at=MOMENT, countries=country_lines(), figures=FIGURES)
    document = status_file(notice, Voice.of(language)).document
    assert isinstance(document, File)
    book = load_workbook(BytesIO(document.content))
    for page in book.worksheets:
        assert bool(page.sheet_view.rightToLeft) == (language == "ar")
        assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")
        assert (page.page_setup.orientation, page.page_setup.fitToWidth) == ("landscape", 1)
        setup = page.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        for number, column in enumerate(page.iter_cols(), start=1):
            wide = page.column_dimensions[get_column_letter(number)].width
            words = str(column[0].value).split()
            assert max(map(len, words)) <= wide, "no word of a heading is broken"
            assert 15 * -(-len(str(column[0].value)) // wide) <= page.row_dimensions[1].height
            dates = [cell for cell in column[1:] if isinstance(cell.value, date)]
            shown = [16 if "hh" in cell.number_format else 10 for cell in dates]
            assert all(letters <= wide for letters in shown)
            for cell in column[1:]:
                if isinstance(cell.value, str):
                    assert cell.alignment.wrap_text
                    assert cell.alignment.horizontal == ("right" if language == "ar" else "left")
    kinds = {type(cell.value) for row in book.worksheets[0].iter_rows(min_row=2) for cell in row}
    assert {str, int, datetime} <= kinds, "numbers and dates are real"
