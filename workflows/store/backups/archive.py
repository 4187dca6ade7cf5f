"""What is inside a backup: every row of every table as a line of JSON, the same from either engine.

    {"rafiq": 1, "schema": …, "made_at": …, "engine": …, "database": …, "tables": {name: rows}, "counters": {table: last
     number}}            "database" is what belonging.py knows it by; earlier versions did not write it
    {"table": "person", "columns": [["id", "int"], ["name", "bytes"], …], "key": ["id"]}
    [1, "base64…", …]                    a row, in the order of the key's bytes
    {"rows": 1, "sha256": …}             of all row lines of that table, each with its line feed
    {"end": 1, "sha256": …}              of all the tables' hashes

The lines are compressed (zlib) and sealed (sealed_stream). Kinds of columns: int, bool, text, bytes (base64), moment
(ISO 8601 in UTC), date, time. No row is opened: what Rafiq has sealed with RAFIQ_KEY stays sealed with it.
"""

import base64
import hashlib
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson
from sqlalchemy import Table, types

from workflows.immutable import Immutable
from workflows.store.backups.sealed_stream import SealedWriter, opened_chunks
from workflows.store.values import StoreRefused

FORMAT: Final = 1
AT_ONCE: Final = 200
"""How many rows are read, written or put back at a time; of what is large, a few."""
_LARGE: Final = {"evidence_content": 1, "edition": 40, "cycle": 10}

Encode = Callable[[Any], Any]


def _moment(value: datetime) -> str:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


_KINDS: Final[tuple[tuple[type[types.TypeEngine[Any]], str], ...]] = (
    (types.Boolean, "bool"),
    (types.Integer, "int"),
    (types.DateTime, "moment"),
    (types.Date, "date"),
    (types.Time, "time"),
    (types.LargeBinary, "bytes"),
    (types.String, "text"),
)
_TO_TEXT: Final[Mapping[str, Encode]] = {
    "moment": _moment,
    "date": date.isoformat,
    "time": time.isoformat,
    "bytes": lambda value: base64.b64encode(value).decode("ascii"),
}
_FROM_TEXT: Final[Mapping[str, Encode]] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "bytes": base64.b64decode,
}


class Contents(Immutable):
    """What a backup says of itself: the schema's revision, when it was made (UTC), from what, how many rows.

    `database` is what the database is known by (belonging.py), "" before its first act, None where nothing says so.
    """

    schema: str
    made_at: datetime
    engine: str
    tables: Mapping[str, int]
    counters: Mapping[str, int]
    database: str | None = None

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.tables.values())


class Sheet(Immutable):
    """A table in a backup: its name, its columns with their kinds, and the columns by which its rows are ordered."""

    table: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Table) -> "Sheet":
        """The sheet for a table."""
        columns = tuple((str(column.name), _kind(column.type)) for column in table.columns)
        return cls(str(table.name), columns, tuple(str(column.name) for column in table.primary_key))

    @property
    def at_once(self) -> int:
        """How many of its rows are held in memory at a time."""
        return _LARGE.get(self.table, AT_ONCE)

    def line(self, row: Sequence[Any]) -> bytes:
        """A row as a line."""
        return orjson.dumps(_turned(row, self.columns, _TO_TEXT)) + b"\n"

    def values(self, row: Sequence[Any]) -> dict[str, Any]:
        """What a line says, by column."""
        names = (name for name, _ in self.columns)
        return dict(zip(names, _turned(row, self.columns, _FROM_TEXT), strict=True))


Part = Contents | Sheet | list[list[Any]] | str
"""What a backup is read as, in order: its contents; then for each table its sheet, some rows at a time, its hash."""


