"""The templates that letters are rendered with, read from the store at most once a minute."""

import asyncio

from workflows.review.template import Template
from workflows.store.transaction import Store


class Templates:
    """The template of each cycle, remembered for a minute."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[float, Template | None]] = {}

    async def of(self, cycle_id: str) -> Template | None:
        """The template that a cycle has pinned; None for no cycle."""
        if not cycle_id:
            return None
        moment = asyncio.get_running_loop().time()
        known = self._known.get(cycle_id)
        if known is not None and moment - known[0] < 60:  # noqa: PLR2004 - a minute
            return known[1]
        async with self._store.reading() as work:
            cycle = await work.cycles.get(cycle_id)
        template = cycle.template if cycle is not None else None
        self._known[cycle_id] = (moment, template)
        return template
