"""The outbox: what is to be said, written with the change that makes it so, and kept in the order it was posted."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import and_, bindparam, delete, func, or_, select, text, update

from workflows.notices import NOTICE, Ask, Notice, Saved
from workflows.people.roles import Person, Speech
from workflows.review.binding import Card
from workflows.review.events import Focus, Say
from workflows.store.cards import ANY_MESSAGE
from workflows.store.cipher import KeyRefused
from workflows.store.delivery import Delivery, letter_place
from workflows.store.prepared import Prepared
from workflows.store.tables import OPEN, OUTBOX
from workflows.store.values import Backlog, Letter

_NOT_FIRST = Prepared(
    select(OUTBOX.c.chat_id)
    .where(
        text(OPEN),
        OUTBOX.c.bulk.is_(False),
        OUTBOX.c.chat_id.in_(bindparam("chats", expanding=True)),
        or_(OUTBOX.c.state != "claimed", OUTBOX.c.claim_owner != bindparam("owner")),
    )
    .distinct()
)
_NOT_NUMBERED: Final = 2**62
"""Cards that are not written yet come after all that are."""
_POST = Prepared.upsert(
    OUTBOX,
    lambda insert: insert.on_conflict_do_nothing(index_elements=["key"]).returning(OUTBOX.c.key, OUTBOX.c.id),
)
_AT_A_CARD = (
    select(OUTBOX.c.person_id)
    .where(
        OUTBOX.c.state == "sent",
        OUTBOX.c.focus.is_not(None),
        OUTBOX.c.person_id.is_not(None),
        OUTBOX.c.posted_at >= bindparam("since"),
    )
    .group_by(OUTBOX.c.person_id)
    .order_by(OUTBOX.c.person_id)
)
_CARDS_SINCE = (
    select(OUTBOX.c.key, OUTBOX.c.posted_at)
    .where(
        OUTBOX.c.person_id == bindparam("person"),
        OUTBOX.c.focus.is_not(None),
        OUTBOX.c.state != "cancelled",
        OUTBOX.c.id > bindparam("card"),
        OUTBOX.c.key.is_not(None),  # one that is gone was of an update long ago
    )
    .order_by(OUTBOX.c.id)
)
_SAID = select(OUTBOX.c.payload).where(
    OUTBOX.c.person_id == bindparam("person"), OUTBOX.c.key == bindparam("said")
)
_COUNTS = select(OUTBOX.c.state, func.count().label("letters")).group_by(OUTBOX.c.state)
_OLDEST = select(func.min(OUTBOX.c.posted_at)).where(text(OPEN))


_SAID_BY_A_LATER: Final = {
    "state": "cancelled", "reason": "joined", "payload": None, "attempts": 0, "claim_owner": "", "claim_until": None,
}  # fmt: skip


def _joined(letters: Sequence[Letter]) -> set[int]:
    """By their `id()`, the receipts that need not go: a later one of the same moment tells all that they would tell.

    That is so for one person, at one question, in one turn; a receipt that tells of a mistake goes in any case.
    """
    told: set[tuple[Any, ...]] = set()
    joined = set()
    for letter in reversed(letters):
        notice = letter.notice
        if letter.person_id is None or letter.bulk or letter.edits is not None:
            continue
        if not isinstance(notice, Saved | Ask) or letter.focus is None:
            continue
        which = (letter.person_id, letter.focus, letter.turn, notice.topic, getattr(notice, "edited", False))
        if which in told and getattr(notice, "problem", None) is None:
            joined.add(id(letter))
        told.add(which)
    return joined


class Outbox(Delivery):
    """Posts letters, and knows which cards a person has before them.

    `fresh` holds what this transaction posted and claimed for its own process. Read it when the transaction has
    ended: only then have the letters their ids, and only those that may go at once are left in it.
    """

    def post(  # noqa: PLR0913 - a letter has these marks, all but two of them named
        self,
        person: Person,
        say: Say | Notice,
        *,
        key: str,
        now: datetime,
        cycle_id: str = "",
        country: str = "",
        turn: int = 0,
        edits: int | None = None,
        bulk: bool = False,
    ) -> None:
        """Say something to a person; the same key is said once. Bulk waits for `claim`, the rest is claimed at once.

        Nothing is posted to somebody who was forgotten. Raises ValueError for a card of the talk in bulk.
        """
        if person.telegram_id is None:
            return
        notice, focus = (say.notice, say.focus) if isinstance(say, Say) else (say, None)
        if bulk and focus is not None:
            raise ValueError(f"{notice.topic}: a card of the talk goes out in its order and not in bulk.")
        letter = Letter(
            0,
            person.id,
            person.telegram_id,
            notice,
            person.language,
            person.digits,
            country,
            cycle_id,
            edits,
            None if focus is None else str(focus),
            turn,
            bulk,
            attempts=0 if bulk else 1,
            clock=person.clock,
        )
        self._lay(letter, key, now)

    def post_to_chat(  # noqa: PLR0913 - a letter has these marks, the last two named
        self,
        chat_id: int,
        notice: Notice,
        language: Speech,
        key: str,
        now: datetime,
        *,
        cycle_id: str = "",
        edits: int | None = None,
    ) -> None:
        """Say something to a chat without a person: to somebody who was just forgotten, or to a group."""
        self._lay(Letter(0, None, chat_id, notice, language, cycle_id=cycle_id, edits=edits), key, now)

    async def cards(self, person_id: int, before: int | None = None) -> Sequence[Card]:
        """The person's newest cards; what this transaction posted is among them.

        With `before`, as far back as to what was there before this message: all that a text can belong to.
        """
        if before is None:
            kept = [card for _, card in await self._cards.newest(person_id)]
        else:
            kept = await self._cards.back_to(person_id, before)
        own = self._own_cards.get(person_id, ())
        flushed = {letter.id for letter in own}
        posted = [
            Card(letter.id or _NOT_NUMBERED + place, Focus.read(letter.focus or ""), None)
            for place, letter in enumerate(own)
        ]
        return [*reversed(posted), *(card for card in kept if card.number not in flushed)]

    async def newest_card(self, person_id: int) -> Card | None:
        """The card that moved the person's talk last, None before the first."""
        return next(iter(await self.cards(person_id, ANY_MESSAGE)), None)

    async def moved_on(self, person_id: int, card: int, update_id: int) -> datetime | None:
        """When the person's talk was moved on from a card by a later update than this one (UTC); None where it was not.

        Updates are compared by their numbers, which grow but for a rare jump.
        """
        await self.flush()
        rows = await self._pen.rows(_CARDS_SINCE, {"person": person_id, "card": card})
        causes = ((row.key.partition(":")[0], row.posted_at) for row in rows)
        return min((at for cause, at in causes if cause.isdecimal() and int(cause) > update_id), default=None)

    async def is_shown(self, person_id: int, topic: str, turn: int) -> bool:
        """Whether a card of this kind and turn is on its way or has arrived, and no great many have come since."""
        kept = await self._cards.newest(person_id)
        posted = [(letter.notice.topic, letter.turn) for letter in self._own_cards.get(person_id, ())]
        known = [(row.topic, row.turn) for row, _ in kept if row.state != "failed"]
        return any(each == (topic, turn) for each in (*posted, *known))

    async def prefetch_cards(self, people: Collection[int]) -> None:
        """Load the few newest cards of these people in one statement."""
        await self._cards.prefetch(people)

    def doubt(self, cards: Collection[int]) -> None:
        """Take these cards, by their numbers, for ones that may have arrived: they are at the wire for long.

        It holds for this transaction alone: in the end it is learned what became of them.
        """
        self._cards.unsure.update(cards)

    async def is_card_elsewhere(self, person_id: int, now: datetime) -> bool:
        """Whether another process that is alive has a card for this person in hand: soon its message id is known."""
        return await self._cards.is_elsewhere(person_id, now)

    async def at_a_card(self, since: datetime) -> list[int]:
        """The people who were given a card since then, so that they may want to press it, by their number."""
        await self.flush()
        return [row.person_id for row in await self._pen.rows(_AT_A_CARD, {"since": since})]

    async def backlog(self) -> Backlog:
        """How many letters there are in each state, and since when the oldest one waits."""
        await self.flush()
        counts = {row.state: row.letters for row in await self._pen.rows(_COUNTS)}
        oldest = await self._pen.row(_OLDEST)
        return Backlog(counts, oldest[0] if oldest else None)

    async def said(self, person_id: int, key: str) -> Notice | None:
        """What was posted to a person under a key; None where nothing was, or where it is emptied, a day after."""
        await self.flush()
        row = await self._pen.row(_SAID, {"person": person_id, "said": key})
        return self._readable(row.payload, key) if row is not None and row.payload else None

    async def withdraw(self, keys: str, now: datetime) -> dict[int, Notice]:
        """Take back the bulk letters whose keys begin so and that surely went out to nobody, nor are about to.

        Returns what they would have said, by person; of several to one person the first.
        """
        await self.flush()
        waiting = and_(
            text(OPEN),
            OUTBOX.c.state == "queued",
            OUTBOX.c.bulk,
            OUTBOX.c.doubtful.is_(False),
            OUTBOX.c.parts_sent == 0,
            OUTBOX.c.person_id.is_not(None),
            OUTBOX.c.key.startswith(keys, autoescape=True),
        )
        settled = {"state": "cancelled", "reason": "replaced", "settled_at": now}
        taken = update(OUTBOX).where(waiting).values(settled)
        columns = (OUTBOX.c.id, OUTBOX.c.person_id, OUTBOX.c.key, OUTBOX.c.payload)
        rows = sorted(
            await self._pen.written(taken.returning(*columns)), key=lambda row: row.id, reverse=True
        )
        said = {row.person_id: self._readable(row.payload, row.key) for row in rows}
        return {person: notice for person, notice in said.items() if notice is not None}

    async def take_back(self, keys: str, now: datetime, letters: Collection[int] | None = None) -> list[str]:
        """Withdraw bulk letters whose keys begin so, and free the keys: the same may be said anew. Returns the keys.

        Without `letters` those that wait; otherwise these, which this transaction has claimed.
        """
        await self.flush()
        chosen = OUTBOX.c.state == "queued" if letters is None else OUTBOX.c.id.in_(letters)
        unsent = OUTBOX.c.doubtful.is_(False), OUTBOX.c.parts_sent == 0
        begins = OUTBOX.c.key.startswith(keys, autoescape=True)
        found = select(OUTBOX.c.id, OUTBOX.c.key).where(text(OPEN), chosen, OUTBOX.c.bulk, *unsent, begins)
        rows = await self._pen.rows(found.order_by(OUTBOX.c.id).with_for_update())
        settled = {"state": "cancelled", "reason": "replaced", "settled_at": now, "claim_owner": ""}
        freed = {"key": None, "payload": None, "claim_until": None}
        taken = OUTBOX.c.id.in_([row.id for row in rows])
        await self._pen.write(update(OUTBOX).where(taken).values(**settled, **freed))
        return [row.key for row in rows]

    async def cancel(
        self, topics: Collection[str], to: Collection[int], now: datetime, *, about: Callable[[Notice], bool]
    ) -> int:
        """Let letters of these topics that have not gone out to these people never go; `about` picks them by content.

        One that is at the wire in this moment may arrive; one that waits for another try does not. Returns how many.
        """
        await self.flush()
        columns = (OUTBOX.c.id, OUTBOX.c.key, OUTBOX.c.payload)
        found = select(*columns).where(
            text(OPEN), OUTBOX.c.person_id.in_(to), OUTBOX.c.topic.in_(topics), OUTBOX.c.payload.is_not(None)
        )
        rows = await self._pen.rows(found.order_by(OUTBOX.c.id).with_for_update())
        said = [(row.id, self._readable(row.payload, row.key)) for row in rows]
        ids = [each for each, notice in said if notice is not None and about(notice)]
        settled = {"state": "cancelled", "reason": "taken back", "settled_at": now, "claim_owner": ""}
        meant = update(OUTBOX).where(OUTBOX.c.id.in_(ids))
        await self._pen.write(meant.values(**settled, payload=None, claim_until=None))
        self.fresh[:] = [letter for letter in self.fresh if letter.id not in ids]
        self._cards.forget()
        return len(ids)

    async def forget(self, person_id: int, telegram_id: int) -> None:
        """Remove everything that was said or is to be said to a person."""
        await self.flush()
        self.fresh[:] = [letter for letter in self.fresh if letter.chat_id != telegram_id]
        self._cards.forget(person_id)
        self._own_cards.pop(person_id, None)
        await self._pen.write(
            delete(OUTBOX).where(or_(OUTBOX.c.person_id == person_id, OUTBOX.c.chat_id == telegram_id))
        )

    def _readable(self, sealed: bytes, key: str) -> Notice | None:
        """What a letter says; None where a newer process wrote it in a way that this one does not know."""
        try:
            return NOTICE.validate_json(self._pen.unseal(sealed, letter_place(key)))
        except (ValidationError, KeyRefused):
            return None

    # --- writing ------------------------------------------------------------------------------------------------

    def _lay(self, letter: Letter, key: str, now: datetime) -> None:
        if key in self._posted:
            return
        self._posted[key] = (letter, now)
        if not letter.bulk:
            self.fresh.append(letter)
        if letter.focus is not None and letter.person_id is not None:
            self._own_cards.setdefault(letter.person_id, []).append(letter)

    async def flush(self) -> None:
        """Write what waits in two statements: who must not be overtaken, then all rows."""
        posted, self._posted = self._posted, {}
        if not posted:
            return
        behind = await self._behind({letter.chat_id for letter, _ in posted.values() if not letter.bulk})
        joined = _joined([letter for letter, _ in posted.values()])
        rows = [
            self._row(key, letter, now, behind)
            | (_SAID_BY_A_LATER | {"settled_at": now} if id(letter) in joined else {})
            for key, (letter, now) in posted.items()
        ]
        written = await self._pen.written(_POST, rows)
        ids = {row.key: row.id for row in written}
        for key, (letter, _) in posted.items():
            letter.id = ids.get(key, 0)
        refused = joined | {id(each) for each, _ in posted.values() if not each.id or each.chat_id in behind}
        self.fresh[:] = [letter for letter in self.fresh if id(letter) not in refused]

    async def _behind(self, chats: set[int]) -> set[int]:
        """Chats where an earlier letter has not gone and is not in this process's hand: it must go first."""
        if not chats:
            return set()
        values = {"chats": sorted(chats), "owner": self._pen.owner}
        return {row.chat_id for row in await self._pen.rows(_NOT_FIRST, values)}

    def _row(self, key: str, letter: Letter, now: datetime, behind: set[int]) -> dict[str, Any]:
        claimed = not letter.bulk and letter.chat_id not in behind
        if not claimed:
            letter.attempts = 0
        return {
            "key": key,
            "person_id": letter.person_id,
            "chat_id": letter.chat_id,
            "topic": letter.notice.topic,
            "payload": self._pen.seal(NOTICE.dump_json(letter.notice), letter_place(key)),
            "language": letter.language,
            "cycle_id": letter.cycle_id,
            "country": letter.country,
            "turn": letter.turn,
            "edits": letter.edits,
            "focus": letter.focus,
            "bulk": letter.bulk,
            "state": "claimed" if claimed else "queued",
            "attempts": letter.attempts,
            "parts_sent": 0,
            "doubtful": False,
            "begun_again": False,
            "reason": "",
            "settled_at": None,
            "posted_at": now,
            "due_at": now,
            "claim_owner": self._pen.owner if claimed else "",
            "claim_until": now + timedelta(seconds=self._pen.lease_seconds) if claimed else None,
        }
