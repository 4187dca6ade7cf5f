"""The gateway to what countries have answered: nothing else touches the answers, and nobody passes without a right."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, text, tuple_, update

from workflows.people.access import Act, may
from workflows.people.roles import Actor
from workflows.review.answers import ANSWER, Answer, RecordList
from workflows.review.events import Adaptation, Adapted, Fact, Recorded, Review, with_facts
from workflows.review.template import Template
from workflows.store.cycles import Cycles
from workflows.store.pen import Pen
from workflows.store.shelf import Contents
from workflows.store.tables import ADAPTATIONS, ANSWERS, CYCLES, PEOPLE, SUBMISSIONS
from workflows.store.values import Denied, Draft, Revision

_NEWEST = text("newest")
_SUBMISSIONS = (
    select(SUBMISSIONS, CYCLES.c.template_hash)
    .join(CYCLES, CYCLES.c.id == SUBMISSIONS.c.cycle_id)
    .where(tuple_(SUBMISSIONS.c.cycle_id, SUBMISSIONS.c.country).in_(bindparam("places", expanding=True)))
    .order_by(SUBMISSIONS.c.id)
)
_LOCKED = _SUBMISSIONS.with_for_update(of=SUBMISSIONS)
_ANSWERS = select(
    ANSWERS.c.submission_id, ANSWERS.c.prompt, ANSWERS.c.number, ANSWERS.c.words, ANSWERS.c.value
).where(_NEWEST, ANSWERS.c.submission_id.in_(bindparam("ids", expanding=True)))
_ADAPTATIONS = select(
    ADAPTATIONS.c.submission_id,
    ADAPTATIONS.c.question,
    ADAPTATIONS.c.number,
    ADAPTATIONS.c.left_out,
    ADAPTATIONS.c.wording,
).where(_NEWEST, ADAPTATIONS.c.submission_id.in_(bindparam("ids", expanding=True)))
_PAST_LISTS = (
    select(ANSWERS.c.submission_id, ANSWERS.c.prompt, ANSWERS.c.number, ANSWERS.c.value)
    .where(tuple_(ANSWERS.c.submission_id, ANSWERS.c.prompt).in_(bindparam("places", expanding=True)))
    .where(ANSWERS.c.value.is_not(None))
    .order_by(ANSWERS.c.id.desc())
)
_SUPERSEDE_ANSWER = (
    update(ANSWERS)
    .where(
        ANSWERS.c.submission_id == bindparam("of"),
        ANSWERS.c.prompt == bindparam("thing"),
        ANSWERS.c.number == bindparam("old"),
    )
    .values(newest=False)
)
_SUPERSEDE_ADAPTATION = (
    update(ADAPTATIONS)
    .where(
        ADAPTATIONS.c.submission_id == bindparam("of"),
        ADAPTATIONS.c.question == bindparam("thing"),
        ADAPTATIONS.c.number == bindparam("old"),
    )
    .values(newest=False)
)
_GREW = (
    update(SUBMISSIONS)
    .where(SUBMISSIONS.c.id == bindparam("of"))
    .values(version=bindparam("new_version"), last_activity_at=bindparam("active_at"))
)
_REVISIONS = (
    select(ANSWERS, PEOPLE.c.id.label("writer"), PEOPLE.c.name)
    .outerjoin(PEOPLE, PEOPLE.c.id == ANSWERS.c.author_id)
    .where(ANSWERS.c.submission_id == bindparam("of"))
    .order_by(ANSWERS.c.id)
)
_ADAPTED_BY = (
    select(ADAPTATIONS)
    .where(ADAPTATIONS.c.submission_id == bindparam("of"), ADAPTATIONS.c.author_id == bindparam("author"))
    .order_by(ADAPTATIONS.c.id)
)


def answer_place(submission_id: int, prompt: str, number: int) -> str:
    """Where an answer is sealed."""
    return f"answer/{submission_id}/{prompt}/{number}"


def wording_place(submission_id: int, question: str, number: int) -> str:
    """Where a state's own wording is sealed."""
    return f"wording/{submission_id}/{question}/{number}"


