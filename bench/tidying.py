"""`python -m bench.tidying`: what the hourly tidying costs in a full house, with nothing due and with all of it due."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bench.filling import AT, fill
from bench.measuring import RESULTS
from workflows.store.cipher import Cipher, generate_key
from workflows.store.engine import BEGIN
from workflows.store.retention import AT_ONCE, Sweep
from workflows.store.tables import SEEN
from workflows.store.transaction import Store, migrate

PEOPLE: Final = 5_000


@dataclass(frozen=True)
class Tidied:
    """What one beat of the tidying did: rows changed, transactions, seconds in all and of the longest transaction."""

    rows: int
    transactions: int
    seconds: float
    longest: float


async def tidied(store: Store, now: datetime) -> Tidied:
    """Let go all that is due at a moment (UTC), as the bot does once an hour."""
    began, longest, rows, transactions, sweep = time.perf_counter(), 0.0, 0, 0, Sweep()
    while True:
        at = time.perf_counter()
        async with store.transaction() as work:
            changed = await work.tidy(now, sweep)
        longest = max(longest, time.perf_counter() - at)
        rows, transactions = rows + changed, transactions + 1
        if not changed and sweep.done:
            return Tidied(rows, transactions, time.perf_counter() - began, longest)


async def _fill(store: Store, letters: int) -> None:
    await fill(store, PEOPLE, letters // 2)
    engine = store._engine.execution_options(**{BEGIN: "IMMEDIATE"})  # noqa: SLF001 - by updates it would take minutes
    async with engine.begin() as connection:
        await connection.execute(SEEN.insert(), [{"update_id": each, "at": AT} for each in range(letters)])


async def measure(letters: int) -> list[tuple[str, Tidied]]:
    """So many letters and update numbers of one day, tidied the same day, three months later, and once more."""
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:  # on the disk of the checkout, not in memory
        url = f"sqlite+aiosqlite:///{Path(folder) / 'rafiq.db'}"
        await migrate(url)
        store = await Store.open(url, Cipher.from_settings(generate_key()))
        try:
            await _fill(store, letters)
            moments = (
                ("the same day, nothing is due", timedelta(hours=1)),
                ("three months later", timedelta(days=91)),
                ("an hour after that", timedelta(days=91, hours=1)),
            )
            return [(words, await tidied(store, AT + later)) for words, later in moments]
        finally:
            await store.close()


def main(
    letters: Annotated[
        int, typer.Option(min=2, help="Letters that were sent, and as many update numbers.")
    ] = 600_000,
) -> None:
    """Measure the tidying on SQLite."""
    table = Table(
        title=f"Tidying with {letters:,} letters and {letters:,} update numbers of {PEOPLE:,} people"
    )
    for heading in ("", "rows changed", "transactions", "seconds in all", "longest transaction"):
        table.add_column(heading, justify="right" if heading else "left")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for words, found in runner.run(measure(letters)):
            table.add_row(
                words,
                f"{found.rows:,}",
                f"{found.transactions:,}",
                f"{found.seconds:.2f}",
                f"{found.longest * 1000:.0f} ms",
            )
    Console().print(table)
    typer.echo(
        f"At most {AT_ONCE:,} rows change in a transaction; people's updates are written between two of them."
    )


if __name__ == "__main__":
    typer.run(main)
