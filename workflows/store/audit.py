"""The audit: who did what where, and what came of it; never what was said."""

from datetime import datetime
from typing import Any

from workflows.store.pen import Pen
from workflows.store.tables import AUDIT


class Audit:
    """Lines of the audit, written with the transaction."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._lines: list[dict[str, Any]] = []

    def note(
        self, at: datetime, person_id: int | None, act: str, country: str, thing: str, outcome: str
    ) -> None:
        """Write a line; `person_id` None is the system itself or its operator."""
        self._lines.append(
            {
                "at": at,
                "person_id": person_id,
                "act": act,
                "country": country,
                "thing": thing,
                "outcome": outcome,
            }
        )

    async def flush(self) -> None:
        """Write what waits."""
        lines, self._lines = self._lines, []
        if lines:
            await self._pen.write(AUDIT.insert(), lines)
