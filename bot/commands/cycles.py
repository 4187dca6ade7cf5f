"""Commands about a cycle's calendar: open a cycle, check a calendar, load it, and rehearse it at another time."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot.commands.preparing import SHIPPED, judged
from bot.commands.refusing import done, refuse

if TYPE_CHECKING:
    from workflows.cycle.calendar import Calendar
    from workflows.cycle.files.comparing import Difference
    from workflows.cycle.reminders.policy import ReminderPolicy
    from workflows.review.template import Template
    from workflows.use_cases.calendar.loading import Loaded

Source = Annotated[
    str, typer.Argument(metavar="FILE|ID", help="A calendar's file (YAML), or the name of one that ships.")
]
Policy = Annotated[Path | None, typer.Option(help="A reminder policy's file; else the one that stands.")]
Sure = Annotated[bool, typer.Option("--yes", help="Change a cycle in use, although nobody is told.")]
DATED: Final = {"exact": "on a day", "window": "within a window", "unstated": "not dated"}

cycle = typer.Typer(help="Review cycles and their calendars.", no_args_is_help=True)


@cycle.command("open")
def open_(
    cycle_id: Annotated[str, typer.Argument(metavar="ID", help="A short name, such as gcm-arab-2020.")],
    template: Annotated[Path, typer.Option(help="The template that the cycle is to follow.")] = SHIPPED,
) -> None:
    """Open a review cycle and pin its template; the calendar that ships under the same name is loaded with it."""
    from workflows.cycle.calendar import CYCLE_ID  # noqa: PLC0415 - other commands do without what takes long to load

    if not CYCLE_ID.fullmatch(cycle_id):
        refuse(
            f"{cycle_id}: a cycle's name has at most 32 small letters, digits and hyphens, such as gcm-arab-2020."
        )
    template_judged = judged(template)
    loaded = done(_open(cycle_id, template_judged))
    typer.echo(f"Cycle {cycle_id} is open, with template {template_judged.id} {template_judged.version}.")
    if loaded is None:
        typer.echo(f"It has no calendar yet. Load one: ./rafiq cycle load FILE --cycle {cycle_id}")
    else:
        typer.echo(
            f"The calendar that ships as {cycle_id} and the reminder policy {loaded.policy} are loaded. "
            f"What they leave in doubt: ./rafiq cycle check {cycle_id}"
        )


@cycle.command()
def check(source: Source, policy: Policy = None) -> None:
    """Judge a calendar, and a policy with it: name all their faults, or what in the calendar is in doubt."""
    from bot.commands.doubting import told  # noqa: PLC0415 - other commands do without what takes long to load
    from workflows.cycle.days.working_days import habits  # noqa: PLC0415 - the same
    from workflows.cycle.files.doubts import doubts  # noqa: PLC0415 - the same

    calendar, judged_policy = _calendar(source), _policy(policy)
    if judged_policy is not None:
        typer.echo(f"{policy}: good. {_number(len(judged_policy.rungs), 'rung')}.")
    found = doubts(calendar, habits())
    typer.echo(f"{source}: good. {_counted(calendar)}. {_number(len(found), 'doubt')}{':' if found else '.'}")
    for doubt in found:
        typer.echo(f"- {told(doubt, calendar)}")


@cycle.command()
def load(
    source: Source,
    policy: Policy = None,
    into: Annotated[str, typer.Option("--cycle", help="The open cycle; else the one of the file's id.")] = "",
    yes: Sure = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Bring a calendar into an open cycle, as a new version of its plan, and plan the reminders anew."""
    calendar = _calendar(source)
    _load(into or calendar.id, calendar, _policy(policy), sure=yes)


