"""A document that was filled in or corrected outside the chat: what it holds, and taking it into the draft by presses.

Nothing is taken in by itself. What is taken in is a new version of the answer; what was there stays in its history.
The document is read anew at each press from the file as it was sent, so that nothing of it is kept twice.
"""

import asyncio
from collections.abc import Iterable
from functools import cached_property
from typing import Final, Literal

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.notices.filled import (
    FilledAstray,
    FilledEnded,
    FilledLine,
    FilledStanding,
    FilledTaken,
    FilledText,
    FilledView,
)
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review.answers import Answer
from workflows.review.cards import given
from workflows.review.events import Adaptation, Recorded, Review, with_facts
from workflows.review.filled.comparing import has_room_below, standing, taken
from workflows.review.filled.landmarks import OurWords
from workflows.review.filled.placing import Passage, Placed, placed, undivided
from workflows.review.filled.reading import Read, likeliest, read
from workflows.review.template import Template
from workflows.spelling import plain
from workflows.store.transaction import Work
from workflows.store.values import Draft
from workflows.store.values_hands import File
from workflows.use_cases import contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.meeting import tell_focal_points
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import closing

Way = Literal["instead", "below"]
QUESTIONS: Final = 2
"""So many questions of the review must a document name to be taken for one that holds answers."""
SHOWN: Final = 10_000
"""So many letters of what is not taken in are shown: some three messages."""

BEGINNING: Final = 200
"""So many characters of a passage are told where all of them are listed."""


class Document(Immutable, dict=True):
    """A file as it was read with a template; `beside` counts pictures, footnotes, comments and inserted files."""

    file: File
    template: Template
    ours: OurWords
    content: Placed
    beside: int

    @property
    def is_of_the_review(self) -> bool:
        """Whether it holds answers, or the questions they would stand under."""
        return len(self.content.questions) >= QUESTIONS

    @property
    def source(self) -> str:
        """How an answer names the document that it was taken from; by that the words are no one person's own."""
        return f"file{self.file.id}:1"

    @cached_property
    def likeliest(self) -> tuple[Read, ...]:
        """Every passage as the answer to the prompt of its question that it fits best."""
        return tuple(
            likeliest(self.template, self.ours, passage, self.source) for passage in self.content.passages
        )

    def read(self, passage: Passage, prompt: str) -> Read:
        """A passage as the answer to a prompt of its question, to the likeliest where that has no such prompt."""
        asked = {each.id for each in self.template.questions[passage.question].prompts}
        if prompt in asked:
            return read(self.template, self.ours, passage, prompt, self.source)
        return likeliest(self.template, self.ours, passage, self.source)


class Opened(Immutable):
    """A document beside the draft of whoever sent it."""

    errand: Errand
    document: Document
    draft: Draft

    def found(self, review: Review, at: int = 0, prompt: str = "") -> list["Found"]:
        """Every passage as it stands to a review; the one in place `at` is read at the prompt that is named."""
        readings = list(self.document.likeliest)
        passages = self.document.content.passages
        if 1 <= at <= len(passages):
            readings[at - 1] = self.document.read(passages[at - 1], prompt)
        return [
            Found(number, passage, told, _standing(review, told))
            for number, (passage, told) in enumerate(zip(passages, readings, strict=True), start=1)
        ]


class Found(Immutable):
    """A passage of the document by its place in it (from 1), how it was read, and how that stands to the draft."""

    number: int
    passage: Passage
    read: Read
    standing: FilledStanding

    @property
    def is_settled(self) -> bool:
        """Whether the draft says all of it."""
        return self.standing == "same" and not self.read.unread


def is_of_a_file(source: str) -> bool:
    """Whether `Document.source` made this."""
    return source.startswith("file")


def writes(actor: Actor) -> bool:
    """Whether somebody writes a draft, so that a document can hold answers of theirs."""
    return may(actor, "write_draft", actor.country) or may(actor, "contribute", actor.country)


