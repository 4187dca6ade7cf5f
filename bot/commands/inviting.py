"""The command that makes invitations: the first people come in by it."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, get_args

import typer

from bot.commands.refusing import done, refuse
from workflows.people.roles import OFFICES, Role

if TYPE_CHECKING:
    from bot.settings import Settings
    from workflows.review.template import Template

MOST: Final = 500


def invite(
    role: Annotated[str, typer.Option(help="focal_point, contributor, clearer, supporter or secretariat.")],
    country: Annotated[str, typer.Option(help="Two letters, such as JO; none for the secretariat.")] = "",
    scope: Annotated[
        str,
        typer.Option(
            help=f"Of a supporter: {', '.join(OFFICES)}. Of a clearer: 1 or 2. Of a contributor: a question."
        ),
    ] = "",
    count: Annotated[int, typer.Option(min=1, max=MOST, help="How many invitations.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=90, help="How long they can be taken up.")] = 7,
    *,
    plain: Annotated[bool, typer.Option("--plain", help="Print bare tokens instead of links.")] = False,
) -> None:
    """Make single-use invitations to the newest cycle and print them; they are stored nowhere."""
    wanted_role = _role(role)
    wanted = _country(wanted_role, country), _scope(wanted_role, scope)
    for line in done(_invite(wanted_role, *wanted, count, days, plain=plain)):
        typer.echo(line)


def _role(text: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    role = next((role for role in roles if role == text), None)
    if role is None:
        refuse(f"--role {text}: there is no such role. Choose one of: {', '.join(roles)}.")
    return role


def _country(role: Role, text: str) -> str:
    if role == "supporter" and not text:
        return ""
    if role == "secretariat":
        if text:
            refuse("--country: the secretariat belongs to no country. Leave it out.")
        return ""
    from workflows import reference  # noqa: PLC0415 - other commands do without what takes long to load

    known = reference.find_country(text) if text else None
    if known is None:
        codes = ", ".join(country.code for country in reference.countries())
        fault = f"{text}: not a country of the region" if text else f"(missing): a {role} needs one"
        refuse(f"--country {fault}. Choose one of: {codes}.")
    return known.code


def _scope(role: Role, text: str) -> str:
    """What narrows the role; refuses what the role does not know."""
    known = {"supporter": OFFICES, "clearer": ("1", "2")}.get(role)
    if known is not None and text not in known:
        refuse(f"--scope {text or '(missing)'}: a {role} needs one. Choose one of: {', '.join(known)}.")
    if text and role in ("focal_point", "secretariat"):
        refuse(f"--scope {text}: a {role} has none. Leave it out.")
    return text


async def _invite(role: Role, country: str, scope: str, count: int, days: int, *, plain: bool) -> list[str]:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings, Settings  # noqa: PLC0415 - the same
    from workflows.use_cases.inviting import Wanted, make  # noqa: PLC0415 - the same

    settings = DataSettings.read() if plain else Settings.read()
    link = "{}" if not isinstance(settings, Settings) else await _link(settings)
    async with app.timed(settings) as (store, clock), store.transaction() as work:
        cycle = await work.cycles.current()
        if cycle is None:
            refuse("There is no cycle to invite anybody to. Open one first: ./rafiq cycle open gcm-arab-2020")
        _judge(cycle.template, role, scope)
        wanted = Wanted(cycle.id, role, country, clock.now() + timedelta(days=days), scope=scope)
        tokens = [await make(work, wanted, secrets.token_bytes, clock.now()) for _ in range(count)]
    return [link.format(token) for token in tokens]


def _judge(template: "Template", role: Role, scope: str) -> None:
    """Refuse a section or question that the cycle's template does not have."""
    if role != "contributor" or not scope:
        return
    known = [
        each for section in template.sections for each in (section.id, *(q.id for q in section.questions))
    ]
    if scope not in known:
        refuse(
            f"--scope {scope}: the template has no such section or question. Choose one of: {', '.join(known)}."
        )


async def _link(settings: "Settings") -> str:
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.ingress.introducing import introduced  # noqa: PLC0415 - the same

    async with app.wired(settings) as wire:
        me = await introduced(wire, "An invitation can be made without it: add --plain.")
    return f"https://t.me/{me.username}?start={{}}"
