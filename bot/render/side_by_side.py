"""The submitted reviews side by side for spreadsheet programs: a row for each point, a column for each state."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

from bot.render import keyboards
from bot.render.exchange_reading import state_words
from bot.render.hands_given import as_text
from bot.render.headings import capital, listed, section_label
from bot.render.markup import plain
from bot.render.messages import Message, Unwritten, message
from bot.render.practices_sheet import practices
from bot.render.review_sheets import consent, point, sheet
from bot.render.status_words import day_in, moment_of
from bot.render.voice import Spoken, Voice
from workflows.immutable import Immutable
from workflows.notices.exchange import AnswerLine
from workflows.notices.side_by_side import ReviewColumn, ReviewsTable
from workflows.review.template import Section, Template

if TYPE_CHECKING:
    from workflows.reports.spreadsheet import Sheet

_Lines = Mapping[str, AnswerLine]
"""What one state said, by the prompt."""
_ANSWER: Final = 44
_POINT: Final = 52
_PART: Final = 24


def reviews_table(notice: ReviewsTable, voice: Voice, template: Template) -> Message:
    """The workbook, with what it holds and what it does not."""
    day = day_in(voice, notice.at)
    name = f"reviews-{notice.cycle}-{day.isoformat() if day else ''}.xlsx"
    text = [
        plain(
            voice.gettext(
                "The submitted reviews side by side, as a table: {date}. A state that has submitted nothing is not "
                "in it, and nothing follows from that.",
                date=voice.moment(notice.at),
            )
        ),
        plain(
            voice.gettext(
                "What a state has agreed to have published or quoted stands on the last sheet; please pass on "
                "nothing else."
            )
        ),
        plain(
            voice.gettext(
                "Practices and lessons also stand by objective on a sheet of their own. Which part of the regional "
                "report a point may feed is a proposal; the concept note does not say it."
            )
        ),
    ]
    return message(text, document=Unwritten(name, TableWriter(notice, voice, template)))


class TableWriter(Immutable):
    """Writes the workbook when it is sent."""

    notice: ReviewsTable
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        from workflows.reports.spreadsheet import as_xlsx  # noqa: PLC0415 - loaded when a table is wanted

        return as_xlsx(sheets(self.notice, self.voice, self.template))


def sheets(notice: ReviewsTable, voice: Voice, template: Template) -> "list[Sheet]":
    """The reviews in the reader's alphabet, their answers by section, practices, what was chosen, and the consents."""
    reviews = sorted(notice.reviews, key=lambda each: voice.alphabetical(each.country))
    said = [{line.prompt: line for line in review.answers} for review in reviews]
    return [
        _overview(reviews, voice),
        *(_answers(section, reviews, said, voice, template) for section in template.sections),
        *practices(reviews, voice, template),
        _choices(reviews, said, voice, template),
        _consents(reviews, voice, template),
    ]


def _overview(reviews: Sequence[ReviewColumn], voice: Voice) -> "Sheet":
    columns = [
        (voice.gettext("Country"), 30),
        (voice.gettext("Code"), 8),
        (voice.gettext("Version"), 10),
        (voice.gettext("State of the review"), 34),
        (voice.gettext("Since (UTC)"), 18),
    ]
    rows = [
        (
            voice.country_name(each.country),
            each.country,
            each.version,
            capital(state_words(each.state, voice)),
            moment_of(each.at),
        )
        for each in reviews
    ]
    return sheet(voice.gettext("Reviews"), columns, rows, voice)


# --- answers ---------------------------------------------------------------------


def _answers(
    section: Section,
    reviews: Sequence[ReviewColumn],
    said: Sequence[_Lines],
    voice: Voice,
    template: Template,
) -> "Sheet":
    rows = [
        (
            point(prompt, voice, template),
            _fed(prompt, voice, template),
            *(_said(lines[prompt], voice, template) if prompt in lines else None for lines in said),
        )
        for prompt in _asked(template)
        if template.section_of[prompt] is section
    ]
    first, *others = _by_country(reviews, voice, _ANSWER)
    feeds = (voice.gettext("Part of the regional report (proposal)"), _PART)
    return sheet(section_label(voice, template, section.id), [first, feeds, *others], rows, voice)


