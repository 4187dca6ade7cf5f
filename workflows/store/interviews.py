"""Where each person is in the talk."""

from collections.abc import Collection
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, delete, or_, select

from workflows.review.answers import Held
from workflows.review.events import BEFORE_THE_FIRST, Focus, Interview
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import INTERVIEWS, SUBMISSIONS
from workflows.store.values import Desk, Draft

_HELD: TypeAdapter[tuple[Held, ...]] = TypeAdapter(tuple[Held, ...])
_OF = Prepared(select(INTERVIEWS).where(INTERVIEWS.c.person_id.in_(bindparam("people", expanding=True))))
_PAPERS = Prepared(
    select(SUBMISSIONS.c.id).where(
        SUBMISSIONS.c.cycle_id == bindparam("cycle"),
        or_(
            SUBMISSIONS.c.country == bindparam("of_country"), SUBMISSIONS.c.country.like(bindparam("beside"))
        ),
    )
)
_KEPT = ("turn", "focus", "previous", "replacing", "held", "seen")
_SAVE = Prepared.upsert(
    INTERVIEWS,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["person_id", "submission_id"], set_={name: insert.excluded[name] for name in _KEPT}
    ),
)


def held_place(person_id: int, submission_id: int) -> str:
    """Where texts that look for their place are sealed."""
    return f"held/{person_id}/{submission_id}"


class Interviews:
    """The pointers of all people."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._known: dict[tuple[int, int], Interview] = {}
        self._read: set[int] = set()
        self._changed: set[tuple[int, int]] = set()

    async def of(self, person_id: int, draft: Draft) -> Desk:
        """Where a person is in this draft; at the very beginning when they have not begun."""
        if person_id not in self._read:
            await self.prefetch([person_id])
        return Desk(self._known.get((person_id, draft.submission_id), BEFORE_THE_FIRST))

    def save(self, person_id: int, draft: Draft, interview: Interview) -> None:
        """Keep where a person is now."""
        self._known[person_id, draft.submission_id] = interview
        self._changed.add((person_id, draft.submission_id))
        self._read.add(person_id)

    async def prefetch(self, people: Collection[int]) -> None:
        """Load the pointers of these people."""
        wanted = [person for person in people if person not in self._read]
        if not wanted:
            return
        self._read.update(wanted)
        for row in await self._pen.rows(_OF, {"people": wanted}):
            self._known[row.person_id, row.submission_id] = self._interview(row)

    async def waiting(self, cycle_id: str, country: str, people: Collection[int]) -> dict[int, int]:
        """How many texts of these people look for their place in a country's review or beside it; never the texts."""
        await self.prefetch(people)
        rows = await self._pen.rows(
            _PAPERS, {"cycle": cycle_id, "of_country": country, "beside": f"{country}/%"}
        )
        papers = {row.id for row in rows}
        counts = dict.fromkeys(people, 0)
        for (person, paper), interview in self._known.items():
            if person in counts and paper in papers:
                counts[person] += len(interview.held)
        return {person: count for person, count in counts.items() if count}

    async def forget(self, person_id: int) -> None:
        """Remove a person's pointers and the texts they hold."""
        self._known = {place: known for place, known in self._known.items() if place[0] != person_id}
        self._changed = {place for place in self._changed if place[0] != person_id}
        await self._pen.write(delete(INTERVIEWS).where(INTERVIEWS.c.person_id == person_id))

    async def flush(self) -> None:
        """Write what waits, in one statement."""
        rows = [self._row(*place) for place in sorted(self._changed)]
        self._changed = set()
        if rows:
            await self._pen.write(_SAVE, rows)

    def _row(self, person_id: int, submission_id: int) -> dict[str, Any]:
        interview = self._known[person_id, submission_id]
        held = _HELD.dump_json(interview.held) if interview.held else None
        return {
            "person_id": person_id,
            "submission_id": submission_id,
            "turn": interview.turn,
            "focus": str(interview.focus),
            "previous": interview.previous,
            "replacing": interview.replacing,
            "held": self._pen.seal(held, held_place(person_id, submission_id)) if held else None,
            "seen": interview.seen,
        }

    def _interview(self, row: Row[Any]) -> Interview:
        held = self._pen.unseal(row.held, held_place(row.person_id, row.submission_id))
        return Interview(
            row.turn,
            Focus.read(row.focus),
            row.previous,
            row.replacing,
            _HELD.validate_json(held) if held else (),
            row.seen,
        )
