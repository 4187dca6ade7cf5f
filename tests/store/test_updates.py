"""Updates that were seen, updates that failed, and leases that one process has."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.village import NOW, later, rows
from workflows.store.transaction import Store


async def test_seen_ids_are_a_set_and_may_jump_down(store: Store) -> None:
    async with store.transaction() as work:
        work.updates.mark_seen([900, 901, 900], NOW)
        assert await work.updates.unseen([900, 5]) == {5}
    async with store.transaction() as work:
        work.updates.mark_seen([5, 2**40], NOW)
        assert await work.updates.unseen([4, 5, 6, 900, 902, 2**40]) == {4, 6, 902}
        assert await work.updates.unseen([]) == set()


async def test_fault_15_an_update_that_two_processes_handle_counts_once(store: Store, other: Store) -> None:
    async with store.transaction() as work:
        work.updates.mark_seen([1], NOW)
    with pytest.raises(IntegrityError):  # noqa: PT012 - the whole transaction is refused
        async with other.transaction() as work:
            work.updates.mark_seen([1], NOW)
            await work.leases.take("trace", "me", NOW, 1)
    assert await rows(store, "SELECT * FROM lease") == []


async def test_an_update_is_counted_until_it_is_given_up(store: Store) -> None:
    payload = b'{"update_id": 7, "callback_query": {"from": {"id": 11}}}'
    for tries in range(1, 6):
        async with store.transaction() as work:
            assert await work.updates.failed(7, payload, "ValueError", later(minutes=tries)) == tries
            assert await work.updates.parked() == 0
    async with store.transaction() as work:
        await work.updates.park(7, payload, "ValueError", later(minutes=6))
        await work.updates.park(8, b"\xff not JSON", "unreadable", NOW)
        await work.updates.park(9, b'{"message": {"from": {"id": "?"}}, "x": 1}', "unreadable", NOW)
        await work.updates.park(10, b"[]", "unreadable", NOW)
        assert await work.updates.parked() == 4
    found = await rows(store, "SELECT update_id, attempts, telegram_id FROM dead_letter ORDER BY update_id")
    assert [tuple(row) for row in found] == [(7, 6, 11), (8, 1, None), (9, 1, None), (10, 1, None)]


async def test_old_ids_and_dead_letters_are_forgotten(store: Store) -> None:
    async with store.transaction() as work:
        await work.updates.failed(1, b"{}", "x", NOW)
        await work.updates.failed(2, b"{}", "x", NOW)
        await work.updates.park(3, b"{}", "x", NOW)
        work.updates.mark_seen([1, 50], NOW)

    async def left(**span: float) -> tuple[set[int], set[int]]:
        async with store.transaction() as work:
            await work.tidy(later(**span))
        seen = await rows(store, "SELECT update_id FROM seen")
        dead = await rows(store, "SELECT update_id FROM dead_letter")
        return {row.update_id for row in seen}, {row.update_id for row in dead}

    assert await left(hours=1) == ({1, 50}, {2, 3})
    assert await left(days=14) == (set(), {3})
    assert await left(days=90) == (set(), set())


async def test_what_a_failed_update_said_goes_after_two_days(store: Store) -> None:
    async with store.transaction() as work:
        await work.updates.failed(2, b"{}", "x", NOW)
        await work.updates.park(3, b"{}", "x", NOW)
        await work.updates.park(4, b"{}", "x", later(hours=2))

    async def kept(**span: float) -> set[int]:
        async with store.transaction() as work:
            await work.tidy(later(**span))
            parked = await work.updates.parked()
        assert parked == 2
        found = await rows(store, "SELECT update_id, payload FROM dead_letter")
        return {row.update_id for row in found if row.payload is not None}

    assert await kept(hours=47) == {2, 3, 4}
    assert await kept(hours=48) == {4}
    assert await kept(hours=50) == set()


async def test_a_lease_has_one_owner_until_it_ends_or_is_given_back(store: Store, other: Store) -> None:
    async with store.transaction() as work:
        assert await work.leases.take("poller", "a", NOW, 30)
        assert await work.leases.take("courier", "b", NOW, 30)
    async with other.transaction() as work:
        assert not await work.leases.take("poller", "b", later(seconds=29), 30)
    async with store.transaction() as work:
        assert await work.leases.take("poller", "a", later(seconds=29), 30)
        await work.leases.release("poller", "b")
    async with other.transaction() as work:
        assert not await work.leases.take("poller", "b", later(seconds=58), 30)
        assert await work.leases.take("poller", "b", later(seconds=59), 30)
        await work.leases.release("poller", "b")
        assert await work.leases.take("poller", "a", later(seconds=60), 30)


async def test_a_probe_writes_although_another_one_wrote_a_moment_ahead(store: Store, other: Store) -> None:
    """Clocks differ by some milliseconds; whoever is told that rows are taken has written one."""
    async with other.transaction() as work:
        await work.soundness.write_probe(later(milliseconds=5))
    async with store.transaction() as work:
        await work.soundness.write_probe(NOW)
    (row,) = await rows(store, "SELECT owner FROM lease WHERE name = 'probe'")
    assert row.owner == store.owner


async def test_of_two_owners_that_race_one_has_the_lease(store: Store, other: Store) -> None:
    async def take(door: Store, name: str, owner: str) -> bool:
        async with door.transaction() as work:
            return await work.leases.take(name, owner, NOW, 30)

    for attempt in range(10):
        race = await asyncio.gather(take(store, f"n{attempt}", "a"), take(other, f"n{attempt}", "b"))
        assert sorted(race) == [False, True]


async def test_the_audit_keeps_lines_and_no_names(store: Store) -> None:
    async with store.transaction() as work:
        work.audit.note(NOW, 3, "invite_focal_point", "LB", "invitation", "made")
        work.audit.note(NOW, None, "open_cycle", "", "round-1", "done")
    found = await rows(store, "SELECT person_id, act, country, thing, outcome FROM audit ORDER BY id")
    assert [tuple(row) for row in found] == [
        (3, "invite_focal_point", "LB", "invitation", "made"),
        (None, "open_cycle", "", "round-1", "done"),
    ]


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        async with store.transaction() as work:
            work.updates.mark_seen([1], NOW.replace(tzinfo=None))
