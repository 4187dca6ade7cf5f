"""Where bot processes of the tests are born: the imports are made once, each process is a fork of its own."""

import asyncio
import itertools
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from tests.secrets_in_logs import found_in

ROOT = Path(__file__).parents[2]
BEAT = 0.02
KINDS = (".out", ".err")


@dataclass
class Child:
    """A process of the nursery; what it says is in files."""

    pid: int
    place: Path

    @property
    def status(self) -> int | None:
        """How it ended, negative for a signal; None while it lives."""
        file = self.place.with_suffix(".status")
        return int(file.read_text()) if file.exists() else None

    @property
    def said(self) -> str:
        """What it wrote to standard output."""
        return self.place.with_suffix(".out").read_text("utf-8")

    @property
    def logged(self) -> str:
        """What it wrote to standard error."""
        return self.place.with_suffix(".err").read_text("utf-8")

    def signals(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ends(self, seconds: float = 15) -> int:
        """Wait for its end; how it ended."""
        async with asyncio.timeout(seconds):
            while (status := self.status) is None:  # noqa: ASYNC110 - it is nobody's child here, its end has no event
                await asyncio.sleep(BEAT)
        return status


class Nursery:
    """Starts processes; all that still live end with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.transport.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._line()

    def bears(
        self, program: str, args: Sequence[str], environment: dict[str, str], wrong_by: float = 0
    ) -> Child:
        """Start `rafiq`, the command line, or `parrot`, the small bot, with these arguments.

        The clock of its machine is wrong by so many seconds.
        """
        place = self._folder / f"process-{next(self._numbers)}"
        order: dict[str, Any] = {"program": program, "args": list(args), "env": environment}
        order |= {"place": str(place), "wrong_by": wrong_by}
        assert self._mother.stdin is not None
        self._mother.stdin.write(json.dumps(order).encode() + b"\n")
        self._mother.stdin.flush()
        return Child(int(self._line()), place)

    def closes(self) -> None:
        """End every process that lives, and the mother of them."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.close()
        self._mother.wait(10)
        self._mother.stdout.close()
        for file in sorted(self._folder.glob("*.err")):
            told = found_in(file.read_text("utf-8", "replace"))
            assert not told, f"the log of a process has told what it must not: {told} in {file}"

    def _line(self) -> str:
        assert self._mother.stdout is not None
        return self._mother.stdout.readline().decode().strip()


# --- the mother ----------------------------------------------------------------------------------------------


def main() -> None:
    """Fork one process for each line of JSON, and write down how each ended; the end of the lines ends them all."""
    import bot.handlers  # noqa: F401, PLC0415 - what takes so long, and is done once
    from bot.commands import app  # noqa: PLC0415 - the same
    from tests.transport import parrot  # noqa: PLC0415 - the same

    places: dict[int, Path] = {}
    _tell("ready")
    while True:
        readable, _, _ = select.select([0], [], [], BEAT)
        _note_ended(places)
        if not readable:
            continue
        line = _line()
        if not line:
            break
        order = json.loads(line)
        for kind in KINDS:
            Path(order["place"]).with_suffix(kind).touch(0o600)
        child = os.fork()
        if not child:
            _become(order)
            if order["program"] == "parrot":
                sys.exit(parrot.main(order["args"]))
            app(args=order["args"])
        places[child] = Path(order["place"])
        _tell(str(child))
    for pid in places:
        os.kill(pid, signal.SIGKILL)


def _line() -> bytes:
    """One line, read without a buffer, which `select` would not see."""
    line = b""
    while (byte := os.read(0, 1)) not in {b"", b"\n"}:
        line += byte
    return line


def _tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _note_ended(places: dict[int, Path]) -> None:
    for pid, place in list(places.items()):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            del places[pid]
            half = place.with_suffix(".half")
            half.write_text(str(os.waitstatus_to_exitcode(status)))
            half.rename(place.with_suffix(".status"))


def _become(order: dict[str, Any]) -> None:
    """Take the environment of the order, let what is said go into its files, and set the clock wrong."""
    os.environ.clear()
    os.environ.update(json.loads(json.dumps(order["env"])))
    place = Path(order["place"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, kind in enumerate(KINDS, 1):
        os.dup2(os.open(place.with_suffix(kind), os.O_WRONLY | os.O_APPEND), number)
    if order["wrong_by"]:
        import bot.app  # noqa: PLC0415 - loaded long before

        setattr(bot.app, "datetime", _wrong(order["wrong_by"]))  # noqa: B010 - the one place that reads the clock


def _wrong(seconds: float) -> type[datetime]:
    """A clock that is wrong by so many seconds."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Wrong":
            """What a machine shows whose clock is set wrong."""
            return super().now(tz) + timedelta(seconds=seconds)

    return Wrong


if __name__ == "__main__":
    main()
