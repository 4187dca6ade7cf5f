"""Lines say what they are about, hold no secret whatever is thrown at them, and stay one line of JSON each."""

import io
import logging
import string
import sys
import timeit
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import structlog
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import logs
from bot.figures import QUICK, Figures, Spread

TOKEN = "987654321:AAmarkedTOKENmarkedTOKENmarkedTOKEN12"
SECRETS = ("hunter2-hunter2", "pass word with ünicode", "back\\slash\"quote'9")
DIRTY = st.text(
    st.sampled_from([*string.printable, "\x00", "\x1b", "\u202e", "\u2028", "\x85", "\ud800", "ع", "😀"])
)


class Unspeakable:
    """What raises when it is asked what it is."""

    def __str__(self) -> str:
        raise RuntimeError(TOKEN)


class Spoken:
    """What gives a secret away when it is printed."""

    def __repr__(self) -> str:
        return f"Bot[token={TOKEN}, password={SECRETS[1]}]"


def hidden_in(text: str) -> st.SearchStrategy[str]:
    return st.tuples(DIRTY, DIRTY).map(lambda around: f"{around[0]}{text}{around[1]}")


LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    DIRTY,
    st.binary(),
    st.sampled_from([Unspeakable(), Spoken(), TOKEN.encode()]),
    *(hidden_in(secret) for secret in (f" {TOKEN} ", f"/bot{TOKEN}/getMe ", *SECRETS)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(DIRTY, hidden_in(SECRETS[0]), st.integers()), inner, max_size=4),
    ),
    max_leaves=12,
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream, stderr = io.StringIO(), sys.stderr
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    sys.stderr = stream
    logs.configure("DEBUG", terminal=False)
    sys.stderr = stderr
    known, key = logs._Known.values, logs._Known.lane_key
    logs.keep_secret(SECRETS, "a key")
    yield stream
    logs._Known.values, logs._Known.lane_key = known, key
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def drained(stream: io.StringIO) -> str:
    said = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return said


@given(
    value=VALUES,
    words=st.one_of(DIRTY, hidden_in(f" {TOKEN} "), hidden_in(SECRETS[2])),
    foreign=st.booleans(),
)
@example(value={"a": [{"b": ({"c": [[[[[[TOKEN]]]]]]},)}]}, words="deep", foreign=False)
@example(value={SECRETS[1]: 2**70, TOKEN: float("nan")}, words='\n{"level":"error"}', foreign=False)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_logged_is_one_clean_line_without_a_secret(
    lines: io.StringIO, caplog: pytest.LogCaptureFixture, value: Any, words: str, *, foreign: bool
) -> None:
    caplog.clear()
    if foreign:
        logging.getLogger("somebody.else").warning("%s", words)
    else:
        structlog.stdlib.get_logger("bot.test").info(
            words, value=value, reply_text="canary-words", deep={"answer": 1}
        )
    said = drained(lines)
    (line,) = said.splitlines()
    entry = orjson.loads(line)
    assert {"event", "level", "logger", "timestamp"} <= entry.keys()
    assert entry.get("deep") == (None if foreign else {"answer": "[hidden]"})
    assert "canary" not in said + ("" if foreign else caplog.text)
    for secret in (TOKEN, TOKEN.partition(":")[2], *SECRETS):
        assert secret not in said
        assert orjson.dumps(secret).decode()[1:-1] not in said
    assert not any(ord(each) < 32 or each in "\u202e\u2028\x85" for each in line)


def test_a_cut_text_gives_no_half_of_a_secret_away(lines: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("bot.test")
    for before in range(logs._LONGEST - 50, logs._LONGEST + 1, 7):
        log.info("event", reason="x" * before + " " + TOKEN)
    log.info("event", reason="x" * 10_000)
    said = drained(lines)
    assert "marked" not in said
    assert max(map(len, said.splitlines())) < logs._LONGEST + 200


def test_a_line_says_what_it_is_about_and_nobody_can_tell_whose_lane_it_is(lines: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("bot.test")
    token = logs.attend(update=7, lane=4_294_967_296)
    log.info("handling")
    logging.getLogger("somebody.else").warning("beside")
    log.info("own", update=9)
    logs.leave(token)
    log.info("after")
    handling, beside, own, after = map(orjson.loads, drained(lines).splitlines())
    lane = logs.lane_name(4_294_967_296)
    assert (handling["update"], handling["lane"]) == (beside["update"], beside["lane"]) == (7, lane)
    assert own["update"] == 9
    assert not {"update", "lane", "letter"} & after.keys()
    assert "4294967296" not in lane
    logs.keep_secret(SECRETS, "another key")
    assert logs.lane_name(4_294_967_296) != lane
    logs.keep_secret(SECRETS, "a key")
    assert logs.lane_name(4_294_967_296) == lane


def test_watching_costs_a_turn_a_few_microseconds() -> None:
    """Everything that an update pays from its coming to its reply, as the rooms do it; the fastest of some runs."""
    figures, spread, count = Figures(), Spread(QUICK), 2000

    def turn() -> None:
        token = logs.attend(1, 2)
        figures.counts["Typed"] += 1
        figures.counts["updates"] += 1
        figures.counts["Delivered"] += 1
        figures.counts["sent"] += 1
        spread.note(0.01)
        spread.note(0.2)
        spread.note(0.002)
        figures.beat("clerk")
        logs.leave(token)

    seconds = min(timeit.repeat(turn, number=count, repeat=7)) / count
    assert seconds < 20e-6, f"{seconds * 1e6:.1f} microseconds"
