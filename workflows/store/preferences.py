"""How people want to be reminded."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select

from workflows.store.pen import Pen
from workflows.store.tables_calendar import PREFERENCES
from workflows.store.values_calendar import Preference

_AT_ONCE: Final = 5_000
"""How many people are asked for in one statement; the engines take some 32,000 values."""
_OF = select(PREFERENCES).where(PREFERENCES.c.person_id.in_(bindparam("people", expanding=True)))


class Preferences:
    """The preferences of all people; who has set nothing has the default."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of(self, person_ids: Collection[int]) -> dict[int, Preference]:
        """The preference of each of these people."""
        ids = sorted(set(person_ids))
        found = {person: Preference(person) for person in ids}
        for start in range(0, len(ids), _AT_ONCE):
            rows = await self._pen.rows(_OF, {"people": ids[start : start + _AT_ONCE]})
            found.update({row.person_id: _preference(row) for row in rows})
        return found

    async def set(self, preference: Preference) -> None:
        """Keep how a person wants it from now on."""
        columns = {
            "hour": preference.hour,
            "hijri": preference.hijri,
            "paused": preference.paused,
            "snoozed_until": preference.snoozed_until,
            "morning": preference.morning,
            "digest": preference.digest,
            "status_seen_at": preference.status_seen_at,
        }
        insert = self._pen.insert(PREFERENCES).values(person_id=preference.person_id, **columns)
        await self._pen.write(insert.on_conflict_do_update(index_elements=["person_id"], set_=columns))

    async def forget(self, person_id: int) -> None:
        """Remove what a person has set."""
        await self._pen.write(delete(PREFERENCES).where(PREFERENCES.c.person_id == person_id))


def _preference(row: Row[Any]) -> Preference:
    return Preference(
        row.person_id,
        row.hour,
        row.hijri,
        row.paused,
        row.snoozed_until,
        row.morning,
        row.digest,
        row.status_seen_at,
    )
