"""The door of a call for written inputs: everything that one should know before the first word, or why it is shut."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, button, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.times import told
from bot.render.voice import Spoken, Voice
from workflows.notices.inputs import CategoryLine, InputClosed, InputDoor


def door(notice: InputDoor, voice: Voice) -> Message:
    """Everything that one should know before the first word."""
    text = [
        bold(voice.gettext("The secretariat of the review asks for written inputs")),
        lines(
            [
                italic(voice.words(notice.cycle)) if notice.cycle else NOTHING,
                plain(_for_whom(notice.category, voice)),
                _until(notice, voice),
            ]
        ),
        *map(plain, _to_know(voice)),
    ]
    begin = button(
        keyboards.onward(voice, voice.gettext("Begin")), Did("call", f"go_{notice.spoken}.{notice.token}")
    )
    others = [
        button(name, Did("call", f"{code}.{notice.token}"))
        for code, name in LANGUAGE_NAMES.items()
        if code != notice.spoken
    ]
    return message(text, [(begin,), keyboards.across(voice, others)])


def _to_know(voice: Voice) -> list[Spoken]:
    """What for, who reads, what becomes public, how it is taken back, and what this chat is."""
    return [
        voice.gettext(
            "What for: what stakeholders have to say on the Global Compact in the Arab region goes into the "
            "review, also proposals on how they take part in it. It takes about two minutes."
        ),
        voice.gettext(
            "Who reads it: the officers of the secretariat. No State reads it here, and you see nothing of any "
            "State's review."
        ),
        voice.gettext(
            "What becomes public: nothing without your consent. You choose before you send: with the name, without "
            "the name, or only for the secretariat. What may be published may appear on the site of the United "
            "Nations Network on Migration."
        ),
        voice.gettext(
            "Taking it back: until it is published you withdraw it here by a press, and its words are erased. Once "
            "it is published you can ask for it to be taken down. {erase} erases what is kept about you.",
            erase=voice.command("erase"),
        ),
        voice.gettext(
            "This is a Telegram cloud chat and not end-to-end encrypted. Please name nobody whom it could harm. "
            "Nothing is kept until you press “Begin”; your name at Telegram is not kept at all."
        ),
    ]


def _for_whom(category: CategoryLine | None, voice: Voice) -> Spoken:
    if category is None:
        return voice.gettext("For all stakeholders")
    return voice.gettext("For: {category}", category=voice.words(category.name))


def _until(notice: InputDoor, voice: Voice) -> SafeHtml:
    if notice.closes is None:
        return NOTHING
    return lines([plain(voice.gettext("Open until:")), told(voice, notice.closes)])


def closed(notice: InputClosed, voice: Voice) -> Message:
    """Why nothing can be begun, or sent any more."""
    words = {
        "closed": voice.gettext("This call for written inputs has closed. Thank you for your interest."),
        "takes_part": voice.gettext(
            "This link is for stakeholders. This account already takes part in the review otherwise, so nothing has "
            "changed; please pass the link on."
        ),
        "ended": voice.gettext(
            "The call for written inputs has closed. What you had begun was not sent, and nobody has read it. {start} "
            "shows it, and you can remove it there.",
            start=voice.command("start"),
        ),
    }
    return message([plain(words[notice.code])])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {InputDoor: door, InputClosed: closed}
"""What renders these notices."""
