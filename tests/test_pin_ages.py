"""The audit tells which pins are younger than the cooldown, and says so where nobody answers; it fails nothing."""

import json
import runpy
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
AGES = runpy.run_path(str(ROOT / "ops" / "pin_ages.py"))
NOW = datetime(2027, 3, 20, tzinfo=UTC)
FILES = {
    "old-thing": [("old_thing-1.0-py3-none-any.whl", "2026-01-01T00:00:00Z")],
    "new-thing": [
        ("new_thing-2.1.tar.gz", "2027-03-17T09:00:00.5Z"),
        ("new_thing-2.10.tar.gz", "2020-01-01T00:00:00Z"),
    ],
    "untold": [("untold-1-py3-none-any.whl", "")],
}
LOCK = "old.thing==1.0 \\\n    --hash=sha256:00\nNew_Thing==2.1 ; python_version > '3'\nuntold==1\n# no==9\n"
DRIPPING = threading.Event()
"""While it is set, an answer goes on for ever."""


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        files = [{"filename": n, "upload-time": t} for n, t in FILES.get(self.path.strip("/"), [])]
        self.send_response(200)
        self.end_headers()
        while DRIPPING.is_set():
            self.wfile.write(b" ")
            time.sleep(0.05)
        self.wfile.write(json.dumps({"files": files}).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("index")
def test_young_pins_are_told() -> None:
    pinned = AGES["pins"](LOCK)
    assert pinned == {"old-thing": "1.0", "new-thing": "2.1", "untold": "1"}
    assert list(AGES["told"](pinned, NOW, time.monotonic() + 60)) == [
        "new-thing 2.1 is 2 days old",
        "the ages of 2 of 3 pins are known, 1 are under 14 days",
    ]


def test_an_index_that_does_not_answer_is_said_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    assert list(AGES["told"](AGES["pins"](LOCK), NOW, time.monotonic() + 60)) == [
        "the ages of the pins could not be asked"
    ]


@pytest.mark.usefixtures("index")
def test_an_index_that_drips_is_not_waited_for() -> None:
    """Each read comes before its time-out, so that only the deadline ends it."""
    DRIPPING.set()
    try:
        began = time.monotonic()
        told = list(AGES["told"](AGES["pins"](LOCK), NOW, began + 0.5))
        assert time.monotonic() - began < 5
    finally:
        DRIPPING.clear()
    assert told == ["the ages of the pins could not be asked"]


def test_every_pin_of_the_lock_is_read() -> None:
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8")
    assert len(AGES["pins"](lock)) == sum(
        "==" in line and not line.startswith((" ", "#")) for line in lock.splitlines()
    )