@dataclass
class _Paper:
    """One country's submission as this transaction sees it, its own writes included."""

    submission_id: int
    cycle_id: str
    country: str
    version: int
    last_activity: datetime | None
    template: Template
    contents: Contents
    writable: bool = False
    grown: bool = False

    @property
    def draft(self) -> Draft:
        kept = self.contents
        review = Review(
            self.template, self.country, kept.answers, dict(kept.adaptations), kept.words, kept.last_ids
        )
        return Draft(self.submission_id, self.cycle_id, review, self.last_activity)


class _Stack:
    """Revisions of one table that wait to be written, and those they supersede."""

    def __init__(self) -> None:
        self.fresh: dict[tuple[int, str], list[dict[str, Any]]] = {}
        self.superseded: list[dict[str, Any]] = []

    def lay(self, of: int, thing: str, row: dict[str, Any]) -> None:
        """Put a revision on top of the one before it, wherever that is."""
        waiting = self.fresh.setdefault((of, thing), [])
        if waiting:
            waiting[-1]["newest"] = False
        elif row["number"] > 1:
            self.superseded.append({"of": of, "thing": thing, "old": row["number"] - 1})
        waiting.append(row)

    def take(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What is superseded and what is new; the stack is empty then."""
        taken = self.superseded, [row for rows in self.fresh.values() for row in rows]
        self.fresh, self.superseded = {}, []
        return taken


class Drafts:
    """The drafts of all countries, each behind the access rules."""

    def __init__(self, pen: Pen, cycles: Cycles) -> None:
        self._pen = pen
        self._cycles = cycles
        self._papers: dict[tuple[str, str], _Paper] = {}
        self._answers = _Stack()
        self._adaptations = _Stack()

    # --- reading ------------------------------------------------------------------------------------------------

    async def open(self, actor: Actor, country: str) -> Draft:
        """A country's draft for somebody who may read it, begun at first use; raises Denied for anybody else."""
        self._judge(actor, "read_draft", country)
        paper = await self._paper(actor.cycle_id, country, create=self._pen.writable)
        paper.writable = paper.writable or may(actor, "write_draft", country)
        return paper.draft

    async def tally(self, actor: Actor, country: str) -> Draft:
        """A country's draft to be counted, never shown; raises Denied for somebody who may not count it."""
        self._judge(actor, "count_draft", country)
        return (await self._paper(actor.cycle_id, country, create=False)).draft

    async def revisions(self, actor: Actor, country: str, prompt: str) -> list[Revision]:
        """Every version of a prompt's answer, the first one first; raises Denied."""
        self._judge(actor, "read_draft", country)
        return await self._history(actor.cycle_id, country, _REVISIONS.where(ANSWERS.c.prompt == prompt))

    async def written_by(self, actor: Actor, person_id: int) -> list[Revision]:
        """Every version that a person wrote in the actor's country, in order; raises Denied."""
        self._judge(actor, "read_draft", actor.country)
        written = _REVISIONS.where(ANSWERS.c.author_id == person_id)
        return await self._history(actor.cycle_id, actor.country, written)

    async def adapted_by(self, actor: Actor, person_id: int) -> list[tuple[str, Adaptation]]:
        """How a person fitted the actor's country's questions to its context, in order; raises Denied."""
        self._judge(actor, "read_draft", actor.country)
        await self._pen.flush()
        paper = await self._paper(actor.cycle_id, actor.country, create=False)
        rows = await self._pen.rows(_ADAPTED_BY, {"of": paper.submission_id, "author": person_id})
        return [(row.question, Adaptation(row.left_out, self._wording(row))) for row in rows]

    async def prefetch(self, places: Collection[tuple[str, str]]) -> None:
        """Load the drafts of these cycles and countries, and lock them where the engine locks rows."""
        await self._load([place for place in places if place not in self._papers])

    # --- writing ------------------------------------------------------------------------------------------------

    async def record(self, draft: Draft, facts: Sequence[Fact], author: int, at: datetime) -> Draft:
        """Keep what has become true as new revisions; raises Denied for a draft that was not opened for writing."""
        paper = self._papers.get((draft.cycle_id, draft.review.country))
        if paper is None or not paper.writable:
            raise self._denied(None, author, "write_draft", draft.review.country)
        for fact in facts:
            self._lay(paper, fact, author, at)
        review = with_facts(paper.draft.review, tuple(facts))
        paper.contents = replace(
            paper.contents,
            answers=review.answers,
            adaptations=review.adaptations,
            words=review.words,
            last_ids=review.last_ids,
        )
        paper.last_activity = at
        paper.grown = True
        return paper.draft

    async def forget_author(self, person_id: int) -> None:
        """Answers stay with the state; who wrote them is forgotten."""
        for table in (ANSWERS, ADAPTATIONS):
            await self._pen.write(update(table).where(table.c.author_id == person_id).values(author_id=None))

    async def flush(self) -> None:
        """Write what waits: one statement for each kind of change."""
        for stack, supersede, table in (
            (self._answers, _SUPERSEDE_ANSWER, ANSWERS),
            (self._adaptations, _SUPERSEDE_ADAPTATION, ADAPTATIONS),
        ):
            old, new = stack.take()
            if old:
                await self._pen.write(supersede, old)
            if new:
                await self._pen.write(table.insert(), new)
        await self._grow([paper for paper in self._papers.values() if paper.grown])

    async def _grow(self, papers: Sequence[_Paper]) -> None:
        for paper in papers:
            paper.version += 1
            paper.grown = False
            self._pen.after_commit.append(_shelving(self._pen, paper))
        rows = [
            {"of": p.submission_id, "new_version": p.version, "active_at": p.last_activity} for p in papers
        ]
        if rows:
            await self._pen.write(_GREW, rows)

    def _lay(self, paper: _Paper, fact: Fact, author: int, at: datetime) -> None:
        of = paper.submission_id
        row: dict[str, Any] = {"submission_id": of, "newest": True, "author_id": author, "at": at}
        if isinstance(fact, Adapted):
            number = paper.contents.wordings.get(fact.question, 0) + 1
            paper.contents = _numbered(paper.contents, question=fact.question, number=number)
            row |= {"question": fact.question, "number": number, "left_out": fact.adaptation.left_out}
            row["wording"] = self._sealed_wording(of, fact, number)
            self._adaptations.lay(of, fact.question, row)
            return
        number = paper.contents.numbers.get(fact.prompt, 0) + 1
        paper.contents = _numbered(paper.contents, prompt=fact.prompt, number=number)
        row |= {"prompt": fact.prompt, "number": number, "words": fact.words or 0, "source": fact.source}
        row["value"] = self._sealed_answer(of, fact, number)
        self._answers.lay(of, fact.prompt, row)

    def _sealed_answer(self, of: int, fact: Recorded, number: int) -> bytes | None:
        if fact.answer is None:
            return None
        return self._pen.seal(ANSWER.dump_json(fact.answer), answer_place(of, fact.prompt, number))

    def _sealed_wording(self, of: int, fact: Adapted, number: int) -> bytes | None:
        if not fact.adaptation.wording:
            return None
        return self._pen.seal(fact.adaptation.wording, wording_place(of, fact.question, number))

    # --- who may ------------------------------------------------------------------------------------------------

    def _judge(self, actor: Actor, act: Act, country: str) -> None:
        if not may(actor, act, country):
            raise self._denied(actor, actor.person_id, act, country)

    def _denied(self, actor: Actor | None, person_id: int, act: Act, country: str) -> Denied:
        thing = f"draft of {actor.cycle_id}" if actor else "draft"
        self._pen.denials.append(
            {"person_id": person_id, "act": act, "country": country, "thing": thing, "outcome": "denied"}
        )
        return Denied(act, country)

    # --- rows into papers -----------------------------------------------------------------------------------------

    async def _paper(self, cycle_id: str, country: str, *, create: bool) -> _Paper:
        place = (cycle_id, country)
        if place not in self._papers:
            await self._load([place])
        if place not in self._papers and create:
            await self._begin(cycle_id, country)
            await self._load([place])
        if place in self._papers:
            return self._papers[place]
        cycle = await self._cycles.get(cycle_id)
        if cycle is None:
            raise LookupError(f"no cycle {cycle_id}")
        return _Paper(0, cycle_id, country, 0, None, cycle.template, Contents())

    async def _begin(self, cycle_id: str, country: str) -> None:
        row = {"cycle_id": cycle_id, "country": country, "version": 0, "last_activity_at": None}
        await self._pen.write(self._pen.insert(SUBMISSIONS).on_conflict_do_nothing(), row)

    async def _load(self, places: Collection[tuple[str, str]]) -> None:
        if not places:
            return
        statement = _LOCKED if self._pen.writable else _SUBMISSIONS
        rows = await self._pen.rows(statement, {"places": sorted(set(places))})
        contents = await self._contents(rows)
        for row in rows:
            self._papers[row.cycle_id, row.country] = _Paper(
                row.id,
                row.cycle_id,
                row.country,
                row.version,
                row.last_activity_at,
                await self._cycles.template(row.cycle_id, row.template_hash),
                contents[row.id],
            )

    async def _contents(self, rows: Sequence[Row[Any]]) -> dict[int, Contents]:
        shelf = self._pen.shelf
        found = {row.id: shelf.contents(row.id, row.version) for row in rows}
        missing = [row for row in rows if found[row.id] is None]
        read = await self._read([row.id for row in missing])
        for row in missing:
            shelf.keep(row.id, row.version, read[row.id])
        return {of: contents or read[of] for of, contents in found.items()}

    async def _read(self, ids: list[int]) -> dict[int, Contents]:
        if not ids:
            return {}
        answers: dict[int, dict[str, Answer]] = {of: {} for of in ids}
        adaptations: dict[int, dict[str, Adaptation]] = {of: {} for of in ids}
        numbers: dict[int, dict[str, int]] = {of: {} for of in ids}
        wordings: dict[int, dict[str, int]] = {of: {} for of in ids}
        words: dict[int, dict[str, int]] = {of: {} for of in ids}
        emptied: list[tuple[int, str]] = []
        for row in await self._pen.rows(_ANSWERS, {"ids": ids}):
            numbers[row.submission_id][row.prompt] = row.number
            answer = self._answer(row.submission_id, row.prompt, row.number, row.value)
            if answer is not None:
                answers[row.submission_id][row.prompt] = answer
                words[row.submission_id][row.prompt] = row.words
            if row.number > 1 and (answer is None or answer.value is None):
                emptied.append((row.submission_id, row.prompt))
        last_ids = await self._last_ids(emptied)
        for row in await self._pen.rows(_ADAPTATIONS, {"ids": ids}):
            wordings[row.submission_id][row.question] = row.number
            adaptations[row.submission_id][row.question] = Adaptation(row.left_out, self._wording(row))
        return {
            of: Contents(
                answers[of], adaptations[of], numbers[of], wordings[of], words[of], last_ids.get(of, {})
            )
            for of in ids
        }

    async def _last_ids(self, places: list[tuple[int, str]]) -> dict[int, dict[str, int]]:
        """The last record ids of the newest lists that these submissions' prompts had before they were emptied."""
        found: dict[int, dict[str, int]] = {of: {} for of, _ in places}
        for row in await self._pen.rows(_PAST_LISTS, {"places": places}) if places else ():
            of, prompt = row.submission_id, row.prompt
            answer = None if prompt in found[of] else self._answer(of, prompt, row.number, row.value)
            if answer is not None and isinstance(answer.value, RecordList):
                found[of][prompt] = answer.value.last_id
        return found

    def _answer(self, of: int, prompt: str, number: int, sealed: bytes | None) -> Answer | None:
        if sealed is None:
            return None
        return ANSWER.validate_json(self._pen.unseal(sealed, answer_place(of, prompt, number)))

    def _wording(self, row: Row[Any]) -> str:
        place = wording_place(row.submission_id, row.question, row.number)
        return self._pen.unseal(row.wording, place).decode()

    async def _history(self, cycle_id: str, country: str, query: Select[Any]) -> list[Revision]:
        await self._pen.flush()
        paper = await self._paper(cycle_id, country, create=False)
        rows = await self._pen.rows(query, {"of": paper.submission_id})
        return [
            Revision(
                row.prompt,
                row.number,
                self._answer(row.submission_id, row.prompt, row.number, row.value),
                row.words,
                self._pen.unseal(row.name, f"name/{row.writer}").decode(),
                row.at,
                row.source,
            )
            for row in rows
        ]


def _numbered(contents: Contents, *, number: int, prompt: str = "", question: str = "") -> Contents:
    if prompt:
        return replace(contents, numbers={**contents.numbers, prompt: number})
    return replace(contents, wordings={**contents.wordings, question: number})


def _shelving(pen: Pen, paper: _Paper) -> Any:
    of, version, contents = paper.submission_id, paper.version, paper.contents
    return lambda: pen.shelf.keep(of, version, contents)
