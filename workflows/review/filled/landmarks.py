"""What of a document is the template's and ours, in any of the languages: by it one knows where an answer stands."""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2s
from itertools import takewhile
from typing import Final

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.languages import LANGUAGES, Text
from workflows.review.answers import State
from workflows.review.naming import is_number, named_place
from workflows.review.template import Prompt, Question, Template
from workflows.spelling import plain

MARK: Final = "_rafiq_"
"""Word's hidden bookmarks begin with a low line; ours stand at the questions and prompts of a document."""
OURS: Final = "ours"
"""What such a bookmark calls a line that is neither a question nor an answer: our heads and counts."""
_FIRST_WORDS: Final = 3
"""So many words may stand before a question's own: its number, in any form."""
_TELLING: Final = 4
"""So many words must a heading have to be known where an answer follows in its line."""
_ALIKE: Final = 0.5
"""A heading is there in other words where so much of it is."""
_WORD: Final = re.compile("(?:\\w|[\u0300-\u036f\u064b-\u065f\u0670])+")
_BETWEEN: Final = " \t.:?!؟،,;؛)»…-–—\u00a0\u200e\u200f"
"""What stands between a heading and the answer in its line."""
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

    No question is named by what is only ours: what follows it answers nothing. `rest` is an answer in the same line;
    `is_reworded`: the line is a heading in other words, which may be more than a heading.
    """

    question: str = ""
    prompts: tuple[str, ...] = ()
    is_marked: bool = False
    rest: str = ""
    is_reworded: bool = False


class _Words(Immutable):
    """A line by its words, plainly spelled, and where in it each of them ends."""

    words: tuple[str, ...]
    ends: tuple[int, ...]


class Landmarks:
    """All landmarks of a template, found by their words, their numbers or the marks that we set."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._by_words: dict[str, list[Landmark]] = {}
        self._by_mark: dict[str, Landmark] = {}
        self._marked_words: dict[str, set[str]] = {}
        self._headings: set[str] = set()
        self._read_preface()
        for question in template.questions.values():
            self._read(question)
        self._beginnings: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        told = sorted((tuple(words.split()) for words in self._by_words), key=len, reverse=True)
        for words in told:
            self._beginnings.setdefault(words[: _TELLING - 1], []).append(words)
        self._longest = len(told[0])

    def find(self, text: str, mark: str = "", here: str = "") -> Landmark | None:
        """The landmark that a line is, by the mark that stands in it, by its words or by its number.

        Words that several questions share belong to the one that the reading is at, `here`.
        """
        words = plain(text)
        marked = self.marked(mark)
        at = marked.question if marked is not None else here
        found = self._known(words, at) or self._numbered(words, at)
        if marked is None:
            return found or self._begun(text, at) or self._led_in(text) or self._named(words)
        found = found or self._named(words)
        if found is None:
            return self._reworded(marked, mark, text)
        return marked if found.question == marked.question else found

    def marked(self, mark: str) -> Landmark | None:
        """The landmark at which a mark of ours was set; None for every other mark."""
        return self._by_mark.get(mark)

    def goes_on(self, text: str) -> bool:
        """Whether a line is the beginning of a heading that stands in several lines."""
        words = self._words(text).words
        return any(
            len(words) - first >= _TELLING - 1
            and len(heading) > len(words) - first
            and heading[: len(words) - first] == words[first:]
            for first in range(_numbers_before(words) + 1)
            for heading in self._beginnings.get(words[first : first + _TELLING - 1], ())
        )

    def _known(self, words: str, here: str) -> Landmark | None:
        known = self._by_words.get(words, ())
        return next((each for each in known if each.question == here), None) or next(iter(known), None)

    def _words(self, text: str) -> _Words:
        """As much of a line as a heading with its number can be."""
        words: list[str] = []
        ends: list[int] = []
        for found in _WORD.finditer(text):
            if len(words) > self._longest + _FIRST_WORDS:
                break
            spelled = plain(found[0]).split()
            words += spelled
            ends += [found.end()] * len(spelled)
        return _Words(tuple(words), tuple(ends))

    def _begun(self, text: str, here: str) -> Landmark | None:
        """A heading with an answer in its line."""
        line = self._words(text)
        for first in range(_numbers_before(line.words) + 1):
            for heading in self._beginnings.get(line.words[first : first + _TELLING - 1], ()):
                found = self._known(" ".join(heading), here)
                last = first + len(heading)
                if (
                    found
                    and found.question
                    and len(heading) >= _TELLING
                    and line.words[first:last] == heading
                ):
                    return replace(found, rest=text[line.ends[last - 1] :].lstrip(_BETWEEN))
        return None

    def _reworded(self, marked: Landmark, mark: str, text: str) -> Landmark:
        """A marked line in other words: the heading and an answer, a heading that was changed, or an answer alone."""
        line = self._words(text)
        for words in sorted(self._marked_words[mark], key=len, reverse=True):
            heading = tuple(words.split())
            for first in range(_numbers_before(line.words) + 1):
                last = first + len(heading)
                if line.words[first:last] == heading:
                    return replace(marked, rest=text[line.ends[last - 1] :].lstrip(_BETWEEN))
        named = named_place(self._template, " ".join(text.split()[:_FIRST_WORDS]))
        is_heading = named == f"question:{marked.question}" or any(
            len(set(words.split()) & set(line.words)) >= _ALIKE * len(set(words.split()))
            for words in self._marked_words[mark]
        )
        return replace(marked, is_reworded=True) if is_heading else replace(marked, rest=text)

    def _numbered(self, words: str, here: str) -> Landmark | None:
        """A question or section with its number before its words."""
        said = words.split()
        for first in range(1, _numbers_before(said) + 1):
            rest = " ".join(said[first:])
            if rest in self._headings:
                return self._known(rest, here)
        return None

    def _named(self, words: str) -> Landmark | None:
        """A question's number that stands alone in its line."""
        said = words.split()
        is_alone = len(said) <= _FIRST_WORDS and _numbers_before(said) == len(said)
        if not is_alone or (len(said) == _FIRST_WORDS and said[0] not in _WORD_QUESTION):
            return None
        return self._of_place(named_place(self._template, words))

    def _led_in(self, text: str) -> Landmark | None:
        found = _LED_IN.match(text)
        place = self._of_place(named_place(self._template, found[1])) if found else None
        return replace(place, rest=found[2]) if found and place else None

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
                self._add((plain(text.in_language(language)),), Landmark())

    def _read(self, question: Question) -> None:
        asked = {each.id for each in self._template.asked_in(question)}
        words = _words_of(question)
        first = tuple(
            prompt.id for prompt in question.prompts if prompt.id in asked and _words_of(prompt) & words
        )
        at_question = Landmark(question.id, first)
        self._add(words, at_question)
        self._headings |= words
        self._mark(question, Landmark(question.id, first, is_marked=True))
        for prompt in question.prompts:
            here = (prompt.id,) if prompt.id in asked else ()
            self._mark(prompt, Landmark(question.id, here, is_marked=True))
            if prompt.id not in first:
                self._add(_words_of(prompt), Landmark(question.id, here))

    def _add(self, words: Iterable[str], landmark: Landmark) -> None:
        for each in words:
            self._by_words.setdefault(each, []).append(landmark)

    def _mark(self, asked: Question | Prompt, landmark: Landmark) -> None:
        mark = mark_of(asked.id)
        self._by_mark[mark], self._marked_words[mark] = landmark, _words_of(asked)


