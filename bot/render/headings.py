"""How sections, questions and amounts are named: «القسم الأول», `1‑أ`, `1a`, 123 words."""

from collections.abc import Iterable
from typing import Final

from bot.render.voice import Spoken, Voice
from workflows.notices import Budget
from workflows.review.template import Question, Section, Template


def N_(words: str) -> str:  # noqa: N802 the mark that extraction knows
    """Marks words for the catalogs; they are translated where they are used."""
    return words


_HYPHEN = "\N{NON-BREAKING HYPHEN}"
"""Between the number and the letter of a question, which stand on one line together."""
_APART: Final = {"ar": "؛ ", "en": "; ", "fr": "\N{NO-BREAK SPACE}; "}
_SECTIONS = (
    (N_("Section I"), N_("section I")),
    (N_("Section II"), N_("section II")),
    (N_("Section III"), N_("section III")),
    (N_("Section IV"), N_("section IV")),
    (N_("Section V"), N_("section V")),
    (N_("Section VI"), N_("section VI")),
    (N_("Section VII"), N_("section VII")),
    (N_("Section VIII"), N_("section VIII")),
    (N_("Section IX"), N_("section IX")),
    (N_("Section X"), N_("section X")),
)
"""The heading of each section by its number, and the way it is named within a sentence."""


def section_name(voice: Voice, template: Template, section_id: str) -> Spoken:
    """A section by its number, as it is named within a sentence."""
    place = _place(template, section_id)
    if place < len(_SECTIONS):
        return voice.gettext(_SECTIONS[place][1])
    return voice.gettext("section {number}", number=place + 1)


def section_label(voice: Voice, template: Template, section_id: str) -> Spoken:
    """A section by its number, as a line or a key names it, with no article."""
    place = _place(template, section_id)
    if place < len(_SECTIONS):
        return voice.gettext(_SECTIONS[place][0])
    return voice.gettext("Section {number}", number=place + 1)


def section_heading(voice: Voice, template: Template, section: Section) -> Spoken:
    """A section by its number and title, as a heading."""
    name = section_label(voice, template, section.id)
    return voice.gettext("{section}: {title}", section=name, title=voice.words(section.title))


def _place(template: Template, section_id: str) -> int:
    return [section.id for section in template.sections].index(section_id)


def question_number(voice: Voice, template: Template, question: Question) -> Spoken:
    """A question by its number in the reader's script."""
    section = template.section_of[question.id]
    number = voice.number(_place(template, section.id) + 1)
    return Spoken(
        f"{number}{_HYPHEN}{question.letter_ar}" if voice.right_to_left else f"{number}{question.letter}"
    )


def scope_name(voice: Voice, template: Template | None, scope: str) -> Spoken:
    """What somebody was asked for, as it is named within a sentence."""
    if not scope or template is None:
        return voice.gettext("all questions")
    if any(section.id == scope for section in template.sections):
        return section_name(voice, template, scope)
    if scope in template.questions:
        return voice.gettext(
            "question {number}", number=question_number(voice, template, template.questions[scope])
        )
    return voice.gettext("questions that are no longer there")


def capital(words: str) -> Spoken:
    """The words as they begin a line."""
    return Spoken(words[:1].upper() + words[1:])


def listed(voice: Voice, things: Iterable[str]) -> Spoken:
    """Several things in one line; every one of them already right in digits and direction."""
    return Spoken(("، " if voice.right_to_left else ", ").join(things))


def side_by_side(voice: Voice, things: Iterable[str]) -> Spoken:
    """Counts and remarks in one line; in Arabic by its comma, for a dot beside Arabic digits reads as a zero."""
    return Spoken(("، " if voice.right_to_left else " · ").join(things))


def set_apart(voice: Voice, things: Iterable[str]) -> Spoken:
    """Several things in one line that have commas of their own."""
    return Spoken(_APART[voice.language].join(things))


def joined(voice: Voice, things: Iterable[str]) -> Spoken:
    """Several things within a sentence, the last after "and"; in Arabic "and" stands before each but the first."""
    first, *others = map(Spoken, things)
    for at, each in enumerate(others, 1):
        if at == len(others) or voice.right_to_left:
            first = voice.pgettext("two things", "{first} and {last}", first=first, last=each)
        else:
            first = listed(voice, (first, each))
    return first


def words_left(voice: Voice, budget: Budget, section: Spoken) -> Spoken:
    """What is left of a section's limit, or by how much it is over."""
    if budget.left < 0:
        return voice.ngettext(
            "{count} word over the limit of {limit} in {section}.",
            "{count} words over the limit of {limit} in {section}.",
            -budget.left,
            limit=budget.limit,
            section=section,
        )
    return voice.ngettext(
        "{count} word of {limit} left in {section}.",
        "{count} words of {limit} left in {section}.",
        budget.left,
        limit=budget.limit,
        section=section,
    )


def word_count(voice: Voice, count: int) -> Spoken:
    """An amount of words."""
    return voice.ngettext("{count} word", "{count} words", count)
