"""What the region's standing is made of, asked of the database once for all countries; no names and no answers."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from workflows.immutable import Immutable
from workflows.store.pen import Pen
from workflows.store.tables import INVITATIONS, MEMBERSHIPS, SUBMISSIONS
from workflows.store.tables_calendar import REGISTRATIONS
from workflows.store.tables_passage import EDITION_ACTS, EDITIONS

CONTRIBUTION: Final = "/"
"""What parts a country from the place of a colleague in the name of the colleague's own draft."""
_OWN: Final = ("focal_point", "contributor", "clearer")
"""The roles of a state's own people; those who support it serve others too."""
_OF_CYCLE: Final = SUBMISSIONS.c.cycle_id == bindparam("cycle")
_PLACES = (
    select(
        MEMBERSHIPS.c.country,
        MEMBERSHIPS.c.role,
        func.count().label("places"),
        func.max(MEMBERSHIPS.c.began_at).label("newest"),
    )
    .where(
        MEMBERSHIPS.c.cycle_id == bindparam("cycle"),
        MEMBERSHIPS.c.ended_at.is_(None),
        MEMBERSHIPS.c.role.in_(_OWN),
    )
    .group_by(MEMBERSHIPS.c.country, MEMBERSHIPS.c.role)
)
_INVITED = (
    select(INVITATIONS.c.country)
    .where(
        INVITATIONS.c.cycle_id == bindparam("cycle"),
        INVITATIONS.c.role.in_(_OWN),
        INVITATIONS.c.used_at.is_(None),
        INVITATIONS.c.expires_at > bindparam("moment", type_=INVITATIONS.c.expires_at.type),
    )
    .distinct()
)
_ACTIVITY = select(SUBMISSIONS.c.country, SUBMISSIONS.c.last_activity_at).where(
    _OF_CYCLE, SUBMISSIONS.c.last_activity_at.is_not(None)
)
_CAME_IN = (
    select(MEMBERSHIPS.c.country, func.count().label("places"))
    .where(
        MEMBERSHIPS.c.cycle_id == bindparam("cycle"),
        MEMBERSHIPS.c.began_at > bindparam("since", type_=MEMBERSHIPS.c.began_at.type),
        MEMBERSHIPS.c.ended_at.is_(None),
        MEMBERSHIPS.c.role.in_(_OWN),
    )
    .group_by(MEMBERSHIPS.c.country)
)
_ATTENDED = (
    select(REGISTRATIONS.c.country, func.count(REGISTRATIONS.c.session.distinct()).label("sessions"))
    .where(REGISTRATIONS.c.cycle_id == bindparam("cycle"), REGISTRATIONS.c.attended.is_(True))
    .group_by(REGISTRATIONS.c.country)
)
_PUT_ASIDE: Final = ("withdrawn", "changes_asked", "superseded")
_EDITIONS = (
    select(EDITIONS.c.country, EDITIONS.c.state, EDITIONS.c.step)
    .where(EDITIONS.c.cycle_id == bindparam("cycle"))
    .order_by(EDITIONS.c.country, EDITIONS.c.number)
)
_ACTS = (
    select(EDITIONS.c.country, EDITION_ACTS.c.act, EDITION_ACTS.c.at)
    .join(EDITION_ACTS, EDITION_ACTS.c.edition_id == EDITIONS.c.id)
    .where(EDITIONS.c.cycle_id == bindparam("cycle"))
    .order_by(EDITION_ACTS.c.id)
)


class Places(Immutable):
    """How many people of a country hold a place, how many of them are focal points, and when the newest came (UTC)."""

    people: int
    focal_points: int
    newest: datetime


class Passage(Immutable):
    """How far a country's text has gone: the state of its newest frozen text, and what was done to any of them.

    A text that was put aside, or that was frozen where no clearance is asked and not submitted, counts only where there
    is no other; then the state is "draft". `submitted_at` is when a version was first submitted,
    None before; `acts` are words and moments (UTC), in order.
    """

    state: str
    submitted_at: datetime | None
    acts: tuple[tuple[str, datetime], ...]


class Standings:
    """Counts and moments of a cycle by country; a statement for each question, however many countries there are."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def places(self, cycle_id: str) -> dict[str, Places]:
        """The countries that have people."""
        found: dict[str, Places] = {}
        for row in await self._pen.rows(_PLACES, {"cycle": cycle_id}):
            known = found.get(row.country, Places(0, 0, row.newest))
            found[row.country] = Places(
                known.people + row.places,
                known.focal_points + (row.places if row.role == "focal_point" else 0),
                max(known.newest, row.newest),
            )
        return found

    async def invited(self, cycle_id: str, now: datetime) -> set[str]:
        """The countries with an invitation that can still be taken up."""
        rows = await self._pen.rows(_INVITED, {"cycle": cycle_id, "moment": now})
        return {row.country for row in rows}

    async def activity(self, cycle_id: str) -> dict[str, datetime]:
        """When each country last wrote (UTC), its colleagues' own texts included."""
        await self._pen.flush()
        found: dict[str, datetime] = {}
        for row in await self._pen.rows(_ACTIVITY, {"cycle": cycle_id}):
            country = row.country.partition(CONTRIBUTION)[0]
            found[country] = max(found.get(country, row.last_activity_at), row.last_activity_at)
        return found

    async def attended(self, cycle_id: str) -> dict[str, int]:
        """At how many sessions somebody of each country was recorded as there."""
        rows = await self._pen.rows(_ATTENDED, {"cycle": cycle_id})
        return {row.country: row.sessions for row in rows}

    async def came_in(self, cycle_id: str, since: datetime) -> dict[str, int]:
        """How many people of each country have come in since a moment (UTC)."""
        rows = await self._pen.rows(_CAME_IN, {"cycle": cycle_id, "since": since})
        return {row.country: row.places for row in rows}

    async def passages(self, cycle_id: str) -> dict[str, Passage]:
        """How far the text of each country has gone that has frozen one."""
        await self._pen.flush()
        rows = await self._pen.rows(_EDITIONS, {"cycle": cycle_id})
        newest = {row.country: row for row in sorted(rows, key=_counts)}
        acts: dict[str, list[tuple[str, datetime]]] = {country: [] for country in newest}
        submitted: dict[str, datetime] = {}
        for row in await self._pen.rows(_ACTS, {"cycle": cycle_id}):
            acts[row.country].append((row.act, row.at))
            if row.act == "submit":
                submitted.setdefault(row.country, row.at)
        return {
            country: Passage(
                row.state if _counts(row) else "draft", submitted.get(country), tuple(acts[country])
            )
            for country, row in newest.items()
        }


def _counts(row: Row[Any]) -> bool:
    """Whether a frozen text is on its way or on record; one that waits for no clearance is when it is submitted."""
    return row.state not in _PUT_ASIDE and not (row.state == "cleared" and row.step == 0)
