"""Where in the chat a wish is done: one sentence, a key that does it, and a person to ask all the same."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import question_number, section_label
from bot.render.markup import plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.support_words import told
from bot.render.voice import Voice
from workflows.notices.ways import WayShown
from workflows.reference.ways import Way, way
from workflows.review.events import WentTo
from workflows.review.template import Template


def shown(notice: WayShown, voice: Voice, template: Template | None) -> Message:
    """The sentence and the keys; nothing is done before one is pressed."""
    found = way(notice.way)
    rows: list[Row] = [(key,) for key in _places(notice, voice, template)]
    if notice.request:
        ask = button(voice.gettext("Ask a person"), Did("ask_person", str(notice.request)))
    if found is None:  # it was taken out since
        words = plain(voice.gettext("Nothing here answers this question."))
        return message([words], [(ask,)] if notice.request else [])
    text = [plain(told(voice, found.answer.in_language(voice.language)))]
    if notice.others:
        text.append(plain(voice.gettext("This is done by the focal point of your country.")))
    else:
        rows.append((key_of(found, voice),))
    if notice.request:
        rows.append((ask,))
    return message(text, rows)


def key_of(found: Way, voice: Voice) -> Button:
    """The key that does what a wish asks for."""
    return button(keyboards.onward(voice, voice.gettext("Go there")), Did(found.verb, found.argument))


def _places(notice: WayShown, voice: Voice, template: Template | None) -> list[Button]:
    """The way to what was named, while the template has it."""
    sort, _, name = notice.place.partition(":")
    if template is None or not name:
        return []
    if sort == "question" and name in template.questions:
        number = question_number(voice, template, template.questions[name])
        label = voice.gettext("Open question {question}", question=number)
    elif sort == "section" and any(section.id == name for section in template.sections):
        label = voice.gettext("Open {section}", section=section_label(voice, template, name))
    else:
        return []
    return [button(label, WentTo(notice.place))]


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice, Template | None], Message]]] = {WayShown: shown}
"""What renders this notice."""
