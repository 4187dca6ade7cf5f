"""Delivery: which letters are due and to whom they are handed, and what became of each."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from pydantic import ValidationError
from sqlalchemy import Row, bindparam, exists, func, or_, select, text, update

from workflows.notices import NOTICE
from workflows.store.cards import Cards
from workflows.store.cipher import KeyMissing, KeyRefused
from workflows.store.fates import ONCE_ONLY, change_of, has_ended, has_failed, is_nameless, row_as
from workflows.store.pauses import is_paused
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import OPEN, OUTBOX, PEOPLE
from workflows.store.values import Delivered, Letter, RetryLater, Settlement, Unreachable

LATER: Final = timedelta(seconds=30)
UNREAD: Final = timedelta(days=1)
"""How long until what cannot be read here is looked at again, and how long after it was posted that goes on."""
_CLAIM_LOCK: Final = 0x72616669
"""On PostgreSQL one process claims at a time, or the second would step over what the first has in hand."""

_earlier = OUTBOX.alias("earlier")
_LEASE_ENDED = (
    update(OUTBOX)
    .where(text(OPEN), OUTBOX.c.state == "claimed", OUTBOX.c.claim_until <= bindparam("moment"))
    .returning(OUTBOX.c.id, OUTBOX.c.key, OUTBOX.c.person_id, OUTBOX.c.topic, OUTBOX.c.begun_again)
    .values(state="claimed")
)
_DUE = (
    select(OUTBOX.c.id)
    .where(
        text(OPEN.replace("state", "outbox.state")),
        OUTBOX.c.state.in_(("queued", "uncertain")),
        OUTBOX.c.due_at <= bindparam("moment"),
        ~exists().where(
            text(OPEN.replace("state", "earlier.state")),
            _earlier.c.chat_id == OUTBOX.c.chat_id,
            _earlier.c.bulk == OUTBOX.c.bulk,
            _earlier.c.id < OUTBOX.c.id,
            or_(_earlier.c.state == "claimed", _earlier.c.due_at > bindparam("moment")),
        ),
    )
    .order_by(OUTBOX.c.bulk, OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_DUE_TALK = _DUE.where(OUTBOX.c.bulk.is_(False))
_TAKE = (
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state="claimed",
        claim_owner=bindparam("owner"),
        claim_until=bindparam("until"),
        attempts=OUTBOX.c.attempts + 1,
    )
)
_TAKEN = (
    select(OUTBOX, PEOPLE.c.language.label("speech"), PEOPLE.c.digits, PEOPLE.c.clock)
    .outerjoin(PEOPLE, PEOPLE.c.id == OUTBOX.c.person_id)
    .where(OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(OUTBOX.c.id)
)
_OF_STANDING: Final = (
    "id", "key", "state", "topic", "person_id", "chat_id", "edits", "focus", "message_id", "doubtful", "attempts",
)  # fmt: skip
_STANDING = Prepared(
    select(*(OUTBOX.c[name] for name in _OF_STANDING)).where(
        OUTBOX.c.id.in_(bindparam("ids", expanding=True))
    )
)
_CHANGED = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("of"))
    .values(
        state=bindparam("new_state"),
        due_at=func.coalesce(bindparam("new_due", type_=OUTBOX.c.due_at.type), OUTBOX.c.due_at),
        reason=bindparam("why"),
        doubtful=bindparam("doubt"),
        message_id=bindparam("message"),
        settled_at=bindparam("settled"),
        claim_owner="",
        claim_until=None,
    )
)
_PARTS_SENT = (
    update(OUTBOX)
    .where(
        OUTBOX.c.id == bindparam("of"),
        OUTBOX.c.state == "claimed",
        OUTBOX.c.claim_owner == bindparam("owner"),
    )
    .values(parts_sent=bindparam("parts"), claim_until=bindparam("until"), doubtful=False, begun_again=False)
)
_PARTS_OUT = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("of"))
    .values(parts_sent=bindparam("parts"), doubtful=False, begun_again=False)
)
_UNTAKEN = update(OUTBOX).where(OUTBOX.c.id == bindparam("of")).values(attempts=OUTBOX.c.attempts - 1)
_BEGUN_AGAIN = update(OUTBOX).where(OUTBOX.c.id == bindparam("of")).values(begun_again=OUTBOX.c.doubtful)
_OTHERS_CLAIMS = (
    update(OUTBOX)
    .where(text(OPEN), OUTBOX.c.state == "claimed", OUTBOX.c.claim_owner != bindparam("owner"))
    .values(claim_until=bindparam("moment"))
)
_CLAIMED_BY = (text(OPEN), OUTBOX.c.state == "claimed", OUTBOX.c.claim_owner == bindparam("owner"))
_HAD_IN_HAND = select(OUTBOX.c.id).where(*_CLAIMED_BY)
_CLAIMS_END = update(OUTBOX).where(*_CLAIMED_BY).values(claim_until=bindparam("moment"))
_CANCEL = (
    update(OUTBOX)
    .where(text(OPEN), OUTBOX.c.chat_id.in_(bindparam("chats", expanding=True)))
    .values(state="cancelled", reason="unreachable", settled_at=bindparam("moment"), claim_owner="")
    .returning(OUTBOX.c.key, OUTBOX.c.topic)
)
_REACH = update(PEOPLE).where(PEOPLE.c.telegram_id == bindparam("chat")).values(reach=bindparam("how"))
_NAMELESS = (
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(bindparam("ids", expanding=True)), OUTBOX.c.person_id.is_(None))
    .values(payload=None, chat_id=None)
)


log = structlog.stdlib.get_logger(__name__)


def letter_place(key: str) -> str:
    """Where a notice is sealed."""
    return f"letter/{key}"


class Delivery:
    """The way of a letter from the table to what became of it.

    `lost` is told the keys of letters with reminders that have failed, so that they do not count as said; `found` those
    of which it is learned later that they did arrive.
    """

    def __init__(
        self,
        pen: Pen,
        lost: Callable[[Collection[str]], Awaitable[None]],
        found: Callable[[Collection[str]], Awaitable[None]],
    ) -> None:
        self._pen = pen
        self._lost = lost
        self._found = found
        self._posted: dict[str, tuple[Letter, datetime]] = {}
        self._cards = Cards(pen)
        self._own_cards: dict[int, list[Letter]] = {}
        self.fresh: list[Letter] = []
        self.given_up: set[int] = set()
        self.unreadable = 0

    async def claim(
        self, owner: str, now: datetime, limit: int, unwritten: Callable[[], Sequence[Settlement]] = tuple
    ) -> list[Letter]:
        """Take at most `limit` due letters in hand until the lease ends, talk before bulk, none past an earlier one.

        While the bot is paused, bulk stays where it is. What is `unwritten` is written before: a lease may have ended
        of a letter that has surely arrived. It may be written once more afterwards.
        A claim whose lease has ended is uncertain: it is handed out once more, or fails where a copy would do harm.
        `given_up` names the people to whom a letter may never have come although it was begun twice, `unreadable`
        counts those that this process cannot read: none of them holds up another chat's.
        """
        await self._alone()
        await self.settle(unwritten())
        await self._give_up_claims(now)
        due = _DUE_TALK if await is_paused(self._pen) else _DUE
        ids = [row.id for row in await self._pen.rows(due, {"moment": now, "most": limit})]
        if not ids:
            return []
        until = now + timedelta(seconds=self._pen.lease_seconds)
        await self._pen.write(_TAKE, {"ids": ids, "owner": owner, "until": until})
        letters = []
        for row in await self._pen.rows(_TAKEN, {"ids": ids}):
            try:
                letters.append(self._letter(row))
            except (ValidationError, KeyRefused) as error:
                await self._put_by(row, error, now)
        return sorted(letters, key=lambda letter: (letter.bulk, letter.id))

    async def _put_by(self, row: Row[Any], error: Exception, now: datetime) -> None:
        """What this process cannot read is not for it: what a newer one posted or sealed waits for that one, for a day.

        What was changed on the disk nobody can read any more.
        """
        is_damaged = isinstance(error, KeyRefused) and not isinstance(error, KeyMissing)
        fails = is_damaged or now - row.posted_at > UNREAD
        log.error(
            "letter_unreadable", letter=row.id, topic=row.topic, kind=type(error).__name__, given_up=fails
        )
        self.unreadable += 1
        state, due, settled = ("failed", None, now) if fails else ("queued", now + LATER, None)
        put_by = row_as(row.id, state, due, "unreadable", settled, doubt=row.doubtful, message=row.message_id)
        await self._pen.write(_CHANGED, [put_by])
        await self._pen.write(_UNTAKEN, {"of": row.id})
        if fails:
            await self._lose([row])

    async def begin_again(self, letter_id: int) -> None:
        """Note that a letter which may have arrived is about to go out once more: from now on it has had both chances.

        A process that dies before this has not used the second one.
        """
        await self._pen.write(_BEGUN_AGAIN, {"of": letter_id})

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write what became of letters. A late word about a letter that is settled already changes nothing."""
        if not settlements:
            return
        await self._pen.flush()
        self._cards.forget()
        ids = sorted({settlement.letter_id for settlement in settlements})
        rows = {row.id: row for row in await self._pen.rows(_STANDING, {"ids": ids})}
        known = [(rows[each.letter_id], each) for each in settlements if each.letter_id in rows]
        changes = {row.id: change for row, each in known if (change := change_of(row, each)) is not None}
        if changes:
            await self._pen.write(_CHANGED, list(changes.values()))
            await self._note_parts_of([each for row, each in known if row.id in changes])
            await self._lose([row for row, _ in known if has_failed(changes.get(row.id))])
            given_up = [row for row, _ in known if row.state in ("failed", "cancelled")]
            if keys := _with_reminders(row for row in given_up if row.id in changes):
                await self._found(keys)
        in_time = [(row, each) for row, each in known if row.id in changes]
        await self._unreachable([pair for pair in in_time if isinstance(pair[1].outcome, Unreachable)])
        nameless = [row.id for row, _ in known if is_nameless(row) and has_ended(changes.get(row.id))]
        if nameless:
            await self._pen.write(_NAMELESS, {"ids": nameless})
            self._pen.forgets = True

    async def _note_parts_of(self, settlements: Iterable[Settlement]) -> None:
        """The parts that are out of letters that wait again, where that could not be noted at the time."""
        for each in settlements:
            if isinstance(each.outcome, RetryLater) and each.outcome.parts:
                await self._pen.write(_PARTS_OUT, {"of": each.letter_id, "parts": each.outcome.parts})

    async def note_parts(self, letter_id: int, parts: int, now: datetime) -> None:
        """So many parts of a long letter in this process's hand are out; the lease begins anew for the next one.

        The part to come was never sent, so a doubt about an earlier one is over.
        """
        until = now + timedelta(seconds=self._pen.lease_seconds)
        await self._pen.write(
            _PARTS_SENT, {"of": letter_id, "owner": self._pen.owner, "parts": parts, "until": until}
        )

    async def end_claims_of_others(self, now: datetime) -> int:
        """End the leases of all claims but this process's own; only for who knows that no other is alive."""
        return await self._pen.write(_OTHERS_CLAIMS, {"owner": self._pen.owner, "moment": now})

    async def inherit(
        self, owner: str, arrived: Mapping[int, int | None], begun: Collection[int], now: datetime
    ) -> int:
        """Take over what a process that is dead had in hand, by what it has noted; how many fates were known.

        What has arrived, with its message id where that is known, is settled. What was not begun waits without a doubt.
        The rest may have arrived: its claim ends.
        """
        await self._alone()
        ids = [row.id for row in await self._pen.rows(_HAD_IN_HAND, {"owner": owner})]
        outcomes: dict[int, Delivered | RetryLater] = {
            each: RetryLater(now, "not begun", ambiguous=False) for each in ids if each not in begun
        }
        outcomes |= {each: Delivered(arrived[each]) for each in ids if each in arrived}
        await self.settle([Settlement(each, outcome, now) for each, outcome in outcomes.items()])
        await self._pen.write(_CLAIMS_END, {"owner": owner, "moment": now})
        return len(outcomes)

    async def leave(self, chat_id: int, now: datetime) -> None:
        """Let what has not gone out to a chat never go."""
        await self._pen.flush()
        await self._pen.written(_CANCEL, {"chats": [chat_id], "moment": now})

    async def readdress(self, chat_id: int, new_id: int) -> None:
        """A group has another id: what has not gone out goes there."""
        await self._pen.flush()
        waiting = update(OUTBOX).where(text(OPEN), OUTBOX.c.chat_id == chat_id)
        await self._pen.write(waiting.values(chat_id=new_id))

    async def _alone(self) -> None:
        """Nobody else claims until this transaction ends."""
        await self._pen.flush()
        self._cards.forget()
        if self._pen.kind == "postgresql":
            await self._pen.rows(select(func.pg_advisory_xact_lock(_CLAIM_LOCK)))

    async def _give_up_claims(self, now: datetime) -> None:
        ended = await self._pen.written(_LEASE_ENDED, {"moment": now})
        changes = []
        for row in ended:
            fails = row.begun_again or row.topic in ONCE_ONLY
            if row.begun_again and row.person_id is not None:
                self.given_up.add(row.person_id)
            state, settled = ("failed", now) if fails else ("uncertain", None)
            changes.append(row_as(row.id, state, now, "lease ended", settled, doubt=True, message=None))
        if changes:
            await self._pen.write(_CHANGED, changes)
            failed = {change["of"] for change in changes if has_failed(change)}
            await self._lose([row for row in ended if row.id in failed])

    async def _lose(self, rows: Sequence[Row[Any]]) -> None:
        if keys := _with_reminders(rows):
            await self._lost(keys)

    async def _unreachable(self, known: Sequence[tuple[Row[Any], Settlement]]) -> None:
        for row, settlement in known:
            if row.chat_id is None:
                continue
            how = "blocked" if settlement.outcome == Unreachable("blocked") else "gone"
            await self._pen.write(_REACH, {"chat": row.chat_id, "how": how})
            gone = await self._pen.written(_CANCEL, {"chats": [row.chat_id], "moment": settlement.at})
            await self._lose(gone)

    def _letter(self, row: Row[Any]) -> Letter:
        notice = NOTICE.validate_json(self._pen.unseal(row.payload, letter_place(row.key)))
        return Letter(
            row.id,
            row.person_id,
            row.chat_id,
            notice,
            row.speech or row.language,
            row.digits or "auto",
            row.country,
            row.cycle_id,
            row.edits,
            row.focus,
            row.turn,
            row.bulk,
            row.attempts,
            row.parts_sent,
            row.posted_at,
            row.clock or "24",
        )


def _with_reminders(rows: Iterable[Row[Any]]) -> list[str]:
    return [row.key for row in rows if row.topic == "reminder" and row.key is not None]
