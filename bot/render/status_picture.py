"""The values of the region's picture, in the reader's words and digits, states in the reader's alphabet."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.render.headings import capital
from bot.render.status_words import STANDINGS, day_in, numeral, own_deadline, percent, short_day, standing
from bot.render.voice import Voice
from workflows.notices import CountryLine, Standing, StatusView
from workflows.reports.pictures import MOST_ROWS, Cell
from workflows.reports.status_table import LONG_DATES, Row, StatusTable
from workflows.review.template import Template


def pages(notice: StatusView) -> int:
    """How many pictures it takes to show every country."""
    return max(1, -(-len(notice.countries) // MOST_ROWS))


def warm() -> None:
    """Load what drawing takes, letters of both scripts and faces too: the first officer who looks waits for none."""
    letters = "Aa 0123 أب ٠١٢٣"
    row = Row(letters, "begun", (Cell(letters, 50),), (letters,), (letters,))
    legend: tuple[tuple[Standing, str], ...] = (("begun", letters),)
    StatusTable(letters, (letters,), letters, (letters,), letters, letters, (row,), letters, legend).drawn()


def can_draw_arabic() -> bool:
    """Draw a small picture; whether the font with Arabic is there. Raises what keeps a picture from being drawn."""
    from workflows.reports.typesetting import has_font  # noqa: PLC0415 - loaded when something is drawn

    warm()
    return has_font()


def status_table(notice: StatusView, voice: Voice, template: Template | None) -> StatusTable:
    """The page of the picture that is asked for, or the last one there is."""
    page = min(notice.page, pages(notice) - 1)
    ordered = sorted(notice.countries, key=lambda line: voice.alphabetical(line.country))
    today = day_in(voice, notice.at)
    shown = ordered[page * MOST_ROWS : (page + 1) * MOST_ROWS]
    width = max((len(line.sections) for line in ordered), default=len(notice.limits))
    return StatusTable(
        title=voice.gettext("Where the region stands"),
        under=tuple(filter(None, _under(notice, voice, template, page))),
        state=voice.gettext("Country"),
        sections=tuple(numeral(voice, place) for place in range(width)),
        activity=voice.gettext("Last activity"),
        deadline=voice.gettext("Deadline"),
        rows=tuple(_row(line, voice, width, today) for line in shown) if today else (),
        ramp=voice.gettext("settled questions of the section, in percent (–: left out)"),
        legend=_legend(ordered, voice),
        right_to_left=voice.right_to_left,
    )


def _under(notice: StatusView, voice: Voice, template: Template | None, page: int) -> Sequence[str]:
    heading = voice.words(template.heading) if template else ""
    of = pages(notice)
    number = voice.gettext("Page {page} of {pages}", page=page + 1, pages=of) if of > 1 else ""
    return heading, voice.moment(notice.at), number


def _row(line: CountryLine, voice: Voice, width: int, today: date) -> Row:
    cells = [_cell(line, settled, total, voice) for settled, total in line.sections]
    roomy = width <= LONG_DATES
    return Row(
        name=voice.country_name(line.country),
        state=line.state,
        cells=(*cells, *(Cell() for _ in range(width - len(cells)))),
        activity=short_day(voice, day_in(voice, line.last_activity), today, roomy=roomy),
        deadline=short_day(voice, own_deadline(line), today, roomy=roomy),
    )


def _cell(line: CountryLine, settled: int, total: int, voice: Voice) -> Cell:
    if line.state in ("not_invited", "invited") or (line.state == "declined" and not line.settled):
        return Cell()
    if not total:
        return Cell("–")
    share = percent(settled, total)
    return Cell(voice.number(share), share)


def _legend(lines: Sequence[CountryLine], voice: Voice) -> tuple[tuple[Standing, str], ...]:
    counts = Counter(line.state for line in lines)
    return tuple(
        (state, voice.gettext("{what}: {count}", what=capital(standing(voice, state)), count=counts[state]))
        for state in STANDINGS
        if counts[state]
    )
