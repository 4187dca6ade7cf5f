"""The practices and lessons of the submitted reviews by objective, as a sheet of the table of all reviews."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bot.render import keyboards
from bot.render.records import shown_value
from bot.render.review_sheets import consent, sheet
from bot.render.voice import Voice
from workflows.immutable import Immutable
from workflows.notices.side_by_side import ReviewColumn
from workflows.review.tags import objectives_of
from workflows.review.template import Option, RecordField, Template

if TYPE_CHECKING:
    from workflows.reports.spreadsheet import Cell, Sheet

_TAG: Final = "objectives"
"""The detail of an entry that names objectives of the Global Compact."""
_LESSONS: Final = "lessons"
"""The detail that makes an entry a practice: what was learned from it."""
_WIDE: Final = 44
_NARROW: Final = 24


class _Practice(Immutable):
    """An entry that a state submitted, with the objectives it carries."""

    review: ReviewColumn
    prompt: str
    fields: dict[str, str]

    @property
    def objectives(self) -> frozenset[str]:
        return frozenset(self.fields.get(_TAG, "").split())


def practices(reviews: Sequence[ReviewColumn], voice: Voice, template: Template) -> "list[Sheet]":
    """One sheet: every objective in its order with what carries it, and last what carries none.

    An entry with several objectives stands at each of them. An objective that nothing carries keeps its row. No sheet
    where the template asks for no practices.
    """
    places = [prompt for prompt in template.prompts if _is_of_practices(prompt, template)]
    if not places:
        return []
    details = _details(places, template)
    columns = [
        (voice.gettext("Objective"), _WIDE),
        (voice.gettext("Country"), _NARROW),
        *((voice.words(each.label), _WIDE if each.type == "text" else _NARROW) for each in details),
        (voice.gettext("Consent"), _NARROW),
    ]
    found = list(_found(reviews, places))
    rows: list[tuple[Cell, ...]] = []
    options = objectives_of(template)
    for option in options:
        carrying = [each for each in found if option.value in each.objectives]
        rows += _rows(keyboards.named(voice, option), carrying, details, voice, template)
    without = [each for each in found if not each.objectives & _values(options)]
    rows += _rows(voice.gettext("Without an objective"), without, details, voice, template) if without else []
    return [sheet(voice.gettext("Practices by objective"), columns, rows, voice)]


def _is_of_practices(prompt: str, template: Template) -> bool:
    return {_TAG, _LESSONS} <= {field.id for field in template.type_of(prompt).fields}


def _details(places: Sequence[str], template: Template) -> list[RecordField]:
    """What is asked of an entry, each detail once, but for the objectives, which have a column of their own."""
    fields = {field.id: field for prompt in places for field in template.fields_of(prompt)}
    return [field for name, field in fields.items() if name != _TAG]


def _found(reviews: Sequence[ReviewColumn], places: Sequence[str]) -> Iterator[_Practice]:
    for review in reviews:
        for line in review.answers:
            if line.prompt in places and line.state == "answered" and not line.left_out:
                yield from (_Practice(review, line.prompt, fields) for fields in line.records)


def _values(options: Sequence[Option]) -> frozenset[str]:
    return frozenset(option.value for option in options)


def _rows(
    objective: str,
    carrying: Sequence[_Practice],
    details: Sequence[RecordField],
    voice: Voice,
    template: Template,
) -> "list[tuple[Cell, ...]]":
    if not carrying:
        return [(objective, *(None for _ in range(len(details) + 2)))]
    return [
        (
            objective,
            voice.country_name(each.review.country),
            *(_shown(each, field, voice, template) for field in details),
            consent(each.prompt, each.review, voice),
        )
        for each in carrying
    ]


def _shown(practice: _Practice, field: RecordField, voice: Voice, template: Template) -> str | None:
    value = practice.fields.get(field.id, "")
    if not value or field.type == "text":
        return value or None
    return shown_value(value, practice.prompt, field, voice, template)