async def read_document(
    work: Work, file: File, content: bytes, ours: OurWords, adapted: Iterable[Adaptation] = ()
) -> Document | None:
    """The document in a file, read off the loop; `adapted` is how the state fits the questions to its context.

    None for what cannot be read so. Evidence of a question is one passage under it, unless it names the review's
    questions itself.
    """
    from workflows.reports.returned import lines_of  # noqa: PLC0415 - loaded when it is wanted

    cycle = await work.cycles.get(file.cycle_id)
    returned = await asyncio.to_thread(lines_of, content, file.media_type)
    if cycle is None or returned is None:
        return None
    own = frozenset(plain(line) for each in adapted for line in each.wording.splitlines() if line.strip())
    found = await asyncio.to_thread(placed, cycle.template, ours, returned.lines, own)
    document = Document(file, cycle.template, ours, found, returned.beside)
    if file.question in cycle.template.questions and not document.is_of_the_review:
        document = replace(document, content=undivided(cycle.template, file.question, returned.lines))
    await asyncio.to_thread(getattr, document, "likeliest")  # the long part of a long document, kept with it
    return document


async def opened(errand: Errand, number: int, ours: OurWords) -> Opened | None:
    """A document that the person sent for this draft; None for every other, as for one that is not there any more."""
    file = await errand.work.evidence.get(number)
    actor = errand.actor
    here = actor.cycle_id, actor.country, errand.person.id
    if file is None or not writes(actor) or here != (file.cycle_id, file.country, file.author_id):
        errand.note("filled", actor.country, f"file {number}", "denied")
        return None
    if file.state != "kept":
        return None
    content = await errand.work.evidence.content(file)
    if content is None:
        return None
    draft = await errand.work.drafts.open(actor, actor.country)
    document = await read_document(errand.work, file, content, ours, draft.review.adaptations.values())
    return Opened(errand, document, draft) if document is not None else None


def _standing(review: Review, told: Read) -> FilledStanding:
    if told.prompt not in review.template.prompts:
        return "beyond"
    return "unread" if told.answer is None else standing(review, told.prompt, told.answer)


# --- looking ---------------------------------------------------------------------------------------------------------


def view(at: Opened, question: str = "") -> FilledView:
    """What a document holds, as it stands to the draft; `question` is where it was sent."""
    file, found = at.document.file, at.found(at.draft.review)
    return FilledView(
        file=file.id,
        name=file.name,
        lines=tuple(
            FilledLine(
                number=each.number,
                prompt=each.read.prompt,
                standing=each.standing,
                begins=each.passage.lines[0].text.strip()[:BEGINNING],
                is_sure=each.passage.is_sure and not each.read.unread,
            )
            for each in found
            if not each.is_settled
        ),
        same=sum(each.is_settled for each in found),
        astray=len(at.document.content.astray),
        beside=at.document.beside,
        question=question,
        locked=at.draft.locked,
    )


def show(at: Opened) -> Came:
    """Show what the document holds."""
    at.errand.say(closing(view(at)), "filled")
    return "done"


def show_astray(at: Opened) -> Came:
    """Show what stands under no question."""
    file = at.document.file
    texts, more = _as_far_as_shown(at.document.content.astray)
    notice = FilledAstray(file=file.id, name=file.name, texts=texts, more=more)
    at.errand.say(closing(notice), "filled_astray")
    return "done"


