"""The post book: which letters a process has begun to send and which have arrived, for whoever comes after it."""

import fcntl
import os
import weakref
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

import structlog

from workflows.immutable import Immutable
from workflows.store.values import Delivered, Letter, RetryLater, Settlement

BEGUN: Final = "+"
ARRIVED: Final = "="
UNSENT: Final = "-"
_FIRST: Final = "rafiq letters"
_LONG: Final = 1 << 18
"""Bytes after which a book begins anew, as soon as nothing that stands in it matters any more."""

log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")


class Left(Immutable):
    """What a process that died has left: what arrived, with message ids where they are known, and what was begun."""

    owner: str
    arrived: dict[int, int | None]
    begun: frozenset[int]


class PostBook:
    """Notes what becomes of letters, by their numbers alone, in a file that outlives the process.

    The table learns of it in a transaction some hundredths of a second later. A process that is killed between the two
    would leave letters in doubt of which it knew the fate. What was written is not lost when a process is killed, so
    nothing here waits for the disk; when the machine itself went down, the book is not believed. Without a folder, or
    where none can be written to, nothing is noted, and all that was in hand is in doubt.
    """

    def __init__(self, folder: Path | None, owner: str) -> None:
        self._boot = _boot()
        self.folder = folder if self._boot else None
        self._owner = owner
        self._file: int | None = None
        self._closing: weakref.finalize[..., PostBook] | None = None
        self._length = 0

    @property
    def path(self) -> Path | None:
        """Where the book lies."""
        return self.folder / f"letters-{self._owner}.book" if self.folder is not None else None

    def open(self) -> None:
        """Begin the book. It is locked for as long as this process lives."""
        if self.path is None:
            return
        half = self.path.with_suffix(".half")
        try:
            self._file = os.open(half, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            self._closing = weakref.finalize(self, os.close, self._file)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._write(f"{_FIRST} {self._boot} {self._owner}")
            half.rename(self.path)  # whole and locked before anybody finds it
        except OSError as error:
            self._give_up(error)

    def noting_begun(self, render: Callable[[Letter], Awaitable[T]]) -> Callable[[Letter], Awaitable[T]]:
        """The same rendering; a letter that was rendered is on its way."""

        async def rendered(letter: Letter) -> T:
            message = await render(letter)
            self._note(BEGUN, letter.id)
            return message

        return rendered

    def noting_fates(self, settle: Callable[[Settlement], None]) -> Callable[[Settlement], None]:
        """The same settling; what surely arrived, or surely did not leave, is noted before."""

        def settled(settlement: Settlement) -> None:
            match settlement.outcome:
                case Delivered(message_id=message_id):
                    self._note(ARRIVED, settlement.letter_id, message_id)
                case RetryLater(ambiguous=False, parts=0):
                    # Of what is out in part the table must learn first.
                    self._note(UNSENT, settlement.letter_id)
            settle(settlement)

        return settled

    def begin_anew(self) -> None:
        """Empty a book that has grown long; only for who knows that no letter is in hand and all fates are on disk."""
        if self._file is None or self._length < _LONG:
            return
        try:
            os.ftruncate(self._file, 0)
            self._length = 0
            self._write(f"{_FIRST} {self._boot} {self._owner}")
        except OSError as error:
            self._give_up(error)

    def close(self, *, done: bool = False) -> None:
        """End the book; it stays for the next process, which removes it, unless all that stands in it is done."""
        if done and self._file is not None and self.path is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        if self._closing is not None:
            self._closing()
        self._file = None

    def _note(self, mark: str, letter_id: int, message_id: int | None = None) -> None:
        if self._file is None:
            return
        try:
            self._write(f"{mark}{letter_id} {'' if message_id is None else message_id}")
        except OSError as error:
            self._give_up(error)

    def _write(self, line: str) -> None:
        assert self._file is not None  # noqa: S101 - who calls has looked
        data = f"{line}\n".encode("ascii")
        if os.write(self._file, data) != len(data):
            raise OSError("a line was cut off")
        self._length += len(data)

    def _give_up(self, error: OSError) -> None:
        """A book with a gap would call a letter unsent that is out: better none."""
        log.warning("post_book_given_up", reason=error.strerror)
        self.close()
        if self.path is not None:
            for file in (self.path, self.path.with_suffix(".half")):
                with suppress(OSError):
                    file.unlink(missing_ok=True)


# --- whoever comes after ---------------------------------------------------------------------------------------------


@contextmanager
def left_in(folder: Path | None) -> Iterator[list[Left]]:
    """What stands in the books of processes that are dead; the books are removed when the block ends well."""
    held: list[tuple[int, Path]] = []
    try:
        for file in sorted(folder.glob("letters-*")) if folder is not None else ():
            with suppress(OSError):
                held.append((_locked(file), file))
        found = [_read(number) for number, _ in held]
        yield [left for left in found if left is not None]
        for _, file in held:
            with suppress(OSError):
                file.unlink()
    finally:
        for number, _ in held:
            os.close(number)


def _locked(file: Path) -> int:
    """The book of a dead process, open; raises OSError where its process lives."""
    number = os.open(file, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(number)
        raise
    return number


def _read(number: int) -> Left | None:
    """What a book says; None where it is not whole, or the machine went down after it was begun."""
    with open(number, "rb", closefd=False) as file:
        *lines, rest = file.read().decode("ascii", "replace").split("\n")
    first = lines[0].rsplit(" ", 2) if lines else []
    if rest or first[:2] != [_FIRST, _boot()]:
        return None
    arrived: dict[int, int | None] = {}
    begun: set[int] = set()
    try:
        for line in lines[1:]:
            letter, message = line[1:].split(" ")
            _follow(line[0], int(letter), int(message) if message else None, arrived, begun)
    except (ValueError, IndexError):
        return None
    return Left(first[2], arrived, frozenset(begun))


def _follow(
    mark: str, letter: int, message: int | None, arrived: dict[int, int | None], begun: set[int]
) -> None:
    if mark == BEGUN:
        begun.add(letter)
    elif mark == ARRIVED:
        arrived[letter] = message
    elif mark == UNSENT:
        begun.discard(letter)
    else:
        raise ValueError(mark)


def _boot() -> str:
    """The name that the system gives to its time since it was started; empty where it gives none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
