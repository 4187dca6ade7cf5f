"""Which lines of a document answer which prompt; what has no place is told and never dropped."""

import re
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.review.filled.landmarks import Landmark, OurWords, is_as_written, is_ours, landmarks_of
from workflows.review.template import Template
from workflows.spelling import plain

_NUMBERS: Final = re.compile(r"\d+(?: \d+)*")
"""A number as it stands in plainly spelled words, its thousands apart."""


class Cell(Immutable):
    """Where in a table a line stands: the table by its number in the document, row and column; all from 1."""

    table: int
    row: int
    column: int


class Line(Immutable):
    """A line of a document.

    `mark` is the bookmark that stands in it, `is_point` whether it is a point of a list, whose number or sign is then
    not in the text. `cell` is where it stands in a table.
    """

    text: str
    mark: str = ""
    is_point: bool = False
    cell: Cell | None = None


class Passage(Immutable):
    """Lines that stand together under a question, and the prompts they may answer, the likeliest first."""

    question: str
    prompts: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def is_sure(self) -> bool:
        """Whether there is only one prompt that it can answer."""
        return len(self.prompts) == 1


class Placed(Immutable):
    """A document by its passages; `astray` has no place, `questions` are those that it names."""

    passages: tuple[Passage, ...]
    astray: tuple[str, ...]
    questions: frozenset[str]


class _Here(Immutable):
    """Where the reading of a document is.

    `has_begun`: something stands there, so that no further prompt joins. `is_own_wording`: the next line is how the
    state words the question; `is_worded`: such a line was there, and more of them may follow.
    """

    question: str = ""
    prompts: tuple[str, ...] = ()
    has_begun: bool = False
    is_own_wording: bool = False
    is_worded: bool = False


def placed(
    template: Template, ours: OurWords, lines: Iterable[Line], own: frozenset[str] = frozenset()
) -> Placed:
    """The document's lines under the prompts that they answer.

    `own` are lines in which the state words questions its own way, plainly spelled.
    """
    reading = _Reading(template, ours, own)
    for line in lines:
        if line.text.strip():
            reading.take(line)
        elif line.mark:
            reading.go_to(line.mark)
    return reading.done()


def undivided(template: Template, question: str, lines: Iterable[Line]) -> Placed:
    """All of a document as one passage under a question, where it names none itself."""
    passage = Passage(
        question, _asked(template, question), tuple(line for line in lines if line.text.strip())
    )
    return Placed((passage,) if passage.lines else (), (), frozenset({question}))


def _asked(template: Template, question: str) -> tuple[str, ...]:
    return tuple(each.id for each in template.asked_in(template.questions[question]))


class _Reading:
    """Goes through a document from its first line to its last."""

    def __init__(self, template: Template, ours: OurWords, own: frozenset[str]) -> None:
        self._template = template
        self._ours = ours
        self._own = own
        self._landmarks = landmarks_of(template)
        self._here = _Here()
        self._found: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
        self._astray: list[str] = []
        self._questions: set[str] = set()
        self._begun: list[Line] = []

    def take(self, line: Line) -> None:
        """Put one line where it belongs, or wait for the next where it may be the beginning of a heading."""
        if line.mark:
            self._take_apart()
        begun, self._begun = [*self._begun, line], []
        text = " ".join(each.text.strip() for each in begun)
        landmark = self._landmarks.find(text, begun[0].mark, self._here.question)
        is_heading = landmark is not None and not landmark.rest and not landmark.is_reworded
        if not is_heading and not is_ours(begun[0].mark) and self._landmarks.goes_on(text):
            self._begun = begun
        elif len(begun) == 1 or is_heading or (landmark and landmark.rest and landmark.rest in line.text):
            self._take(replace(begun[0], text=text), landmark)
        else:
            self._begun = begun
            self._take_apart()

    def go_to(self, mark: str) -> None:
        """Go to where a heading stood that was deleted: what follows it still answers it."""
        self._take_apart()
        landmark = self._landmarks.marked(mark)
        if landmark is not None:
            self._go_to(landmark)

    def _take_apart(self) -> None:
        """Take the lines that waited each for itself."""
        lines, self._begun = self._begun, []
        for line in lines:
            self._take(line, self._landmarks.find(line.text, line.mark, self._here.question))

    def _take(self, line: Line, landmark: Landmark | None) -> None:
        words = plain(line.text)
        if is_ours(line.mark) and (is_as_written(line.mark, line.text) or self._is_count(words)):
            self._here = replace(self._here, is_own_wording=False)
        elif (self._here.is_own_wording or self._here.is_worded) and words in self._own:
            self._here = replace(self._here, is_own_wording=False, is_worded=True)
        elif landmark is not None:
            self._go_to(landmark)
            if landmark.is_reworded:
                self._astray.append(line.text.strip())
            if landmark.rest:
                self._put(replace(line, text=landmark.rest))
        elif is_ours(line.mark) and words not in self._ours.lines:
            self._astray.append(line.text.strip())
            self._here = replace(self._here, is_own_wording=False)
        elif not self._is_ours(words):
            self._put(line)

    def done(self) -> Placed:
        """What was found, in the order of the template."""
        self._take_apart()
        passages = [
            Passage(question, prompts or _asked(self._template, question), tuple(lines))
            for (question, prompts), lines in self._found.items()
        ]
        order = {question: number for number, question in enumerate(self._template.questions)}
        passages.sort(key=lambda each: (order[each.question], self._template.place_of[each.prompts[0]]))
        return Placed(tuple(passages), tuple(self._astray), frozenset(self._questions))

    def _go_to(self, landmark: Landmark) -> None:
        here, prompts = self._here, landmark.prompts
        goes_on = landmark.question == here.question and not here.has_begun and not landmark.is_marked
        if goes_on:
            prompts = (*here.prompts, *(each for each in prompts if each not in here.prompts))
        self._here = _Here(landmark.question, prompts)
        self._questions |= {landmark.question} - {""}

    def _is_ours(self, words: str) -> bool:
        """Whether a line says that there is no answer, or is another word of ours; the place is taken by it."""
        if words in self._ours.own_wording:
            self._here = replace(self._here, is_own_wording=True, has_begun=True)
            return True
        if words in self._ours.lines:
            self._here = replace(self._here, has_begun=True)
            return True
        return self._is_count(words)

    def _is_count(self, words: str) -> bool:
        return _NUMBERS.sub("0", words) in self._ours.counts

    def _put(self, line: Line) -> None:
        here = self._here
        self._here = replace(here, has_begun=True, is_own_wording=False, is_worded=False)
        if here.is_own_wording or not here.question:
            self._astray.append(line.text.strip())
        else:
            self._found.setdefault((here.question, here.prompts), []).append(line)