class Hasher:
    """Makes lines of rows, and the hash of each table; `hashes` are those of the tables that are whole."""

    def __init__(self) -> None:
        self._sheet = Sheet("", ())
        self._hash = hashlib.sha256()
        self._rows = 0
        self.hashes: dict[str, str] = {}

    def begin(self, sheet: Sheet) -> None:
        """The next table."""
        self._sheet, self._hash, self._rows = sheet, hashlib.sha256(), 0

    def lines(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """Some rows of the table that has begun, as lines."""
        lines = b"".join(map(self._sheet.line, rows))
        self._hash.update(lines)
        self._rows += len(rows)
        return lines

    def end(self) -> dict[str, Any]:
        """That table is whole; how many rows it has, and their hash."""
        digest = self.hashes[self._sheet.table] = self._hash.hexdigest()
        return {"rows": self._rows, "sha256": digest}


class ArchiveWriter:
    """Writes a backup into an open file, part by part."""

    def __init__(self, file: BinaryIO, key: bytes, contents: Contents) -> None:
        self._sealed = SealedWriter(file, key)
        self._packed = zlib.compressobj(6)
        self._hasher = Hasher()
        said = {"schema": contents.schema, "made_at": _moment(contents.made_at), "engine": contents.engine}
        if contents.database is not None:
            said["database"] = contents.database
        self._say({"rafiq": FORMAT, **said, "tables": {**contents.tables}, "counters": {**contents.counters}})

    @property
    def hashes(self) -> dict[str, str]:
        """The hashes of the tables that are whole."""
        return self._hasher.hashes

    def begin(self, sheet: Sheet) -> None:
        """The next table."""
        self._hasher.begin(sheet)
        self._say({"table": sheet.table, "columns": sheet.columns, "key": sheet.key})

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Some rows of the table that has begun."""
        self._sealed.write(self._packed.compress(self._hasher.lines(rows)))

    def end(self) -> None:
        """That table is whole."""
        self._say(self._hasher.end())

    def close(self) -> None:
        """The backup is whole; the file stays open."""
        self._say({"end": FORMAT, "sha256": hash_of(self.hashes)})
        self._sealed.write(self._packed.flush())
        self._sealed.close()

    def _say(self, words: Mapping[str, Any]) -> None:
        self._sealed.write(self._packed.compress(orjson.dumps(words) + b"\n"))


def hash_of(hashes: Mapping[str, str]) -> str:
    """One hash (SHA-256, hexadecimal) of all the tables' hashes."""
    return hashlib.sha256("".join(f"{name} {hashes[name]}\n" for name in hashes).encode()).hexdigest()


def parts_of(path: Path, key: bytes) -> Generator[Part, None, None]:
    """A backup's parts; raises StoreRefused where it is none, is damaged, cut off, or sealed with another key."""
    try:
        with path.open("rb") as file:
            yield from _judged(_lines(opened_chunks(file, key, str(path))), str(path))
    except OSError as error:
        raise StoreRefused(
            f"{path} cannot be read ({error.strerror}).", "Name a file that is there."
        ) from None
    except (zlib.error, ValueError, KeyError, TypeError):
        raise _damaged(str(path)) from None


def verified(path: Path, key: bytes) -> tuple[Contents, dict[str, str]]:
    """Read a whole backup and believe it: its contents and its tables' hashes; raises StoreRefused."""
    contents, table, hashes = None, "", {}
    for part in parts_of(path, key):
        match part:
            case Contents():
                contents = part
            case Sheet():
                table = part.table
            case str():
                hashes[table] = part
            case _:
                pass
    if contents is None:
        raise _damaged(str(path))
    return contents, hashes


def _judged(lines: Iterator[bytes], name: str) -> Iterator[Part]:
    head = orjson.loads(next(lines, b"null"))
    if head["rafiq"] != FORMAT:
        raise StoreRefused(f"{name} was made by a newer Rafiq.", "Restore it with that version.")
    made_at = datetime.fromisoformat(head["made_at"])
    counted = head["tables"], head["counters"]
    contents = Contents(head["schema"], made_at, head["engine"], *counted, head.get("database"))
    yield contents
    hashes: dict[str, str] = {}
    for line in lines:
        words = orjson.loads(line)
        if "end" in words:
            if words["sha256"] != hash_of(hashes) or hashes.keys() != contents.tables.keys():
                raise _damaged(name)
            return
        columns = tuple((column, kind) for column, kind in words["columns"])
        sheet = Sheet(words["table"], columns, tuple(words["key"]))
        yield sheet
        found = yield from _rows_of(sheet, lines, contents.tables[sheet.table], name)
        hashes[sheet.table] = found
        yield found
    raise _damaged(name)


def _rows_of(
    sheet: Sheet, lines: Iterator[bytes], count: int, name: str
) -> Generator[list[list[Any]], None, str]:
    """The rows of a table, some at a time; returns their hash when it is the one that the backup says."""
    digest = hashlib.sha256()
    some: list[list[Any]] = []
    for number, line in enumerate(lines):
        if line.startswith(b"{"):
            said = orjson.loads(line)
            if some:
                yield some
            if (said["rows"], said["sha256"]) != (count, digest.hexdigest()) or number != count:
                raise _damaged(name)
            return digest.hexdigest()
        digest.update(line)
        some.append(orjson.loads(line))
        if len(some) >= sheet.at_once:
            yield some
            some = []
    raise _damaged(name)


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The lines in compressed chunks, each with its line feed; one with a file in it comes in many chunks."""
    unpacked = zlib.decompressobj()
    begun: list[bytes] = []
    for chunk in chunks:
        first, *others = unpacked.decompress(chunk).split(b"\n")
        begun.append(first)
        for following in others:
            yield b"".join(begun) + b"\n"
            begun = [following]
    if any(begun) or not unpacked.eof:
        raise ValueError("the last line is not whole")


def _damaged(name: str) -> StoreRefused:
    return StoreRefused(f"{name} is damaged: its content is not what it says.", "Take an earlier backup.")


def _kind(kind: types.TypeEngine[Any]) -> str:
    while isinstance(kind, types.TypeDecorator):
        kind = kind.impl_instance
    return next(name for known, name in _KINDS if isinstance(kind, known))


def _turned(row: Sequence[Any], columns: Sequence[tuple[str, str]], how: Mapping[str, Encode]) -> list[Any]:
    return [
        value if value is None or kind not in how else how[kind](value)
        for value, (_, kind) in zip(row, columns, strict=True)
    ]
