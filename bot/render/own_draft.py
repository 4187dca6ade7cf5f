"""A country's own draft as a document, and the keys that bring it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.markup import bold, italic
from bot.render.messages import Message, Row, Unwritten, button, message
from bot.render.review_labels import review_labels
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import OwnDraft
from workflows.review.frozen_text import thawed
from workflows.review.template import Template


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
    document = Unwritten(
        f"draft-{notice.country}-{notice.at[:10]}.{notice.form}", _Writer(notice, voice, template)
    )
    text = [
        bold(_title(notice, voice)),
        italic(voice.gettext("As it was: {moment}", moment=day)),
        italic(_use(voice)),
    ]
    return message(text, [draft_keys(voice)], document)


@dataclass(frozen=True)
class _Writer:
    """Writes the draft when it is sent."""

    notice: OwnDraft
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        from workflows.reports import review_text  # noqa: PLC0415 - loaded when a document is wanted

        notice, voice = self.notice, self.voice
        review, title = thawed(notice.content, self.template), _title(notice, voice)
        labels = review_labels(
            review,
            voice,
            self.template,
            title=title,
            facts=(voice.gettext("As it was: {moment}", moment=voice.moment(notice.at)),),
            fingerprint=_use(voice),
            foot=f"{title} · {voice.day_of(notice.at)}",
        )
        if notice.form == "pdf":
            return review_text.as_pdf(review, voice.language, labels, datetime.fromisoformat(notice.at))
        return review_text.as_docx(review, voice.language, labels)


def _title(notice: OwnDraft, voice: Voice) -> Spoken:
    return voice.gettext("{country}: working draft", country=voice.country_name(notice.country))


def _use(voice: Voice) -> Spoken:
    return voice.gettext("A draft for use within the country. It is not frozen, and it was sent to nobody.")


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {OwnDraft: own_draft}
"""What renders this notice."""
