"""Answers: revisions, whose they are, and who is kept out."""

import asyncio

import pytest
from sqlalchemy import event

from tests.store.village import (
    CYCLE,
    NOW,
    actor_of,
    come_in,
    later,
    prose,
    record,
    rows,
    said,
)
from workflows.people.roles import Actor
from workflows.review.answers import Answer, Held, Record, RecordList
from workflows.review.events import Adaptation, Adapted, Focus, Interview, Recorded
from workflows.store.pen import ReadOnly
from workflows.store.transaction import Store
from workflows.store.values import Denied
from workflows.use_cases.steering.gathering import settled
from workflows.use_cases.steering.letters import lines_of


async def test_what_was_recorded_is_there_in_another_process(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "we read"), Adapted("1a", Adaptation(wording="our own words")))
    async with other.reading() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
    assert draft.review.answers == {"1b": prose("we read")}
    assert draft.review.adaptations == {"1a": Adaptation(wording="our own words")}
    assert draft.last_activity == NOW
    assert draft.review.country == "LB"


async def test_a_draft_carries_on_within_its_transaction(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        first = await work.drafts.record(draft, [said("1b", "one")], layla.id, NOW)
        again = await work.drafts.open(actor_of(layla), "LB")
        second = await work.drafts.record(again, [said("1b", "two")], layla.id, NOW)
    assert first == again
    assert second.review.answers["1b"] == prose("two")
    found = await rows(store, "SELECT number, newest FROM answer_revision ORDER BY number")
    assert [tuple(row) for row in found] == [(1, False), (2, True)]


async def test_every_change_is_a_revision_and_one_is_the_newest(store: Store) -> None:
    layla = await come_in(store, 1)
    for number, words in enumerate(("one", "one two", "one two three"), 1):
        await record(store, layla, said("1b", words, f"1:{number}"), at=later(minutes=number))
    await record(store, layla, Recorded("1b", None), at=later(minutes=9))
    async with store.reading() as work:
        revisions = await work.drafts.revisions(actor_of(layla), "LB", "1b")
        draft = await work.drafts.open(actor_of(layla), "LB")
    assert [(r.number, r.words, r.source, r.author_name) for r in revisions] == [
        (1, 1, "1:1", "Person 1"),
        (2, 2, "1:2", "Person 1"),
        (3, 3, "1:3", "Person 1"),
        (4, 0, "", "Person 1"),
    ]
    assert revisions[2].answer == prose("one two three", source="1:3")
    assert revisions[3].answer is None
    assert [r.at for r in revisions] == [later(minutes=m) for m in (1, 2, 3, 9)]
    assert draft.review.answers == {}
    newest = await rows(store, "SELECT number FROM answer_revision WHERE newest")
    assert [row.number for row in newest] == [4]
    await record(store, layla, said("1b", "anew"))
    async with store.reading() as work:
        assert [r.number for r in await work.drafts.revisions(actor_of(layla), "LB", "1b")] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "emptied", [[None], [Answer(state="declined")], [None, Answer(state="declined"), None]]
)
async def test_the_last_id_of_an_emptied_list_is_known_to_every_process(
    store: Store, other: Store, emptied: list[Answer | None]
) -> None:
    layla = await come_in(store, 1)
    for last in (1, 3):
        value = RecordList(records=(Record(id=1, fields={"name": "school board"}),), last_id=last)
        await record(store, layla, Recorded("1b.1", Answer(state="answered", value=value)))
    for answer in emptied:
        await record(store, layla, Recorded("1b.1", answer))
    for each in (store, other):
        async with each.reading() as work:
            assert (await work.drafts.open(actor_of(layla), "LB")).review.last_ids == {"1b.1": 3}
    anew = RecordList(records=(Record(id=4, fields={"name": "school board"}),), last_id=4)
    await record(other, layla, Recorded("1b.1", Answer(state="answered", value=anew)))
    for each in (store, other):
        async with each.reading() as work:
            assert (await work.drafts.open(actor_of(layla), "LB")).review.last_ids == {}


async def test_adaptations_are_revised_and_restored(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, Adapted("1a", Adaptation(left_out=True)))
    await record(store, layla, Adapted("1a", Adaptation()))
    async with other.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.adaptations == {"1a": Adaptation()}
    found = await rows(store, "SELECT number, newest, left_out FROM adaptation_revision ORDER BY number")
    assert [tuple(row) for row in found] == [(1, False, True), (2, True, False)]


async def test_case_15_answers_that_fell_off_the_path_are_kept(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "asleep soon"))
    await record(store, layla, Recorded("1a", Answer(state="declined")))
    async with other.reading() as work:
        answers = (await work.drafts.open(actor_of(layla), "LB")).review.answers
    assert answers == {"1b": prose("asleep soon"), "1a": Answer(state="declined")}


