"""Files that were sent: a row for each, and its content sealed under a random key.

Those behind answers name their question; one that names none is a document to be read for answers, and goes by itself.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.sqlite_driver import BESIDE
from workflows.store.tables_passage import EVIDENCE, EVIDENCE_CONTENTS
from workflows.store.values_hands import File

_GET = select(EVIDENCE).where(EVIDENCE.c.id == bindparam("of"))
_OF_QUESTION = (
    select(EVIDENCE)
    .where(
        EVIDENCE.c.cycle_id == bindparam("cycle"),
        EVIDENCE.c.country == bindparam("of_country"),
        EVIDENCE.c.prompt == bindparam("question"),
        EVIDENCE.c.state.in_(("waiting", "kept")),
    )
    .order_by(EVIDENCE.c.id)
)
_WAITING = (
    select(EVIDENCE)
    .where(
        EVIDENCE.c.state == "waiting", EVIDENCE.c.due_at <= bindparam("moment", type_=EVIDENCE.c.due_at.type)
    )
    .order_by(EVIDENCE.c.id)
    .limit(bindparam("most"))
)
_BY_AUTHOR = (
    select(EVIDENCE)
    .where(EVIDENCE.c.author_id == bindparam("author"), EVIDENCE.c.state.in_(("waiting", "kept")))
    .order_by(EVIDENCE.c.id)
)
_FILLED_BY = select(EVIDENCE.c.id, EVIDENCE.c.file_key).where(
    EVIDENCE.c.author_id == bindparam("author"),
    EVIDENCE.c.prompt == "",
    EVIDENCE.c.state.in_(("waiting", "kept")),
)
_CONTENT = (
    select(EVIDENCE_CONTENTS.c.content)
    .prefix_with(BESIDE, dialect="sqlite")
    .where(EVIDENCE_CONTENTS.c.file_key == bindparam("key"))
)


class Evidence:
    """All files; names and contents are sealed. A content is gone once its file is removed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(self, file: File, now: datetime) -> int:
        """Keep a file that is to be fetched, at `now` (UTC), whatever id and time it comes with; returns its id."""
        row = {
            "cycle_id": file.cycle_id,
            "country": file.country,
            "prompt": file.question,
            "file_key": file.key,
            "media_type": file.media_type,
            "size": file.size,
            "content_hash": "",
            "author_id": file.author_id,
            "at": now,
            "state": "waiting",
            "telegram_file": file.telegram_file,
            "tries": 0,
            "due_at": now,
            "reason": "",
        }
        (written,) = await self._pen.written(EVIDENCE.insert().returning(EVIDENCE.c.id), row)
        await self._set(written.id, name=self._sealed_name(written.id, file.name))
        return int(written.id)

    async def get(self, file_id: int) -> File | None:
        """The file of that id, whatever has become of it."""
        row = await self._pen.row(_GET, {"of": file_id})
        return self._file(row) if row is not None else None

    async def of_question(self, cycle_id: str, country: str, question: str) -> list[File]:
        """The files behind a country's answers to a question, those on their way too, the first one first."""
        values = {"cycle": cycle_id, "of_country": country, "question": question}
        return [self._file(row) for row in await self._pen.rows(_OF_QUESTION, values)]

    async def by_author(self, person_id: int) -> list[File]:
        """The files that a person sent and that are there, the first one first."""
        return [self._file(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def waiting(self, now: datetime, most: int) -> list[File]:
        """At most so many files that are to be fetched now (UTC), the first one first."""
        return [self._file(row) for row in await self._pen.rows(_WAITING, {"moment": now, "most": most})]

    async def keep(self, file: File, content: bytes) -> None:
        """Keep a fetched file as it was judged: its question, name, type, size and hash, and its content."""
        place = row_place(EVIDENCE_CONTENTS.c.content, file.key)
        sealed = {"file_key": file.key, "content": self._pen.seal(content, place)}
        await self._pen.write(self._pen.insert(EVIDENCE_CONTENTS).on_conflict_do_nothing(), sealed)
        await self._set(
            file.id,
            state="kept",
            prompt=file.question,
            telegram_file="",
            media_type=file.media_type,
            size=file.size,
            content_hash=file.content_hash,
            name=self._sealed_name(file.id, file.name),
        )

    async def put_behind(self, file: File, question: str) -> None:
        """Keep a file that held answers as evidence of a question."""
        await self._set(file.id, prompt=question)

    async def refuse(self, file_id: int, reason: str) -> None:
        """A file is not kept, for this reason; its name goes."""
        await self._set(file_id, state="refused", reason=reason, telegram_file="", name=None)

    async def put_off(self, file_id: int, due_at: datetime) -> None:
        """A file could not be fetched and is tried again from then on (UTC)."""
        tried = update(EVIDENCE).where(EVIDENCE.c.id == file_id)
        await self._pen.write(tried.values(tries=EVIDENCE.c.tries + 1, due_at=due_at))

    async def content(self, file: File) -> bytes | None:
        """What a file holds; None while it is not fetched or when it was removed."""
        row = await self._pen.row(_CONTENT, {"key": file.key})
        if row is None:
            return None
        return self._pen.unseal(row.content, row_place(EVIDENCE_CONTENTS.c.content, file.key))

    async def remove(self, file: File, now: datetime) -> None:
        """Remove a file with its content and its name; that there was one stays known."""
        await self._remove(file.key, file.id, removed_at=now)

    async def forget_author(self, person_id: int) -> None:
        """Files stay with the state, and who sent them is forgotten; documents that were to be read for answers go."""
        own = await self._pen.rows(_FILLED_BY, {"author": person_id})
        for row in own:
            await self._remove(row.file_key, row.id)
        await self._pen.write(
            update(EVIDENCE).where(EVIDENCE.c.author_id == person_id).values(author_id=None)
        )

    async def _remove(self, key: str, number: int, **columns: object) -> None:
        await self._pen.write(delete(EVIDENCE_CONTENTS).where(EVIDENCE_CONTENTS.c.file_key == key))
        await self._set(number, state="removed", telegram_file="", name=None, **columns)
        self._pen.forgets = True

    async def _set(self, number: int, **columns: object) -> None:
        await self._pen.write(update(EVIDENCE).where(EVIDENCE.c.id == number).values(**columns))

    def _sealed_name(self, number: int, name: str) -> bytes:
        return self._pen.seal(name, row_place(EVIDENCE.c.name, number))

    def _file(self, row: Row[Any]) -> File:
        return File(
            row.id,
            row.cycle_id,
            row.country,
            row.prompt,
            row.file_key,
            self._pen.unseal(row.name, row_place(EVIDENCE.c.name, row.id)).decode(),
            row.media_type,
            row.size,
            row.content_hash,
            row.author_id,
            row.at,
            row.state,
            row.telegram_file,
            row.tries,
            row.reason,
        )
