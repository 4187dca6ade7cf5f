"""The picture of who was told: as stored; `python -m tests.reports.test_told_picture` stores it anew."""

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from bot.render import Voice, render
from tests.reports.drawn import DIGITS, FOLDER, SEEN, differing
from workflows.languages import LANGUAGES, Language
from workflows.notices.steering import AnnouncePicture, CountryDelivery
from workflows.reference import countries
from workflows.reports.pictures import MOST_ROWS, Cell
from workflows.reports.told_table import ToldRow, ToldTable

TEXTS = {
    "ar": "انتقل المنتدى إلى 24-25 شباط/فبراير 2021",
    "en": "The forum moves to 24-25 February 2021, online",
    "fr": "Le forum est déplacé aux 24-25 février 2021, en ligne",
}


def table(language: Language) -> ToldTable:
    """Every state, with counts of each sort."""
    lines = tuple(
        CountryDelivery(country=state.code, sent=at * 7 % 11, waiting=at % 4, unreachable=at % 5 == 0)
        for at, state in enumerate(countries())
    )
    notice = AnnouncePicture(
        number=3,
        at="2020-06-09T08:00:00+00:00",
        excerpt=TEXTS[language],
        recipients=125,
        total=CountryDelivery(country="", sent=100, waiting=20, unreachable=5),
        countries=(CountryDelivery(country="", sent=2), *lines),
    )
    photo = render(notice, Voice.of(language, DIGITS[language]), None).photo
    assert photo is not None
    assert isinstance(photo.values, ToldTable)
    return photo.values


def stored(language: Language) -> Path:
    return FOLDER / f"told-{language}.png"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_looks_as_the_stored_one(language: Language) -> None:
    differ = differing(table(language).drawn().png, stored(language).read_bytes())
    assert differ < SEEN, "look at it; if it is right, store it: python -m tests.reports.test_told_picture"


def test_another_number_would_be_seen() -> None:
    first = table("en")
    changed = replace(first.rows[3], cells=(Cell("88", 20), *first.rows[3].cells[1:]))
    rows = (*first.rows[:3], changed, *first.rows[4:])
    assert differing(replace(first, rows=rows).drawn().png, stored("en").read_bytes()) >= SEEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is_given_and_nothing_else(language: Language) -> None:
    values = table(language)
    given = {values.title, *values.under, values.country, *values.columns}
    given |= {words for row in values.rows for words in (row.name, *(cell.words for cell in row.cells))}
    assert set(values.drawn().words) == given


def test_what_does_not_fit_is_refused() -> None:
    first = table("en")
    with pytest.raises(ValueError, match="do not fit"):
        replace(first, rows=first.rows[:1] * (MOST_ROWS + 1))
    with pytest.raises(ValueError, match="one cell for each column"):
        replace(first, rows=(ToldRow("Jordan", (Cell("1"),)),))


if __name__ == "__main__":
    for each in LANGUAGES:
        few = Image.open(io.BytesIO(table(each).drawn().png)).convert("RGB").quantize(32)
        few.save(stored(each), optimize=True)
