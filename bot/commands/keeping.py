"""Commands that keep what there is: a backup, its restoration, the drill, and the pause after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.refusing import done, refuse
from workflows.immutable import Immutable

if TYPE_CHECKING:
    from workflows.store.backups.drill import Drilled
    from workflows.store.backups.restoring import Restored
    from workflows.store.backups.taking import Progress, Taken
    from workflows.store.pauses import Announced, Pause, Waits

File = Annotated[Path, typer.Argument(help="A backup that ./rafiq backup has made.")]
Into = Annotated[
    str,
    typer.Option(
        help="A fresh place: a file that is not there yet, or the address of an empty PostgreSQL database."
    ),
]


def backup() -> None:
    """Back everything up into RAFIQ_BACKUP_FOLDER, sealed with RAFIQ_BACKUP_KEY, also while the bot is running."""
    taken = done(_backed_up())
    typer.echo(
        f"{taken.file}: {taken.contents.rows} rows of {len(taken.contents.tables)} tables, "
        f"{taken.size / 2**20:.1f} MiB, read back and found whole."
    )
    if taken.gone:
        typer.echo(
            f"{len(taken.gone)} earlier backups were let go (48 hours, 7 days, 4 weeks and 12 months stay)."
        )


async def _backed_up() -> "Taken":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.store.backups.taking import take  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    folder, key = settings.for_backups()
    async with app.timed(settings) as (store, clock):
        with _progress("Backing up") as progress:
            return await take(store, folder, key, clock.now(), progress)


def restore(file: File, into: Into = "") -> None:
    """Bring a backup back into a fresh database; the bot that starts there is paused until ./rafiq resume."""
    restored, place = done(_restored(file, into))
    contents = restored.contents
    typer.echo(
        f"{place}: {contents.rows} rows as they were on {contents.made_at:%Y-%m-%d %H:%M} UTC.\n"
        f"It is paused: people are answered, but letters to many and the {restored.waiting} letters that had not gone "
        "out by then wait.\n"
        "Let RAFIQ_DATABASE_URL name this place, start the bot, look at ./rafiq status, then: ./rafiq resume"
    )


async def _restored(file: Path, into: str) -> "tuple[Restored, str]":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.store.backups.restoring import restore as bring_back  # noqa: PLC0415 - the same
    from workflows.store.cipher import Cipher  # noqa: PLC0415 - the same
    from workflows.store.engine import shown  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    place = into if "://" in into else f"sqlite+aiosqlite:///{into}" if into else settings.database
    cipher = Cipher.from_settings(settings.key.get_secret_value(), settings.earlier_keys)
    with _progress("Restoring") as progress:
        now = app.Clock().now()
        restored = await bring_back(file, settings.backup_secret, place, cipher, now, progress)
    return restored, shown(place)


def drill(
    file: Annotated[
        Path | None, typer.Argument(help="A backup; without one, the last in the folder.")
    ] = None,
) -> None:
    """Restore the last backup into a place of its own, open everything in it, and put down that this went well."""
    drilled = done(_drilled(file))
    typer.echo(
        f"{drilled.file}: restored in {drilled.seconds:.1f} seconds; {drilled.rows} rows are as they were, "
        f"{drilled.opened} sealed values open, the audit is whole ({drilled.lines} lines)."
    )


async def _drilled(file: Path | None) -> "Drilled":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.store.backups.drill import drill as rehearse  # noqa: PLC0415 - the same
    from workflows.store.cipher import Cipher  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    folder, key = settings.for_backups()
    cipher = Cipher.from_settings(settings.key.get_secret_value(), settings.earlier_keys)
    with _progress("Drilling") as progress:
        return await rehearse(folder, key, cipher, app.Clock().now(), file, progress)


def pause(
    *,
    restored: Annotated[
        bool,
        typer.Option(
            "--restored", help="The database is of an earlier moment: another tool has restored it."
        ),
    ] = False,
) -> None:
    """Hold letters to many back from now on; people are still answered. ./rafiq resume ends it."""
    began, waiting = done(_paused(restored=restored))
    if restored:
        typer.echo(
            f"Letters to many wait from now on, and {waiting} that may have gone out since that moment."
        )
    else:
        typer.echo("Letters to many wait from now on." if began else "It is paused already.")


async def _paused(*, restored: bool) -> tuple[bool, int]:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same

    async with app.timed(DataSettings.read()) as (store, clock), store.transaction() as work:
        now = clock.now()
        began = (True, await work.wake(now)) if restored else (await work.pauses.begin("operator", now), 0)
        if began[0]:
            work.audit.note(now, None, "pause", "", "restored" if restored else "", "done")
        return began


def resume(
    *,
    send_waiting: Annotated[bool, typer.Option("--send-waiting", help="Send what waits.")] = False,
    drop_waiting: Annotated[bool, typer.Option("--drop-waiting", help="Never send what waits.")] = False,
) -> None:
    """End the pause, once it is decided what becomes of the letters that wait."""
    if send_waiting and drop_waiting:
        refuse("--send-waiting and --drop-waiting: choose one of them.")
    resumed = done(_resumed(send=send_waiting, drop=drop_waiting))
    if resumed.pause is None or resumed.announced is None:
        typer.echo("It is not paused.")
        return
    if not resumed.went_on:
        refuse(*_what_waits(resumed.pause, resumed, resumed.announced))
    letters = sum(each.letters for each in resumed.waits)
    what = f"{letters} letters, {resumed.due} reminders and {resumed.announced.overdue} announcements"
    typer.echo(f"It goes on. {what} {'were dropped' if drop_waiting else 'go out now'}.")
    for line in _comes_later(resumed.announced):
        typer.echo(line)


def _what_waits(pause: "Pause", resumed: "Resumed", announced: "Announced") -> Iterator[str]:
    of = f" (restored to {pause.restored_to:%Y-%m-%d %H:%M} UTC)" if pause.restored_to else ""
    yield f"It has been paused since {pause.at:%Y-%m-%d %H:%M} UTC{of}, and this waits:"
    for each in resumed.waits:
        yield f"  {each.topic}: {each.letters}, the oldest of {each.oldest:%Y-%m-%d %H:%M} UTC"
    yield f"  reminders that have come due and are in no letter yet: {resumed.due}"
    yield f"  announcements that were to begin by now and are in no letter yet: {announced.overdue}"
    if announced.people:
        yield f"  people whom announcements under way were to reach by now: {announced.people}"
    yield from _comes_later(announced)
    yield "Say what becomes of it: ./rafiq resume --send-waiting or ./rafiq resume --drop-waiting"
    if pause.reason == "restored":
        yield "What the restored moment does not know of may have been sent already."


def _comes_later(announced: "Announced") -> Iterator[str]:
    """What is planned goes out in its time, whatever becomes of the rest: it can be taken back in the chat."""
    if announced.first is not None:
        when = f"{announced.first:%Y-%m-%d %H:%M} UTC"
        yield f"  announcements planned for later: {announced.later}, the next at {when} (/announce takes them back)"


class Resumed(Immutable):
    """What was found, and whether the bot goes on: the pause, the letters that wait, what is due beside them."""

    pause: "Pause | None"
    waits: "tuple[Waits, ...]" = ()
    due: int = 0
    announced: "Announced | None" = None
    went_on: bool = False


async def _resumed(*, send: bool, drop: bool) -> Resumed:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same

    async with app.timed(DataSettings.read()) as (store, clock), store.transaction() as work:
        now = clock.now()
        if (pause := await work.pauses.current()) is None:
            return Resumed(None)
        waits, due = tuple(await work.pauses.waiting()), await work.pauses.due(now)
        announced = await work.pauses.announced(now)
        is_clear = not (waits or due or announced.overdue or announced.people)
        # After a restore nobody knows what was said since: it is decided by a word, also where nothing is seen to wait.
        if not (send or drop) and (not is_clear or pause.reason == "restored"):
            return Resumed(pause, waits, due, announced)
        if drop:
            await work.pauses.drop(now)
            await work.pauses.pass_over(now)
        await work.pauses.end()
        work.audit.note(now, None, "resume", "", pause.reason, "done")
        return Resumed(pause, waits, due, announced, went_on=True)


@contextmanager
def _progress(what: str) -> "Iterator[Progress]":
    """A bar on a terminal, and nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - other commands do without what takes long to load
    from rich.progress import Progress as Bar  # noqa: PLC0415 - the same

    console = Console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda rows, whole: bar.update(task, completed=rows, total=whole)
