"""What seems personal in a text that is about to be frozen, and whether it goes along."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import exchange
from bot.render.markup import bold, italic
from bot.render.messages import Message, button, message
from bot.render.voice import Voice
from workflows.notices.submission import FreezeDoubt
from workflows.review.template import Template


def freeze_doubt(notice: FreezeDoubt, voice: Voice, template: Template) -> Message:
    """What seems personal in what is about to be frozen, and whether it goes along."""
    text = [
        bold(voice.gettext("Before the text leaves your hands")),
        exchange.doubt(notice.found, voice, template),
        italic(exchange.what_stays(voice)),
    ]
    seen = f".{notice.found.sight}" if notice.found.sight else ""
    rest = button(voice.gettext("Go on with […] in their place"), Did("freeze", f"left_out{seen}"))
    shown = button(voice.gettext("Go on with everything as it is"), Did("freeze", f"shown{seen}"))
    back = button(voice.gettext("Not now"), Did("submit", "look"))
    return message(text, [*exchange.doubtful_keys(notice.found, voice, template), (rest,), (shown,), (back,)])


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {
    FreezeDoubt: freeze_doubt,
}
"""What renders this notice."""
