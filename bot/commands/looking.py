"""The command that looks: what the database says of the bot's own work, in counts."""

import typer

from bot.commands.refusing import done


def status() -> None:
    """Where the bot's work stands: the cycles, and the letters that wait."""
    done(_status())


async def _status() -> None:
    from rich.console import Console  # noqa: PLC0415 - other commands do without what takes long to load
    from rich.table import Table  # noqa: PLC0415 - the same

    from bot import app  # noqa: PLC0415 - the same
    from bot.settings import DataSettings  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    async with app.opened(settings) as store, store.reading() as work:
        cycles = await work.cycles.all()
        backlog = await work.outbox.backlog()
    table = Table(title=f"Rafiq on {store.kind}")
    table.add_column("What")
    table.add_column("How many", justify="right")
    table.add_row("cycles", str(len(cycles)))
    for cycle in cycles:
        table.add_row(f"  {cycle.id}", f"since {cycle.opened_at:%Y-%m-%d}")
    for state, count in backlog.counts.items():
        table.add_row(f"letters {state}", str(count))
    Console().print(table)
    if not cycles:
        typer.echo("No cycle is open. Open one: ./rafiq cycle open gcm-arab-2020")
