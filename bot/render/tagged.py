"""A country's own entries by the objective of the Global Compact that they carry."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.exchange import prompt_line
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.tagged import TaggedLine, TaggedView, TagsView
from workflows.review.events import WentTo
from workflows.review.tags import objectives_of
from workflows.review.template import Option, Template

PAGE: Final = 10
"""How many entries one page shows."""
_NAME: Final = 160
_POINT: Final = 120


def all_objectives(notice: TagsView, voice: Voice, template: Template) -> Message:
    """The objectives as keys, each with how much carries it."""
    text = [
        bold(voice.gettext("Entries by objective")),
        plain(
            voice.gettext(
                "Press an objective of the Global Compact to see what in the review carries it. The number says how "
                "much there is so far."
            )
        ),
        _whose(voice, beside=notice.beside),
    ]
    keys = [_key(each, notice.counts.get(each.value, 0), voice) for each in objectives_of(template)]
    return message(text, [*keyboards.in_columns(voice, keys), (keyboards.sections_key(voice),)])


def _key(option: Option, count: int, voice: Voice) -> Button:
    name = Spoken(keyboards.named(voice, option))
    label = voice.gettext("{name} ({count})", name=name, count=count) if count else name
    return button(label, Did("tagged", option.value))


def key_of_all(voice: Voice) -> Button:
    """The way to the objectives."""
    return button(voice.gettext("🏷 By objective"), Did("tagged"))


def of_objective(notice: TaggedView, voice: Voice, template: Template) -> Message:
    """What carries one objective, by the points of the template, with a key to each point."""
    option = next((each for each in objectives_of(template) if each.value == notice.objective), None)
    name = keyboards.named(voice, option) if option else ""
    page = max(0, min(notice.page, (len(notice.found) - 1) // PAGE))
    shown = notice.found[page * PAGE : (page + 1) * PAGE]
    points = [(prompt, list(found)) for prompt, found in groupby(shown, lambda each: each.prompt)]
    nothing = voice.gettext(
        "Nothing in the review carries this objective so far. An entry carries it once it is chosen among the "
        "entry's details."
    )
    text = [
        lines(
            [bold(voice.gettext("Objective {name}", name=Spoken(name))), _whose(voice, beside=notice.beside)]
        ),
        *(_point(prompt, found, voice, template) for prompt, found in points),
        NOTHING if shown else plain(nothing),
    ]
    rows: list[Row] = [(_way(prompt, voice, template),) for prompt, _ in points]
    back = button(keyboards.backward(voice, voice.gettext("All objectives")), Did("tagged"))
    return message(text, [*rows, _turning(notice, page, voice), (back,)])


def _whose(voice: Voice, *, beside: bool) -> SafeHtml:
    if not beside:
        return NOTHING
    return italic(voice.gettext("Among what you have written yourself."))


def _point(prompt: str, found: Sequence[TaggedLine], voice: Voice, template: Template) -> SafeHtml:
    return lines([italic(prompt_line(prompt, voice, template, _POINT)), *_lines(found, voice, template)])


def _lines(found: Sequence[TaggedLine], voice: Voice, template: Template) -> Iterator[SafeHtml]:
    for each in found:
        scale = {option.value: option for option in template.scale_of(each.prompt)}
        if each.status in scale:
            status = voice.words(scale[each.status].label)
            yield plain(voice.gettext("• Status: {status}", status=status))
        elif each.name:
            yield plain(voice.gettext("• {name}", name=clipped_at_word(" ".join(each.name.split()), _NAME)))
        else:
            yield plain(voice.gettext("• Chosen here"))


def _way(prompt: str, voice: Voice, template: Template) -> Button:
    return button(prompt_line(prompt, voice, template, keyboards.COLUMN), WentTo(f"prompt:{prompt}"))


def _turning(notice: TaggedView, page: int, voice: Voice) -> Row:
    last = max(0, (len(notice.found) - 1) // PAGE)
    return keyboards.page_row(voice, page, last, lambda at: Did("tagged", f"{notice.objective}.{at}"))


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    TagsView: all_objectives,
    TaggedView: of_objective,
}
"""What renders each of these notices."""
