"""The picture of the region: as stored, legible without colour, Arabic from the right, and nothing in it but counts."""

import time
from datetime import date
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from msgspec.structs import replace

from bot.render import Voice
from bot.render.status_words import short_day
from tests.reports.drawn import SEEN, differing, marked, pixels, stored, table
from workflows.languages import LANGUAGES, Language
from workflows.notices import Standing
from workflows.reports import status_table as drawing
from workflows.reports.pictures import MOST_ROWS, SHADES, STEPS, WHITE_FROM, WIDTH, Cell, shade
from workflows.reports.status_table import LONG_DATES, SIGNS, Row, StatusTable
from workflows.reports.typesetting import has_font

DARK = 128
SMALLEST = 21
"""Pixels: smaller letters nobody reads on a phone."""


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as contrast is reckoned (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_looks_as_the_stored_one(language: Language) -> None:
    differ = differing(table(language).drawn().png, stored(language).read_bytes())
    assert differ < SEEN, "look at it; if it is right, store it: python -m tests.reports.drawn"


def test_another_number_in_one_cell_would_be_seen() -> None:
    first = table("en")
    row = next(row for row in first.rows if row.cells[0].words == "45")
    changed = replace(row, cells=(Cell("46", 45), *row.cells[1:]))
    rows = tuple(changed if each is row else each for each in first.rows)
    assert differing(replace(first, rows=rows).drawn().png, stored("en").read_bytes()) >= SEEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_give_the_same_bytes(language: Language) -> None:
    first = table(language).drawn().png
    drawing._drawn.cache_clear()
    assert table(language).drawn().png == first
    assert b"tEXt" not in first
    assert b"tIME" not in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is_given_and_nothing_else(language: Language) -> None:
    values = table(language)
    words = values.drawn().words
    given = {values.title, *values.under, values.state, values.activity, values.deadline, values.ramp}
    given |= {*values.sections, *SIGNS.values(), *(label for _, label in values.legend)}
    for row in values.rows:
        given |= {row.name, *row.activity, *row.deadline, *(cell.words for cell in row.cells)}
    assert set(words) <= given
    assert given - set(words) <= {""}
    assert [word for word in words if word in {row.name for row in values.rows}] == [
        row.name for row in values.rows
    ]


@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_said_in_the_words_of_the_text_where_there_is_room(month: int, year: int) -> None:
    """Both names of a month to an Arabic reader of no country, whole and in letters that can be read."""
    voice, day = Voice.of("ar", "arab"), date(year, month, 30 if month != 2 else 28)
    lines = short_day(voice, day, date(2020, 6, 25), roomy=True)
    text = voice.date(day.isoformat()).replace("\N{NO-BREAK SPACE}", " ")
    assert "/" in text
    assert "".join(lines) == (text if year != 2020 else text.rpartition(" ")[0])
    row = Row("State", "begun", (Cell("50", 50),) * LONG_DATES, lines, lines)
    shown = {each["words"]: each for each in marked(one(1, rows=(row,)), "fitted")}
    for words in lines:
        assert shown[words]["shown"] == [words]
        assert shown[words]["size"] >= SMALLEST
    (named,) = short_day(voice, day.replace(year=2020), date(2020, 6, 25))
    assert named == f"{voice.number(day.day)} {lines[1].split(' ')[0]}"


@pytest.mark.parametrize(
    ("language", "country", "day", "said"),
    [
        ("ar", "LB", date(2020, 11, 30), ("30 تشرين الثاني",)),
        ("ar", "MA", date(2021, 8, 1), ("1 غشت", "2021")),
        ("fr", "", date(2020, 11, 1), ("1er nov.",)),
        ("en", "", date(2021, 11, 1), ("1 Nov", "2021")),
    ],
)
def test_a_month_of_one_name_stands_in_one_line(
    language: Language, country: str, day: date, said: tuple[str, ...]
) -> None:
    voice = Voice.of(language, "latn", country=country)
    assert short_day(voice, day, date(2020, 6, 25), roomy=True) == said


def test_more_sections_than_leave_room_keep_theirs() -> None:
    for sections in (LONG_DATES, LONG_DATES + 1, 8, 12):
        row = Row("State", "begun", (Cell("50", 50),) * sections, ("W" * 40,), ("W" * 40,))
        (columns,) = marked(one(1, rows=(row,), sections=("1",) * sections), "columns")
        assert sections * columns["section"] + columns["dates"] == pytest.approx(654)
        assert columns["section"] >= 59.9 or columns["dates"] == 244


def test_it_is_read_from_the_right_in_arabic() -> None:
    """The names lie at the margin where reading begins: ink in the outer strip of that side, none on the other."""
    for language, right in (("ar", True), ("en", False)):
        picture = pixels(table(language).drawn().png).min(axis=2)  # type: ignore[arg-type]  # of ours
        rows = picture[400:1500]
        left_ink, right_ink = (
            (rows[:, s] < DARK).sum() for s in (np.s_[28:120], np.s_[WIDTH - 120 : WIDTH - 28])
        )
        assert bool(right_ink > left_ink) is right


def test_it_can_be_read_without_colour() -> None:
    greys = [luminance(colour) for colour in SHADES]
    assert greys == sorted(greys, reverse=True)
    assert all(above / below > 1.2 for above, below in pairwise(greys))
    for at, grey in enumerate(greys):
        ink = luminance("#111111") if at < WHITE_FROM else 1.0
        contrast = (max(grey, ink) + 0.05) / (min(grey, ink) + 0.05)
        assert contrast >= 4.5, SHADES[at]
    assert set(SIGNS) == set(get_args(Standing))
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_its_font_has_arabic_and_every_sign() -> None:
    """What a font has not is drawn as an empty frame, the same for all that is missing."""
    assert has_font()
    drawn = {sign: one(1, title=sign).drawn().png for sign in (*SIGNS.values(), "ع", "中", "字")}
    assert drawn["中"] == drawn["字"]
    assert len(set(drawn.values())) == len(drawn) - 1


def test_a_shade_begins_where_its_step_does() -> None:
    assert [shade(percent) for percent in (0, 1, 24, 25, 49, 50, 74, 75, 99, 100)] == [
        0, 1, 1, 2, 2, 3, 3, 4, 4, 5,
    ]  # fmt: skip
    assert len(STEPS) == len(SHADES)


def one(states: int, **changes: object) -> StatusTable:
    row = Row("State", "begun", (Cell("50", 50),) * 5)
    empty = StatusTable("T", (), "S", ("1",) * 5, "A", "D", (row,) * states, "R", (("begun", "B"),))
    return replace(empty, **changes)


def test_more_states_than_can_be_read_are_refused() -> None:
    assert one(MOST_ROWS).drawn().png
    with pytest.raises(ValueError, match="make pages"):
        one(MOST_ROWS + 1)
    with pytest.raises(ValueError, match="one cell for each section"):
        one(1, sections=("1", "2"))


@pytest.mark.parametrize("words", ["a" * 300, "كلمة " * 60, "W" * 40, "a b " * 40])
def test_long_words_stay_inside(words: str) -> None:
    row = Row(words, "begun", (Cell(words, 50),) * 5, (words, words), (words,))
    long = one(1, rows=(row,), title=words, under=(words,), legend=(("begun", words),), ramp=words)
    ink = pixels(long.drawn().png).min(axis=2)
    assert (ink[:, :4] < DARK).sum() == 0
    assert (ink[:, -4:] < DARK).sum() == 0


def test_nothing_at_all_is_drawn_too() -> None:
    assert StatusTable("", (), "", (), "", "", (), "", ()).drawn().words == ()


def test_thirty_states_take_less_than_a_third_of_a_second() -> None:
    one(1).drawn()
    spent = []
    for turn in range(3):
        began = time.process_time()
        one(MOST_ROWS, title=f"turn {turn}").drawn()
        spent.append(time.process_time() - began)
    assert min(spent) < 0.3
