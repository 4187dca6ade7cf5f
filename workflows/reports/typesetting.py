"""Typst as our documents and pictures use it: programs that read values as data, and the one font of all of them."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst

FONT: Final = "DejaVu Sans"
"""It has Arabic in two weights, and the signs of the pictures."""
_PROGRAMS: Final = Path(__file__).parent


def pdf(program: str, values: Mapping[str, Any], at: datetime) -> bytes:
    """The document that a program of this folder makes of values; `at` (UTC) is the moment that the file gives.

    The same values and moment give the same bytes.
    """
    made: bytes = typst.compile(_PROGRAMS / program, **_given(values), timestamp=at)
    return made


def png(program: str, values: Mapping[str, Any]) -> bytes:
    """The picture that a program of this folder makes of values, a pixel for each point; always the same bytes."""
    made: bytes = typst.compile(_PROGRAMS / program, **_given(values), format="png", ppi=72)
    return made


def has_font() -> bool:
    """Whether the font is there; without it Arabic would be left out."""
    return FONT in _fonts().families()


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What every program is given: the values, our font, and none of the machine's own."""
    told = {"given": json.dumps({"font": FONT, **values})}
    return {"font_paths": _fonts(), "ignore_system_fonts": True, "sys_inputs": told}


@lru_cache(1)
def _fonts() -> typst.Fonts:
    """The fonts that matplotlib brings along, for which alone it is installed: there is no lighter way to them."""
    found = find_spec("matplotlib")
    places = found.submodule_search_locations if found is not None else None
    folders = [Path(place) / "mpl-data" / "fonts" / "ttf" for place in places or ()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
