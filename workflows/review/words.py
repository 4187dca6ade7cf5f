"""Counts words by the published rule: in a text, in an answer, in a section against its soft limit."""

import re

from workflows.notices import Budget
from workflows.review.answers import Answer, Prose, RecordList, Selection
from workflows.review.events import Review
from workflows.review.path import section_path
from workflows.review.template import Template

# From a token's first letter or digit to its end. Diacritics are no letters to Python and tatweel (U+0640) is
# left out by name, so nothing needs to be removed first; invisible characters neither count nor separate.
_WORD = re.compile(r"[^\W_\u0640]\S*")


def count(text: str) -> int:
    """The words of a text: runs between white space that have at least one letter or digit."""
    return len(_WORD.findall(text))


def answer_words(template: Template, prompt_id: str, answer: Answer) -> int:
    """The words of an answer that the state wrote itself; options chosen and dates are not counted."""
    match answer.value:
        case Prose() as prose:
            return sum(count(part.text) for part in prose.parts)
        case Selection(other=other):
            return count(other)
        case RecordList(records=records):
            typed = [field.id for field in template.fields_of(prompt_id) if field.type == "text"]
            return sum(count(record.fields.get(name, "")) for record in records for name in typed)
        case _:
            return 0


def words_of(review: Review, prompt_id: str) -> int:
    """The words of a prompt's answer, as they were counted when it was given or counted now; 0 where it is open."""
    known = review.words.get(prompt_id)
    answer = review.answers.get(prompt_id)
    if known is not None or answer is None:
        return known or 0
    return answer_words(review.template, prompt_id, answer)


def section_words(review: Review, section_id: str) -> dict[str, int]:
    """The words of each answer of a section that applies now, by prompt id in the order of the document."""
    answered = (prompt.id for prompt in section_path(review, section_id) if prompt.id in review.answers)
    return {prompt: words_of(review, prompt) for prompt in answered}


def budget(review: Review, prompt_id: str) -> Budget:
    """The words used in a prompt's section against its limit, and those of the prompt itself."""
    section = review.template.section_of[prompt_id]
    words = section_words(review, section.id)
    return Budget(
        section=section.id,
        here=words_of(review, prompt_id),
        used=sum(words.values()),
        limit=section.word_limit,
    )
