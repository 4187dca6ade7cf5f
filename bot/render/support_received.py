"""Support that was received through requests: each as the entry that it would be where the review asks who gave it."""

from collections.abc import Callable
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.hands_given import heading as question
from bot.render.headings import N_, question_number
from bot.render.markup import SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Voice
from workflows.notices.saying import Saying
from workflows.notices.support import ReceivedLine, SupportReceived
from workflows.review.events import WentTo
from workflows.review.template import Template

_HOW: Final = {
    "": N_(
        "A key adds the entry to your list as it stands here. You can change everything in it afterwards. What was "
        "asked and answered does not go into the review."
    ),
    "asleep": N_(
        "If you answer “Yes” to the question whether support was received, these entries can be added to your list."
    ),
    "locked": N_("The review is submitted and stays as it is, so nothing can be added now."),
}


def received(notice: SupportReceived, voice: Voice, template: Template) -> Message:
    """Every entry with what became of it, and a key for each that can be added."""
    entries = list(enumerate(notice.lines, start=1))
    text = [
        bold(voice.gettext("🤝 Support received through your requests")),
        question(notice.prompt, voice, template),
        *(_entry(number, line, voice) for number, line in entries),
        italic(voice.gettext(_HOW[notice.obstacle])),
    ]
    addable = [] if notice.obstacle else [(number, line) for number, line in entries if not line.stands]
    number = question_number(voice, template, template.question_of[notice.prompt])
    back = keyboards.backward(voice, voice.gettext("Back to question {number}", number=number))
    return message(
        text,
        [
            *(_add(at, line, notice, voice) for at, line in addable),
            (button(back, WentTo(f"prompt:{notice.prompt}")),),
        ],
    )


def _entry(number: int, line: ReceivedLine, voice: Voice) -> SafeHtml:
    name = voice.gettext("{number}. {name}", number=number, name=voice.words(line.office))
    day = voice.gettext("Answered: {date}", date=voice.date(line.day))
    stands = [plain(voice.gettext("✔ It is in your list."))] if line.stands else []
    return lines([bold(name), plain(voice.words(line.kind)), plain(day), *stands])


def _add(number: int, line: ReceivedLine, notice: SupportReceived, voice: Voice) -> Row:
    label = voice.gettext("➕ Add {number}: {name}", number=number, name=voice.words(line.office))
    return (button(label, Did("received_add", f"{line.request}:{notice.official}:{notice.prompt}")),)


WITH_TEMPLATE: Final[dict[type[Saying], Callable[[Any, Voice, Template], Message]]] = {
    SupportReceived: received,
}