def _as_far_as_shown(texts: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """The paragraphs that a few messages can hold, one at least and as much of it, and how many more there are."""
    found: list[str] = []
    room = SHOWN
    for text in texts:
        if found and len(text) > room:
            break
        found.append(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
        room -= len(text)
    return tuple(found), len(texts) - len(found)


def show_text(at: Opened, number: int, prompt: str = "", *, changed: bool = False) -> Came:
    """Show one passage beside the draft; where it may answer several prompts, at the one that is named."""
    found, review = at.found(at.draft.review, number, prompt), at.draft.review
    here = next((each for each in found if each.number == number), None)
    if here is None:
        return "stale"
    numbers = [each.number for each in found if not each.is_settled or each is here]
    place, answer, prompt = numbers.index(number), here.read.answer, here.read.prompt
    notice = FilledText(
        file=at.document.file.id,
        name=at.document.file.name,
        number=number,
        prompt=prompt,
        standing=here.standing,
        is_sure=here.passage.is_sure,
        given=given(answer),
        text="" if answer is not None else _as_it_stands(here.passage),
        left=_as_far_as_shown(here.read.unread)[0] if answer is not None else (),
        present=given(review.answers.get(prompt)),
        version=at.draft.numbers.get(prompt, 0),
        position=place + 1,
        total=len(numbers),
        before=numbers[place - 1] if place else 0,
        after=numbers[place + 1] if place + 1 < len(numbers) else 0,
        others=tuple(each for each in _possible(at, here) if each != prompt),
        room_below=answer is not None and has_room_below(review, prompt, answer),
        locked=at.draft.locked,
        changed=changed,
        evidence_of=at.document.file.question,
    )
    at.errand.say(closing(notice), "filled_text")
    return "done"


def _as_it_stands(passage: Passage) -> str:
    """The words of a passage that was not read as an answer."""
    texts, more = _as_far_as_shown(tuple(line.text.strip() for line in passage.lines))
    return "\n".join([*texts, "…"] if more else texts)


def _possible(at: Opened, found: Found) -> tuple[str, ...]:
    """The prompts at which a passage can be tried: all of its question where it is not sure to answer the one."""
    is_clear = found.passage.is_sure and not found.read.unread and found.standing != "asleep"
    if is_clear or found.standing == "beyond":
        return ()
    asked = [each.id for each in at.document.template.questions[found.passage.question].prompts]
    return tuple(each for each in asked if at.document.read(found.passage, each).answer is not None)


# --- taking in -------------------------------------------------------------------------------------------------------


async def take(at: Opened, number: int, version: int, way: Way, prompt: str) -> Came:
    """Take one passage into the draft; where the answer has changed since it was shown, both are shown anew."""
    if at.draft.locked:
        return "locked"
    found = at.found(at.draft.review, number, prompt)
    here = next((each for each in found if each.number == number and each.read.prompt == prompt), None)
    if here is None:
        return "stale"
    answer = here.read.answer
    if answer is None or here.standing not in ("open", "differs") or _version(at, prompt) != version:
        return show_text(at, number, prompt, changed=here.standing != "same")
    return await _keep(at, [taken(at.draft.review, prompt, answer, way, at.document.source)], after=number)


async def take_open(at: Opened) -> Came:
    """Take in everything that was read whole, can belong to one prompt only, and whose prompt is open.

    The answers are taken in order: one may be what the following ones depend on.
    """
    if at.draft.locked:
        return "locked"
    review, facts = at.draft.review, list[Recorded]()
    for prompt, answer in _sure(at):
        if standing(review, prompt, answer) == "open":
            facts.append(taken(review, prompt, answer, "instead", at.document.source))
            review = with_facts(review, (facts[-1],))
    return await _keep(at, facts) if facts else show(at)


def _sure(at: Opened) -> list[tuple[str, Answer]]:
    found = at.found(at.draft.review)
    return [
        (each.read.prompt, each.read.answer)
        for each in found
        if each.read.answer is not None and not each.read.unread and each.passage.is_sure
    ]


def _version(at: Opened, prompt: str) -> int:
    return at.draft.numbers.get(prompt, 0)


async def _keep(at: Opened, facts: list[Recorded], after: int = 0) -> Came:
    """Record what was taken in, and go on to what follows it."""
    errand, file = at.errand, at.document.file
    prompts = tuple(fact.prompt for fact in facts)
    now = await errand.work.drafts.record(at.draft, facts, errand.person.id, errand.cause.now)
    errand.note("take_filled", errand.actor.country, f"{' '.join(prompts)} of file {file.id}", "done")
    left = [each for each in at.found(now.review) if not each.is_settled]
    notice = FilledTaken(
        file=file.id, name=file.name, prompts=prompts, left=len(left), evidence_of=file.question
    )
    errand.say(closing(notice), "filled_taken")
    await contradicting.ask(errand, at.draft.review, now.review, facts)
    if now.review.is_beside:
        await tell_focal_points(errand, facts)
    following = next((each.number for each in left if each.number > after), 0)
    return show_text(Opened(errand, at.document, now), following) if following else "done"


# --- the end of it ---------------------------------------------------------------------------------------------------


async def end(at: Opened) -> Came:
    """Remove the file; what was taken from it stays."""
    errand, file = at.errand, at.document.file
    if file.question:
        return "stale"
    await errand.work.evidence.remove(file, errand.cause.now)
    errand.note("remove_evidence", errand.actor.country, f"file {file.id}", "done")
    errand.say(closing(FilledEnded(name=file.name)), "filled_ended")
    return "done"