def landmarks_of(template: Template) -> Landmarks:
    """The landmarks of a template, made once for it: that takes longer than most readings."""
    found: Landmarks | None = template.remembered.get(Landmarks)
    if found is None:
        found = template.remembered[Landmarks] = Landmarks(template)
    return found


def _numbers_before(words: Iterable[str]) -> int:
    """How many words before the others can be a number; three at most."""
    return sum(1 for _ in takewhile(is_number, list(words)[:_FIRST_WORDS]))


def is_ours(mark: str) -> bool:
    """Whether a mark stands at a line of ours that says nothing of where an answer stands."""
    return mark.startswith(mark_of(OURS))


def is_as_written(mark: str, words: str) -> bool:
    """Whether a line of ours still says what we wrote."""
    return mark.endswith(f"_{_checksum(words)}")


def mark_of(place: str) -> str:
    """The name of the bookmark at a question or prompt; Word allows letters, digits and low lines, 40 at most."""
    return MARK + place.replace(".", "_")


def mark_of_ours(number: int, words: str) -> str:
    """The name of the bookmark at a line of ours, by its number in the document and what it says."""
    return f"{mark_of(OURS)}_{number}_{_checksum(words)}"


def _checksum(words: str) -> str:
    return blake2s(plain(words).encode(), digest_size=4).hexdigest()


def _words_of(asked: Question | Prompt) -> set[str]:
    """Everything that a question or prompt is worded as, plainly spelled."""
    return {plain(asked.text.ar), *(plain(asked.words(language)) for language in LANGUAGES)}