def _fed(prompt: str, voice: Voice, template: Template) -> Spoken | None:
    """The parts of the regional report that a point may feed, as the template's file proposes."""
    feeds = template.question_of[prompt].feeds
    parts = [each for each in template.option_sets.get("report_dimensions", ()) if each.value in feeds]
    return listed(voice, (voice.words(each.label) for each in parts)) if parts else None


def _said(line: AnswerLine, voice: Voice, template: Template) -> str:
    """An answer in full, below the state's own words of the question where it has them."""
    if line.left_out:
        return voice.gettext("Left out: the question does not fit the country's context.")
    own = (
        [voice.gettext("Asked in the country's own words:"), line.wording, ""] if line.wording.strip() else []
    )
    return "\n".join([*own, as_text(line, line.prompt, voice, template)])


def _by_country(reviews: Sequence[ReviewColumn], voice: Voice, wide: int) -> list[tuple[str, int]]:
    return [
        (voice.gettext("Point of the template"), _POINT),
        *((voice.country_name(each.country), wide) for each in reviews),
    ]


def _asked(template: Template) -> list[str]:
    return [prompt.id for prompt, _, _ in template.asked]


# --- what was chosen ---------------------------------------------------------------------


def _choices(
    reviews: Sequence[ReviewColumn], said: Sequence[_Lines], voice: Voice, template: Template
) -> "Sheet":
    """Every choice with the states that made it: counted among those that submitted, in the template's order."""
    columns = [
        (voice.gettext("Point of the template"), _POINT),
        (voice.gettext("Choice"), _ANSWER),
        (voice.gettext("How many states"), 12),
        (voice.gettext("Which states"), 60),
    ]
    rows = [
        (point(prompt, voice, template), each.label, len(states), listed(voice, states) if states else None)
        for prompt in _asked(template)
        for each in _possible(prompt, voice, template)
        for made in [(prompt in lines and each.is_made(lines[prompt]) for lines in said)]
        for states in [[voice.country_name(review.country) for review in compress(reviews, made)]]
    ]
    return sheet(voice.gettext("Choices"), columns, rows, voice)


class _Choice(Immutable):
    """Something that can be chosen at a point; `row` is the row of a matrix, empty elsewhere."""

    label: str
    value: str
    row: str = ""

    def is_made(self, line: AnswerLine) -> bool:
        """Whether an answer makes this choice."""
        if line.state != "answered" or line.left_out:
            return False
        return line.cells.get(self.row) == self.value if self.row else self.value in line.chosen


def _possible(prompt: str, voice: Voice, template: Template) -> Iterator[_Choice]:
    """All that can be chosen at a point, in the template's order; nothing where answers are typed."""
    kind = template.type_of(prompt).kind
    if kind == "yes_no":
        yield _Choice(keyboards.yes(voice), "yes")
        yield _Choice(keyboards.no(voice), "no")
    for option in template.options_of(prompt) if kind in ("choice", "choices", "matrix") else ():
        name = keyboards.named(voice, option)
        if kind != "matrix":
            yield _Choice(name, option.value)
        for status in template.scale_of(prompt):
            label = voice.gettext("{field}: {value}", field=Spoken(name), value=voice.words(status.label))
            yield _Choice(label, status.value, option.value)


# --- consent ---------------------------------------------------------------------


def _consents(reviews: Sequence[ReviewColumn], voice: Voice, template: Template) -> "Sheet":
    rows = [
        (point(prompt, voice, template), *(consent(prompt, review, voice) for review in reviews))
        for prompt in _asked(template)
    ]
    return sheet(voice.gettext("Consent"), _by_country(reviews, voice, 22), rows, voice)


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    ReviewsTable: reviews_table
}
"""What renders this notice."""
