"""Reminders: planned as often as wanted, each key once; what became of each is kept as a log."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, TypeVar

from msgspec.structs import fields
from sqlalchemy import Date, Insert, bindparam, delete, func, literal_column, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.cycle.reminders.planned import Planned
from workflows.store.columns import Moment
from workflows.store.pen import Pen
from workflows.store.tables_calendar import PLANNED, REMINDERS
from workflows.store.values import Kind
from workflows.store.values_calendar import Planning, Reminder, ReminderState, Settled

_AT_ONCE: Final = 5_000
"""How many values one statement takes; the engines stop at some 32,000."""
_LETTER: Final = "reminder"
_Thing = TypeVar("_Thing")
_of_people = REMINDERS.c.person_id.in_(bindparam("people", expanding=True))
_of_ids = REMINDERS.c.id.in_(bindparam("ids", expanding=True))

# In one order everywhere, so that two processes which plan for the same people never wait for each other.
_KNOWN = (
    select(
        *(
            REMINDERS.c[name]
            for name in ("id", "key", "state", "planned_for", "nominal", "content", "country")
        )
    )
    .where(REMINDERS.c.cycle_id == bindparam("cycle"), _of_people)
    .order_by(REMINDERS.c.id)
)
_PLANNED_OF = _KNOWN.where(text(PLANNED)).with_for_update()
# What is the same in all fresh rows stands in the statement: a hundred thousand rows need not bring it along.
_FRESH: Final = {
    "key": bindparam("key"),
    "person_id": bindparam("person"),
    "country": bindparam("country"),
    "milestone": bindparam("milestone"),
    "sequence": bindparam("sequence"),
    "rung": bindparam("rung"),
    "content": bindparam("content"),
    "nominal": bindparam("nominal", type_=Date),
    "planned_for": bindparam("due", type_=Moment),
    "due_at": bindparam("due", type_=Moment),
    "shifted": bindparam("shifted"),
    "state": literal_column("'planned'"),
    "reason": literal_column("''"),
    "letter": literal_column("''"),
    "settled_at": null(),
}
_NAMES = ("key", "person", "country", "milestone", "sequence", "rung", "content", "nominal", "due", "shifted")
_GIVEN: Final = {name: attrgetter("person_id" if name == "person" else name) for name in _NAMES}
"""Where a fresh row has its values from, by the parameter."""


def _inserted(insert: Callable[[Any], Any]) -> Insert:
    fresh = {**_FRESH, "cycle_id": bindparam("cycle"), "planned_at": bindparam("moment", type_=Moment)}
    made: Insert = insert(REMINDERS).values(fresh).on_conflict_do_nothing(index_elements=["key"])
    return made


_INSERT: Final[dict[Kind, Insert]] = {
    "sqlite": _inserted(sqlite.insert),
    "postgresql": _inserted(postgresql.insert),
}
_MOVE = (
    update(REMINDERS)
    .where(REMINDERS.c.id == bindparam("of"))
    .values(
        country=bindparam("to_country"),
        content=bindparam("to_content"),
        nominal=bindparam("to_nominal", type_=Date),
        planned_for=bindparam("to_moment", type_=Moment),
        due_at=bindparam("to_moment", type_=Moment),
        shifted=bindparam("why"),
        state=literal_column("'planned'"),
        reason=literal_column("''"),
        settled_at=null(),
        planned_at=bindparam("moment", type_=Moment),
    )
)
_SETTLE = (
    update(REMINDERS)
    .where(text(PLANNED), _of_ids)
    .values(
        state=bindparam("as"),
        reason=bindparam("why"),
        letter=bindparam("key_of_letter"),
        settled_at=bindparam("moment", type_=Moment),
    )
    .returning(REMINDERS.c.id)
)
_PUT_OFF = (
    update(REMINDERS)
    .where(text(PLANNED), _of_ids)
    .values(due_at=bindparam("until", type_=Moment), shifted=bindparam("why"))
)
_OF_LETTER = update(REMINDERS).where(
    REMINDERS.c.person_id == bindparam("person"),
    REMINDERS.c.cycle_id == bindparam("cycle"),
    REMINDERS.c.letter == bindparam("day"),
)
# A letter that did not go out: its reminders were not said.
_PLAN_AGAIN = _OF_LETTER.where(REMINDERS.c.state == "sent").values(
    state=literal_column("'planned'"), letter=literal_column("''"), settled_at=null()
)
# They keep the letter's day, so that they are found where it arrived after all; no other skipped ones have it.
_LOSE = _OF_LETTER.where(REMINDERS.c.state == "sent").values(
    state=literal_column("'skipped'"), reason=literal_column("'blocked'")
)
_FIND = _OF_LETTER.where(REMINDERS.c.state == "skipped").values(
    state=literal_column("'sent'"), reason=literal_column("''")
)
# By the index of what is planned: the first people are found in the first rows, however many are due.
_SOONEST = (
    select(REMINDERS.c.person_id)
    .where(text(PLANNED), REMINDERS.c.due_at <= bindparam("moment"))
    .order_by(REMINDERS.c.due_at, REMINDERS.c.person_id)
    .limit(bindparam("rows"))
)
_ROWS_FOR_EACH: Final = 4
"""Rows that are looked through for each of the people who are wanted, before all that is due is grouped."""
# Grouped by the bare column, SQLite walks the whole log person by person instead of what is due.
_somebody = (REMINDERS.c.person_id + literal_column("0")).label("somebody")
_FIRST_DUE = (
    select(_somebody)
    .where(text(PLANNED), REMINDERS.c.due_at <= bindparam("moment"))
    .group_by(_somebody)
    .order_by(func.min(REMINDERS.c.due_at), _somebody)
    .limit(bindparam("most"))
)
_AS_THEY_ARE: Final = [REMINDERS.c[{"due": "due_at"}.get(each.name, each.name)] for each in fields(Reminder)]
"""What a reminder is made of, in its order."""
_DUE_OF = (
    select(*_AS_THEY_ARE)
    .where(text(PLANNED), REMINDERS.c.due_at <= bindparam("moment"), _of_people)
    .order_by(REMINDERS.c.due_at, REMINDERS.c.id)
)
_NEXT_DUE = select(REMINDERS.c.due_at).where(text(PLANNED)).order_by(REMINDERS.c.due_at).limit(1)
_LETTERS = (
    select(REMINDERS.c.person_id, func.min(REMINDERS.c.settled_at).label("at"))
    .where(_of_people, REMINDERS.c.state == "sent", REMINDERS.c.settled_at >= bindparam("since"))
    .group_by(REMINDERS.c.person_id, REMINDERS.c.letter)
    .order_by(text("at"))
)
_OF_PERSON = (
    select(*_AS_THEY_ARE)
    .where(REMINDERS.c.person_id == bindparam("person"), REMINDERS.c.cycle_id == bindparam("cycle"))
    .order_by(REMINDERS.c.due_at, REMINDERS.c.id)
)
_OF_CYCLE = select(*_AS_THEY_ARE).where(REMINDERS.c.cycle_id == bindparam("cycle"))
_COUNTS = (
    select(REMINDERS.c.state, func.count().label("rows"))
    .where(REMINDERS.c.cycle_id == bindparam("cycle"))
    .group_by(REMINDERS.c.state)
)


def letter_key(cycle_id: str, person_id: int | str = "", day: str = "") -> str:
    """The key of the letter with a person's reminders of a local day (20200625), or how such keys begin."""
    named = [str(part) for part in (cycle_id, person_id, day) if part]
    return "/".join([_LETTER, *named, *([] if day else [""])])


