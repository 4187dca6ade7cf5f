"""The region as a table for spreadsheet programs, with headings in the reader's language and digits that count."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.render.headings import capital
from bot.render.markup import plain
from bot.render.messages import File, Message, message
from bot.render.status_words import day_in, moment_of, numeral, own_deadline, percent, standing
from bot.render.voice import Spoken, Voice
from workflows.notices import CountryLine, StatusFigures, StatusFile

if TYPE_CHECKING:
    from workflows.reports.spreadsheet import Cell, Sheet


def status_file(notice: StatusFile, voice: Voice) -> Message:
    """The table as a document: a workbook with the numbers of the region beside it, or plain CSV."""
    from workflows.reports.spreadsheet import as_csv, as_xlsx  # noqa: PLC0415 - loaded when a table is wanted

    first, second = sheets(notice, voice)
    content = as_xlsx([first, second]) if notice.kind == "xlsx" else as_csv(first)
    day = day_in(voice, notice.at)
    name = f"status-{notice.cycle}-{day.isoformat() if day else ''}.{notice.kind}"
    caption = voice.gettext(
        "Where the region stands, as a table: {date}. It holds counts, and nothing of what countries wrote.",
        date=voice.moment(notice.at),
    )
    return message([plain(caption)], document=File(name, content))


def sheets(notice: StatusFile, voice: Voice) -> "tuple[Sheet, Sheet]":
    """The countries in the reader's alphabet, and the region in numbers."""
    from workflows.reports.spreadsheet import Column, Sheet  # noqa: PLC0415 - loaded when a table is wanted

    ordered = sorted(notice.countries, key=lambda line: voice.alphabetical(line.country))
    width = max((len(line.sections) for line in ordered), default=0)
    countries = Sheet(
        voice.gettext("Countries"),
        tuple(Column(heading, wide) for heading, wide in _headings(voice, width)),
        tuple(_row(line, voice, width) for line in ordered),
        right_to_left=voice.right_to_left,
    )
    region = Sheet(
        voice.gettext("Region"),
        (Column(voice.gettext("What"), 44), Column(voice.gettext("Number"), 18)),
        _figures(notice, voice),
        right_to_left=voice.right_to_left,
    )
    return countries, region


def _headings(voice: Voice, width: int) -> list[tuple[Spoken, int]]:
    sections = [
        (voice.gettext("Section {number}: settled, %", number=numeral(voice, place)), 12)
        for place in range(width)
    ]
    words = [
        (voice.gettext("Section {number}: words", number=numeral(voice, place)), 12) for place in range(width)
    ]
    return [
        (voice.gettext("Country"), 30),
        (voice.gettext("Code"), 8),
        (voice.gettext("How far"), 28),
        (voice.gettext("Focal points"), 12),
        (voice.gettext("Points settled"), 12),
        (voice.gettext("Points that apply"), 12),
        *sections,
        *words,
        (voice.gettext("Last activity (UTC)"), 18),
        (voice.gettext("Working days without a sign"), 14),
        (voice.gettext("Deadline"), 14),
        (voice.gettext("Extended"), 10),
        (voice.gettext("Submitted (UTC)"), 18),
        (voice.gettext("On time"), 10),
        (voice.gettext("Open requests"), 12),
        (voice.gettext("Sessions attended"), 12),
    ]


def _row(line: CountryLine, voice: Voice, width: int) -> "tuple[Cell, ...]":
    shares = [percent(settled, total) if total else None for settled, total in line.sections]
    empty = [None] * (width - len(shares))
    words = [*line.words[:width], *[None] * (width - len(line.words))]
    return (
        voice.country_name(line.country),
        line.country,
        capital(standing(voice, line.state)),
        line.focal_points,
        line.settled,
        line.total,
        *shares,
        *empty,
        *words,
        moment_of(line.last_activity),
        line.quiet or None,
        own_deadline(line),
        _yes_no(voice, line.extended),
        moment_of(line.submitted_at),
        _yes_no(voice, line.on_time),
        line.requests,
        line.attended,
    )


def _yes_no(voice: Voice, said: bool | None) -> Spoken | None:  # noqa: FBT001 - it is the value itself
    if said is None:
        return None
    return voice.pgettext("answer", "Yes") if said else voice.pgettext("answer", "No")


def _figures(notice: StatusFile, voice: Voice) -> "tuple[tuple[Cell, ...], ...]":
    numbers: StatusFigures = notice.figures
    return (
        (voice.gettext("At (UTC)"), moment_of(notice.at)),
        (voice.gettext("States that have not said that they take no part"), numbers.expected),
        (voice.gettext("Invited"), numbers.invited),
        (voice.gettext("With a focal point"), numbers.with_focal_point),
        (voice.gettext("Begun"), numbers.begun),
        (voice.gettext("Submitted"), numbers.submitted),
        (voice.gettext("On time"), numbers.on_time),
        (voice.gettext("Reporting rate, %"), percent(numbers.submitted, numbers.expected)),
        (
            voice.gettext("On-time rate, %"),
            None if numbers.on_time is None else percent(numbers.on_time, numbers.expected),
        ),
        (voice.gettext("Open requests"), numbers.requests),
    )


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {StatusFile: status_file}
