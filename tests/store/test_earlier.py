"""What was submitted in earlier cycles, from the store: the last version of one's own country, and nothing else."""

import pytest
from sqlalchemy import event

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, record, said, tiny
from workflows.people.roles import ROLES, Actor, Person
from workflows.review.frozen_text import frozen, hash_of
from workflows.store.transaction import Store
from workflows.store.values import Denied
from workflows.store.values_clearance import EarlierReview

OPEN = "1c.1"
LAYLA = Actor(1, "focal_point", "LB", "round-3")


async def open_later(store: Store, *cycles: str) -> None:
    async with store.transaction() as work:
        for years, cycle in enumerate(cycles, start=1):
            await work.cycles.open(cycle, tiny().model_dump_json(exclude_none=True), later(days=365 * years))


async def freezes(store: Store, person: Person, *, submits: bool = True) -> None:
    """A focal point freezes what there is, and submits it an hour later."""
    async with store.transaction() as work:
        actor = actor_of(person)
        draft = await work.drafts.open(actor, actor.country)
        text = frozen(draft.review, CYCLE, "t")
        edition = await work.clearance.freeze(actor, draft, text, hash_of(text), NOW)
        if submits:
            await work.clearance.submit(edition, person.id, later(hours=1))


async def found(store: Store, actor: Actor = LAYLA) -> EarlierReview | None:
    async with store.reading() as work:
        return await work.earlier.review(actor, "LB")


async def test_the_last_version_of_the_newest_earlier_cycle_is_found(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "the first words"))
    await freezes(store, layla)
    async with store.transaction() as work:
        newest = await work.clearance.newest(CYCLE, "LB")
        assert newest is not None
        await work.clearance.decide(newest, "reopened", "reopen", None, later(hours=2))
    await record(store, layla, said(OPEN, "the second words"))
    await freezes(store, layla)
    async with store.transaction() as work:
        newest = await work.clearance.newest(CYCLE, "LB")
        assert newest is not None
        await work.clearance.decide(newest, "reopened", "reopen", None, later(hours=3))
    await record(store, layla, said(OPEN, "words of a draft"))
    await freezes(store, layla, submits=False)
    await open_later(store, "round-2", "round-3")
    async with store.reading() as work:
        review = await work.earlier.review(LAYLA, "LB")
        assert review is not None
        assert (review.edition.version, review.submitted_at) == (2, later(hours=1))
        assert await work.earlier.answered(LAYLA, review) == {OPEN}
        content = await work.earlier.content(LAYLA, review)
        assert content.answers[OPEN].value.text == "the second words"  # type: ignore[union-attr]  # it is a text
        assert "the second words" in await work.earlier.text(LAYLA, review)


async def test_a_country_that_submitted_nothing_and_a_first_cycle_have_none(store: Store) -> None:
    layla, rania = await come_in(store, 1), await come_in(store, 2, country="JO")
    await record(store, layla, said(OPEN, "words"))
    await freezes(store, layla)
    await record(store, rania, said(OPEN, "words of a draft"))
    await freezes(store, rania, submits=False)
    await open_later(store, "round-2", "round-3")
    async with store.reading() as work:
        jordan = Actor(2, "focal_point", "JO", "round-3")
        assert await work.earlier.review(jordan, "JO") is None
        assert await work.earlier.review(actor_of(layla), "LB") is None
        assert await work.earlier.review(Actor(1, "focal_point", "LB", "no-such-round"), "LB") is None


async def test_nobody_but_the_countrys_focal_points_reads_it(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "words"))
    await freezes(store, layla)
    await open_later(store, "round-2", "round-3")
    review = await found(store)
    assert review is not None
    others = [Actor(1, role, "LB", "round-3") for role in ROLES if role != "focal_point"]
    for actor in (*others, Actor(1, "focal_point", "JO", "round-3")):
        with pytest.raises(Denied):
            await found(store, actor)
        for read in ("answered", "content", "text"):
            with pytest.raises(Denied):
                async with store.reading() as work:
                    await getattr(work.earlier, read)(actor, review)


async def test_where_no_cycle_came_before_nothing_is_asked_of_the_database(store: Store) -> None:
    layla = await come_in(store, 1)
    asked: list[str] = []
    async with store.reading() as work:
        await work.earlier.review(actor_of(layla), "LB")
    engine = store._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    async with store.reading() as work:
        before = len(asked)
        assert await work.earlier.review(actor_of(layla), "LB") is None
        assert len(asked) == before
