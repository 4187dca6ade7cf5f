"""The store of self-assessments on both engines: marks and notes of one country, which no other right opens."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.store.test_hands import contributor
from tests.store.village import CYCLE, NOW, actor_of, change, come_in, later, rows
from workflows.people.roles import Actor
from workflows.store.transaction import Store, Work
from workflows.store.values import Denied
from workflows.store.values_assessment import Assessed

PRINCIPLE = "human_rights"
ACTS: tuple[Callable[[Work, Actor], Awaitable[object]], ...] = (
    lambda work, actor: work.assessments.of_country(actor, "LB"),
    lambda work, actor: work.assessments.hold(actor, "LB", PRINCIPLE),
    lambda work, actor: work.assessments.mark(actor, "LB", PRINCIPLE, "partly", NOW),
    lambda work, actor: work.assessments.note(actor, "LB", PRINCIPLE, "mine", NOW),
)
"""Everything that asks for the right."""


async def of_country(store: Store, actor: Actor, country: str = "LB") -> dict[str, Assessed]:
    async with store.reading() as work:
        return await work.assessments.of_country(actor, country)


async def test_the_latest_mark_stands_with_who_and_when(store: Store, other: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    assert await of_country(store, actor_of(layla)) == {}
    async with store.transaction() as work:
        await work.assessments.mark(actor_of(layla), "LB", PRINCIPLE, "partly", NOW)
    async with other.transaction() as work:
        await work.assessments.mark(actor_of(omar), "LB", PRINCIPLE, "reflected", later(hours=1))
    (said,) = (await of_country(store, actor_of(layla))).values()
    assert (said.cycle_id, said.country, said.principle) == (CYCLE, "LB", PRINCIPLE)
    assert (said.mark, said.marked_by, said.marked_at) == ("reflected", omar.id, later(hours=1))
    assert (said.note, said.noted_by, said.edition) == ("", None, 0)


async def test_a_note_is_sealed_counted_and_gone_once_removed(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.assessments.note(actor_of(layla), "LB", PRINCIPLE, "a secret note", NOW)
    (row,) = await rows(store, "SELECT * FROM assessment")
    assert b"secret" not in bytes(row.note)
    (said,) = (await of_country(store, actor_of(layla))).values()
    assert (said.note, said.noted_by, said.noted_at, said.edition) == ("a secret note", layla.id, NOW, 1)
    async with store.transaction() as work:
        await work.assessments.note(actor_of(layla), "LB", PRINCIPLE, "", later(hours=1))
    (row,) = await rows(store, "SELECT * FROM assessment")
    assert (row.note, row.noted_by, row.noted_at, row.edition) == (None, None, None, 2)


async def test_nobody_passes_without_the_right(store: Store) -> None:
    layla, youssef = await come_in(store, 1), await come_in(store, 2, "MA")
    officer, karim = await come_in(store, 3, "", "secretariat"), await contributor(store, 4)
    async with store.transaction() as work:
        await work.assessments.note(actor_of(layla), "LB", PRINCIPLE, "a secret note", NOW)
    for person in (youssef, officer, karim):
        for act in ACTS:
            with pytest.raises(Denied):
                async with store.transaction() as work:
                    await act(work, actor_of(person))
    assert [each.note for each in (await of_country(store, actor_of(layla))).values()] == ["a secret note"]
    assert await of_country(store, actor_of(youssef), "MA") == {}
    denied = await rows(
        store, "SELECT person_id, country FROM audit WHERE act = 'assess' AND outcome = 'denied'"
    )
    assert {(row.person_id, row.country) for row in denied} == {
        (person.id, "LB") for person in (youssef, officer, karim)
    }


async def test_two_at_once_stand_in_line(store: Store, other: Store) -> None:
    """Who holds a principle that nobody has assessed yet holds it alone, too."""
    layla, omar = await come_in(store, 1), await come_in(store, 2)

    async def adds(house: Store, actor: Actor, word: str) -> None:
        async with house.transaction() as work:
            present = await work.assessments.hold(actor, "LB", PRINCIPLE)
            await asyncio.sleep(0.05)
            await work.assessments.note(actor, "LB", PRINCIPLE, f"{present.note}{word}", NOW)

    await asyncio.gather(adds(store, actor_of(layla), "a"), adds(other, actor_of(omar), "b"))
    (said,) = (await of_country(store, actor_of(layla))).values()
    assert sorted(said.note) == ["a", "b"]
    assert said.edition == 2


async def test_what_is_a_persons_own_is_told_and_forgotten(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    async with store.transaction() as work:
        await work.assessments.mark(actor_of(layla), "LB", PRINCIPLE, "partly", NOW)
        await work.assessments.note(actor_of(omar), "LB", PRINCIPLE, "by Omar", NOW)
        await work.assessments.mark(actor_of(omar), "LB", "child_sensitive", "reflected", NOW)
    async with store.reading() as work:
        assert [each.principle for each in await work.assessments.by_person(layla.id)] == [PRINCIPLE]
        assert [each.principle for each in await work.assessments.by_person(omar.id)] == [
            PRINCIPLE,
            "child_sensitive",
        ]
    async with store.transaction() as work:
        await work.people.erase(layla.id, later(days=1))
    said = (await of_country(store, actor_of(omar)))[PRINCIPLE]
    assert (said.mark, said.marked_by, said.note, said.noted_by) == ("partly", None, "by Omar", omar.id)


async def test_an_author_whom_an_older_bot_erased_is_forgotten_at_the_next_tidying(store: Store) -> None:
    """A bot of the release before knows nothing of these columns, and may erase somebody during a deploy."""
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.assessments.mark(actor_of(layla), "LB", PRINCIPLE, "partly", NOW)
        await work.assessments.note(actor_of(layla), "LB", PRINCIPLE, "by Layla", NOW)
    async with store.transaction() as work:
        assert await work.tidy(later(days=1)) == 0
    await change(store, "UPDATE person SET erased_at = :at WHERE id = :id", at=later(days=1), id=layla.id)
    async with store.transaction() as work:
        assert await work.tidy(later(days=1)) == 2
    (row,) = await rows(store, "SELECT mark, marked_by, noted_by FROM assessment")
    assert tuple(row) == ("partly", None, None)
