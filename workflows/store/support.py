"""The help desk: requests for support, what is said about them, groups with topics, and answered questions."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, select, update

from workflows.languages import Language
from workflows.people.requests import UNSETTLED, WAITING
from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_desk import (
    ANSWERED_QUESTIONS,
    SUPPORT_GROUPS,
    SUPPORT_REQUESTS,
    SUPPORT_TOPICS,
    SUPPORT_WORDS,
)
from workflows.store.values_support import AnsweredQuestion, SupportGroup, SupportRequest, SupportWord

_REQUESTS = select(SUPPORT_REQUESTS).order_by(SUPPORT_REQUESTS.c.id)
_REQUEST = _REQUESTS.where(SUPPORT_REQUESTS.c.id == bindparam("of"))
_HELD = _REQUEST.with_for_update()
_OF_CYCLE = _REQUESTS.where(SUPPORT_REQUESTS.c.cycle_id == bindparam("cycle"))
_SENT = _OF_CYCLE.where(SUPPORT_REQUESTS.c.state != "draft")
_OF_COUNTRY = _SENT.where(SUPPORT_REQUESTS.c.country == bindparam("of_country"))
_OF_ASKER = _OF_CYCLE.where(SUPPORT_REQUESTS.c.asker_id == bindparam("asker"))
_IN_STATES = _OF_CYCLE.where(SUPPORT_REQUESTS.c.state.in_(bindparam("states", expanding=True)))
_COUNTS = (
    select(SUPPORT_REQUESTS.c.country, func.count().label("requests"))
    .where(SUPPORT_REQUESTS.c.cycle_id == bindparam("cycle"), SUPPORT_REQUESTS.c.state.in_(WAITING))
    .group_by(SUPPORT_REQUESTS.c.country)
)
_WORDS = (
    select(SUPPORT_WORDS).where(SUPPORT_WORDS.c.request_id == bindparam("of")).order_by(SUPPORT_WORDS.c.id)
)
_GROUPS = select(SUPPORT_GROUPS).order_by(SUPPORT_GROUPS.c.at, SUPPORT_GROUPS.c.chat_id)
_ENTRIES = (
    select(ANSWERED_QUESTIONS)
    .where(ANSWERED_QUESTIONS.c.cycle_id == bindparam("cycle"))
    .order_by(ANSWERED_QUESTIONS.c.id)
)
_ENTRY = select(ANSWERED_QUESTIONS).where(ANSWERED_QUESTIONS.c.id == bindparam("of"))


class Support:
    """Everything of the help desk. What people wrote is sealed, and stays when its author is forgotten."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    # --- requests -------------------------------------------------------------------------------------------------

    async def add(self, request: SupportRequest, now: datetime) -> int:
        """Keep a new request at `now` (UTC), whatever id and time it comes with; returns its id."""
        new = SUPPORT_REQUESTS.insert().returning(SUPPORT_REQUESTS.c.id)
        (written,) = await self._pen.written(new, _row(request) | {"at": now})
        await self._seal_text(written.id, request.text)
        return int(written.id)

    async def get(self, request_id: int) -> SupportRequest | None:
        """The request of that number, in whatever cycle and state."""
        row = await self._pen.row(_REQUEST, {"of": request_id})
        return self._request(row) if row is not None else None

    async def hold(self, request_id: int) -> SupportRequest | None:
        """The request of that number, which nobody else can change before this transaction is over."""
        row = await self._pen.row(_HELD, {"of": request_id})
        return self._request(row) if row is not None else None

    async def save(self, request: SupportRequest) -> None:
        """Keep a request as it is now; its words and its time stay. Raises LookupError for one never added."""
        changed = update(SUPPORT_REQUESTS).where(SUPPORT_REQUESTS.c.id == request.id).values(**_row(request))
        if not await self._pen.write(changed):
            raise LookupError(f"no support request {request.id}")

    async def reword_request(self, request: SupportRequest) -> None:
        """Keep the words of a request as they are now."""
        await self._seal_text(request.id, request.text)

    async def discard(self, request_id: int) -> None:
        """Remove a draft that its asker gave up; nothing else can be removed."""
        gone = delete(SUPPORT_REQUESTS).where(
            SUPPORT_REQUESTS.c.id == request_id, SUPPORT_REQUESTS.c.state == "draft"
        )
        await self._pen.write(gone)

    async def of_country(self, cycle_id: str, country: str) -> list[SupportRequest]:
        """Everything that a country has asked, the first one first."""
        return await self._requests(_OF_COUNTRY, cycle=cycle_id, of_country=country)

    async def of_asker(self, cycle_id: str, person_id: int) -> list[SupportRequest]:
        """Everything that a person has asked and sent, the first one first."""
        found = await self._requests(_OF_ASKER, cycle=cycle_id, asker=person_id)
        return [each for each in found if each.state != "draft"]

    async def unsettled(self, cycle_id: str) -> list[SupportRequest]:
        """The requests that are not closed, the oldest first."""
        return await self._requests(_IN_STATES, cycle=cycle_id, states=list(UNSETTLED))

    async def waiting(self, cycle_id: str, office: str, countries: Collection[str]) -> list[SupportRequest]:
        """The requests of these countries on whose answer an office is awaited, the oldest first."""
        found = await self._requests(_IN_STATES, cycle=cycle_id, states=list(WAITING))
        return [each for each in found if each.office == office and each.country in countries]

    async def open_counts(self, cycle_id: str) -> dict[str, int]:
        """How many requests of each country wait for an answer."""
        return {row.country: row.requests for row in await self._pen.rows(_COUNTS, {"cycle": cycle_id})}

    async def requests_by(self, person_id: int) -> list[SupportRequest]:
        """Everything that a person has asked in any cycle, drafts too."""
        return await self._requests(_REQUESTS.where(SUPPORT_REQUESTS.c.asker_id == person_id))

    # --- what is said about them ----------------------------------------------------------------------------------

    async def say(
        self, request_id: int, author_id: int | None, said_by: str, text: str, now: datetime
    ) -> SupportWord:
        """Keep one thing said about a request, at `now` (UTC)."""
        row = {"request_id": request_id, "author_id": author_id, "said_by": said_by, "at": now}
        (written,) = await self._pen.written(
            SUPPORT_WORDS.insert().returning(SUPPORT_WORDS.c.id), row | {"text": None}
        )
        sealed = self._pen.seal(text, row_place(SUPPORT_WORDS.c.text, written.id))
        await self._pen.write(
            update(SUPPORT_WORDS).where(SUPPORT_WORDS.c.id == written.id).values(text=sealed)
        )
        return SupportWord(written.id, request_id, author_id, said_by, text, now)

    async def words(self, request_id: int) -> list[SupportWord]:
        """What was said about a request, the first word first."""
        return [self._word(row) for row in await self._pen.rows(_WORDS, {"of": request_id})]

    async def words_by(self, person_id: int) -> list[SupportWord]:
        """Everything that a person said about any request, the first word first."""
        said = (
            select(SUPPORT_WORDS).where(SUPPORT_WORDS.c.author_id == person_id).order_by(SUPPORT_WORDS.c.id)
        )
        return [self._word(row) for row in await self._pen.rows(said)]

    # --- groups ---------------------------------------------------------------------------------------------------

    async def connect(self, group: SupportGroup) -> None:
        """Let a group answer for an office; a group that did so for another one does not any more."""
        columns = {
            "office": group.office, "country": group.country, "author_id": group.author_id, "at": group.at,
        }  # fmt: skip
        elsewhere = SUPPORT_GROUPS.c.chat_id == group.chat_id, SUPPORT_GROUPS.c.cycle_id != group.cycle_id
        await self._pen.write(delete(SUPPORT_GROUPS).where(*elsewhere))
        insert = self._pen.insert(SUPPORT_GROUPS).values(
            cycle_id=group.cycle_id, chat_id=group.chat_id, **columns
        )
        await self._pen.write(
            insert.on_conflict_do_update(index_elements=["cycle_id", "chat_id"], set_=columns)
        )

    async def disconnect(self, chat_id: int) -> bool:
        """Forget a group and its topics; whether it was known."""
        await self._pen.write(delete(SUPPORT_TOPICS).where(SUPPORT_TOPICS.c.chat_id == chat_id))
        return bool(await self._pen.write(delete(SUPPORT_GROUPS).where(SUPPORT_GROUPS.c.chat_id == chat_id)))

    async def groups(self) -> list[SupportGroup]:
        """Every connected group, the first one first."""
        return [_group(row) for row in await self._pen.rows(_GROUPS.where(SUPPORT_GROUPS.c.office != ""))]

    async def unconnected(self, before: datetime) -> list[SupportGroup]:
        """The groups into which the bot was brought before a time (UTC) and which nobody has connected."""
        waits = _GROUPS.where(SUPPORT_GROUPS.c.office == "", SUPPORT_GROUPS.c.at < before)
        return [_group(row) for row in await self._pen.rows(waits)]

    async def group(self, chat_id: int) -> SupportGroup | None:
        """What is known of a group, connected or not."""
        row = await self._pen.row(_GROUPS.where(SUPPORT_GROUPS.c.chat_id == chat_id))
        return _group(row) if row is not None else None

    async def move(self, chat_id: int, new_id: int) -> None:
        """A group has another id from now on; what is known under that one already gives way."""
        await self.disconnect(new_id)
        for column in (SUPPORT_GROUPS.c.chat_id, SUPPORT_TOPICS.c.chat_id):
            theirs = update(column.table).where(column == chat_id)
            await self._pen.write(theirs.values({column.name: new_id}))

    async def drop_topic(self, chat_id: int, topic_id: int) -> None:
        """Forget a topic that is not there any more."""
        theirs = SUPPORT_TOPICS.c.chat_id == chat_id, SUPPORT_TOPICS.c.topic_id == topic_id
        await self._pen.write(delete(SUPPORT_TOPICS).where(*theirs))

    async def topic(self, chat_id: int, person_id: int) -> int | None:
        """The topic of a person in a group."""
        found = select(SUPPORT_TOPICS.c.topic_id).where(
            SUPPORT_TOPICS.c.chat_id == chat_id, SUPPORT_TOPICS.c.person_id == person_id
        )
        row = await self._pen.row(found)
        return int(row.topic_id) if row is not None else None

    async def whose(self, chat_id: int, topic_id: int) -> int | None:
        """The person whose topic it is."""
        found = select(SUPPORT_TOPICS.c.person_id).where(
            SUPPORT_TOPICS.c.chat_id == chat_id, SUPPORT_TOPICS.c.topic_id == topic_id
        )
        row = await self._pen.row(found)
        return int(row.person_id) if row is not None else None

    async def keep_topic(self, cycle_id: str, chat_id: int, person_id: int, topic_id: int) -> None:
        """Note which topic is a person's; a topic that was made anew takes the place of the former."""
        insert = self._pen.insert(SUPPORT_TOPICS).values(
            cycle_id=cycle_id, chat_id=chat_id, person_id=person_id, topic_id=topic_id
        )
        keys = ["cycle_id", "chat_id", "person_id"]
        await self._pen.write(insert.on_conflict_do_update(index_elements=keys, set_={"topic_id": topic_id}))

    # --- questions and answers ------------------------------------------------------------------------------------

    async def prepare(
        self, cycle_id: str, language: Language, question: str, answer: str, author_id: int, now: datetime
    ) -> int:
        """Keep an entry that nobody reads until it is published; returns its id."""
        row = {"cycle_id": cycle_id, "language": language, "author_id": author_id, "at": now}
        new = ANSWERED_QUESTIONS.insert().returning(ANSWERED_QUESTIONS.c.id)
        (written,) = await self._pen.written(
            new, row | {"question": None, "answer": None, "withdrawn_at": now}
        )
        await self.reword(written.id, question, answer)
        return int(written.id)

    async def reword(self, entry_id: int, question: str, answer: str) -> None:
        """Give an entry these words."""
        sealed = {
            column.name: self._pen.seal(text, row_place(column, entry_id))
            for column, text in (
                (ANSWERED_QUESTIONS.c.question, question),
                (ANSWERED_QUESTIONS.c.answer, answer),
            )
        }
        await self._set_entry(entry_id, **sealed)

    async def publish(self, entry_id: int) -> None:
        """Let everybody of the cycle read an entry."""
        await self._set_entry(entry_id, withdrawn_at=None)

    async def withdraw(self, entry_id: int, now: datetime) -> None:
        """Let nobody read an entry any more, from `now` (UTC)."""
        await self._set_entry(entry_id, withdrawn_at=now)

    async def entry(self, entry_id: int) -> AnsweredQuestion | None:
        """The entry of that number, withdrawn ones too."""
        row = await self._pen.row(_ENTRY, {"of": entry_id})
        return self._entry(row) if row is not None else None

    async def entries(self, cycle_id: str) -> list[AnsweredQuestion]:
        """What everybody of a cycle may read, the first entry first."""
        query = _ENTRIES.where(ANSWERED_QUESTIONS.c.withdrawn_at.is_(None))
        return [self._entry(row) for row in await self._pen.rows(query, {"cycle": cycle_id})]

    async def entries_by(self, person_id: int) -> list[AnsweredQuestion]:
        """Every entry that a person made, published or not."""
        made = select(ANSWERED_QUESTIONS).where(ANSWERED_QUESTIONS.c.author_id == person_id)
        rows = await self._pen.rows(made.order_by(ANSWERED_QUESTIONS.c.id))
        return [self._entry(row) for row in rows]

    # --- forgetting -----------------------------------------------------------------------------------------------

    async def forget(self, person_id: int) -> None:
        """Drafts and topics of a person go; what was sent and said stays with the state, without its author."""
        mine = (SUPPORT_REQUESTS.c.asker_id == person_id, SUPPORT_REQUESTS.c.state == "draft")
        await self._pen.write(delete(SUPPORT_REQUESTS).where(*mine))
        await self._pen.write(delete(SUPPORT_TOPICS).where(SUPPORT_TOPICS.c.person_id == person_id))
        for column in (
            SUPPORT_REQUESTS.c.asker_id,
            SUPPORT_REQUESTS.c.holder_id,
            SUPPORT_WORDS.c.author_id,
            SUPPORT_GROUPS.c.author_id,  # its connection ends with the next request
            ANSWERED_QUESTIONS.c.author_id,
        ):
            theirs = update(column.table).where(column == person_id)
            await self._pen.write(theirs.values({column.name: None}))

    # --- rows into values -----------------------------------------------------------------------------------------

    async def _requests(self, query: Select[Any], **values: object) -> list[SupportRequest]:
        return [self._request(row) for row in await self._pen.rows(query, values)]

    async def _seal_text(self, request_id: int, text: str) -> None:
        """A seal holds the row's number, so it comes after the row."""
        sealed = self._pen.seal(text, row_place(SUPPORT_REQUESTS.c.text, request_id))
        await self._pen.write(
            update(SUPPORT_REQUESTS).where(SUPPORT_REQUESTS.c.id == request_id).values(text=sealed)
        )

    async def _set_entry(self, entry_id: int, **columns: object) -> None:
        changed = update(ANSWERED_QUESTIONS).where(ANSWERED_QUESTIONS.c.id == entry_id).values(**columns)
        if not await self._pen.write(changed):
            raise LookupError(f"no answered question {entry_id}")

    def _request(self, row: Row[Any]) -> SupportRequest:
        return SupportRequest(
            row.id,
            row.cycle_id,
            row.country,
            row.asker_id,
            row.kind,
            row.prompt,
            self._open(SUPPORT_REQUESTS.c.text, row),
            row.state,
            row.office or None,
            row.holder_id,
            row.at,
            row.taken_at,
            row.answered_at,
            row.closed_at,
            row.escalated_at,
        )

    def _word(self, row: Row[Any]) -> SupportWord:
        text = self._open(SUPPORT_WORDS.c.text, row)
        return SupportWord(row.id, row.request_id, row.author_id, row.said_by, text, row.at)

    def _entry(self, row: Row[Any]) -> AnsweredQuestion:
        return AnsweredQuestion(
            row.id,
            row.cycle_id,
            row.language,
            self._open(ANSWERED_QUESTIONS.c.question, row),
            self._open(ANSWERED_QUESTIONS.c.answer, row),
            row.author_id,
            row.at,
            row.withdrawn_at,
        )

    def _open(self, column: Any, row: Row[Any]) -> str:
        sealed: bytes | None = getattr(row, column.name)
        return self._pen.unseal(sealed, row_place(column, row.id)).decode()


def _row(request: SupportRequest) -> dict[str, Any]:
    """What lies open of a request, without its time."""
    return {
        "cycle_id": request.cycle_id,
        "country": request.country,
        "asker_id": request.asker_id,
        "kind": request.kind,
        "prompt": request.prompt,
        "state": request.state,
        "office": request.office or "",
        "holder_id": request.holder_id,
        "taken_at": request.taken_at,
        "answered_at": request.answered_at,
        "closed_at": request.closed_at,
        "escalated_at": request.escalated_at,
    }


def _group(row: Row[Any]) -> SupportGroup:
    return SupportGroup(row.cycle_id, row.chat_id, row.office, row.country, row.author_id, row.at)
