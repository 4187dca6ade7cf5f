"""Announcements and to whom they go: one row for each person, so that nobody is told twice and nobody is left out."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, String, and_, bindparam, cast, delete, func, literal, select, update

from workflows.languages import LANGUAGES, Language
from workflows.store.columns import Moment
from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables import MEMBERSHIPS, OUTBOX, PEOPLE
from workflows.store.tables_desk import ANNOUNCEMENTS, RECIPIENTS
from workflows.store.values_announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Placed,
    Recipient,
    RecipientState,
)

AT_ONCE: Final = 2_000
"""How many people are named in one statement; the engines take some 32,000 values."""
_TEXTS: Final = {language: ANNOUNCEMENTS.c[f"text_{language}"] for language in LANGUAGES}
_GET = select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == bindparam("of"))
_NEWEST = (
    select(ANNOUNCEMENTS)
    .where(
        ANNOUNCEMENTS.c.cycle_id == bindparam("cycle"),
        ANNOUNCEMENTS.c.state.not_in(("draft", "discarded")),
    )
    .order_by(ANNOUNCEMENTS.c.id.desc())
    .limit(bindparam("most"))
)
_BY_AUTHOR = (
    select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.author_id == bindparam("author")).order_by(ANNOUNCEMENTS.c.id)
)
_ON_THEIR_WAY = (
    select(ANNOUNCEMENTS)
    .where(
        ANNOUNCEMENTS.c.state.in_(("scheduled", "posting", "posted", "withdrawn")),
        ANNOUNCEMENTS.c.posted_at.is_(None),
    )
    .order_by(ANNOUNCEMENTS.c.id)
)
_PLACED = (
    select(
        MEMBERSHIPS.c.person_id, MEMBERSHIPS.c.role, MEMBERSHIPS.c.country, PEOPLE.c.reach, PEOPLE.c.language
    )
    .join(PEOPLE, PEOPLE.c.id == MEMBERSHIPS.c.person_id)
    .where(
        MEMBERSHIPS.c.cycle_id == bindparam("cycle"),
        MEMBERSHIPS.c.ended_at.is_(None),
        PEOPLE.c.telegram_id.is_not(None),
    )
    .order_by(MEMBERSHIPS.c.person_id)
)
_INSERT = {
    "announcement_id": bindparam("of"),
    "person_id": bindparam("person"),
    "country": bindparam("where"),
    "due_at": bindparam("due", type_=Moment),
    "state": bindparam("begins"),
    "reason": bindparam("why"),
}
_OF = RECIPIENTS.c.announcement_id == bindparam("of")
_DUE = (
    select(RECIPIENTS)
    .where(_OF, RECIPIENTS.c.state == "planned", RECIPIENTS.c.due_at <= bindparam("moment", type_=Moment))
    .order_by(RECIPIENTS.c.person_id)
    .limit(bindparam("most"))
)
_LETTER = (
    literal("announcement/")
    + cast(RECIPIENTS.c.announcement_id, String)
    + "/"
    + cast(RECIPIENTS.c.person_id, String)
)
_SETTLED = (
    select(RECIPIENTS.c.person_id, OUTBOX.c.state, OUTBOX.c.reason, OUTBOX.c.settled_at)
    .join(OUTBOX, OUTBOX.c.key == _LETTER)
    .where(_OF, RECIPIENTS.c.state == "posted", OUTBOX.c.settled_at.is_not(None))
)
_SETTLE = (
    update(RECIPIENTS)
    .where(_OF, RECIPIENTS.c.person_id == bindparam("person"))
    .values(state=bindparam("became"), reason=bindparam("why"), settled_at=bindparam("when", type_=Moment))
)
_COUNTS = (
    select(RECIPIENTS.c.country, RECIPIENTS.c.state, func.count().label("people"))
    .where(_OF)
    .group_by(RECIPIENTS.c.country, RECIPIENTS.c.state)
)
_BY_STATE = (
    select(RECIPIENTS)
    .where(_OF, RECIPIENTS.c.state.in_(bindparam("states", expanding=True)))
    .order_by(RECIPIENTS.c.country, RECIPIENTS.c.person_id)
)
_NEXT_DUE = select(
    func.min(RECIPIENTS.c.due_at).label("first"), func.max(RECIPIENTS.c.due_at).label("last")
).where(_OF, RECIPIENTS.c.state == "planned")
_TOLD = (
    select(RECIPIENTS, ANNOUNCEMENTS.c.cycle_id)
    .join(ANNOUNCEMENTS, ANNOUNCEMENTS.c.id == RECIPIENTS.c.announcement_id)
    .where(ANNOUNCEMENTS.c.cycle_id == bindparam("cycle"))
    .order_by(RECIPIENTS.c.announcement_id.desc(), RECIPIENTS.c.person_id)
    .limit(bindparam("most"))
)
_NUDGED = (
    select(RECIPIENTS.c.person_id, RECIPIENTS.c.settled_at, RECIPIENTS.c.due_at)
    .join(ANNOUNCEMENTS, ANNOUNCEMENTS.c.id == RECIPIENTS.c.announcement_id)
    .where(
        ANNOUNCEMENTS.c.kind == "nudge",
        RECIPIENTS.c.state.in_(("posted", "sent")),
        RECIPIENTS.c.due_at > bindparam("since", type_=Moment),
        RECIPIENTS.c.person_id.in_(bindparam("people", expanding=True)),
    )
)


def letter_key(announcement_id: int, person_id: int | None = None) -> str:
    """The key of the letter by which a person is told; without a person what all of its keys begin with."""
    return f"announcement/{announcement_id}/{person_id or ''}"


def file_key(announcement_id: int, person_id: int | None = None) -> str:
    """The key of the letter with the file that goes along; without a person what all of its keys begin with."""
    return f"announcement/file/{announcement_id}/{person_id or ''}"


class Announcements:
    """All announcements; their texts are sealed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    # --- writing one ----------------------------------------------------------------------------------------------

    async def add(  # noqa: PLR0913 - an announcement has these marks, named
        self,
        *,
        cycle_id: str,
        author_id: int,
        audience: str,
        first: Language,
        now: datetime,
        kind: AnnouncementKind = "announcement",
        corrects: int | None = None,
    ) -> Announcement:
        """Begin a draft at `now` (UTC)."""
        row = {
            "cycle_id": cycle_id,
            "author_id": author_id,
            "kind": kind,
            "about": "",
            "corrects": corrects,
            "audience": audience,
            "first_language": first,
            "decent": True,
            "state": "draft",
            "at": now,
            "recipients": 0,
        }
        (written,) = await self._pen.written(ANNOUNCEMENTS.insert().returning(ANNOUNCEMENTS), row)
        return self._announcement(written)

    async def get(self, announcement_id: int) -> Announcement | None:
        """The announcement of that number."""
        row = await self._pen.row(_GET, {"of": announcement_id})
        return self._announcement(row) if row is not None else None

    async def newest(self, cycle_id: str, limit: int) -> list[Announcement]:
        """The newest of a cycle that are more than drafts."""
        rows = await self._pen.rows(_NEWEST, {"cycle": cycle_id, "most": limit})
        return [self._announcement(row) for row in rows]

    async def by_author(self, person_id: int) -> list[Announcement]:
        """Everything that a person wrote, drafts too, the first one first."""
        return [self._announcement(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def on_their_way(self) -> list[Announcement]:
        """Those of every cycle that are scheduled, or of which something is still on its way, the first one first."""
        return [self._announcement(row) for row in await self._pen.rows(_ON_THEIR_WAY)]

    async def set_audience(self, announcement_id: int, audience: str) -> bool:
        """Change for whom a draft is; False where it is no draft any more."""
        return await self._change(announcement_id, ("draft",), audience=audience)

    async def set_kind(self, announcement_id: int, kind: AnnouncementKind, about: str) -> bool:
        """Make a draft a nudge about something, or an announcement again; False where it is no draft any more."""
        return await self._change(announcement_id, ("draft",), kind=kind, about=about)

    async def set_text(self, announcement_id: int, language: Language, text: str, *, first: bool) -> bool:
        """Keep a draft's text in a language, empty for none; `first` makes that language the one given first."""
        column = _TEXTS[language]
        sealed = self._pen.seal(text, row_place(column, announcement_id)) if text else None
        given = {"first_language": language} if first else {}
        return await self._change(announcement_id, ("draft",), **{column.name: sealed}, **given)

    async def schedule(self, announcement_id: int, due_at: datetime, card: int, *, decent: bool) -> bool:
        """Let a draft go out from a moment on (UTC); False where it is no draft any more, so that it goes once."""
        return await self._change(
            announcement_id, ("draft",), state="scheduled", due_at=due_at, decent=decent, card=card
        )

    async def move(
        self, announcement_id: int, from_: Sequence[AnnouncementState], to: AnnouncementState
    ) -> bool:
        """Bring it from one of these states into another; False where somebody else has done so."""
        return await self._change(announcement_id, from_, state=to)

    async def note_told(self, announcement_id: int, now: datetime) -> None:
        """Note that the author was shown the progress at a moment (UTC)."""
        told = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == announcement_id).values(told_at=now)
        await self._pen.write(told)

    async def finish(self, announcement_id: int, now: datetime) -> None:
        """Note that at a moment (UTC) nothing of it was on its way any more."""
        over = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == announcement_id).values(posted_at=now)
        await self._pen.write(over)

    async def _change(self, announcement_id: int, from_: Sequence[str], **values: Any) -> bool:
        changed = update(ANNOUNCEMENTS).where(
            ANNOUNCEMENTS.c.id == announcement_id, ANNOUNCEMENTS.c.state.in_(from_)
        )
        return bool(await self._pen.write(changed.values(**values)))

    # --- to whom --------------------------------------------------------------------------------------------------

    async def placed(self, cycle_id: str) -> list[Placed]:
        """Everybody who holds a place in a cycle and is not forgotten, by number."""
        rows = await self._pen.rows(_PLACED, {"cycle": cycle_id})
        return [Placed(row.person_id, row.role, row.country, row.reach, row.language) for row in rows]

    async def begin(self, announcement_id: int, recipients: Collection[Recipient]) -> bool:
        """Write down to whom a scheduled announcement goes; False where that was done before."""
        people = len(recipients)
        if not await self._change(announcement_id, ("scheduled",), state="posting", recipients=people):
            return False
        rows = [
            {
                "of": announcement_id,
                "person": each.person_id,
                "where": each.country,
                "due": each.due_at,
                "begins": "planned",
                "why": "",
            }
            for each in sorted(recipients, key=lambda each: each.person_id)
        ]
        insert = self._pen.insert(RECIPIENTS).values(_INSERT)
        for start in range(0, people, AT_ONCE):
            await self._pen.pour(insert, rows[start : start + AT_ONCE])
        return True

    async def due(self, announcement_id: int, now: datetime, limit: int) -> list[Recipient]:
        """Some of those to whom it is to be posted by a moment (UTC), by number."""
        rows = await self._pen.rows(_DUE, {"of": announcement_id, "moment": now, "most": limit})
        return [_recipient(row) for row in rows]

    async def settle(
        self, announcement_id: int, became: RecipientState, reason: str, people: Sequence[int], now: datetime
    ) -> None:
        """Note what became of the way to some people; only "posted" is not the end of it."""
        when = None if became == "posted" else now
        rows = [
            {"of": announcement_id, "person": each, "became": became, "why": reason, "when": when}
            for each in people
        ]
        if rows:
            await self._pen.write(_SETTLE, rows)

    async def gather(self, announcement_id: int) -> None:
        """Note what became of letters since, as the outbox has it."""
        await self._pen.flush()
        rows = [
            {
                "of": announcement_id,
                "person": row.person_id,
                "became": {"sent": "sent", "failed": "failed"}.get(row.state, _cancelled(row.reason)),
                "why": row.reason,
                "when": row.settled_at,
            }
            for row in await self._pen.rows(_SETTLED, {"of": announcement_id})
        ]
        if rows:
            await self._pen.write(_SETTLE, rows)

    async def withdraw(self, announcement_id: int, now: datetime) -> int:
        """Take those off who are not posted yet; returns how many."""
        waiting = and_(RECIPIENTS.c.announcement_id == announcement_id, RECIPIENTS.c.state == "planned")
        gone = update(RECIPIENTS).where(waiting).values(state="withdrawn", settled_at=now)
        return await self._pen.write(gone)

    # --- who was told ---------------------------------------------------------------------------------------------

    async def counts(self, announcement_id: int) -> dict[str, dict[RecipientState, int]]:
        """By country ("" the secretariat and all without one) how many people are in each state."""
        found: dict[str, dict[RecipientState, int]] = {}
        for row in await self._pen.rows(_COUNTS, {"of": announcement_id}):
            found.setdefault(row.country, {})[row.state] = row.people
        return found

    async def recipients(self, announcement_id: int, *states: RecipientState) -> list[Recipient]:
        """Those who are in one of these states, by country."""
        rows = await self._pen.rows(_BY_STATE, {"of": announcement_id, "states": states})
        return [_recipient(row) for row in rows]

    async def to_come(self, announcement_id: int) -> tuple[datetime, datetime] | None:
        """When the next and the last of those who wait are to be posted (UTC); None where nobody waits."""
        row = await self._pen.row(_NEXT_DUE, {"of": announcement_id})
        return (row.first, row.last) if row is not None and row.first is not None else None

    async def told(
        self, cycle_id: str, *, country: str = "", person_id: int = 0, limit: int = 500
    ) -> list[Recipient]:
        """What a country's people, or one person, were told in a cycle: the newest announcement first."""
        query = _TOLD
        if country:
            query = query.where(RECIPIENTS.c.country == country)
        if person_id:
            query = query.where(RECIPIENTS.c.person_id == person_id)
        rows = await self._pen.rows(query, {"cycle": cycle_id, "most": limit})
        return [_recipient(row) for row in rows]

    async def nudged_since(self, person_ids: Collection[int], since: datetime) -> dict[int, list[datetime]]:
        """When each of these people was nudged since a moment (UTC)."""
        found: dict[int, list[datetime]] = {person: [] for person in person_ids}
        ids = sorted(found)
        for start in range(0, len(ids), AT_ONCE):
            values = {"people": ids[start : start + AT_ONCE], "since": since}
            for row in await self._pen.rows(_NUDGED, values):
                found[row.person_id].append(row.settled_at or row.due_at)
        return found

    async def forget(self, person_id: int) -> None:
        """Who wrote an announcement is forgotten, and that somebody was told of it; how many were stays."""
        theirs = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.author_id == person_id)
        await self._pen.write(theirs.values(author_id=None, card=None))
        await self._pen.write(delete(RECIPIENTS).where(RECIPIENTS.c.person_id == person_id))

    # --- rows -----------------------------------------------------------------------------------------------------

    def _announcement(self, row: Row[Any]) -> Announcement:
        texts: dict[Language, str] = {}
        for language, column in _TEXTS.items():
            sealed = row._mapping[column.name]  # noqa: SLF001 - SQLAlchemy's public name for it
            if sealed:
                texts[language] = self._pen.unseal(sealed, row_place(column, row.id)).decode()
        return Announcement(
            row.id,
            row.cycle_id,
            row.author_id,
            row.kind,
            row.about,
            row.corrects,
            row.audience,
            row.at,
            texts,
            row.first_language,
            row.decent,
            row.state,
            row.due_at,
            row.posted_at,
            row.told_at,
            row.card,
            row.recipients,
        )


def _cancelled(reason: str) -> RecipientState:
    return "unreachable" if reason == "unreachable" else "withdrawn"


def _recipient(row: Row[Any]) -> Recipient:
    return Recipient(
        row.announcement_id, row.person_id, row.country, row.due_at, row.state, row.reason, row.settled_at
    )
