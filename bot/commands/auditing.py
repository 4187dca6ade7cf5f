"""The command that looks whether the audit is whole."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.refusing import done, refuse

if TYPE_CHECKING:
    from workflows.store.audit import Chain

audit = typer.Typer(help="The audit: who did what, and when.", no_args_is_help=True)
BROKEN = 1
_WHY = {
    "changed": "the line is not as it was written",
    "removed": "a line before it, or at the end, is missing",
}


@audit.callback()
def commands() -> None:
    """The audit: who did what, and when."""


@audit.command("verify")
def verify(
    head: Annotated[
        str, typer.Option(help="A head that was printed earlier: is it still in the chain?")
    ] = "",
) -> None:
    """Look whether every line of the audit is there and as it was written; exit code 1 where one is not."""
    known = head.strip().lower()
    if known and not re.fullmatch(r"[0-9a-f]{64}", known):
        refuse(f"--head {head}: a head has 64 digits from 0 to f, as this command prints it.")
    chain = done(_verified(known))
    if chain.broken_at:
        typer.echo(
            f"The audit is broken at line {chain.broken_at}: {_WHY[chain.why]}. {chain.lines} lines before it hold.\n"
            "Restore the last backup beside this database and compare the table “audit” from that line on.",
            err=True,
        )
        raise typer.Exit(BROKEN)
    if not chain.holds_known:
        typer.echo(
            f"The audit holds in itself ({chain.lines} lines), but the head {head} is not in it: it was written anew.\n"
            "Restore the backup that was made when that head was printed, and compare.",
            err=True,
        )
        raise typer.Exit(BROKEN)
    between = f" from {chain.first:%Y-%m-%d %H:%M} to {chain.last:%Y-%m-%d %H:%M} UTC" if chain.first else ""
    typer.echo(f"The audit is whole: {chain.lines} lines{between}.\nhead {chain.head or '-'}")


async def _verified(head: str) -> "Chain":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same

    async with app.opened(DataSettings.read()) as store, store.reading() as work:
        return await work.audit.verify(head)
