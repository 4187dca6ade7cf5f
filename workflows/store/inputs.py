"""The gateway to written inputs: their writer's own, and to officers what was sent; no other right opens them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, func, select, update

from workflows.people.access import Act, may
from workflows.people.roles import Actor
from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_inputs import INPUT_CALLS, WRITTEN_INPUTS
from workflows.store.values_inputs import InputCall, Piece, WrittenInput

ARRIVED = ("sent", "published")
"""The states in which officers read a written input."""
_PIECES = msgspec.json.Decoder(tuple[Piece, ...])
_CALL_BY_HASH = select(INPUT_CALLS).where(INPUT_CALLS.c.token_hash == bindparam("hash"))
_CALL = select(INPUT_CALLS).where(INPUT_CALLS.c.id == bindparam("of"))
_CALLS = (
    select(INPUT_CALLS)
    .where(INPUT_CALLS.c.cycle_id == bindparam("cycle"), INPUT_CALLS.c.ended_at.is_(None))
    .order_by(INPUT_CALLS.c.id)
)
_NEWEST_OF_PERSON = (
    select(WRITTEN_INPUTS.c.cycle_id)
    .where(WRITTEN_INPUTS.c.person_id == bindparam("writer"))
    .order_by(WRITTEN_INPUTS.c.id.desc())
    .limit(1)
)
_BY_PERSON = (
    select(WRITTEN_INPUTS)
    .where(WRITTEN_INPUTS.c.person_id == bindparam("writer"))
    .order_by(WRITTEN_INPUTS.c.id)
)
_OWN_HELD = (
    select(WRITTEN_INPUTS)
    .where(WRITTEN_INPUTS.c.id == bindparam("of"), WRITTEN_INPUTS.c.person_id == bindparam("writer"))
    .with_for_update()
)
_HELD = (
    select(WRITTEN_INPUTS)
    .where(WRITTEN_INPUTS.c.id == bindparam("of"), WRITTEN_INPUTS.c.cycle_id == bindparam("cycle"))
    .with_for_update()
)
_ARRIVED = (
    select(WRITTEN_INPUTS)
    .where(WRITTEN_INPUTS.c.cycle_id == bindparam("cycle"), WRITTEN_INPUTS.c.state.in_(ARRIVED))
    .order_by(WRITTEN_INPUTS.c.id)
)
_COUNTS = (
    select(WRITTEN_INPUTS.c.category, WRITTEN_INPUTS.c.state, func.count().label("many"))
    .where(WRITTEN_INPUTS.c.cycle_id == bindparam("cycle"), WRITTEN_INPUTS.c.state.in_(ARRIVED))
    .group_by(WRITTEN_INPUTS.c.category, WRITTEN_INPUTS.c.state)
)


class Inputs:
    """All calls and written inputs, each behind the access rules; names, words and addresses are sealed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    # --- calls ---------------------------------------------------------------------------------------------------

    async def open_call(
        self, actor: Actor, category: str, follows: str, token_hash: str, now: datetime
    ) -> InputCall:
        """Keep a new call of the actor's cycle from `now` (UTC) on; its token is kept nowhere. Raises Denied."""
        self._judge(actor, "call_inputs")
        row = {
            "cycle_id": actor.cycle_id,
            "token_hash": token_hash,
            "category": category,
            "follows": follows,
            "author_id": actor.person_id,
            "at": now,
            "ended_at": None,
        }
        (written,) = await self._pen.written(INPUT_CALLS.insert().returning(INPUT_CALLS), row)
        return _call(written)

    async def calls(self, actor: Actor) -> list[InputCall]:
        """The calls of the actor's cycle that no officer has ended, the first one first. Raises Denied."""
        self._judge(actor, "call_inputs")
        return [_call(row) for row in await self._pen.rows(_CALLS, {"cycle": actor.cycle_id})]

    async def end_call(self, actor: Actor, call_id: int, now: datetime) -> InputCall | None:
        """End a call of the actor's cycle at `now` (UTC); None where none of that number is open. Raises Denied."""
        self._judge(actor, "call_inputs")
        held = update(INPUT_CALLS).where(
            INPUT_CALLS.c.id == call_id,
            INPUT_CALLS.c.cycle_id == actor.cycle_id,
            INPUT_CALLS.c.ended_at.is_(None),
        )
        rows = await self._pen.written(held.values(ended_at=now).returning(INPUT_CALLS))
        return _call(rows[0]) if rows else None

    async def call_by_hash(self, token_hash: str) -> InputCall | None:
        """The call whose link has this hash, ended ones too: whoever has the link may see that there is a call."""
        row = await self._pen.row(_CALL_BY_HASH, {"hash": token_hash})
        return _call(row) if row is not None else None

    async def call(self, call_id: int) -> InputCall | None:
        """The call of that number, ended ones too; nothing in it is anybody's."""
        row = await self._pen.row(_CALL, {"of": call_id})
        return _call(row) if row is not None else None

    # --- what one writes -----------------------------------------------------------------------------------------

    async def writer(self, person_id: int) -> Actor | None:
        """By what right somebody writes: in the cycle of their newest input; None for who has none."""
        row = await self._pen.row(_NEWEST_OF_PERSON, {"writer": person_id})
        return Actor(person_id, "stakeholder", "", row.cycle_id) if row is not None else None

    async def begin(self, actor: Actor, call: InputCall, now: datetime) -> WrittenInput:
        """An empty input to a call, begun at `now` (UTC). Raises Denied."""
        self._judge(actor, "write_input")
        row = {
            "cycle_id": call.cycle_id,
            "call_id": call.id,
            "person_id": actor.person_id,
            "state": "draft",
            "category": call.category,
            "language": "",
            "name": None,
            "pieces": None,
            "consent": "",
            "consent_at": None,
            "at": now,
            "sent_at": None,
            "published_at": None,
            "address": None,
            "removal_asked_at": None,
            "edition": 0,
        }
        (written,) = await self._pen.written(WRITTEN_INPUTS.insert().returning(WRITTEN_INPUTS), row)
        return self._input(written)

    async def own(self, actor: Actor) -> list[WrittenInput]:
        """What the actor wrote in whatever cycle, whatever became of it, in the order it was begun. Raises Denied."""
        self._judge(actor, "write_input")
        return await self.by_person(actor.person_id)

    async def hold(self, actor: Actor, input_id: int) -> WrittenInput | None:
        """An input of the actor's own in whatever cycle, which nobody else can change before this transaction is over.

        None for another's, as for none at all. Raises Denied.
        """
        self._judge(actor, "write_input")
        row = await self._pen.row(_OWN_HELD, {"of": input_id, "writer": actor.person_id})
        return self._input(row) if row is not None else None

    async def keep(self, actor: Actor, changed: WrittenInput, now: datetime) -> WrittenInput:
        """Let an input that the actor holds be like this from `now` (UTC) on. Raises Denied, for another's too."""
        self._judge(actor, "write_input", mine=changed.person_id == actor.person_id)
        return await self._keep(msgspec.structs.replace(changed, at=now))

    # --- what officers read --------------------------------------------------------------------------------------

    async def counts(self, actor: Actor) -> dict[str, tuple[int, int]]:
        """How many inputs of each category have arrived, and how many of these are published. Raises Denied."""
        self._judge(actor, "read_inputs")
        found: dict[str, tuple[int, int]] = {}
        for row in await self._pen.rows(_COUNTS, {"cycle": actor.cycle_id}):
            arrived, published = found.get(row.category, (0, 0))
            public = row.many if row.state == "published" else 0
            found[row.category] = (arrived + row.many, published + public)
        return found

    async def arrived(self, actor: Actor) -> list[WrittenInput]:
        """What was sent and not withdrawn, in the order it was begun; nothing that is not sent. Raises Denied."""
        self._judge(actor, "read_inputs")
        return [self._input(row) for row in await self._pen.rows(_ARRIVED, {"cycle": actor.cycle_id})]

    async def hold_arrived(self, actor: Actor, input_id: int) -> WrittenInput | None:
        """One of these, held until the transaction ends; None for a draft, as for none at all. Raises Denied."""
        self._judge(actor, "read_inputs")
        row = await self._pen.row(_HELD, {"of": input_id, "cycle": actor.cycle_id})
        return self._input(row) if row is not None and row.state in ARRIVED else None

    async def publish(self, actor: Actor, held: WrittenInput, address: str, now: datetime) -> WrittenInput:
        """Note where an input is public since `now` (UTC); without an address, that it is not any more.

        Who had asked to have it taken down agrees to nothing more, until they say so anew; of one whose writer was
        erased nothing is left then.
        Raises Denied, also for an input that nobody has agreed to publish.
        """
        self._judge(actor, "publish_input", mine=not address or held.consent in ("named", "unnamed"))
        taken_back = not address and held.removal_asked_at is not None
        changed = msgspec.structs.replace(
            held,
            state="published" if address else "sent" if held.person_id is not None else "withdrawn",
            consent="secretariat" if taken_back else held.consent,
            consent_at=held.removal_asked_at if taken_back else held.consent_at,
            address=address,
            published_at=now if address else None,
            removal_asked_at=None,
        )
        return await self._keep(changed)

    async def drafters(self, actor: Actor, call_id: int) -> list[int]:
        """Who has begun an input to a call and not sent it. Raises Denied."""
        self._judge(actor, "call_inputs")
        begun = select(WRITTEN_INPUTS.c.person_id).where(
            WRITTEN_INPUTS.c.call_id == call_id,
            WRITTEN_INPUTS.c.state == "draft",
            WRITTEN_INPUTS.c.person_id.is_not(None),
        )
        return sorted({row.person_id for row in await self._pen.rows(begun)})

    # --- one's own data ------------------------------------------------------------------------------------------

    async def by_person(self, person_id: int) -> list[WrittenInput]:
        """Everything that a person wrote, in whatever cycle."""
        return [self._input(row) for row in await self._pen.rows(_BY_PERSON, {"writer": person_id})]

    async def forget(self, person_id: int) -> None:
        """What is not public goes; of what is, only where it is stays. Who opened a call is forgotten."""
        theirs = WRITTEN_INPUTS.c.person_id == person_id
        await self._pen.write(delete(WRITTEN_INPUTS).where(theirs, WRITTEN_INPUTS.c.state != "published"))
        await self._pen.write(
            update(WRITTEN_INPUTS).where(theirs).values(name=None, pieces=None, person_id=None)
        )
        opened = update(INPUT_CALLS).where(INPUT_CALLS.c.author_id == person_id)
        await self._pen.write(opened.values(author_id=None))

    # --- rows into values ----------------------------------------------------------------------------------------

    async def _keep(self, changed: WrittenInput) -> WrittenInput:
        kept = msgspec.structs.replace(changed, edition=changed.edition + 1)
        row = {
            name: value
            for name, value in msgspec.structs.asdict(kept).items()
            if name not in ("id", "cycle_id", "call_id", "person_id")
        }
        row |= {
            "name": self._sealed(WRITTEN_INPUTS.c.name, kept.id, kept.name),
            "pieces": self._sealed(WRITTEN_INPUTS.c.pieces, kept.id, _written(kept.pieces)),
            "address": self._sealed(WRITTEN_INPUTS.c.address, kept.id, kept.address or None),
        }
        await self._pen.write(update(WRITTEN_INPUTS).where(WRITTEN_INPUTS.c.id == kept.id).values(**row))
        return kept

    def _sealed(self, column: Any, number: int, words: str | bytes | None) -> bytes | None:
        return None if words is None else self._pen.seal(words, row_place(column, number))

    def _judge(self, actor: Actor, act: Act, *, mine: bool = True) -> None:
        if not mine or not may(actor, act, ""):
            raise self._pen.denied(actor, act, "", f"written inputs of {actor.cycle_id}")

    def _input(self, row: Row[Any]) -> WrittenInput:
        opened = {
            name: self._pen.unseal(getattr(row, name), row_place(WRITTEN_INPUTS.c[name], row.id))
            for name in ("name", "pieces", "address")
        }
        known = {name: value for name, value in row._asdict().items() if name not in opened}
        return WrittenInput(
            **known,
            name=None if row.name is None else opened["name"].decode(),
            pieces=_PIECES.decode(opened["pieces"]) if opened["pieces"] else (),
            address=opened["address"].decode(),
        )


def _written(pieces: tuple[Piece, ...]) -> bytes | None:
    return msgspec.json.encode(pieces) if pieces else None


def _call(row: Row[Any]) -> InputCall:
    return InputCall(row.id, row.cycle_id, row.category, row.follows, row.at, row.ended_at)
