"""What of a document is the template's and ours, in any of the languages: by it one knows where an answer stands."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.languages import LANGUAGES, Text
from workflows.review.answers import State
from workflows.review.naming import named_place
from workflows.review.template import Prompt, Question, Template
from workflows.spelling import plain

MARK: Final = "_rafiq_"
"""Word's hidden bookmarks begin with a low line; ours stand at the questions and prompts of a document."""
OURS: Final = "ours"
"""What such a bookmark calls a line that is neither a question nor an answer: our heads and counts."""
_FIRST_WORDS: Final = 3
"""So many words may stand before a question's own: its number, in any form."""
_WORD_QUESTION: Final = frozenset({"question", "q", "السوال", "سوال"})
_LED_IN: Final = re.compile(
    r"^\s*(\(?[1-9١-٩]\s?[-–]?\s?(?:[a-h]|[أابجدهوزح])\)?)\s?[.):\-–]\s+(\S.*)$", re.IGNORECASE
)
"""A line that begins with a question's number and goes on with the answer."""


class OurWords(Immutable):
    """What our documents say besides the template, in every language, plainly spelled.

    `lines` are whole lines, `counts` those that count words, with 0 for every number. `own_wording` comes before a
    state's own wording of a question, `other` before what was typed beside the options; `states` are the reasons for
    having no answer.
    """

    lines: frozenset[str]
    counts: frozenset[str]
    own_wording: frozenset[str]
    other: frozenset[str]
    states: Mapping[str, State]


class Landmark(Immutable):
    """A line that is no answer: what follows it answers the question, at one of `prompts` where some are named.

    No question is named by what is only ours: what follows it answers nothing. `rest` is an answer in the same line.
    """

    question: str = ""
    prompts: tuple[str, ...] = ()
    is_marked: bool = False
    rest: str = ""


class Landmarks:
    """All landmarks of a template, found by their words, their numbers or the marks that we set."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._by_words: dict[str, Landmark] = {}
        self._by_mark: dict[str, Landmark] = {}
        self._headings: set[str] = set()
        self._read_preface()
        for question in template.questions.values():
            self._read(question)

    def find(self, text: str, mark: str = "") -> Landmark | None:
        """The landmark that a line is, by the mark that stands in it, by its words or by its number."""
        words = plain(text)
        found = self._by_words.get(words) or self._numbered(words) or self._named(text, words)
        marked = self._by_mark.get(mark)
        if marked is None:
            return found or self._led_in(text)
        if found is None:
            return self._reworded(marked, text)
        return marked if found.question == marked.question else found

    def _reworded(self, marked: Landmark, text: str) -> Landmark:
        """A marked line in other words: a heading where it begins with the number, else something was typed there."""
        named = named_place(self._template, " ".join(text.split()[:_FIRST_WORDS]))
        return marked if named == f"question:{marked.question}" else replace(marked, rest=text)

    def _numbered(self, words: str) -> Landmark | None:
        """A question or section with its number before its words."""
        rest = words
        for _ in range(_FIRST_WORDS):
            _, _, rest = rest.partition(" ")
            found = self._by_words.get(rest)
            if found is not None and rest in self._headings:
                return found
        return None

    def _named(self, text: str, words: str) -> Landmark | None:
        """A question's number that stands alone in its line."""
        said = words.split()
        if (
            not said
            or len(said) > _FIRST_WORDS
            or (len(said) == _FIRST_WORDS and said[0] not in _WORD_QUESTION)
        ):
            return None
        return self._of_place(named_place(self._template, text))

    def _led_in(self, text: str) -> Landmark | None:
        found = _LED_IN.match(text)
        place = self._of_place(named_place(self._template, found[1])) if found else None
        return Landmark(place.question, place.prompts, rest=found[2]) if found and place else None

    def _of_place(self, place: str) -> Landmark | None:
        kind, _, question = place.partition(":")
        return Landmark(question) if kind == "question" else None

    def _read_preface(self) -> None:
        template = self._template
        ours: list[Text] = [template.title, template.heading, template.intro, template.word_count_rule]
        for section in template.sections:
            ours += [section.limit_text, *([section.lead_in] if section.lead_in else [])]
            self._headings |= {plain(section.title.in_language(language)) for language in LANGUAGES}
            ours.append(section.title)
        for text in ours:
            for language in LANGUAGES:
                self._by_words[plain(text.in_language(language))] = Landmark()

    def _read(self, question: Question) -> None:
        asked = _asked(self._template, question)
        words = _words_of(question)
        first = tuple(
            prompt.id for prompt in question.prompts if prompt.id in asked and _words_of(prompt) & words
        )
        at_question = Landmark(question.id, first)
        self._by_words |= dict.fromkeys(words, at_question)
        self._headings |= words
        self._by_mark[mark_of(question.id)] = Landmark(question.id, first, is_marked=True)
        for prompt in question.prompts:
            here = (prompt.id,) if prompt.id in asked else ()
            self._by_mark[mark_of(prompt.id)] = Landmark(question.id, here, is_marked=True)
            if prompt.id not in first:
                self._by_words |= dict.fromkeys(_words_of(prompt), Landmark(question.id, here))


def is_ours(mark: str) -> bool:
    """Whether a mark stands at a line of ours that says nothing of where an answer stands."""
    return mark.startswith(mark_of(OURS))


def mark_of(place: str) -> str:
    """The name of the bookmark at a question or prompt; Word allows letters, digits and low lines, 40 at most."""
    return MARK + place.replace(".", "_")


def _asked(template: Template, question: Question) -> tuple[str, ...]:
    return tuple(each.id for each in question.prompts if template.type_of(each.id).kind != "guidance")


def _words_of(asked: Question | Prompt) -> set[str]:
    """Everything that a question or prompt is worded as, plainly spelled."""
    return {plain(asked.text.ar), *(plain(asked.words(language)) for language in LANGUAGES)}