def _of_letter(key: str) -> dict[str, Any]:
    named, person, day = key.removeprefix(f"{_LETTER}/").rsplit("/", 2)
    return {"cycle": named, "person": int(person), "day": day}


class Reminders:
    """The reminders of all people. Every change is written at once."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    # --- planning -----------------------------------------------------------------------------------------------

    async def plan(
        self,
        cycle_id: str,
        person_ids: Collection[int],
        wanted: Sequence[Planned],
        now: datetime,
        *,
        since: datetime | None = None,
        spares: Callable[[str], bool] = lambda _: False,
    ) -> Planning:
        """Make what is planned for these people in a cycle what is wanted; doing it again changes nothing.

        What is planned and no longer wanted is cancelled ("replaced"), what is missing comes in, what differs is
        moved; a reminder that was put off stays so until the plan itself changes. What was sent or skipped is never
        touched. What was cancelled and is wanted again is planned again, unless its moment has passed (`now`, UTC).
        What is missing and was due by `since` (UTC) stays out: it was known too late. Of what is no longer wanted,
        keys that `spares` knows stay: somebody else planned them, by `add`.
        Raises ValueError when something is wanted for somebody who is not among the people.
        """
        people = sorted(set(person_ids))
        if not {each.person_id for each in wanted} <= set(people):
            raise ValueError("something is planned for people who are not named")
        missing = {each.key: each for each in wanted}
        moves: list[dict[str, Any]] = []
        surplus: list[int] = []
        new = kept = 0
        for of, key, state, *before in await self._known(cycle_id, people):
            planned = missing.pop(key, None)
            if planned is None:
                surplus += [of] if state == "planned" and not spares(key) else []
            elif state == "cancelled" and planned.due > now:
                new += 1
                moves.append(_move(of, planned, now))
            elif state == "planned" and before != _by_plan(planned):
                moves.append(_move(of, planned, now))
            else:
                kept += 1
        for some in _slices(moves):
            await self._pen.pour(_MOVE, some)
        cancelled = len(await self.settle(surplus, "cancelled", "replaced", now))
        fresh = [each for each in missing.values() if since is None or each.due > since]
        await self._insert(cycle_id, fresh, now)
        return Planning(new + len(fresh), kept, len(moves) - new, cancelled)

    async def add(self, cycle_id: str, wanted: Sequence[Planned], now: datetime) -> None:
        """Plan these beside what the policy plans; a key that is there already stays as it is."""
        await self._insert(cycle_id, wanted, now)

    # --- saying ---------------------------------------------------------------------------------------------------

    async def due(self, now: datetime, people: int) -> dict[int, list[Reminder]]:
        """All that is due for at most so many people, by person: those whose oldest has waited longest come first.

        Several processes may see the same; who says them holds the lease "reminders", and says what `settle` returns.
        """
        ids = await self._first_due(now, people)
        found: dict[int, list[Reminder]] = {person: [] for person in ids}
        for some in _slices(ids):
            for row in await self._pen.rows(_DUE_OF, {"moment": now, "people": some}):
                reminder = _reminder(row)
                found[reminder.person_id].append(reminder)
        return found

    async def _first_due(self, now: datetime, people: int) -> list[int]:
        """At most so many people to whom something is due, the one who has waited longest first."""
        most = people * _ROWS_FOR_EACH
        rows = await self._pen.rows(_SOONEST, {"moment": now, "rows": most})
        ids = list(dict.fromkeys(row[0] for row in rows))[:people]
        if len(ids) == people or len(rows) < most:
            return ids
        return [row[0] for row in await self._pen.rows(_FIRST_DUE, {"moment": now, "most": people})]

    async def settle(
        self, ids: Collection[int], state: Settled, reason: str, now: datetime, letter: str = ""
    ) -> set[int]:
        """Write what became of reminders; returns which of them were still planned. The others stay as they are."""
        values = {"as": state, "why": reason, "moment": now, "key_of_letter": letter}
        settled: set[int] = set()
        for some in _slices(sorted(set(ids))):
            settled.update(row.id for row in await self._pen.written(_SETTLE, {**values, "ids": some}))
        return settled

    async def put_off(self, ids: Collection[int], due_at: datetime, shifted: str) -> None:
        """Say these later, at `due_at` (UTC), and why; what is settled stays as it is."""
        for some in _slices(sorted(set(ids))):
            await self._pen.write(_PUT_OFF, {"ids": some, "until": due_at, "why": shifted})

    async def plan_again(self, letters: Collection[str]) -> None:
        """Put the reminders of letters with these keys (`letter_key`) back: they were taken back and are due still."""
        if letters:
            await self._pen.write(_PLAN_AGAIN, [_of_letter(key) for key in letters])

    async def lose(self, letters: Collection[str]) -> None:
        """Skip the reminders of letters with these keys (`letter_key`), which could not be delivered ("blocked")."""
        if letters:
            await self._pen.write(_LOSE, [_of_letter(key) for key in letters])

    async def find(self, letters: Collection[str]) -> None:
        """The reminders of letters with these keys (`letter_key`) were said after all, although they had been lost."""
        if letters:
            await self._pen.write(_FIND, [_of_letter(key) for key in letters])

    async def sent_since(self, person_ids: Collection[int], since: datetime) -> dict[int, list[datetime]]:
        """When these people got a letter with reminders since then (UTC), the first one first; one moment a letter."""
        people = sorted(set(person_ids))
        found: dict[int, list[datetime]] = {person: [] for person in people}
        for some in _slices(people):
            for row in await self._pen.rows(_LETTERS, {"people": some, "since": since}):
                found[row.person_id].append(row.at)
        return found

    async def next_due(self) -> datetime | None:
        """When the next reminder is due (UTC); in the past when one waits, None when nothing is planned."""
        row = await self._pen.row(_NEXT_DUE)
        return row.due_at if row is not None else None

    # --- the log --------------------------------------------------------------------------------------------------

    async def of_person(self, person_id: int, cycle_id: str) -> list[Reminder]:
        """A person's reminders in a cycle, in the order in which they are or were due."""
        rows = await self._pen.rows(_OF_PERSON, {"person": person_id, "cycle": cycle_id})
        return [_reminder(row) for row in rows]

    async def of_cycle(
        self,
        cycle_id: str,
        state: ReminderState | None = None,
        *,
        country: str | None = None,
        limit: int = 100,
    ) -> list[Reminder]:
        """A cycle's reminders: those to come with the soonest first, otherwise the latest first."""
        query = _OF_CYCLE
        if state is not None:
            query = query.where(REMINDERS.c.state == state)
        if country is not None:
            query = query.where(REMINDERS.c.country == country)
        order = REMINDERS.c.due_at.asc() if state == "planned" else REMINDERS.c.due_at.desc()
        rows = await self._pen.rows(query.order_by(order, REMINDERS.c.id).limit(limit), {"cycle": cycle_id})
        return [_reminder(row) for row in rows]

    async def counts(self, cycle_id: str, country: str | None = None) -> dict[ReminderState, int]:
        """How many reminders of a cycle, or of one country in it, are in each state."""
        query = _COUNTS if country is None else _COUNTS.where(REMINDERS.c.country == country)
        found: dict[ReminderState, int] = {"planned": 0, "sent": 0, "skipped": 0, "cancelled": 0}
        for row in await self._pen.rows(query, {"cycle": cycle_id}):
            found[row.state] = row.rows
        return found

    async def forget(self, person_id: int) -> None:
        """Remove a person's reminders, whatever became of them."""
        await self._pen.write(delete(REMINDERS).where(REMINDERS.c.person_id == person_id))

    # --- rows -----------------------------------------------------------------------------------------------------

    async def _known(self, cycle_id: str, people: Sequence[int]) -> list[Any]:
        """Every row of these people; on PostgreSQL the planned ones are held until the transaction ends."""
        found: list[Any] = []
        for some in _slices(people):
            values = {"cycle": cycle_id, "people": some}
            if self._pen.kind == "postgresql":
                await self._pen.rows(_PLANNED_OF, values)
            found += await self._pen.rows(_KNOWN, values)
        return found

    async def _insert(self, cycle_id: str, wanted: Iterable[Planned], now: datetime) -> None:
        insert = _INSERT[self._pen.kind]
        ordered = sorted(wanted, key=attrgetter("key"))
        for some in _slices(ordered):
            columns: dict[str, list[Any]] = {
                name: [each(one) for one in some] for name, each in _GIVEN.items()
            }
            columns |= {"cycle": [cycle_id] * len(some), "moment": [now] * len(some)}
            await self._pen.pour_columns(insert, columns)


def _slices(things: Sequence[_Thing]) -> Iterator[Sequence[_Thing]]:
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))


def _by_plan(planned: Planned) -> list[Any]:
    """What makes a change of the plan, as `_KNOWN` has it: that a reminder was put off is none."""
    return [planned.due, planned.nominal, planned.content, planned.country]


def _move(of: int, planned: Planned, now: datetime) -> dict[str, Any]:
    return {
        "of": of,
        "to_country": planned.country,
        "to_content": planned.content,
        "to_nominal": planned.nominal,
        "to_moment": planned.due,
        "why": planned.shifted,
        "moment": now,
    }


def _reminder(row: Any) -> Reminder:
    return Reminder(*row)
