"""The page of capabilities is true: 72 rows, commands and tests that are there, a reason for what is out."""

import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from typer.main import get_command

from bot.commands import app
from bot.render.commands import ROLES, commands
from tests.named_tests import ROOT, named_in, names_of

PAGE: Final = ROOT / "docs" / "capabilities.md"
DECISION: Final = ROOT / "docs" / "decisions" / "0043-what-rafiq-leaves-to-others.md"
SIZES: Final = {"A": 5, "B": 6, "C": 14, "D": 14, "E": 3, "F": 5, "G": 6, "H": 11, "I": 8}
IDS: Final = [f"{letter}{number}" for letter, size in SIZES.items() for number in range(1, size + 1)]
TAKEN_OFF = re.compile(r"takes ([^.;]*?) off the\s+list")
"""How a later decision says that something is built after all."""
BUILT, PARTLY, OUT = STATUSES = "`built`", "`partly`", "`out`"
ID: Final = re.compile(r"\b[A-I]\d{1,2}\b")
IN_CHAT: Final = re.compile(r"`/(\w+)[^`]*`")
AT_THE_SERVER: Final = re.compile(r"`\./rafiq ([\w ]+)`")
SAID_OF_ALL: Final = re.compile(r"(\d+) are `built`, (\d+) `partly`, (\d+) `out`")
MISSING: Final = "**Not there:**"


class Row(NamedTuple):
    """One line of the table, cell by cell."""

    id: str
    capability: str
    status: str
    where: str
    does: str
    tests: str


@cache
def rows() -> tuple[Row, ...]:
    """The lines of the table below its heading."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    return tuple(Row(*line.strip("| ").split(" | ")) for line in lines)


def test_each_of_the_72_capabilities_has_its_row_in_order() -> None:
    assert len(IDS) == 72
    assert [row.id for row in rows()] == IDS


def test_every_row_says_what_there_is_and_names_what_is_not() -> None:
    for row in rows():
        assert row.status in STATUSES, f"{row.id}: {row.status}"
        assert (MISSING in row.does) is (row.status == PARTLY), f"{row.id}: what is missing is said if partly"
        assert (row.where == "–") is (row.status == OUT), f"{row.id}: it is found somewhere unless it is out"


def test_the_counts_above_the_table_are_those_of_its_rows() -> None:
    (said,) = SAID_OF_ALL.findall(PAGE.read_text("utf-8"))
    count = Counter(row.status for row in rows())
    assert tuple(map(int, said)) == (count[BUILT], count[PARTLY], count[OUT])


def test_what_is_there_is_shown_by_tests_that_exist() -> None:
    for row in rows():
        named = named_in(row.tests)
        assert bool(named) is (row.status != OUT), f"{row.id} is {row.status} and names {len(named)} tests"
        for file, test in named:
            assert test in names_of(file), f"{row.id}: {file} has no {test}"


def test_every_command_that_the_page_names_is_the_bots() -> None:
    in_chat = {name for role in ROLES for name, _ in commands(role)}
    at_the_server = set(_ways(get_command(app)))
    text = PAGE.read_text("utf-8")
    assert set(IN_CHAT.findall(text)) - in_chat == set()
    assert set(AT_THE_SERVER.findall(text)) - at_the_server == set()
    assert len(IN_CHAT.findall(text)) > 72, "enough are named to be judged"


def _ways(command: object, before: str = "") -> list[str]:
    """Every command of the command line, as it is typed."""
    inner = getattr(command, "commands", {})
    return [way for name, each in inner.items() for way in (before + name, *_ways(each, f"{before}{name} "))]


def test_what_is_out_has_its_reason_in_the_decision_and_nothing_else_has() -> None:
    out = {row.id for row in rows() if row.status == OUT}
    later = [page for page in DECISION.parent.glob("[0-9]*.md") if page.name > DECISION.name]
    built = {
        each
        for page in later
        for those in TAKEN_OFF.findall(page.read_text("utf-8"))
        for each in ID.findall(those)
    }
    assert set(ID.findall(DECISION.read_text("utf-8"))) - built == out
    assert all(DECISION.name in row.does for row in rows() if row.status == OUT)
