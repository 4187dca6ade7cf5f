"""The gateway to what countries have answered: nothing else touches the answers, and nobody passes without a right."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, update

from workflows.people.access import Act, may
from workflows.people.roles import Actor
from workflows.review.answers import ANSWER
from workflows.review.events import Adaptation, Adapted, Fact, Recorded, with_facts
from workflows.review.passage import State, locked
from workflows.store.answer_rows import (
    ADAPTED_BY,
    BESIDE,
    BESIDE_PROMPTS,
    CHANGED,
    GREW,
    LAY_ADAPTATION,
    LAY_ANSWER,
    OF_PLACES,
    OF_PLACES_LOCKED,
    REVISIONS,
    SUPERSEDE_ADAPTATION,
    SUPERSEDE_ANSWER,
    AnswerRows,
    answer_place,
    wording_place,
)
from workflows.store.cache import Contents
from workflows.store.cycles import Cycles
from workflows.store.locks import locked_places
from workflows.store.papers import Paper, Stack, numbered, paper_name, shelving
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import ADAPTATIONS, ANSWERS, SUBMISSIONS
from workflows.store.values import Contribution, Denied, Draft, Locked, Revision


class Drafts:
    """The drafts of all countries, each behind the access rules."""

    def __init__(self, pen: Pen, cycles: Cycles) -> None:
        self._pen = pen
        self._cycles = cycles
        self._papers: dict[tuple[str, str], Paper] = {}
        self._rows = AnswerRows(pen)
        self._answers = Stack()
        self._adaptations = Stack()
        self._beside: tuple[set[tuple[str, str]], Counter[tuple[str, str, str]]] | None = None

    # --- reading ------------------------------------------------------------------------------------------------

    async def open(self, actor: Actor, country: str) -> Draft:
        """A country's draft for somebody who may read it, begun at first use; raises Denied for anybody else.

        A contributor's is a paper of their own beside it, with what they were asked for alone.
        """
        self._judge(actor, _reading(actor), country)
        paper = await self._paper(actor.cycle_id, paper_name(actor, country), create=self._pen.writable)
        paper.writable = paper.writable or may(actor, "write_draft", country) or paper.is_beside
        paper.scope = actor.scope if paper.is_beside else ""
        return paper.draft

    async def tally(self, actor: Actor, country: str) -> Draft:
        """A country's draft to be counted, never shown; raises Denied for somebody who may not count it.

        It is not held back from those who write.
        """
        self._judge(actor, "count_draft", country)
        return (await self._counted(actor.cycle_id, [country]))[country]

    async def tally_all(self, actor: Actor, countries: Collection[str]) -> dict[str, Draft]:
        """As `tallies`, with an empty draft for each of them that has not begun; raises Denied."""
        for country in countries:
            self._judge(actor, "count_draft", country)
        return await self._counted(actor.cycle_id, countries)

    async def tallies(self, actor: Actor, countries: Collection[str]) -> dict[str, Draft]:
        """The drafts of those of these countries that have begun one, to be counted, never shown; raises Denied.

        None of them is held back from those who write: whoever opens one afterwards waits for them and reads it anew.
        """
        for country in countries:
            self._judge(actor, "count_draft", country)
        return await self._begun(actor.cycle_id, countries)

    async def changed(self, actor: Actor, countries: Collection[str], since: datetime) -> dict[str, int]:
        """How many questions of each of these countries have changed since a moment (UTC); raises Denied."""
        for country in countries:
            self._judge(actor, "count_draft", country)
        await self._pen.flush()
        rows = await self._pen.rows(CHANGED, {"cycle": actor.cycle_id, "since": since})
        return {row.country: row.prompts for row in rows if row.country in countries}

    async def revisions(self, actor: Actor, country: str, prompt: str) -> list[Revision]:
        """Every version of a prompt's answer, the first one first; raises Denied."""
        self._judge(actor, _reading(actor), country)
        return await self._history(actor, country, REVISIONS.where(ANSWERS.c.prompt == prompt))

    async def written_by(self, actor: Actor, person_id: int) -> list[Revision]:
        """Every version that a person wrote in the actor's country, in order; raises Denied."""
        self._judge(actor, _reading(actor), actor.country)
        return await self._history(actor, actor.country, REVISIONS.where(ANSWERS.c.author_id == person_id))

    async def adapted_by(self, actor: Actor, person_id: int) -> list[tuple[str, Adaptation]]:
        """How a person fitted the actor's country's questions to its context, in order; raises Denied."""
        self._judge(actor, _reading(actor), actor.country)
        await self._pen.flush()
        paper = await self._paper(actor.cycle_id, paper_name(actor, actor.country), create=False)
        rows = await self._pen.rows(ADAPTED_BY, {"of": paper.submission_id, "author": person_id})
        return [(row.question, Adaptation(row.left_out, self._rows.wording(row))) for row in rows]

    async def contributions(self, actor: Actor, country: str) -> list[Contribution]:
        """What a country's contributors have written beside its draft, in the order they came in; raises Denied.

        Those of forgotten people have no name.
        """
        self._judge(actor, "take_over", country)
        await self._pen.flush()
        rows = await self._pen.rows(BESIDE, {"cycle": actor.cycle_id, "beside": f"{country}/%"})
        papers = await self._papers_of(OF_PLACES, {(actor.cycle_id, row.country) for row in rows})
        return [self._rows.contribution(row, papers[actor.cycle_id, row.country]) for row in rows]

    async def beside(self, actor: Actor, country: str, prompt: str) -> int:
        """How many contributors have an answer of their own to a prompt; raises Denied.

        All that a transaction asks of this is counted at the first question, until something is written.
        """
        self._judge(actor, "take_over", country)
        if self._beside is None or (actor.cycle_id, country) not in self._beside[0]:
            places = {
                (actor.cycle_id, country),
                *((cycle, home.partition("/")[0]) for cycle, home in self._papers),
            }
            cycles, countries = ({each[part] for each in places} for part in (0, 1))
            rows = await self._pen.rows(
                BESIDE_PROMPTS, {"cycles": sorted(cycles), "countries": sorted(countries)}
            )
            found = Counter((row.cycle_id, row.country.partition("/")[0], row.prompt) for row in rows)
            self._beside = places, found
        return self._beside[1][actor.cycle_id, country, prompt]

    async def prefetch(self, places: Collection[tuple[str, str]]) -> None:
        """Load the drafts of these cycles and countries, and lock them where the engine locks rows."""
        await self._load([place for place in places if place not in self._papers])

    # --- writing ------------------------------------------------------------------------------------------------

    async def record(self, draft: Draft, facts: Sequence[Fact], author: int, at: datetime) -> Draft:
        """Keep what has become true as new revisions.

        Raises Denied for a draft that was not opened for writing, Locked for one that was submitted.
        """
        paper = self._papers.get((draft.cycle_id, draft.paper or draft.review.country))
        if paper is None or not paper.writable:
            raise self._denied(None, author, "write_draft", draft.review.country)
        if paper.locked:
            raise Locked(draft.review.country)
        review = with_facts(paper.draft.review, tuple(facts))
        for fact in facts:
            self._lay(paper, fact, author, at)
        kept = paper.contents
        paper.contents = Contents(
            review.answers, review.adaptations, kept.numbers, kept.wordings, review.words, review.last_ids
        )
        paper.last_activity = at
        paper.grown = True
        return paper.draft

    def lock(self, cycle_id: str, country: str, newest: State | None) -> None:
        """Let a draft stay as it is, or open it again, as its newest frozen text now stands."""
        paper = self._papers.get((cycle_id, country))
        if paper is not None:
            paper.locked = locked(newest)

    async def forget_author(self, person_id: int) -> None:
        """Answers stay with the state; who wrote them is forgotten."""
        for table in (ANSWERS, ADAPTATIONS):
            await self._pen.write(update(table).where(table.c.author_id == person_id).values(author_id=None))

    async def flush(self) -> None:
        """Write what waits: one statement for each kind of change."""
        for stack, supersede, lay in (
            (self._answers, SUPERSEDE_ANSWER, LAY_ANSWER),
            (self._adaptations, SUPERSEDE_ADAPTATION, LAY_ADAPTATION),
        ):
            old, new = stack.take()
            if old:
                await self._pen.write(supersede, old)
            if new:
                await self._pen.write(lay, new)
                self._beside = None
        await self._grow([paper for paper in self._papers.values() if paper.grown])

    async def _grow(self, papers: Sequence[Paper]) -> None:
        for paper in papers:
            paper.version += 1
            paper.grown = False
            self._pen.after_commit.append(shelving(self._pen, paper))
        rows = [
            {"of": p.submission_id, "new_version": p.version, "active_at": p.last_activity} for p in papers
        ]
        if rows:
            await self._pen.write(GREW, rows)

    def _lay(self, paper: Paper, fact: Fact, author: int, at: datetime) -> None:
        of = paper.submission_id
        row: dict[str, Any] = {"submission_id": of, "newest": True, "author_id": author, "at": at}
        if isinstance(fact, Adapted):
            number = paper.contents.wordings.get(fact.question, 0) + 1
            paper.contents = numbered(paper.contents, question=fact.question, number=number)
            row |= {"question": fact.question, "number": number, "left_out": fact.adaptation.left_out}
            row["wording"] = self._sealed_wording(of, fact, number)
            self._adaptations.lay(of, fact.question, row)
            return
        number = paper.contents.numbers.get(fact.prompt, 0) + 1
        paper.contents = numbered(paper.contents, prompt=fact.prompt, number=number)
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

    async def _paper(self, cycle_id: str, country: str, *, create: bool) -> Paper:
        place = (cycle_id, country)
        if place not in self._papers:
            await self._load([place])
        if place not in self._papers and create:
            await self._begin(cycle_id, country)
            await self._load([place])
        if place in self._papers:
            return self._papers[place]
        return await self._unbegun(cycle_id, country)

    async def _begun(self, cycle_id: str, countries: Collection[str]) -> dict[str, Draft]:
        """The drafts of those that have begun one, without a lock."""
        places = {(cycle_id, country) for country in countries}
        papers = {place: self._papers[place] for place in places if place in self._papers}
        papers |= await self._papers_of(OF_PLACES, places - papers.keys())
        return {country: paper.draft for (_, country), paper in papers.items()}

    async def _counted(self, cycle_id: str, countries: Collection[str]) -> dict[str, Draft]:
        """The same for all of them, empty where none is begun."""
        begun = await self._begun(cycle_id, countries)
        return {
            country: begun.get(country) or (await self._unbegun(cycle_id, country)).draft
            for country in countries
        }

    async def _unbegun(self, cycle_id: str, country: str) -> Paper:
        """The empty paper of a country that has not begun."""
        cycle = await self._cycles.get(cycle_id)
        if cycle is None:
            raise LookupError(f"no cycle {cycle_id}")
        return Paper(0, cycle_id, country, 0, None, cycle.template, Contents())

    async def _begin(self, cycle_id: str, country: str) -> None:
        row = {"cycle_id": cycle_id, "country": country, "version": 0, "last_activity_at": None}
        await self._pen.write(self._pen.insert(SUBMISSIONS).on_conflict_do_nothing(), row)

    async def _load(self, places: Collection[tuple[str, str]]) -> None:
        statement = OF_PLACES_LOCKED if self._pen.writable else OF_PLACES
        self._papers |= await self._papers_of(statement, places)

    async def _papers_of(
        self, statement: Prepared, places: Collection[tuple[str, str]]
    ) -> dict[tuple[str, str], Paper]:
        rows = await self._pen.rows(statement, {"places": sorted(set(places))}) if places else []
        contents = await self._rows.contents(rows)
        kept = await locked_places(self._pen, [(row.cycle_id, row.country) for row in rows])
        return {
            (row.cycle_id, row.country): Paper(
                row.id,
                row.cycle_id,
                row.country,
                row.version,
                row.last_activity_at,
                await self._cycles.template(row.cycle_id, row.template_hash),
                contents[row.id],
                locked=(row.cycle_id, row.country) in kept,
            )
            for row in rows
        }

    async def _history(self, actor: Actor, country: str, query: Select[Any]) -> list[Revision]:
        await self._pen.flush()
        paper = await self._paper(actor.cycle_id, paper_name(actor, country), create=False)
        rows = await self._pen.rows(query, {"of": paper.submission_id})
        return [self._rows.revision(row) for row in rows]


def _reading(actor: Actor) -> Act:
    """What opening a draft is to somebody: contributors have one of their own."""
    return "contribute" if actor.role == "contributor" else "read_draft"
