"""The rows of the answers: the statements that find and supersede them, and how they become values again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, cast, distinct, func, literal, select, text, tuple_, update
from sqlalchemy.types import String

from workflows.review.answers import ANSWER, Answer, RecordList
from workflows.review.events import Adaptation
from workflows.store.cache import Contents
from workflows.store.papers import Paper
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import ADAPTATIONS, ANSWERS, CYCLES, MEMBERSHIPS, PEOPLE, SUBMISSIONS
from workflows.store.values import Contribution, Revision

_NEWEST = text("newest")
_of_places = (
    select(SUBMISSIONS, CYCLES.c.template_hash)
    .join(CYCLES, CYCLES.c.id == SUBMISSIONS.c.cycle_id)
    .where(tuple_(SUBMISSIONS.c.cycle_id, SUBMISSIONS.c.country).in_(bindparam("places", expanding=True)))
    .order_by(SUBMISSIONS.c.id)
)
OF_PLACES = Prepared(_of_places)
OF_PLACES_LOCKED = Prepared(_of_places.with_for_update(of=SUBMISSIONS))
NEWEST_ANSWERS = select(
    ANSWERS.c.submission_id, ANSWERS.c.prompt, ANSWERS.c.number, ANSWERS.c.words, ANSWERS.c.value
).where(_NEWEST, ANSWERS.c.submission_id.in_(bindparam("ids", expanding=True)))
NEWEST_ADAPTATIONS = select(
    ADAPTATIONS.c.submission_id,
    ADAPTATIONS.c.question,
    ADAPTATIONS.c.number,
    ADAPTATIONS.c.left_out,
    ADAPTATIONS.c.wording,
).where(_NEWEST, ADAPTATIONS.c.submission_id.in_(bindparam("ids", expanding=True)))
PAST_LISTS = (
    select(ANSWERS.c.submission_id, ANSWERS.c.prompt, ANSWERS.c.number, ANSWERS.c.value)
    .where(tuple_(ANSWERS.c.submission_id, ANSWERS.c.prompt).in_(bindparam("places", expanding=True)))
    .where(ANSWERS.c.value.is_not(None))
    .order_by(ANSWERS.c.id.desc())
)
SUPERSEDE_ANSWER = Prepared(
    update(ANSWERS)
    .where(
        ANSWERS.c.submission_id == bindparam("of"),
        ANSWERS.c.prompt == bindparam("thing"),
        ANSWERS.c.number == bindparam("old"),
    )
    .values(newest=False)
)
SUPERSEDE_ADAPTATION = Prepared(
    update(ADAPTATIONS)
    .where(
        ADAPTATIONS.c.submission_id == bindparam("of"),
        ADAPTATIONS.c.question == bindparam("thing"),
        ADAPTATIONS.c.number == bindparam("old"),
    )
    .values(newest=False)
)
GREW = Prepared(
    update(SUBMISSIONS)
    .where(SUBMISSIONS.c.id == bindparam("of"))
    .values(version=bindparam("new_version"), last_activity_at=bindparam("active_at"))
)
CHANGED = (
    select(SUBMISSIONS.c.country, func.count(distinct(ANSWERS.c.prompt)).label("prompts"))
    .join(ANSWERS, ANSWERS.c.submission_id == SUBMISSIONS.c.id)
    .where(
        SUBMISSIONS.c.cycle_id == bindparam("cycle"),
        ANSWERS.c.at > bindparam("since", type_=ANSWERS.c.at.type),
    )
    .group_by(SUBMISSIONS.c.country)
)
REVISIONS = (
    select(ANSWERS, PEOPLE.c.id.label("writer"), PEOPLE.c.name)
    .outerjoin(PEOPLE, PEOPLE.c.id == ANSWERS.c.author_id)
    .where(ANSWERS.c.submission_id == bindparam("of"))
    .order_by(ANSWERS.c.id)
)
ADAPTED_BY = (
    select(ADAPTATIONS)
    .where(ADAPTATIONS.c.submission_id == bindparam("of"), ADAPTATIONS.c.author_id == bindparam("author"))
    .order_by(ADAPTATIONS.c.id)
)

BESIDE = (
    select(
        SUBMISSIONS.c.country,
        MEMBERSHIPS.c.id.label("place_id"),
        MEMBERSHIPS.c.person_id,
        MEMBERSHIPS.c.scope,
        MEMBERSHIPS.c.ended_at,
        PEOPLE.c.name,
    )
    .join(
        MEMBERSHIPS,
        SUBMISSIONS.c.country == MEMBERSHIPS.c.country + literal("/") + cast(MEMBERSHIPS.c.id, String),
    )
    .join(PEOPLE, PEOPLE.c.id == MEMBERSHIPS.c.person_id)
    .where(
        SUBMISSIONS.c.cycle_id == bindparam("cycle"),
        MEMBERSHIPS.c.cycle_id == bindparam("cycle"),
        SUBMISSIONS.c.country.like(bindparam("beside")),
    )
    .order_by(MEMBERSHIPS.c.id)
)
LAY_ANSWER = Prepared(ANSWERS.insert())
LAY_ADAPTATION = Prepared(ADAPTATIONS.insert())
BESIDE_PROMPTS = Prepared(
    select(SUBMISSIONS.c.cycle_id, SUBMISSIONS.c.country, ANSWERS.c.prompt)
    .join(ANSWERS, ANSWERS.c.submission_id == SUBMISSIONS.c.id)
    .where(
        SUBMISSIONS.c.cycle_id.in_(bindparam("cycles", expanding=True)),
        SUBMISSIONS.c.country.like("%/%"),
        func.substr(SUBMISSIONS.c.country, 1, 2).in_(bindparam("countries", expanding=True)),
        _NEWEST,
        ANSWERS.c.value.is_not(None),
    )
)


def answer_place(submission_id: int, prompt: str, number: int) -> str:
    """Where an answer is sealed."""
    return f"answer/{submission_id}/{prompt}/{number}"


def wording_place(submission_id: int, question: str, number: int) -> str:
    """Where a state's own wording is sealed."""
    return f"wording/{submission_id}/{question}/{number}"


