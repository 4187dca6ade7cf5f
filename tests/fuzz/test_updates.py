"""Updates of every kind and no kind, through the real door: taken or put aside, and the next one is heard."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.ingress.polling import is_update
from tests.chats.conftest import opened_cycle, template
from tests.fuzz.conftest import ALIVE
from tests.fuzz.running import Running
from tests.fuzz.spoiling import JUNK, damaged, places, spoil

__all__ = ["opened_cycle", "template"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, opened_cycle: Path) -> Iterator[Running]:
    logs.configure("CRITICAL", terminal=False)
    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copy(opened_cycle, folder / "rafiq.db")
    running = Running(folder)
    yield running
    running.closes()


def raw(value: Any) -> bytes:
    """The bytes of a value, also of what no JSON may hold."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


@ALIVE
@given(st.data())
def test_fault_34_spoilt_updates_are_taken_or_put_aside_and_the_next_is_heard(
    running: Running, data: st.DataObject
) -> None:
    clerk = running.region.house.clerk
    parked = clerk.counts["parked"]
    for _ in range(data.draw(st.integers(1, 3))):
        update = {**data.draw(st.sampled_from(running.corpus)), "update_id": running.next_id()}
        for _ in range(data.draw(st.integers(1, 3))):
            found = [path for path in sorted(places(update), key=str) if path and path != ("update_id",)]
            path = data.draw(st.sampled_from(found or [()]))
            how = data.draw(st.sampled_from(["replace", "replace", "remove", "nest", "list"]))
            update = spoil(update, path, how, data.draw(JUNK))
        status = running.posts(raw(update))
        assert status == 200 or not is_update(update), (status, update)
    running.says_something()
    assert clerk.counts["parked"] == parked, "an update made a handler fail"
    assert clerk.store_is_here


@ALIVE
@given(st.data())
def test_fault_34_what_is_no_update_is_refused_and_nothing_of_it_is_kept(
    running: Running, data: st.DataObject
) -> None:
    whole = raw(data.draw(st.sampled_from(running.corpus)))
    body = data.draw(st.one_of(damaged(whole), JUNK.map(raw), st.binary(max_size=100)))
    status = running.posts(body)
    assert status in {200, 400}
    if status == 200:
        assert is_update(json.loads(body))


@pytest.mark.parametrize("depth", [10, 1000, 100_000])
def test_fault_34_deep_nesting_breaks_nothing(running: Running, depth: int) -> None:
    nested = (
        b'{"update_id": %d, "message": ' % running.next_id()
        + b'{"message":' * depth
        + b"1"
        + b"}" * (depth + 1)
    )
    assert running.posts(nested) in {200, 400, 413}
    running.says_something()


def test_fault_34_66_twenty_megabytes_are_cut_off(running: Running) -> None:
    assert running.posts(b'{"update_id": 1, "message": "' + b"x" * 20 * 2**20 + b'"}') == 413
    running.says_something()