async def test_two_focal_points_write_one_draft_from_two_processes(store: Store, other: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    await record(store, layla, said("1b", "from Layla"))
    await record(other, omar, said("2a", "from Omar"))
    await record(store, layla, said("2a", "corrected by Layla"))
    async with other.transaction() as work:
        draft = await work.drafts.open(actor_of(omar), "LB")
        revisions = await work.drafts.revisions(actor_of(omar), "LB", "2a")
        mine = await work.drafts.written_by(actor_of(omar), omar.id)
    assert draft.review.answers == {"1b": prose("from Layla"), "2a": prose("corrected by Layla")}
    assert [r.author_name for r in revisions] == ["Person 2", "Person 1"]
    assert [(r.prompt, r.number) for r in mine] == [("2a", 1)]


async def test_the_pointer_is_a_persons_own(store: Store, other: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    interview = Interview(7, Focus("1d", 3, "role"), "1b", "1c", (Held(text="held text", source="1:1"),))
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        work.interviews.save(layla.id, draft, interview)
        assert (await work.interviews.of(layla.id, draft)).interview == interview
    async with other.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert (await work.interviews.of(layla.id, draft)).interview == interview
        assert (await work.interviews.of(omar.id, draft)).interview == Interview()
        work.interviews.save(layla.id, draft, Interview(8))
    async with store.reading() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert (await work.interviews.of(layla.id, draft)).interview == Interview(8)


# --- the gateway --------------------------------------------------------------------------------------------


async def _denials(store: Store) -> list[tuple[object, ...]]:
    found = await rows(store, "SELECT person_id, act, country, outcome FROM audit WHERE outcome = 'denied'")
    return [tuple(row) for row in found]


async def test_the_gateway_denies_other_countries_and_the_secretariat(store: Store) -> None:
    layla = await come_in(store, 1, "LB")
    youssef = await come_in(store, 2, "MA")
    officer = await come_in(store, 3, "", "secretariat")
    await record(store, layla, said("1b", "for our eyes only"))
    for person in (youssef, officer):
        with pytest.raises(Denied):  # noqa: PT012 - the whole transaction is refused
            async with store.transaction() as work:
                work.updates.mark_seen([person.id], NOW)
                await work.drafts.open(actor_of(person), "LB")
        with pytest.raises(Denied):
            async with store.reading() as work:
                await work.drafts.revisions(actor_of(person), "LB", "1b")
    assert await _denials(store) == [
        (youssef.id, "read_draft", "LB", "denied"),
        (youssef.id, "read_draft", "LB", "denied"),
        (officer.id, "read_draft", "LB", "denied"),
        (officer.id, "read_draft", "LB", "denied"),
    ]
    assert await rows(store, "SELECT * FROM seen") == []


async def test_a_denial_that_was_caught_is_in_the_audit_once(store: Store) -> None:
    youssef = await come_in(store, 2, "MA")
    async with store.transaction() as work:
        with pytest.raises(Denied):
            await work.drafts.open(actor_of(youssef), "LB")
        work.updates.mark_seen([5], NOW)
    assert await _denials(store) == [(youssef.id, "read_draft", "LB", "denied")]
    assert len(await rows(store, "SELECT * FROM seen")) == 1


async def test_another_cycles_draft_is_another_draft(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "first round"))
    async with store.transaction() as work:
        cycle = await work.cycles.get(CYCLE)
        assert cycle is not None
        await work.cycles.open("round-2", cycle.template.model_dump_json(exclude_none=True), later(days=1))
        draft = await work.drafts.open(Actor(layla.id, "focal_point", "LB", "round-2"), "LB")
        current = await work.cycles.current()
        everything = await work.cycles.all()
    assert draft.review.answers == {}
    assert current is not None
    assert (current.id, [cycle.id for cycle in everything]) == ("round-2", [CYCLE, "round-2"])


async def test_who_may_only_count_cannot_write_what_they_counted(store: Store) -> None:
    layla = await come_in(store, 1)
    officer = await come_in(store, 3, "", "secretariat")
    await record(store, layla, said("1b", "two words"))
    with pytest.raises(Denied):  # noqa: PT012 - the whole transaction is refused
        async with store.transaction() as work:
            draft = await work.drafts.tally(actor_of(officer), "LB")
            await work.drafts.record(draft, [said("1b", "forged")], officer.id, NOW)
    with pytest.raises(Denied):
        async with store.transaction() as work:
            await work.drafts.tally(actor_of(layla), "MA")
    async with store.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {"1b": prose("two words")}


ON_A_SERVER = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
"""On SQLite there is one writer, and what it sees nobody changes meanwhile."""


@ON_A_SERVER
async def test_who_counts_waits_for_nobody_who_writes(store: Store, other: Store) -> None:
    """Two who count in different orders beside people who write would else stand in each other's way."""
    layla, yasmine = await come_in(store, 1), await come_in(store, 2, "MA")
    await record(store, layla, said("1b", "two words"))
    await record(store, yasmine, said("1b", "three more words"))
    officer = Actor(0, "secretariat", "", CYCLE)
    async with store.transaction() as writing:
        await writing.drafts.open(actor_of(layla), "LB")
        async with asyncio.timeout(2), other.transaction() as counting:
            assert (await counting.drafts.tally(officer, "MA")).review.answers
            assert (await counting.drafts.tally(officer, "LB")).review.words == {"1b": 2}
            assert await settled(counting, CYCLE, ["LB", "MA", "JO"])
            assert await lines_of(counting, CYCLE, ["LB", "MA", "JO"])
            await writing.drafts.open(actor_of(yasmine), "MA")


@ON_A_SERVER
async def test_what_was_counted_is_read_anew_when_it_is_opened(store: Store, other: Store) -> None:
    """Only whoever opens a draft holds it back from others, and then sees what they have written before."""
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "before"))
    async with store.transaction() as work:
        await work.drafts.tally(actor_of(layla), "LB")
        await record(other, layla, said("1b", "meanwhile"))
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert draft.review.answers == {"1b": prose("meanwhile")}
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(record(other, layla, said("1b", "too early")), 0.5)
        await work.drafts.record(draft, [said("1b", "after")], layla.id, NOW)
    async with store.reading() as work:
        found = await work.drafts.revisions(actor_of(layla), "LB", "1b")
    assert [each.answer for each in found] == [prose("before"), prose("meanwhile"), prose("after")]


