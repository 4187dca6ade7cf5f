"""Which drafts stay as they are because their newest frozen text that was not withdrawn was submitted."""

from collections.abc import Collection

from sqlalchemy import bindparam, select, tuple_

from workflows.review.passage import locked
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables_passage import EDITIONS

Place = tuple[str, str]
"""A cycle and a country."""
_STATES = Prepared(
    select(EDITIONS.c.cycle_id, EDITIONS.c.country, EDITIONS.c.state)
    .where(tuple_(EDITIONS.c.cycle_id, EDITIONS.c.country).in_(bindparam("places", expanding=True)))
    .where(EDITIONS.c.state != "withdrawn")
    .order_by(EDITIONS.c.number)
)


async def locked_places(pen: Pen, places: Collection[Place]) -> frozenset[Place]:
    """Those of these places whose draft is locked.

    Ask after the drafts' rows were locked, in a statement of its own: only then it sees what whoever held them wrote.
    """
    rows = await pen.rows(_STATES, {"places": sorted(set(places))}) if places else []
    newest = {(row.cycle_id, row.country): row.state for row in rows}
    return frozenset(place for place, state in newest.items() if locked(state))
