"""The pages on reliability and threats name every fault and only tests that exist; no file or log holds a secret."""

import ast
import base64
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from bot.failpoints import NAMES
from tests.kill.modes import FOUR, REPLICAS
from tests.kill.seeds import IN_EVERY_RUN
from tests.kill.test_deaths import CASES
from tests.secrets_in_logs import MARKED, found_in, looks_random

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
THREATS = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
NUMBERS = re.compile(r"(?:fault|faults|case)_((?:\d+_)+)")
TARGET = re.compile(r"`make (\w+)")


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_every_fault_has_its_row() -> None:
    assert [int(number) for number, _ in ROW.findall(PAGE)] == list(range(1, 75))


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(PAGE + THREATS)
    assert len(named) > 120
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_a_row_names_a_test_and_a_test_with_a_number_stands_in_its_row() -> None:
    rows = {int(number): tests for number, tests in ROW.findall(PAGE)}
    assert [number for number, tests in rows.items() if not TEST.search(tests)] == []
    for file in (ROOT / "tests").rglob("test_*.py"):
        name = file.relative_to(ROOT / "tests").as_posix()
        for test in names_in(name):
            for number in re.findall(r"\d+", (re.match(r"test_fault_((?:\d+_)+)", test) or [""])[0]):
                assert int(number) in rows, f"{name}::{test}"


def test_each_row_names_a_test_with_its_number_or_says_why_not() -> None:
    rows = {int(number): tests for number, tests in ROW.findall(PAGE)}
    for number, tests in rows.items():
        carried = {
            n for _, test in TEST.findall(tests) for found in NUMBERS.findall(test) for n in found.split("_")
        }
        assert str(number) in carried or "no test: " in tests, f"fault {number}"


def test_the_pages_count_the_places_where_a_bot_is_killed() -> None:
    places, reached = len(NAMES), [len(mode.failpoints) for mode in (*FOUR, REPLICAS)]
    alone = sum(mode.kind == "postgresql" for _, mode in CASES) + 1  # and a migration, in test_migrating.py
    assert f"of {places} named places, at the {min(reached)} to {max(reached)} that" in README
    assert f"at all {places} one by one, at {alone} of them on PostgreSQL" in README
    (polled, polled_shared, called, called_shared, three) = reached
    on_sqlite = f"{polled} by polling and {called} by webhook on SQLite"
    assert (
        f"{on_sqlite}, {polled_shared} and {called_shared} on PostgreSQL, {three} with three replicas" in PAGE
    )
    assert (
        f"Each of the {places} places also ends a bot by itself (`kill/test_deaths.py`), {alone} of" in PAGE
    )
    assert f"each of the {places} places once in every run, {alone} of" in PAGE
    assert f"{IN_EVERY_RUN} kills in each mode" in PAGE


def test_every_command_is_there() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert sorted(set(TARGET.findall(PAGE)) - set(targets)) == []
    assert (ROOT / "ops" / "try-dockerfile").exists()


@pytest.mark.parametrize("secret", sorted(MARKED))
def test_fault_72_the_search_for_secrets_finds_what_is_hidden_for_it(secret: str) -> None:
    assert found_in(f"a line with {secret} in it")
    assert not found_in("a line with [token] and [invitation] in it")


def _opens(word: str) -> bool:
    """Whether this may be a key: 32 bytes that are no text."""
    return looks_random(word) and not base64.urlsafe_b64decode(word).isascii()


LIVING_TOKEN = re.compile(r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b")
PRIVATE_KEY = re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----")


def test_fault_72_no_file_of_the_repository_holds_what_looks_like_a_living_secret() -> None:
    """A token as @BotFather gives it, a private key, a sealing key: tests make their own, and mark what they show."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert listed.returncode == 0, "needs the checkout"
    for name in filter(None, listed.stdout.decode().split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        text = "" if b"\0" in content[:8000] else content.decode("utf-8", "replace")
        found = [token for token in LIVING_TOKEN.findall(text) if "marked" not in token]
        found += PRIVATE_KEY.findall(text)
        found += [
            word for word in re.findall(r"(?<![\w/+-])[\w-]{43}=(?![\w=])", text, re.ASCII) if _opens(word)
        ]
        assert not found, f"{name}: {found}"
