"""Frozen texts in the store: kept as they were, moved once, opened to those who may read, kept when people go."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from tests.cycle.reviewing import calendar, policy
from tests.store.village import CYCLE, NOW, actor_of, come_in, later, record, rows, said
from workflows.people.roles import Actor, Person
from workflows.review.frozen_text import frozen, hash_of
from workflows.store.transaction import Store, Work
from workflows.store.values import Denied, Locked
from workflows.store.values_calendar import Plan
from workflows.store.values_clearance import Edition
from workflows.use_cases.reminders.readers import Situation

OPEN = "1c.1"


async def freezes(store: Store, person: Person, steps: int | None = None) -> Edition:
    """A focal point freezes what there is, after setting the number of clearances."""
    async with store.transaction() as work:
        if steps is not None:
            await work.clearance.set_steps(CYCLE, "LB", steps, person.id, NOW)
        return await _frozen(work, person)


async def _frozen(work: Work, person: Person) -> Edition:
    actor = actor_of(person)
    draft = await work.drafts.open(actor, actor.country)
    text = frozen(draft.review, CYCLE, "t")
    return await work.clearance.freeze(actor, draft, text, hash_of(text), NOW)


async def _freezes_as(store: Store, writer: Person, actor: Actor) -> None:
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(writer), "LB")
        await work.clearance.freeze(actor, draft, "{}", "0", NOW)


async def submits(store: Store, edition: Edition, person: Person) -> Edition | None:
    async with store.transaction() as work:
        return await work.clearance.submit(edition, person.id, later(hours=1))


def clearer(country: str = "LB", scope: str = "1") -> Actor:
    return Actor(99, "clearer", country, CYCLE, 99, scope)


async def test_a_frozen_text_stays_as_it_was(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "the first words"))
    edition = await freezes(store, layla, steps=1)
    assert (edition.number, edition.version, edition.state, edition.step) == (1, 0, "in_clearance", 1)
    assert edition.by == layla.id
    await record(store, layla, said(OPEN, "other words"))
    async with store.reading() as work:
        assert await work.clearance.newest(CYCLE, "LB") == edition
        assert await work.clearance.edition(edition.id) == edition
        assert await work.clearance.of_cycle(CYCLE) == {"LB": edition}
        kept = await work.clearance.content(clearer(), edition)
        assert [act.act for act in await work.clearance.acts(edition.id)] == ["send"]
    assert kept.answers[OPEN].value.text == "the first words"  # type: ignore[union-attr]  # it is a text
    (row,) = await rows(store, "SELECT content FROM edition")
    assert b"first words" not in row.content


async def test_a_newer_text_takes_the_place_of_one_that_was_not_submitted(store: Store) -> None:
    layla = await come_in(store, 1)
    first = await freezes(store, layla, steps=2)
    second = await freezes(store, layla)
    assert second.number == 2
    async with store.reading() as work:
        assert [each.state for each in await work.clearance.of_country(CYCLE, "LB")] == [
            "withdrawn",
            "in_clearance",
        ]
        assert (await work.clearance.edition(first.id)) == replace(first, state="withdrawn")
        assert await work.clearance.steps(CYCLE, "LB") == 2
        assert await work.clearance.steps(CYCLE, "JO") == 0


async def test_who_may_read_it(store: Store) -> None:
    layla = await come_in(store, 1)
    sent = await freezes(store, layla, steps=2)
    officer, stranger = Actor(7, "secretariat", "", CYCLE), Actor(8, "focal_point", "JO", CYCLE)
    contributor, second = Actor(9, "contributor", "LB", CYCLE), clearer(scope="2")
    async with store.reading() as work:
        for actor in (actor_of(layla), clearer()):
            assert (await work.clearance.content(actor, sent)).country == "LB"
    everybody = (officer, stranger, contributor, second, clearer("JO"), replace(clearer(), cycle_id="other"))
    for actor in everybody:
        with pytest.raises(Denied):
            async with store.reading() as work:
                await work.clearance.content(actor, sent)
    denied = await rows(store, "SELECT thing FROM audit WHERE outcome = 'denied'")
    assert len(denied) == len(everybody)
    unsent = await freezes(store, layla, steps=0)
    with pytest.raises(Denied):
        async with store.reading() as work:
            await work.clearance.content(clearer(), unsent)
    submitted = await submits(store, unsent, layla)
    assert submitted is not None
    async with store.reading() as work:
        for actor in (officer, clearer(), second, actor_of(layla)):
            assert (await work.clearance.content(actor, submitted)).country == "LB"
        for actor in (stranger, contributor, clearer("JO")):
            with pytest.raises(Denied):
                await work.clearance.content(actor, submitted)


async def test_what_was_submitted_locks_the_draft_until_it_is_opened_again(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "one"))
    first = await submits(store, await freezes(store, layla), layla)
    assert first is not None
    assert first.version == 1
    async with store.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).locked
    with pytest.raises(Locked):
        await record(store, layla, said(OPEN, "two"))
    async with store.transaction() as work:
        reopened = await work.clearance.decide(first, "reopened", "reopen", None, NOW, "a new minister")
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert not draft.locked
        await work.drafts.record(draft, [said(OPEN, "two")], layla.id, NOW)
    assert reopened is not None
    second = await submits(store, await freezes(store, layla), layla)
    assert second is not None
    async with store.reading() as work:
        versions = await work.clearance.submitted(CYCLE, "LB")
        assert [(each.version, each.state) for each in versions] == [(1, "superseded"), (2, "submitted")]
        kept = [await work.clearance.content(actor_of(layla), each) for each in versions]
        assert [review.answers[OPEN].value.text for review in kept] == ["one", "two"]  # type: ignore[union-attr]  # both are texts
        acts = await work.clearance.acts(first.id)
        assert [(act.act, act.reason) for act in acts] == [
            ("freeze", ""),
            ("submit", ""),
            ("reopen", "a new minister"),
            ("supersede", ""),
        ]
    (row,) = await rows(store, "SELECT reason FROM edition_act WHERE reason IS NOT NULL")
    assert b"minister" not in row.reason


async def test_the_lock_is_seen_within_the_transaction_that_made_it(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        edition = await _frozen(work, layla)
        assert await work.clearance.submit(edition, layla.id, NOW) is not None
        with pytest.raises(Locked):
            await work.drafts.record(draft, [said(OPEN, "late")], layla.id, NOW)


async def test_two_submissions_at_the_same_moment_give_one(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    edition = await freezes(store, layla)
    came = await asyncio.gather(submits(store, edition, layla), submits(other, edition, layla))
    assert sorted(each is not None for each in came) == [False, True]
    async with store.reading() as work:
        assert [each.version for each in await work.clearance.submitted(CYCLE, "LB")] == [1]


async def test_two_texts_frozen_at_the_same_moment_stand_in_line(store: Store, other: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    await record(store, layla, said(OPEN, "one"))
    came = await asyncio.gather(freezes(store, layla), freezes(other, omar))
    assert sorted(each.number for each in came) == [1, 2]
    async with store.reading() as work:
        states = [each.state for each in await work.clearance.of_country(CYCLE, "LB")]
    assert states == ["withdrawn", "cleared"]


async def test_a_writer_who_waited_sees_that_it_was_submitted(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "one"))
    edition = await freezes(store, layla)
    writing: asyncio.Task[Any]
    async with store.transaction() as work:
        await work.drafts.open(actor_of(layla), "LB")
        writing = asyncio.create_task(record(other, layla, said(OPEN, "late")))
        await asyncio.sleep(0.2)
        assert await work.clearance.submit(edition, layla.id, NOW) is not None
    with pytest.raises(Locked):
        await writing


async def test_only_who_may_freezes(store: Store) -> None:
    layla = await come_in(store, 1)
    for actor in (Actor(3, "secretariat", "", CYCLE), clearer(), Actor(4, "focal_point", "JO", CYCLE)):
        with pytest.raises(Denied):
            await _freezes_as(store, layla, actor)
    async with store.reading() as work:
        assert await work.clearance.newest(CYCLE, "LB") is None


async def test_the_forgotten_leave_their_texts_without_their_name(store: Store) -> None:
    layla = await come_in(store, 1)
    edition = await freezes(store, layla, steps=1)
    async with store.transaction() as work:
        await work.clearance.decide(edition, "changes_asked", "ask_changes", layla.id, NOW, "more on 1a")
        await work.people.erase(layla.id, NOW)
    async with store.reading() as work:
        kept = await work.clearance.newest(CYCLE, "LB")
        assert kept == replace(edition, by=None, state="changes_asked")
        assert {act.by for act in await work.clearance.acts(edition.id)} == {None}
        assert (await work.clearance.acts(edition.id))[-1].reason == "more on 1a"
        assert await work.clearance.steps(CYCLE, "LB") == 1


async def test_nobody_is_reminded_of_what_is_submitted(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(OPEN, "one"))
    edition = await freezes(store, layla)
    plan = Plan(CYCLE, 1, calendar(), policy(), NOW)
    async with store.reading() as work:
        before = await Situation(work, plan, NOW).progress("LB")
    assert 0 < before.settled < before.total
    await submits(store, edition, layla)
    async with store.reading() as work:
        after = await Situation(work, plan, NOW).progress("LB")
    assert after.settled == after.total == before.total


async def test_what_a_person_did_to_frozen_texts_is_theirs_to_see(store: Store) -> None:
    layla = await come_in(store, 1)
    edition = await freezes(store, layla, steps=1)
    async with store.transaction() as work:
        await work.clearance.decide(edition, "changes_asked", "ask_changes", layla.id, NOW, "more on 1a")
    async with store.reading() as work:
        done = await work.clearance.by_author(layla.id)
        assert [(each.number, act.act, act.reason) for each, act in done] == [
            (1, "send", ""),
            (1, "ask_changes", "more on 1a"),
        ]
        assert await work.clearance.by_author(layla.id + 1) == []
