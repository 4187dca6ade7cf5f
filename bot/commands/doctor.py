"""Commands that ask how the bot is: everything it needs, and what a running one says of itself."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.refusing import courteous, done, refuse

if TYPE_CHECKING:
    from bot.commands.examining import Finding

_MARKS: Final = {"ok": ("✓", "green"), "doubtful": ("?", "yellow"), "wrong": ("✗", "red")}

AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]
Probe = Annotated[str, typer.Argument(help="livez (the process runs) or readyz (it can take messages).")]


def doctor(*, as_json: AsJson = False) -> None:
    """Look at all that the bot needs: one line for each thing, with what to do. Exit code 1 if something is wrong."""
    from bot.commands.examining.all_of_it import examined  # noqa: PLC0415 - loaded for whoever is ill
    from bot.commands.examining.finding import worst  # noqa: PLC0415 - the same

    findings = done(examined(_now))
    if as_json:
        typer.echo(json.dumps(_as_json(findings), ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        _show(findings)
    else:
        for finding in findings:
            typer.echo(_line(finding))
    raise SystemExit(worst(findings) == "wrong")


def probe(path: Probe = "livez") -> None:
    """Ask the running bot at RAFIQ_PROBE_PORT how it is; exit code 1 unless it is well."""
    from bot.commands.examining import probing  # noqa: PLC0415 - loaded for whoever asks
    from bot.settings import ProbeSettings  # noqa: PLC0415 - the same

    asked = f"/{path.strip('/')}"
    if asked not in probing.PATHS:
        refuse(f"{path}: there is no such probe. Ask livez or readyz.")
    with courteous():
        settings = ProbeSettings.read()
    if settings.probe_port is None:
        refuse("RAFIQ_PROBE_PORT is not set, so no bot can be asked.")
    failed = probing.failing(settings, asked)
    if failed is None:
        typer.echo(f"Nothing answers at port {settings.probe_port}. Is the bot running?")
    else:
        typer.echo(f"{asked}: fails: {', '.join(failed)}" if failed else f"{asked}: good")
    raise SystemExit(failed != [])


def _now() -> datetime:
    """What this machine's clock says: the doctor compares it with others."""
    from bot.app import Clock  # noqa: PLC0415 - the one room that knows the clock

    return Clock().now()


def _clean(text: str) -> str:
    from bot.logs import masked  # noqa: PLC0415 - only who prints findings needs it

    return masked(text)


def _as_json(findings: "list[Finding]") -> dict[str, object]:
    from bot.commands.examining.finding import worst  # noqa: PLC0415 - the same

    rows = [
        {
            "check": each.check,
            "state": each.state,
            "said": _clean(each.said),
            "remedy": _clean(each.remedy),
        }
        for each in findings
    ]
    return {"state": worst(findings), "findings": rows}


def _line(finding: "Finding") -> str:
    remedy = f" {finding.remedy}" if finding.remedy else ""
    return _clean(f"{finding.state:<8} {finding.check:<14} {finding.said}.{remedy}")


def _show(findings: "list[Finding]") -> None:
    from rich.console import Console  # noqa: PLC0415 - only for people at a terminal
    from rich.table import Table  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    table = Table(box=None, pad_edge=False)
    for heading in ("", "Looked at", "Found", "What to do"):
        table.add_column(heading, overflow="fold")
    for each in findings:
        mark, colour = _MARKS[each.state]
        table.add_row(
            Text(mark, style=colour),
            each.check,
            Text(_clean(each.said)),
            Text(_clean(each.remedy), style="bold"),
        )
    Console().print(table)
