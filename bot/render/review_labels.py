"""Our words in a review that goes out as a document, the same for a frozen text and for a shared draft."""

from typing import TYPE_CHECKING

from bot.render import keyboards
from bot.render.headings import capital, question_number, section_heading
from bot.render.hints import no_answer
from bot.render.voice import Spoken, Voice
from workflows.review.events import Review
from workflows.review.progress import section_lines
from workflows.review.template import Template

if TYPE_CHECKING:
    from workflows.reports.review_text import Labels


def review_labels(  # noqa: PLR0913 - the four that differ are given by name
    review: Review,
    voice: Voice,
    template: Template,
    *,
    title: str,
    facts: tuple[str, ...],
    fingerprint: str,
    foot: str,
) -> "Labels":
    """The labels of a review; numbers are those of the whole template, of which the review may be a part.

    `title`, `facts`, `fingerprint` and `foot` say which text it is.
    """
    from workflows.reports.review_text import Labels  # noqa: PLC0415 - loaded when a document is wanted

    return Labels(
        title=title,
        facts=facts,
        fingerprint=fingerprint,
        foot=foot,
        sections={each.id: section_heading(voice, template, each) for each in template.sections},
        counts={
            line.id: capital(voice.gettext("words: {words} of {limit}", words=line.words, limit=line.limit))
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
        published=voice.published,
        page=lambda page, pages: voice.gettext(
            "Page {page} of {pages}", page=Spoken(page), pages=Spoken(pages)
        ),
    )
