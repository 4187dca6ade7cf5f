"""A country's own draft as a document, and the keys that bring it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.drafts import DraftWriter
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, italic
from bot.render.messages import Message, Row, Unwritten, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import OwnDraft
from workflows.review.template import Template

_RETURNS: Final = N_(
    "You can correct or complete this file and send it here again: Rafiq shows what differs, and nothing changes "
    "before you press a button."
)


def draft_keys(voice: Voice) -> Row:
    """The draft as it is now, for Word or to be printed."""
    word = voice.gettext(
        "📄 {name} · {format}", name=voice.gettext("Your draft now"), format=voice.typed("Word")
    )
    printed = voice.gettext("🖨 {format}", format=voice.typed("PDF"))
    keys = [button(word, Did("own_draft")), button(printed, Did("own_draft", "pdf"))]
    return keyboards.across(voice, keys)


def own_draft(notice: OwnDraft, voice: Voice, template: Template) -> Message:
    """The whole draft, marked as one on every page."""
    day = voice.day_of(notice.at)
    writer = DraftWriter(
        notice.content, notice.at, _title(notice, voice), _use(voice), voice, template, template, notice.form
    )
    document = Unwritten(f"draft-{notice.country}-{notice.at[:10]}.{notice.form}", writer)
    text = [
        bold(_title(notice, voice)),
        italic(voice.gettext("As it was: {moment}", moment=day)),
        italic(_use(voice)),
        italic(voice.gettext(_RETURNS)) if notice.form == "docx" else NOTHING,
    ]
    return message(text, [draft_keys(voice)], document)


def _title(notice: OwnDraft, voice: Voice) -> Spoken:
    return voice.gettext("{country}: working draft", country=voice.country_name(notice.country))


def _use(voice: Voice) -> Spoken:
    return voice.gettext("A draft for use within the country. It is not frozen, and it was sent to nobody.")


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {OwnDraft: own_draft}
"""What renders this notice."""
