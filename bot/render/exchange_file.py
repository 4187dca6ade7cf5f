"""What a country shares of its draft as a document: the shared sections under their own numbers, and no other."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.render import exchange
from bot.render.markup import bold, italic, plain
from bot.render.messages import File, Message, message
from bot.render.review_labels import review_labels
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import DraftFile
from workflows.review.frozen_text import thawed
from workflows.review.template import Template


def draft_file(notice: DraftFile, voice: Voice, template: Template) -> Message:
    """The shared sections, marked as a draft on every page."""
    from workflows.reports.review_text import as_docx  # noqa: PLC0415 - loaded when a document is wanted

    shared = template.with_sections(each for each in template.sections if each.id in notice.sections)
    review, title = thawed(notice.content, shared), _title(notice, voice)
    labels = review_labels(
        review,
        voice,
        template,
        title=title,
        facts=(voice.gettext("As it was: {moment}", moment=voice.moment(notice.at)),),
        fingerprint=_warning(voice),
        foot=f"{title} · {voice.day_of(notice.at)}",
    )
    content = as_docx(review, voice.language, labels)
    text = [
        bold(title),
        plain(exchange.named_sections(notice.sections, voice, template)),
        italic(_warning(voice)),
    ]
    name = f"draft-{notice.country}-{notice.at[:10]}.docx"
    return message(
        text, [(exchange.review_key(voice, notice.country, fresh=True),)], document=File(name, content)
    )


def _title(notice: DraftFile, voice: Voice) -> Spoken:
    return voice.gettext("{country}: shared draft", country=voice.country_name(notice.country))


def _warning(voice: Voice) -> Spoken:
    return voice.gettext("A draft, shared by the country. It is not submitted: please do not pass it on.")


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {DraftFile: draft_file}
"""What renders this notice."""
