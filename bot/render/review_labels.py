"""Our words in a review that goes out as a document, the same for a frozen text and for a shared draft."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.render import keyboards
from bot.render.headings import N_, capital, question_number, section_heading
from bot.render.hints import no_answer
from bot.render.voice import Spoken, Voice
from workflows.languages import LANGUAGES
from workflows.review.answers import State
from workflows.review.events import Review
from workflows.review.filled.landmarks import OurWords
from workflows.review.progress import section_lines
from workflows.review.template import Template
from workflows.spelling import plain

if TYPE_CHECKING:
    from workflows.reports.review_text import Labels


_OPEN: Final = N_("No answer.")
_ASLEEP: Final = N_("Does not apply with the answers given.")
_LEFT_OUT: Final = N_("Adapted: the country has left this question out.")
_OWN_WORDING: Final = N_("Adapted. In the country's own wording:")
_OTHER: Final = N_("Besides:")
_COUNTED: Final = N_("words: {words} of {limit}")
_STATES: Final[tuple[State, ...]] = ("not_applicable", "declined", "not_known")


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
            line.id: capital(voice.gettext(_COUNTED, words=line.words, limit=line.limit))
            for line in section_lines(review)
        },
        questions={id_: question_number(voice, template, each) for id_, each in template.questions.items()},
        states={state: capital(no_answer(voice, state)) for state in _STATES},
        yes=keyboards.yes(voice),
        no=keyboards.no(voice),
        other=voice.gettext(_OTHER),
        open=voice.gettext(_OPEN),
        adapted=voice.gettext(_OWN_WORDING),
        left_out=voice.gettext(_LEFT_OUT),
        asleep=voice.gettext(_ASLEEP),
        pair=lambda name, value: voice.gettext("{field}: {value}", field=Spoken(name), value=Spoken(value)),
        date=voice.date,
        digits=voice.in_digits,
        published=voice.published,
        page=lambda page, pages: voice.gettext(
            "Page {page} of {pages}", page=Spoken(page), pages=Spoken(pages)
        ),
    )


@lru_cache(1)
def our_words() -> OurWords:
    """The same words in every language, by which a document is read that comes back."""
    voices = [Voice(language) for language in LANGUAGES]

    def said(*messages: str) -> frozenset[str]:
        return frozenset(plain(voice.gettext(message)) for voice in voices for message in messages)

    return OurWords(
        lines=said(_OPEN, _ASLEEP, _LEFT_OUT),
        counts=frozenset(plain(voice.gettext(_COUNTED, words=0, limit=0)) for voice in voices),
        own_wording=said(_OWN_WORDING),
        other=said(_OTHER),
        states={plain(no_answer(voice, state)): state for voice in voices for state in _STATES},
    )
