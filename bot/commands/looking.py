"""The command that looks: where the region stands, in counts, and what the database says of the bot's own work."""

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from bot.commands.refusing import done, refuse

if TYPE_CHECKING:
    from rich.table import Table

    from bot.render import Voice
    from workflows.notices import CountryView, StatusView
    from workflows.reports.status_table import StatusTable
    from workflows.review.template import Template
    from workflows.store.values import Backlog, Cycle

Speech = Literal["ar", "en", "fr"]

Language = Annotated[str, typer.Option(help="The language of the words: ar, en or fr.")]
OneCountry = Annotated[
    str, typer.Option(help="One country, by its code or a name in any of the three languages.")
]
Csv = Annotated[Path | None, typer.Option(help="Write the region as CSV to this file.")]
Xlsx = Annotated[Path | None, typer.Option(help="Write the region as a workbook to this file.")]
Png = Annotated[Path | None, typer.Option(help="Write the region as a picture (PNG) to this file.")]


def status(
    language: Language = "en",
    country: OneCountry = "",
    csv: Csv = None,
    xlsx: Xlsx = None,
    picture: Png = None,
) -> None:
    """Where the region stands in the newest cycle, in counts; and the letters that wait."""
    speech = _speech(language)
    code = _country(country)
    done(_status(speech, code, {"csv": csv, "xlsx": xlsx, "png": picture}))


def _speech(language: str) -> Speech:
    known: tuple[Speech, ...] = get_args(Speech)
    speech = next((each for each in known if each == language), None)
    if speech is None:
        refuse(f"--language {language}: no such language here. Choose one of: {', '.join(known)}.")
    return speech


def _country(text: str) -> str:
    if not text:
        return ""
    from workflows import reference  # noqa: PLC0415 - other commands do without what takes long to load

    found = reference.find_country(text)
    if found is None:
        codes = ", ".join(each.code for each in reference.countries())
        refuse(f"--country {text}: not a country of the region. Choose one of: {codes}.")
    return found.code


async def _status(speech: Speech, country: str, files: dict[str, Path | None]) -> None:
    from rich.console import Console  # noqa: PLC0415 - the same

    from bot import app  # noqa: PLC0415 - the same
    from bot.commands.examining.probing import told  # noqa: PLC0415 - the same
    from bot.render import Voice  # noqa: PLC0415 - the same
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.people.roles import Actor  # noqa: PLC0415 - the same
    from workflows.use_cases.status.one_country import country_view  # noqa: PLC0415 - the same
    from workflows.use_cases.status.showing import A_DAY, status_view  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    console, voice = Console(), Voice.of(speech)
    async with app.timed(settings) as (store, clock), store.reading() as work:
        now = clock.now()
        cycles, backlog = await work.cycles.all(), await work.outbox.backlog()
        table = _work(store.kind, cycles, backlog, told(settings))
        if (pause := await work.pauses.current()) is not None:
            waits = sum(each.letters for each in await work.pauses.waiting())
            table.add_row(
                f"paused since {pause.at:%Y-%m-%d %H:%M} UTC ({pause.reason})", f"{waits} letters wait"
            )
        console.print(table)
        if not cycles:
            typer.echo("No cycle is open. Open one: ./rafiq cycle open gcm-arab-2020")
            return
        cycle = cycles[-1]
        officer = Actor(0, "secretariat", "", cycle.id)
        if country:
            _print_country(await country_view(work, officer, cycle, country, now), voice)
            return
        view = await status_view(work, officer, cycle, now, now - A_DAY)
    console.print(_region(view, voice))
    typer.echo(_numbers(view, voice))
    _write(view, voice, cycle.template, files)


def _work(kind: str, cycles: "list[Cycle]", backlog: "Backlog", bot: str) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - the same

    table = Table(title=f"Rafiq on {kind}")
    table.add_column("What")
    table.add_column("How many", justify="right")
    table.add_row("running bot", bot)
    table.add_row("cycles", str(len(cycles)))
    for cycle in cycles:
        table.add_row(f"  {cycle.id}", f"since {cycle.opened_at:%Y-%m-%d}")
    for state, count in backlog.counts.items():
        table.add_row(f"letters {state}", str(count))
    return table


# --- the region ------------------------------------------------------------------------------------------------------


def _region(view: "StatusView", voice: "Voice") -> "Table":
    from rich.table import Table  # noqa: PLC0415 - the same

    from bot.render import status_picture, status_words  # noqa: PLC0415 - the same

    rows = [row for page in range(status_picture.pages(view)) for row in _page(view, voice, page).rows]
    first = _page(view, voice, 0)
    table = Table(title=f"{first.title} · {view.cycle}")
    for heading in (first.state, voice.gettext("How far"), *first.sections, first.activity, first.deadline):
        table.add_column(heading, justify="right" if heading in first.sections else "left")
    for row in rows:
        far = status_words.standing(voice, row.state)
        cells = [cell.words for cell in row.cells]
        table.add_row(row.name, far, *cells, " ".join(row.activity), " ".join(row.deadline))
    return table


def _page(view: "StatusView", voice: "Voice", page: int, template: "Template | None" = None) -> "StatusTable":
    from bot.render.status_picture import status_table  # noqa: PLC0415 - the same

    return status_table(view.model_copy(update={"page": page}), voice, template)


def _numbers(view: "StatusView", voice: "Voice") -> str:
    from bot.render.standings import numbers  # noqa: PLC0415 - the same

    return _bare(numbers(view.figures, voice)) if view.figures else ""


def _print_country(view: "CountryView", voice: "Voice") -> None:
    from bot.render import render  # noqa: PLC0415 - the same

    message = render(view, voice, None)
    for part in (message.text, *message.more):
        typer.echo(_bare(part))


def _bare(html: str) -> str:
    """The words without the tags of a message, and without the marks that keep directions apart."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", unescape(re.sub("<[^>]+>", "", html)))


# --- files -----------------------------------------------------------------------------------------------------------


def _write(view: "StatusView", voice: "Voice", template: "Template", files: dict[str, Path | None]) -> None:
    for kind, path in files.items():
        if path is None:
            continue
        contents = _pictures(view, voice, template) if kind == "png" else [_table(view, voice, kind)]
        for number, content in enumerate(contents, start=1):
            place = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
            try:
                place.write_bytes(content)
            except OSError as error:
                refuse(
                    f"{place}: cannot be written ({error.strerror}). Name a file in a folder that is yours."
                )
            typer.echo(str(place))


def _pictures(view: "StatusView", voice: "Voice", template: "Template") -> list[bytes]:
    from bot.render.status_picture import pages  # noqa: PLC0415 - the same

    return [_page(view, voice, page, template).drawn().png for page in range(pages(view))]


def _table(view: "StatusView", voice: "Voice", kind: str) -> bytes:
    from bot.render import render  # noqa: PLC0415 - the same
    from workflows.notices import StatusFile  # noqa: PLC0415 - the same

    if view.figures is None:
        return b""
    table = StatusFile(
        kind="csv" if kind == "csv" else "xlsx",
        cycle=view.cycle,
        at=view.at,
        countries=view.countries,
        figures=view.figures,
    )
    document = render(table, voice, None).document
    return document.content if document else b""
