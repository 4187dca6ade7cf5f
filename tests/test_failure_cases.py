"""The page of failure cases and the tests agree: each of the 32 has a row, and each test that a row names is there."""

import re
from functools import cache

from tests.named_tests import ROOT, named_in, names_of

PAGE = ROOT / "docs" / "failure-cases.md"
ROW = re.compile(r"^\| *(\d+) *\| *(.+?) *\| *(.+?) *\| *(.+?) *\|$", re.MULTILINE)
REQUIRED = {*range(1, 17), *range(20, 25), 27, 29, 30, 31, 32}
"""The cases whose test carries their number."""


@cache
def rows() -> dict[int, tuple[str, str, str]]:
    """What the page says of each case: the case, what the bot does, its tests."""
    return {
        int(number): (case, does, tests) for number, case, does, tests in ROW.findall(PAGE.read_text("utf-8"))
    }


def test_each_of_the_32_cases_has_its_row() -> None:
    assert sorted(rows()) == list(range(1, 33))


def test_every_test_that_the_page_names_is_there_and_carries_its_number() -> None:
    for number, (_, does, tests) in rows().items():
        named = named_in(tests)
        assert named or does.startswith("Not Rafiq’s"), f"case {number} has neither a test nor a reason"
        for file, test in named:
            assert test in names_of(file), f"case {number}: {file} has no {test}"
            assert f"case_{number:02}" in test, f"case {number}: {test} does not carry its number"
        assert named or number not in REQUIRED, f"case {number} is promised with a test"


LATE = re.compile(
    r"\b(?:overdue|too late|belated|is late|are late|en retard|tardi(?:f|ve)s?)\b|متأخر|تأخرتم|متخلف",
    re.IGNORECASE,
)


def test_case_06_no_word_of_ours_calls_a_country_late() -> None:
    found = []
    for language in ("ar", "en", "fr"):
        text = (ROOT / "locales" / language / "LC_MESSAGES" / "rafiq.po").read_text("utf-8")
        found += [line for line in text.splitlines() if line.startswith("msgstr") and LATE.search(line)]
    assert found == []