class AnswerRows:
    """Reads the answers of submissions; who may is decided before it is asked."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def contents(self, rows: Sequence[Row[Any]]) -> dict[int, Contents]:
        cache = self._pen.cache
        found = {row.id: cache.contents(row.id, row.version) for row in rows}
        missing = [row for row in rows if found[row.id] is None]
        read = await self._read([row.id for row in missing])
        for row in missing:
            cache.keep(row.id, row.version, read[row.id])
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
        for row in await self._pen.rows(NEWEST_ANSWERS, {"ids": ids}):
            numbers[row.submission_id][row.prompt] = row.number
            answer = self.answer(row.submission_id, row.prompt, row.number, row.value)
            if answer is not None:
                answers[row.submission_id][row.prompt] = answer
                words[row.submission_id][row.prompt] = row.words
            if row.number > 1 and (answer is None or answer.value is None):
                emptied.append((row.submission_id, row.prompt))
        last_ids = await self._last_ids(emptied)
        for row in await self._pen.rows(NEWEST_ADAPTATIONS, {"ids": ids}):
            wordings[row.submission_id][row.question] = row.number
            adaptations[row.submission_id][row.question] = Adaptation(row.left_out, self.wording(row))
        return {
            of: Contents(
                answers[of], adaptations[of], numbers[of], wordings[of], words[of], last_ids.get(of, {})
            )
            for of in ids
        }

    async def _last_ids(self, places: list[tuple[int, str]]) -> dict[int, dict[str, int]]:
        """The last record ids of the newest lists that these submissions' prompts had before they were emptied."""
        found: dict[int, dict[str, int]] = {of: {} for of, _ in places}
        for row in await self._pen.rows(PAST_LISTS, {"places": places}) if places else ():
            of, prompt = row.submission_id, row.prompt
            answer = None if prompt in found[of] else self.answer(of, prompt, row.number, row.value)
            if answer is not None and isinstance(answer.value, RecordList):
                found[of][prompt] = answer.value.last_id
        return found

    def answer(self, of: int, prompt: str, number: int, sealed: bytes | None) -> Answer | None:
        if sealed is None:
            return None
        return ANSWER.validate_json(self._pen.unseal(sealed, answer_place(of, prompt, number)))

    def wording(self, row: Row[Any]) -> str:
        place = wording_place(row.submission_id, row.question, row.number)
        return self._pen.unseal(row.wording, place).decode()

    def revision(self, row: Row[Any]) -> Revision:
        """A row of `REVISIONS` as a value."""
        return Revision(
            row.prompt,
            row.number,
            self.answer(row.submission_id, row.prompt, row.number, row.value),
            row.words,
            self._pen.unseal(row.name, f"name/{row.writer}").decode(),
            row.at,
            row.source,
        )

    def contribution(self, row: Row[Any], paper: Paper) -> Contribution:
        """A row of `BESIDE` as a value, with what its paper holds of what was asked for."""
        paper.scope = row.scope
        return Contribution(
            row.place_id,
            row.person_id,
            self._pen.unseal(row.name, f"name/{row.person_id}").decode(),
            row.scope,
            paper.draft.review,
            dict(paper.contents.numbers),
            paper.last_activity,
            row.ended_at is not None,
        )
