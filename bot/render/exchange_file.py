"""What a country shares of its draft as a document: the shared sections under their own numbers, and no other."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.render import exchange, keyboards
from bot.render.headings import capital, question_number, section_heading
from bot.render.hints import no_answer
from bot.render.markup import bold, italic, plain
from bot.render.messages import File, Message, message
from bot.render.voice import Spoken, Voice
from workflows.notices.exchange import DraftFile
from workflows.review.events import Review
from workflows.review.frozen_text import thawed
from workflows.review.progress import section_lines
from workflows.review.template import Template

if TYPE_CHECKING:
    from workflows.reports.review_text import Labels


def draft_file(notice: DraftFile, voice: Voice, template: Template) -> Message:
    """The shared sections, marked as a draft on every page."""
    from workflows.reports.review_text import as_docx  # noqa: PLC0415 - loaded when a document is wanted

    review = thawed(notice.content, _narrowed(template, notice.sections))
    content = as_docx(review, voice.language, _labels(notice, review, voice, template))
    text = [
        bold(_title(notice, voice)),
        plain(exchange.named_sections(notice.sections, voice, template)),
        italic(_warning(voice)),
    ]
    name = f"draft-{notice.country}-{notice.at[:10]}.docx"
    return message(
        text, [(exchange.review_key(voice, notice.country, fresh=True),)], document=File(name, content)
    )


def _narrowed(template: Template, sections: tuple[str, ...]) -> Template:
    """The template with these sections only; it is built anew, for what it remembers of itself is of all of them."""
    kept = tuple(section for section in template.sections if section.id in sections)
    values = {name: getattr(template, name) for name in Template.model_fields}
    return Template.model_construct(**values | {"sections": kept})


def _title(notice: DraftFile, voice: Voice) -> Spoken:
    return voice.gettext("{country}: shared draft", country=voice.country_name(notice.country))


def _warning(voice: Voice) -> Spoken:
    return voice.gettext("A draft, shared by the country. It is not submitted: please do not pass it on.")


def _labels(notice: DraftFile, review: Review, voice: Voice, template: Template) -> "Labels":
    """Our words in the document; numbers are those of the whole template."""
    from workflows.reports.review_text import Labels  # noqa: PLC0415 - the same

    moment = voice.gettext("As it was: {moment}", moment=voice.moment(notice.at))
    return Labels(
        title=_title(notice, voice),
        facts=(moment,),
        fingerprint=_warning(voice),
        foot=f"{_title(notice, voice)} · {voice.day_of(notice.at)}",
        sections={each.id: section_heading(voice, template, each) for each in template.sections},
        counts={
            line.id: voice.gettext("words: {words} of {limit}", words=line.words, limit=line.limit)
            for line in section_lines(review)
        },
        questions={id_: question_number(voice, template, each) for id_, each in template.questions.items()},
        states={
            state: capital(no_answer(voice, state)) for state in ("not_applicable", "declined", "not_known")
        },
        yes=keyboards.yes(voice),
        no=keyboards.no(voice),
        other=voice.gettext("Besides:"),
        open=voice.gettext("No answer."),
        adapted=voice.gettext("Adapted. In the country's own wording:"),
        left_out=voice.gettext("Adapted: the country has left this question out."),
        asleep=voice.gettext("Does not apply with the answers given."),
        pair=lambda name, value: voice.gettext("{field}: {value}", field=Spoken(name), value=Spoken(value)),
        date=voice.date,
        digits=voice.in_digits,
    )


WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template], Message]]] = {DraftFile: draft_file}
"""What renders this notice."""
