"""The tests that a page names as `path::name`, and whether a file has them."""

import re
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
NAMED: Final = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def named_in(text: str) -> list[tuple[str, str]]:
    """The tests that a text names, each with its file."""
    return NAMED.findall(text)


@cache
def names_of(file: str) -> frozenset[str]:
    """The tests that stand in a file."""
    return frozenset(
        re.findall(r"^(?:async )?def (test_\w+)", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    )
