"""Which country offices can host a session."""

from datetime import datetime

from sqlalchemy import bindparam, select

from workflows.store.pen import Pen
from workflows.store.tables_calendar import HOSTING

_OF_SESSION = (
    select(HOSTING.c.country, HOSTING.c.is_open)
    .where(HOSTING.c.cycle_id == bindparam("cycle"), HOSTING.c.session == bindparam("of_session"))
    .order_by(HOSTING.c.country)
)


class Hosting:
    """What the secretariat has set; an office of which it has said nothing is not there."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of_session(self, cycle_id: str, session: str) -> dict[str, bool]:
        """Whether each country's office is open for a session."""
        rows = await self._pen.rows(_OF_SESSION, {"cycle": cycle_id, "of_session": session})
        return {row.country: row.is_open for row in rows}

    async def set(self, cycle_id: str, session: str, country: str, open_: bool, now: datetime) -> None:  # noqa: FBT001 - the one thing that is set
        """Open or close a country's office for a session; `now` is UTC."""
        columns = {"is_open": open_, "at": now}
        insert = self._pen.insert(HOSTING).values(
            cycle_id=cycle_id, session=session, country=country, **columns
        )
        keys = ["cycle_id", "session", "country"]
        await self._pen.write(insert.on_conflict_do_update(index_elements=keys, set_=columns))
