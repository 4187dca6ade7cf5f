"""What a country shares of its draft as a document: the shared sections under their own numbers, and no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.render import exchange
from bot.render.markup import bold, italic, plain
from bot.render.messages import Message, Unwritten, message
from bot.render.review_labels import review_labels
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import DraftFile
from workflows.review.frozen_text import thawed
from workflows.review.template import Template


def draft_file(notice: DraftFile, voice: Voice, template: Template) -> Message:
    """The shared sections, marked as a draft on every page."""
    text = [
        bold(_title(notice, voice)),
        plain(exchange.named_sections(notice.sections, voice, template)),
        italic(_warning(voice)),
    ]
    document = Unwritten(f"draft-{notice.country}-{notice.at[:10]}.docx", _Writer(notice, voice, template))
    return message(text, [(exchange.review_key(voice, notice.country, fresh=True),)], document)


@dataclass(frozen=True)
class _Writer:
    """Writes a shared draft when it is sent."""

    notice: DraftFile
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        from workflows.reports.review_text import as_docx  # noqa: PLC0415 - loaded when a document is wanted

        notice, voice = self.notice, self.voice
        shared = self.template.with_sections(
            each for each in self.template.sections if each.id in notice.sections
        )
        review, title = thawed(notice.content, shared), _title(notice, voice)
        labels = review_labels(
            review,
            voice,
            self.template,
            title=title,
            facts=(voice.gettext("As it was: {moment}", moment=voice.moment(notice.at)),),
            fingerprint=_warning(voice),
            foot=f"{title} · {voice.day_of(notice.at)}",
        )
        return as_docx(review, voice.language, labels)


def _title(notice: DraftFile, voice: Voice) -> Spoken:
    return voice.gettext("{country}: shared draft", country=voice.country_name(notice.country))


def _warning(voice: Voice) -> Spoken:
    return voice.gettext("A draft, shared by the country. It is not submitted: please do not pass it on.")


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {DraftFile: draft_file}
"""What renders this notice."""