@cycle.command()
def shift(
    source: Source,
    to: Annotated[str, typer.Option(help="The day to begin, such as 2026-11-22; else today.")] = "",
    out: Annotated[Path | None, typer.Option(help="The file to write; else it is printed.")] = None,
    into: Annotated[str, typer.Option("--load", help="Load the rehearsal into this open cycle.")] = "",
    yes: Sure = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Make a rehearsal: a copy of a calendar that begins on a day, or in the week after it; weekdays stay."""
    from workflows.cycle.files.writing import written  # noqa: PLC0415 - other commands do without what takes long to load

    calendar = _calendar(source)
    rehearsal = _shifted(calendar, _day(to, calendar.zone))
    if out is not None:
        _write(out, written(rehearsal))
    elif not into:
        typer.echo(written(rehearsal), nl=False)
    if into:
        _load(into, rehearsal, None, sure=yes)


# --- in the store -------------------------------------------------------------------------------------------


async def _open(cycle_id: str, template: "Template") -> "Loaded | None":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.cycle.files.judging import shipped_calendar  # noqa: PLC0415 - the same
    from workflows.use_cases.calendar.loading import load as bring_in  # noqa: PLC0415 - the same
    from workflows.use_cases.opening import CycleExists, open_cycle  # noqa: PLC0415 - the same

    settings = DataSettings.read()
    calendar = shipped_calendar(cycle_id)
    async with app.timed(settings, make=True) as (store, clock), store.transaction() as work:
        now = clock.now()
        try:
            await open_cycle(work, cycle_id, template, now)
        except CycleExists:
            refuse(f"Cycle {cycle_id} is open already and keeps its template. Choose another name.")
        if calendar is None or calendar.template != template.id:
            return None
        return await bring_in(work, cycle_id, calendar, None, now)


def _load(cycle_id: str, calendar: "Calendar", policy: "ReminderPolicy | None", *, sure: bool) -> None:
    loaded = done(_bring_in(cycle_id, calendar, policy, sure=sure))
    if loaded.changes is None:
        typer.echo(f"Cycle {cycle_id} has a calendar now: {_counted(calendar)}.")
    for change in loaded.changes or ():
        typer.echo(_told(change))
    if loaded.changes:
        typer.echo(
            "Nobody was told of this. In chat, /schedule changes a date and tells everybody concerned."
        )
    if loaded.changes == () and not loaded.policy_changed:
        typer.echo(f"Nothing changes in cycle {cycle_id}: it has this calendar and this policy already.")
        return
    typer.echo(f"This is version {loaded.number}, with the reminder policy {loaded.policy}.")


def _told(change: "Difference") -> str:
    fields = f": {', '.join(change.fields)}" if change.fields else ""
    return f"- {change.milestone} {change.what}{fields}"


async def _bring_in(
    cycle_id: str, calendar: "Calendar", policy: "ReminderPolicy | None", *, sure: bool
) -> "Loaded":
    from bot import app  # noqa: PLC0415 - other commands do without what takes long to load
    from bot.settings import DataSettings  # noqa: PLC0415 - the same
    from workflows.use_cases.calendar.loading import InUse, NoSuchCycle, OtherTemplate  # noqa: PLC0415 - the same
    from workflows.use_cases.calendar.loading import load as bring_in  # noqa: PLC0415 - the same

    async with app.timed(DataSettings.read()) as (store, clock), store.transaction() as work:
        try:
            return await bring_in(work, cycle_id, calendar, policy, clock.now(), sure=sure)
        except InUse as use:
            refuse(
                f"Cycle {cycle_id} is in use, and the file would change these dates without anybody being told:",
                *map(_told, use.changes),
                "Change them in chat with /schedule, which tells everybody; or add --yes if nobody needs to know.",
            )
        except NoSuchCycle:
            refuse(
                f"There is no open cycle {cycle_id}. Open it first (./rafiq cycle open {cycle_id}), "
                "or name another one: see ./rafiq status."
            )
        except OtherTemplate as other:
            refuse(
                f"The calendar is for the template {calendar.template}, but cycle {cycle_id} follows {other}. "
                f"Write `template: {other}` in the file if it is meant for this cycle."
            )


# --- files --------------------------------------------------------------------------------------------------


def _calendar(source: str) -> "Calendar":
    """The calendar of a file, or of one that ships; refuses with all of its faults."""
    from workflows.cycle.calendar import Calendar  # noqa: PLC0415 - other commands do without what takes long to load
    from workflows.cycle.files.judging import FOLDER, judge  # noqa: PLC0415 - the same

    names = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    file = FOLDER / f"{source}.yaml" if source in names else Path(source)
    verdict = judge(_text(file, f"Name a calendar's file in UTF-8, or one that ships: {', '.join(names)}."))
    if not isinstance(verdict, Calendar):
        refuse(*(f"{source}: {fault.place}: {fault.fault} {fault.remedy}" for fault in verdict))
    return verdict


def _policy(file: Path | None) -> "ReminderPolicy | None":
    from workflows.cycle.reminders.policy import ReminderPolicy  # noqa: PLC0415 - other commands do without
    from workflows.cycle.reminders.policy_file import read_policy  # noqa: PLC0415 - the same

    if file is None:
        return None
    verdict = read_policy(_text(file, "Name a policy's file in UTF-8."))
    if not isinstance(verdict, ReminderPolicy):
        refuse(*(f"{file}: {fault.place}: {fault.fault} {fault.remedy}" for fault in verdict))
    return verdict


def _text(file: Path, remedy: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        refuse(f"{file}: cannot be read: {_why_unread(error)}. {remedy}")


def _why_unread(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it is no file"
    return "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else "that is no name of a file"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(f"{file}: cannot be written ({error.strerror}). Name a file in a folder of yours with --out.")
    typer.echo(f"{file} is written. See ./rafiq cycle check {file}")


def _shifted(calendar: "Calendar", to: date) -> "Calendar":
    from workflows.cycle.calendar import Calendar  # noqa: PLC0415 - other commands do without what takes long to load
    from workflows.cycle.files.judging import judge  # noqa: PLC0415 - the same
    from workflows.cycle.files.shifting import shifted  # noqa: PLC0415 - the same
    from workflows.cycle.files.writing import written  # noqa: PLC0415 - the same

    try:
        rehearsal = shifted(calendar, to)
    except OverflowError:
        _too_far(to)
    return rehearsal if isinstance(judge(written(rehearsal)), Calendar) else _too_far(to)


def _too_far(to: date) -> NoReturn:
    refuse(f"--to {to}: a date of the rehearsal would be too far away. Choose a day from 2000 to 2080.")


def _day(text: str, zone: str) -> date:
    """The day that somebody named; today in the calendar's zone where nobody did."""
    if not text:
        from bot import app  # noqa: PLC0415 - other commands do without what takes long to load

        return app.Clock().now().astimezone(ZoneInfo(zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"--to {text}: this is no day. Write year, month and day, such as 2026-11-22.")


def _counted(calendar: "Calendar") -> str:
    kinds = [each.when.kind for each in calendar.milestones]
    parts = [f"{kinds.count(kind)} {words}" for kind, words in DATED.items() if kind in kinds]
    return f"{_number(len(kinds), 'milestone')}: {', '.join(parts)}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count or 'no'} {what}s"
