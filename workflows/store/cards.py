"""The cards that people have before them, as the outbox keeps them: which a text may answer, and which were shown."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, and_, bindparam, func, or_, select

from workflows.review.binding import Card
from workflows.review.events import Focus
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import OUTBOX, PEOPLE

CARDS: Final = 12
"""How many of a person's newest cards may be read for a text; older ones are looked up when none of these was there."""
FEW: Final = 3
"""How many of them are read at first: who writes has nearly always seen one of these."""

NO_MESSAGE: Final = 0
ANY_MESSAGE: Final = 2**62
"""Lower and higher than the number of any message."""
_earlier = OUTBOX.alias("earlier")
_CARD: Final = (
    "id", "person_id", "topic", "turn", "focus", "message_id", "doubtful", "edits",
    "state", "claim_owner", "claim_until",
)  # fmt: skip


def _newest_cards(most: int) -> Prepared:
    """The newest cards of people: for each of them one walk down the index to the oldest one, and one up again."""
    oldest = (
        select(_earlier.c.id)
        .where(
            _earlier.c.person_id == PEOPLE.c.id,
            _earlier.c.focus.is_not(None),
            _earlier.c.state != "cancelled",
        )
        .order_by(_earlier.c.id.desc())
        .limit(1)
        .offset(most - 1)
        .correlate(PEOPLE)
        .scalar_subquery()
    )
    return Prepared(
        select(*(OUTBOX.c[name] for name in _CARD))
        .select_from(PEOPLE)
        .join(OUTBOX, and_(OUTBOX.c.person_id == PEOPLE.c.id, OUTBOX.c.id >= func.coalesce(oldest, 0)))
        .where(
            PEOPLE.c.id.in_(bindparam("people", expanding=True)),
            OUTBOX.c.focus.is_not(None),
            OUTBOX.c.state != "cancelled",
        )
        .order_by(OUTBOX.c.id.desc())
    )


_FEW_CARDS = _newest_cards(FEW)
_CARDS = _newest_cards(CARDS)
_CARDS_BEFORE = (
    select(*(OUTBOX.c[name] for name in ("id", "focus", "message_id", "doubtful", "state", "claim_owner")))
    .where(
        OUTBOX.c.person_id == bindparam("person"),
        OUTBOX.c.focus.is_not(None),
        OUTBOX.c.state != "cancelled",
        or_(
            OUTBOX.c.message_id < bindparam("before"),
            OUTBOX.c.doubtful,
            and_(OUTBOX.c.state == "claimed", OUTBOX.c.claim_owner != bindparam("owner")),
            OUTBOX.c.id.in_(bindparam("unsure", expanding=True)),
        ),
    )
    .order_by(OUTBOX.c.id.desc())
    .limit(CARDS)
)


class _Read(NamedTuple):
    """Of a person's cards the newest, the first being the newest of all, of which at most so many were asked for."""

    most: int
    cards: list[tuple[Row[Any], Card]]


class Cards:
    """What one transaction has read of cards. What it posts itself is not among them before it is written.

    `unsure` are those in this process's own hand that may have arrived already.
    """

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._read: dict[int, _Read] = {}
        self.unsure: set[int] = set()

    async def prefetch(self, people: Collection[int]) -> None:
        """Load the few newest cards of these people in one statement."""
        if wanted := [person for person in people if person not in self._read]:
            await self._load(wanted, FEW)

    async def newest(self, person_id: int, before: int = NO_MESSAGE) -> Sequence[tuple[Row[Any], Card]]:
        """The newest cards with their rows, as far back as to one that arrived before a message.

        Letters of a chat go out in their order, and a new message has a higher id than all before it. So every card
        that is older than one that arrived as a message of its own was there earlier, or never arrives.
        """
        await self.prefetch([person_id])
        read = self._read[person_id]
        if len(read.cards) == read.most == FEW and not any(_was_there(row, before) for row, _ in read.cards):
            await self._load([person_id], CARDS)
        return self._read[person_id].cards

    async def back_to(self, person_id: int, before: int) -> list[Card]:
        """All cards that can tell where a text belongs that was sent as, or quotes the message before, this message.

        Where none of the newest surely arrived before it, also those that did, the newest of them, and those in doubt:
        what is known as a later message may be a copy of one that was there. In doubt is also what another process has
        or had in hand: behind a card that a killed one had sent more may wait than are read at first.
        """
        kept = await self.newest(person_id, before)
        cards = [card for _, card in kept]
        if len(kept) < CARDS or any(_was_there(row, before) for row, _ in kept):
            return cards
        known = {card.number for card in cards}
        of = {"person": person_id, "before": before, "owner": self._pen.owner, "unsure": sorted(self.unsure)}
        rows = await self._pen.rows(_CARDS_BEFORE, of)
        earlier = [
            Card(row.id, Focus.read(row.focus), row.message_id, self._is_in_doubt(row)) for row in rows
        ]
        return cards + [card for card in earlier if card.number not in known]

    async def is_elsewhere(self, person_id: int, now: datetime) -> bool:
        """Whether another process that is alive has one of them in hand."""
        kept = await self.newest(person_id, ANY_MESSAGE)
        return any(self._is_of_another(row) and row.claim_until > now for row, _ in kept)

    def forget(self, person_id: int | None = None) -> None:
        """Read anew what is asked for from now on, of everybody or of one person: it has changed."""
        if person_id is None:
            self._read.clear()
        else:
            self._read.pop(person_id, None)

    async def _load(self, people: Collection[int], most: int) -> None:
        """Keep the newest cards of people; one that another process has or had in hand may have arrived."""
        read = {person: _Read(most, []) for person in people}
        for row in await self._pen.rows(_FEW_CARDS if most == FEW else _CARDS, {"people": people}):
            card = Card(row.id, Focus.read(row.focus), row.message_id, self._is_in_doubt(row))
            read[row.person_id].cards.append((row, card))
        self._read.update(read)

    def _is_in_doubt(self, row: Row[Any]) -> bool:
        return row.doubtful or self._is_of_another(row) or row.id in self.unsure

    def _is_of_another(self, row: Row[Any]) -> bool:
        return bool(row.state == "claimed" and row.claim_owner != self._pen.owner)


def _was_there(row: Row[Any], before: int) -> bool:
    """Whether a card surely arrived, as a message of its own and not in the place of an earlier one."""
    return bool(row.state == "sent" and row.edits is None and row.message_id and row.message_id < before)
