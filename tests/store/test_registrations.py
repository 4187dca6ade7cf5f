"""How people attend sessions, and which offices host them."""

import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from tests.store.village import CYCLE, NOW, come_in, later
from workflows.notices.workshops import Attendance
from workflows.store.transaction import Store
from workflows.store.values_calendar import Registration


def registration(
    person: int, session: str = "session1", attendance: Attendance = "remote", country: str = "LB"
) -> Registration:
    return Registration(CYCLE, session, person, country, attendance, at=NOW)


async def test_a_registration_takes_the_place_of_the_one_before(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2, "MA")
    changed = Registration(CYCLE, "session1", layla.id, "LB", "office", later(days=1), 2, True, 3, False)
    async with store.transaction() as work:
        await work.registrations.save(registration(omar.id, country="MA"))
        await work.registrations.save(registration(layla.id))
        await work.registrations.save(registration(layla.id, "session2", "away"))
        await work.registrations.save(changed)
        await work.registrations.save(changed)
    async with store.reading() as work:
        assert await work.registrations.of_session(CYCLE, "session1") == [
            changed,
            registration(omar.id, country="MA"),
        ]
        assert await work.registrations.of_person(layla.id, CYCLE) == {
            "session1": changed,
            "session2": registration(layla.id, "session2", "away"),
        }
        assert await work.registrations.of_session(CYCLE, "session3") == []
        assert await work.registrations.of_session("another", "session1") == []
        assert await work.registrations.of_person(layla.id, "another") == {}


async def test_who_puts_people_into_groups_undoes_no_word_of_theirs(store: Store, other: Store) -> None:
    """An officer makes groups in the moment in which a delegate says that they stay away: both stand afterwards."""
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.registrations.save(registration(layla.id))
    read = asyncio.Event()

    async def stays_away() -> None:
        async with store.transaction() as work:
            (mine,) = await work.registrations.held(CYCLE, "session1")
            read.set()
            await asyncio.sleep(0.1)
            await work.registrations.save(replace(mine, attendance="away"))

    async def groups() -> None:
        await read.wait()
        async with other.transaction() as work:
            (row,) = await work.registrations.held(CYCLE, "session1")
            await work.registrations.save(replace(row, group=2))

    await asyncio.gather(stays_away(), groups())
    async with store.reading() as work:
        (kept,) = await work.registrations.of_session(CYCLE, "session1")
    assert (kept.attendance, kept.group) == ("away", 2)


@pytest.mark.parametrize("said", [True, False, None])
async def test_not_said_is_something_else_than_no(store: Store, said: bool | None) -> None:  # noqa: FBT001 - the case itself
    layla = await come_in(store, 1)
    given = replace(registration(layla.id), presents=said, attended=said)
    async with store.transaction() as work:
        await work.registrations.save(given)
    async with store.reading() as work:
        assert await work.registrations.of_session(CYCLE, "session1") == [given]


async def test_nobody_unknown_is_registered(store: Store) -> None:
    layla = await come_in(store, 1)
    with pytest.raises(IntegrityError):
        async with store.transaction() as work:
            await work.registrations.save(registration(layla.id + 1))


async def test_the_forgotten_are_not_registered(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    async with store.transaction() as work:
        await work.registrations.save(registration(layla.id))
        await work.registrations.save(registration(omar.id))
        await work.people.erase(layla.id, later(hours=1))
        assert await work.registrations.of_session(CYCLE, "session1") == [registration(omar.id)]
        assert await work.registrations.of_person(layla.id, CYCLE) == {}


async def test_an_office_is_opened_and_closed_for_one_session(store: Store) -> None:
    await come_in(store, 1)
    async with store.transaction() as work:
        assert await work.hosting.of_session(CYCLE, "session1") == {}
        await work.hosting.set(CYCLE, "session1", "LB", True, NOW)
        await work.hosting.set(CYCLE, "session1", "EG", True, NOW)
        await work.hosting.set(CYCLE, "session1", "LB", False, later(days=1))
        await work.hosting.set(CYCLE, "session2", "LB", True, NOW)
    async with store.reading() as work:
        assert await work.hosting.of_session(CYCLE, "session1") == {"EG": True, "LB": False}
        assert await work.hosting.of_session(CYCLE, "session2") == {"LB": True}
