"""What a country shares of its draft as a document: the shared sections under their own numbers, and no other."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.render import exchange
from bot.render.drafts import DraftWriter
from bot.render.markup import bold, italic, plain
from bot.render.messages import Message, Unwritten, message
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import DraftFile
from workflows.review.template import Template


def draft_file(notice: DraftFile, voice: Voice, template: Template) -> Message:
    """The shared sections, marked as a draft on every page."""
    text = [
        bold(_title(notice, voice)),
        plain(exchange.named_sections(notice.sections, voice, template)),
        italic(_warning(voice)),
    ]
    shared = template.with_sections(each for each in template.sections if each.id in notice.sections)
    writer = DraftWriter(
        notice.content, notice.at, _title(notice, voice), _warning(voice), voice, template, shared
    )
    document = Unwritten(f"draft-{notice.country}-{notice.at[:10]}.docx", writer)
    return message(text, [(exchange.review_key(voice, notice.country, fresh=True),)], document)


def _title(notice: DraftFile, voice: Voice) -> Spoken:
    return voice.gettext("{country}: shared draft", country=voice.country_name(notice.country))


def _warning(voice: Voice) -> Spoken:
    return voice.gettext("A draft, shared by the country. It is not submitted: please do not pass it on.")


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {DraftFile: draft_file}
"""What renders this notice."""
