"""Whose backups lie in a folder: a database is known by the first line of its audit, and has a folder to itself.

That line is there from the first act (`./rafiq cycle open` writes one), is never removed, and goes with the rows into
every backup and out of it again, whichever engine takes them: what was restored is the same database.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.store.backups.archive import Contents, Part, Sheet, parts_of
from workflows.store.backups.folder import backups_in
from workflows.store.tables import AUDIT
from workflows.store.values import StoreRefused

_FIRST = select(AUDIT.c.line_hash).order_by(AUDIT.c.id).limit(1)
_TOLD: Final = ("cycle", "person")
"""A database without a row in these holds nothing that anybody said."""


async def identity(connection: AsyncConnection) -> str:
    """What a database is known by; "" before its first act."""
    return _known_by(await connection.scalar(_FIRST))


def require_own(folder: Path, key: bytes, contents: Contents) -> None:
    """Raise StoreRefused where the newest backup in a folder that says whose it is, is of another database."""
    for file in reversed(backups_in(folder)):
        owner = _owner_of(file, key)
        if not owner:
            continue
        if owner != contents.database:
            raise _refused(folder, file, contents)
        return


def strands_in(folder: Path, key: bytes) -> list[list[Path]]:
    """The backups in a folder, those of each database together; apart from them, those that hold nothing.

    So are those that another backup key opens, and those of versions that did not write whose they are.
    """
    strands: dict[str | None, list[Path]] = defaultdict(list)
    for file in backups_in(folder):
        head = _head_of(file, key)
        strands[_strand_of(head) if head is not None else None].append(file)
    return list(strands.values())


def _strand_of(head: Contents) -> str | None:
    return "" if _is_bare(head) else head.database


def _refused(folder: Path, file: Path, contents: Contents) -> StoreRefused:
    ours = "which holds nothing yet" if _is_bare(contents) else "which is another one"
    return StoreRefused(
        f"{folder} holds backups of a database ({file.name} is the last), but not of this one, {ours}.",
        "Let RAFIQ_DATABASE_URL (or RAFIQ_DATA) name the right database, or RAFIQ_BACKUP_FOLDER another folder.",
    )


def _owner_of(file: Path, key: bytes) -> str:
    """What the database of a backup is known by; "" where it holds nothing, or cannot be opened with this key."""
    head = _head_of(file, key)
    if head is None or _is_bare(head):
        return ""
    return head.database if head.database is not None else _looked_up(file, key)


def _head_of(file: Path, key: bytes) -> Contents | None:
    """What a backup says of itself in its first line; None where it does not open."""
    try:
        with closing(parts_of(file, key)) as parts:
            head = next(parts)
    except StoreRefused:
        return None
    return head if isinstance(head, Contents) else None


def _looked_up(file: Path, key: bytes) -> str:
    """The same for a backup of a version that did not write it at the head: its audit is looked at."""
    try:
        with closing(parts_of(file, key)) as parts:
            return _known_by(_first_hash(parts))
    except StoreRefused:
        return ""


def _first_hash(parts: Iterator[Part]) -> str:
    sheet = Sheet("", ())
    for part in parts:
        if isinstance(part, Sheet):
            sheet = part
        elif isinstance(part, list) and sheet.table == AUDIT.name:
            return str(sheet.values(part[0]).get(AUDIT.c.line_hash.name, ""))
    return ""


def _is_bare(contents: Contents) -> bool:
    return not any(contents.tables.get(name) for name in _TOLD)


def _known_by(first_hash: str | None) -> str:
    return hashlib.sha256(f"rafiq database {first_hash}".encode()).hexdigest()[:32] if first_hash else ""
