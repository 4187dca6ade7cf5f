"""The store of written inputs on both engines: their writer's own, and what was sent for officers; nothing else."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from msgspec.structs import replace

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, open_cycle, rows
from workflows.people.roles import Actor, Person
from workflows.store.transaction import Store, Work
from workflows.store.values import Denied
from workflows.store.values_inputs import InputCall, Piece, WrittenInput

WORDS = "a word on ports that nobody else reads"


async def called(store: Store, officer: Person) -> InputCall:
    async with store.transaction() as work:
        return await work.inputs.open_call(actor_of(officer), "", "", "hash of a link", NOW)


async def begun(store: Store, telegram_id: int, call: InputCall) -> tuple[Actor, WrittenInput]:
    """Somebody without a place who has begun an input and typed something."""
    async with store.transaction() as work:
        person = await work.people.come_in(telegram_id, "", "fr", NOW)
        actor = Actor(person.id, "stakeholder", "", CYCLE)
        new = await work.inputs.begin(actor, call, NOW)
        typed = replace(
            new, pieces=(Piece(2, "ports"), Piece(1, WORDS)), name="Harbour Union", category="trade_unions"
        )
        return actor, await work.inputs.keep(actor, typed, NOW)


async def sent(store: Store, actor: Actor, mine: WrittenInput, consent: str = "named") -> WrittenInput:
    async with store.transaction() as work:
        held = await work.inputs.hold(actor, mine.id)
        assert held is not None
        done = replace(held, state="sent", sent_at=later(hours=1), consent=consent)
        return await work.inputs.keep(actor, done, later(hours=1))


async def test_what_is_typed_is_sealed_and_reads_in_the_order_of_its_messages(
    store: Store, other: Store
) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    actor, mine = await begun(store, 7, await called(store, officer))
    async with other.reading() as work:
        (read,) = await work.inputs.own(actor)
        assert await work.inputs.writer(actor.person_id) == actor
    assert read == mine
    assert read.text == f"{WORDS}\nports"
    (row,) = await rows(store, "SELECT name, pieces FROM written_input")
    assert b"ports" not in bytes(row.pieces)
    assert b"Harbour" not in bytes(row.name)


async def test_officers_read_what_was_sent_and_no_draft(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    actor, mine = await begun(store, 7, await called(store, officer))
    async with store.transaction() as work:
        assert await work.inputs.arrived(actor_of(officer)) == []
        assert await work.inputs.counts(actor_of(officer)) == {}
        assert await work.inputs.hold_arrived(actor_of(officer), mine.id) is None
    await sent(store, actor, mine)
    async with store.transaction() as work:
        (read,) = await work.inputs.arrived(actor_of(officer))
        await work.inputs.publish(actor_of(officer), read, "https://example.org/7", later(days=1))
        assert await work.inputs.counts(actor_of(officer)) == {"trade_unions": (1, 1)}
    async with store.reading() as work:
        (read,) = await work.inputs.own(actor)
    assert (read.state, read.address, read.published_at) == (
        "published",
        "https://example.org/7",
        later(days=1),
    )


async def test_nothing_is_published_that_was_not_agreed_to(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    actor, mine = await begun(store, 7, await called(store, officer))
    await sent(store, actor, mine, consent="secretariat")
    async with store.transaction() as work:
        held = await work.inputs.hold_arrived(actor_of(officer), mine.id)
    assert held is not None
    with pytest.raises(Denied):
        async with store.transaction() as work:
            await work.inputs.publish(actor_of(officer), held, "https://example.org/7", NOW)
    async with store.reading() as work:
        assert [each.state for each in await work.inputs.own(actor)] == ["sent"]


OFFICERS: tuple[Callable[[Work, Actor, WrittenInput], Awaitable[object]], ...] = (
    lambda work, actor, _: work.inputs.open_call(actor, "", "", "another hash", NOW),
    lambda work, actor, _: work.inputs.calls(actor),
    lambda work, actor, mine: work.inputs.end_call(actor, mine.call_id, NOW),
    lambda work, actor, mine: work.inputs.drafters(actor, mine.call_id),
    lambda work, actor, _: work.inputs.counts(actor),
    lambda work, actor, _: work.inputs.arrived(actor),
    lambda work, actor, mine: work.inputs.hold_arrived(actor, mine.id),
    lambda work, actor, mine: work.inputs.publish(actor, mine, "https://example.org", NOW),
)
WRITERS: tuple[Callable[[Work, Actor, WrittenInput], Awaitable[object]], ...] = (
    lambda work, actor, mine: work.inputs.begin(actor, InputCall(mine.call_id, CYCLE, "", "", NOW), NOW),
    lambda work, actor, _: work.inputs.own(actor),
    lambda work, actor, mine: work.inputs.hold(actor, mine.id),
    lambda work, actor, mine: work.inputs.keep(actor, mine, NOW),
)


async def test_nobody_passes_without_the_right(store: Store) -> None:
    officer, layla = await come_in(store, 1, "", "secretariat"), await come_in(store, 2)
    actor, mine = await begun(store, 7, await called(store, officer))
    mine = await sent(store, actor, mine)
    tried = [(act, who) for act in OFFICERS for who in (actor, actor_of(layla))]
    tried += [(act, who) for act in WRITERS for who in (actor_of(officer), actor_of(layla))]
    for act, who in tried:
        with pytest.raises(Denied):
            async with store.transaction() as work:
                await act(work, who, mine)
    (line,) = await rows(store, "SELECT count(*) AS many FROM audit WHERE outcome = 'denied'")
    assert line.many == len(tried)


async def test_another_stakeholders_input_is_as_if_it_did_not_exist(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    call = await called(store, officer)
    _, mine = await begun(store, 7, call)
    other, _ = await begun(store, 8, call)
    async with store.transaction() as work:
        assert await work.inputs.hold(other, mine.id) is None
        assert mine.id not in {each.id for each in await work.inputs.own(other)}
    with pytest.raises(Denied):
        async with store.transaction() as work:
            await work.inputs.keep(other, mine, NOW)


async def test_erasing_leaves_of_what_is_public_only_where_it_is(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    call = await called(store, officer)
    actor, public = await begun(store, 7, call)
    await sent(store, actor, public)
    _, unsent = await begun(store, 7, call)
    async with store.transaction() as work:
        held = await work.inputs.hold_arrived(actor_of(officer), public.id)
        assert held is not None
        await work.inputs.publish(actor_of(officer), held, "https://example.org/7", NOW)
        await work.people.erase(actor.person_id, NOW)
    async with store.reading() as work:
        assert await work.inputs.by_person(actor.person_id) == []
        (left,) = await work.inputs.arrived(actor_of(officer))
    assert left.id != unsent.id
    assert (left.person_id, left.name, left.pieces, left.address) == (None, None, (), "https://example.org/7")
    async with store.transaction() as work:
        await work.inputs.publish(actor_of(officer), left, "", NOW)
        assert await work.inputs.arrived(actor_of(officer)) == [], (
            "nothing of it is left that could be published"
        )


async def test_who_writes_to_another_cycle_keeps_what_was_written_to_this(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    actor, mine = await begun(store, 7, await called(store, officer))
    elsewhere = replace(actor, cycle_id="gcm-arab-2099")
    async with store.transaction() as work:
        assert await work.inputs.own(elsewhere) == [mine]
        assert await work.inputs.hold(elsewhere, mine.id) == mine


async def test_what_an_older_bot_erased_goes_by_itself(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    call = await called(store, officer)
    actor, public = await begun(store, 7, call)
    await sent(store, actor, public)
    await begun(store, 7, call)
    async with store.transaction() as work:
        held = await work.inputs.hold_arrived(actor_of(officer), public.id)
        assert held is not None
        await work.inputs.publish(actor_of(officer), held, "https://example.org/7", NOW)
        work.inputs.forget = _nothing  # type: ignore[method-assign,assignment]  # a bot of before does not know of them
        await work.people.erase(actor.person_id, NOW)
    async with store.transaction() as work:
        await work.tidy(later(hours=1))
    (left,) = await rows(store, "SELECT person_id, name, pieces FROM written_input")
    assert tuple(left) == (None, None, None)


async def _nothing(_person: int) -> None:
    """Forget nothing."""


async def test_a_draft_goes_sixty_days_after_its_last_change(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    call = await called(store, officer)
    actor, mine = await begun(store, 7, call)
    await begun(store, 8, call)
    await sent(store, actor, mine)
    for days, left in ((59, 2), (61, 1)):
        async with store.transaction() as work:
            await work.tidy(later(days=days))
        assert len(await rows(store, "SELECT id FROM written_input")) == left


async def test_a_call_ends_once_and_stays_known_by_its_link(store: Store) -> None:
    officer = await come_in(store, 1, "", "secretariat")
    call = await called(store, officer)
    async with store.transaction() as work:
        assert await work.inputs.end_call(actor_of(officer), call.id, later(hours=1)) is not None
        assert await work.inputs.end_call(actor_of(officer), call.id, later(hours=2)) is None
        assert await work.inputs.calls(actor_of(officer)) == []
        found = await work.inputs.call_by_hash("hash of a link")
        assert await work.inputs.call_by_hash("another") is None
    assert found == replace(call, ended_at=later(hours=1))


async def test_two_changes_at_once_stand_in_line(store: Store, other: Store) -> None:
    await open_cycle(store)
    officer = await come_in(store, 1, "", "secretariat")
    actor, mine = await begun(store, 7, await called(store, officer))

    async def adds(house: Store, word: str, message: int) -> None:
        async with house.transaction() as work:
            held = await work.inputs.hold(actor, mine.id)
            assert held is not None
            await asyncio.sleep(0.05)
            await work.inputs.keep(actor, replace(held, pieces=(*held.pieces, Piece(message, word))), NOW)

    await asyncio.gather(adds(store, "third", 3), adds(other, "fourth", 4))
    async with store.reading() as work:
        (read,) = await work.inputs.own(actor)
    assert read.text.splitlines() == [WORDS, "ports", "third", "fourth"]
