"""The commands for what was put aside: updates that could not be handled, and how they are handled after all."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.refusing import done, refuse

if TYPE_CHECKING:
    from workflows.store.updates import Parked

aside = typer.Typer(help="What was put aside: updates that could not be handled.", no_args_is_help=True)


@aside.callback()
def commands() -> None:
    """What was put aside: updates that could not be handled."""


@aside.command("list")
def list_() -> None:
    """Name the updates that were given up, the last one first; what people wrote is not shown."""
    parked = done(_parked())
    if not parked:
        typer.echo("Nothing was put aside.")
    for each in parked:
        when, kept = f"{each.at:%Y-%m-%d %H:%M} UTC", "kept" if each.is_kept else "let go by now"
        typer.echo(f"{each.update_id}  {when}  {each.error}, {each.attempts} times  what it held is {kept}")


async def _parked() -> "list[Parked]":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same

    async with app.opened(DataSettings.read()) as store, store.reading() as work:
        return await work.updates.all_parked()


@aside.command("again")
def again(
    update: Annotated[int, typer.Argument(help="The number of an update, as ./rafiq aside list says it.")],
) -> None:
    """Handle an update that was given up once more, after a mend; the running bot says what is to be said about it."""
    done(_again(update))
    typer.echo(f"{update} was handled. What is to be said about it goes out within seconds.")


async def _again(update: int) -> None:
    import secrets  # noqa: PLC0415 - other commands do without what takes long to load

    from bot import app  # noqa: PLC0415 - the same
    from bot.handlers import Doors  # noqa: PLC0415 - the same
    from bot.ingress.again import NotKept, StillUnreadable, handle_again  # noqa: PLC0415 - the same
    from bot.ingress.introducing import introduced  # noqa: PLC0415 - the same
    from bot.settings import Settings  # noqa: PLC0415 - the same
    from workflows.store.values import StoreAway  # noqa: PLC0415 - the same

    settings = Settings.read()
    async with app.wired(settings) as wire:
        identity = await introduced(wire)
    doors = Doors(secrets.token_bytes, settings.file_limit)
    async with app.timed(settings) as (store, clock):
        try:
            await handle_again(store, doors, identity, update, clock.now())
        except NotKept:
            refuse(
                f"{update}: no such update was put aside, or what it held was let go. See: ./rafiq aside list"
            )
        except StillUnreadable:
            refuse(f"{update}: this version cannot read it either, so it stays put aside.")
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the update stays and the operator is told
            refuse(
                f"{update}: it failed again ({type(error).__name__}) and stays put aside. Report it with the log line "
                "update_failed."
            )
