"""How the tests are dealt out to several processes: by files, the long ones first, what needs the machine together."""

import gc
import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # ships no types

ALONE = (
    "tests/kill/",
    "tests/page/",
    "tests/store/test_speed.py",
    "tests/reports/test_region_speed.py",
    "tests/test_reminding_bench.py",
    "tests/test_bench.py",
)
"""What measures time, or fills the machine with processes of its own: one after the other, never beside each other."""
BY_TEST = ("tests/leak/", "tests/stories/", "tests/chats/test_whole_review.py")
"""Files whose every test is long: each of these is a piece by itself."""
FIRST = (
    *ALONE,
    *BY_TEST,
    "tests/cycle/test_ten_thousand.py",
    "tests/transport/",
    "tests/sandbox/",
    "tests/chats/",
)
"""What takes long begins first, so that no process is left with it in the end."""


MOST = 4
"""So many processes at most: each holds half a gigabyte, and some start a browser or a server."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a quarter of the time a test waits for a process, a beat or a reply."""
    return min(MOST, len(os.sched_getaffinity(0)) + 1)


def pytest_collection_finish() -> None:
    """Leave what the collection made, which stays to the end, out of every later search for garbage."""
    gc.collect()
    gc.freeze()


def piece_of(nodeid: str) -> str:
    """The piece that a test belongs to; the tests of a piece run in one process, in their order."""
    if nodeid.startswith(ALONE):
        return "alone"
    return nodeid if nodeid.startswith(BY_TEST) else nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long ones first where several processes share the tests; a single one keeps the order of the files."""
    if hasattr(config, "workerinput"):
        items.sort(
            key=lambda item: next((n for n, path in enumerate(FIRST) if item.nodeid.startswith(path)), 99)
        )


class ByPiece(LoadScopeScheduling):  # type: ignore[misc]  # of a library without types
    """Hands out a piece at a time, in the order in which the tests were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPiece:
    """Take the place of xdist's own ways."""
    config.option.loadscopereorder = False
    return ByPiece(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Let a report pass between processes whatever a hostile text left in its captured lines: half a character, say."""
    report.sections = [(name, text.encode("utf-8", "replace").decode()) for name, text in report.sections]
