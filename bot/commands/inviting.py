"""The command that makes invitations: the first people come in by it."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, get_args

import typer

from bot.commands.refusing import done, refuse
from workflows.people.roles import Role

if TYPE_CHECKING:
    from bot.settings import Settings

MOST: Final = 500


def invite(
    role: Annotated[str, typer.Option(help="focal_point, contributor or secretariat.")],
    country: Annotated[str, typer.Option(help="Two letters, such as JO; none for the secretariat.")] = "",
    count: Annotated[int, typer.Option(min=1, max=MOST, help="How many invitations.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=90, help="How long they can be taken up.")] = 7,
    *,
    plain: Annotated[bool, typer.Option("--plain", help="Print bare tokens instead of links.")] = False,
) -> None:
    """Make single-use invitations to the newest cycle and print them; they are stored nowhere."""
    wanted_role = _role(role)
    country = _country(wanted_role, country)
    for line in done(_invite(wanted_role, country, count, days, plain=plain)):
        typer.echo(line)


def _role(text: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    role = next((role for role in roles if role == text), None)
    if role is None:
        refuse(f"--role {text}: there is no such role. Choose one of: {', '.join(roles)}.")
    return role


def _country(role: Role, text: str) -> str:
    if role == "secretariat":
        if text:
            refuse("--country: the secretariat belongs to no country. Leave it out.")
        return ""
    from workflows import reference  # noqa: PLC0415 - other commands do without what takes long to load

    known = reference.find_country(text) if text else None
    if known is None:
        codes = ", ".join(country.code for country in reference.countries())
        refuse(f"--country {text or '(missing)'}: not a country of the region. Choose one of: {codes}.")
    return known.code


async def _invite(role: Role, country: str, count: int, days: int, *, plain: bool) -> list[str]:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings, Settings  # noqa: PLC0415 - the same
    from workflows.use_cases.inviting import Wanted, make  # noqa: PLC0415 - the same

    settings = DataSettings.read() if plain else Settings.read()
    link = "{}" if not isinstance(settings, Settings) else await _link(settings)
    clock = app.Clock(settings.clock_url)
    await clock.refresh()
    async with app.opened(settings) as store, store.transaction() as work:
        cycle = await work.cycles.current()
        if cycle is None:
            refuse("There is no cycle to invite anybody to. Open one first: ./rafiq cycle open gcm-arab-2020")
        wanted = Wanted(cycle.id, role, country, clock.now() + timedelta(days=days))
        tokens = [await make(work, wanted, secrets.token_bytes, clock.now()) for _ in range(count)]
    return [link.format(token) for token in tokens]


async def _link(settings: "Settings") -> str:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load

    async with app.wired(settings) as wire:
        me = await app.introduce(wire, app.Life())
    return f"https://t.me/{me.username if me else ''}?start={{}}"