async def test_counting_begins_no_draft(store: Store) -> None:
    officer = await come_in(store, 3, "", "secretariat")
    async with store.transaction() as work:
        draft = await work.drafts.tally(actor_of(officer), "JO")
    assert (draft.submission_id, draft.review.answers, draft.last_activity) == (0, {}, None)
    assert await rows(store, "SELECT * FROM submission") == []


# --- all or nothing -----------------------------------------------------------------------------------------


class Interrupted(Exception):
    """What a test throws into a transaction."""


async def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "kept"))
    with pytest.raises(Interrupted):  # noqa: PT012 - the whole transaction is refused
        async with store.transaction() as work:
            draft = await work.drafts.open(actor_of(layla), "LB")
            await work.drafts.record(draft, [said("1b", "lost"), said("2a", "lost")], layla.id, NOW)
            work.interviews.save(layla.id, draft, Interview(3))
            work.updates.mark_seen([1], NOW)
            await work.flush()
            raise Interrupted
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert draft.review.answers == {"1b": prose("kept")}
        assert (await work.interviews.of(layla.id, draft)).interview == Interview()
        assert await work.updates.unseen([1]) == {1}
    await record(store, layla, said("1b", "kept too"))
    async with store.reading() as work:
        assert [r.number for r in await work.drafts.revisions(actor_of(layla), "LB", "1b")] == [1, 2]


async def test_reading_writes_nothing(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).submission_id == 0
    with pytest.raises(ReadOnly):
        async with store.reading() as work:
            work.updates.mark_seen([1], NOW)
    assert await rows(store, "SELECT * FROM submission") == []


async def test_a_batch_costs_few_statements(store: Store) -> None:
    people = [await come_in(store, number, "LB" if number % 2 else "MA") for number in range(1, 21)]
    spoken: list[str] = []
    event.listen(store._engine.sync_engine, "before_cursor_execute", lambda *seen: spoken.append(seen[2]))
    async with store.transaction() as work:
        ids = [person.telegram_id for person in people if person.telegram_id]
        await work.prefetch(ids, ids)
        await work.updates.unseen(range(100, 120))
        for person in people:
            found = await work.people.by_telegram(person.telegram_id or 0)
            assert found is not None
            draft = await work.drafts.open(actor_of(found), actor_of(found).country)
            await work.interviews.of(found.id, draft)
            await work.outbox.cards(found.id)
            draft = await work.drafts.record(draft, [said("1b", f"from {found.id}")], found.id, NOW)
            work.interviews.save(found.id, draft, Interview(1))
        work.updates.mark_seen(range(100, 120), NOW)
    assert len(spoken) <= 22, spoken
