"""The stored pictures and how they are compared; to draw them anew: python -m tests.reports.drawn."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image

from bot.render import Voice
from bot.render.status_picture import status_table
from bot.render.voice import Digits
from tests.render.samples import TEMPLATE
from tests.render.samples_status import FIGURES, LIMITS, MOMENT, country_lines
from workflows.languages import Language
from workflows.notices import StatusView
from workflows.reports import status_table as drawing
from workflows.reports.pictures import Picture
from workflows.reports.status_table import StatusTable

FOLDER = Path(__file__).parent / "pictures"
DIGITS: dict[Language, Digits] = {"ar": "arab", "en": "latn", "fr": "latn"}
FAR = 60
"""Pixels that differ by more than this, of 255, are seen to differ."""
SEEN = 30
"""How many such pixels make two pictures two: a digit has some."""


def table(language: Language) -> StatusTable:
    """Every state of the region, each sign, every shade."""
    view = StatusView(cycle="c", at=MOMENT, countries=country_lines(), limits=LIMITS, figures=FIGURES)
    return status_table(view, Voice.of(language, DIGITS[language]), TEMPLATE)


def marked(values: StatusTable, label: str) -> Any:
    """What the picture's program notes of itself under a label, as it draws these values."""

    def noted(program: Path, *, format: str, ppi: float, **others: Any) -> bytes:  # noqa: A002 - as typst names it
        assert (format, ppi) == ("png", 72)
        return typst.query(program, f"<{label}>", field="value", **others).encode()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typst, "compile", noted)
        return json.loads(drawing._drawn.__wrapped__(values).png)


def pixels(png: bytes) -> Any:
    """The picture as numbers, in colours."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)


def differing(one: bytes, other: bytes) -> int:
    """How many pixels of two pictures are seen to differ; all of them where the sizes do."""
    first, second = pixels(one), pixels(other)
    if first.shape != second.shape:
        return int(first.shape[0] * first.shape[1])
    return int((np.abs(first - second).max(axis=2) > FAR).sum())


def stored(language: Language) -> Path:
    """Where the picture of a language is kept."""
    return FOLDER / f"status-{language}.png"


def keep(language: Language, picture: Picture) -> None:
    """Store a picture in few colours: it is looked at, and compared with some patience."""
    FOLDER.mkdir(exist_ok=True)
    few = Image.open(io.BytesIO(picture.png)).convert("RGB").quantize(48)
    few.save(stored(language), optimize=True)


if __name__ == "__main__":
    for each in DIGITS:
        keep(each, table(each).drawn())
