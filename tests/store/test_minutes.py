"""What is put down for a session: kept as given, sealed, and left to the session when its author is forgotten."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.village import CYCLE, NOW, change, come_in, later, rows
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.transaction import Store, migrate
from workflows.store.values_calendar import Minute


def step(author: int | None, text: str = "أرسلوا القائمة\nto everybody", owner: str = "a ministry") -> Minute:
    return Minute(0, CYCLE, "session1", "next_step", "LB", author, text, NOW, owner, date(2026, 2, 1), "open")


async def test_what_is_put_down_comes_back_as_it_was_given(store: Store) -> None:
    layla = await come_in(store, 1)
    question = Minute(0, CYCLE, "session1", "question", "LB", layla.id, "why?", at=NOW)
    async with store.transaction() as work:
        first = await work.minutes.add(step(layla.id), later(hours=1))
        second = await work.minutes.add(replace(question, id=99), NOW)
        await work.minutes.add(replace(question, session="session2"), NOW)
        await work.minutes.add(replace(question, author_id=None, text=""), NOW)
    async with store.reading() as work:
        kept = await work.minutes.of_session(CYCLE, "session1")
        assert kept[:2] == [
            replace(step(layla.id), id=first, at=later(hours=1)),
            replace(question, id=second),
        ]
        assert (kept[2].author_id, kept[2].text, kept[2].owner) == (None, "", "")
        assert await work.minutes.get(second) == kept[1]
        assert await work.minutes.get(999) is None
        assert await work.minutes.of_session("another", "session1") == []
        assert [each.session for each in await work.minutes.by_author(layla.id)] == [
            "session1",
            "session1",
            "session2",
        ]


async def test_a_minute_is_changed_and_keeps_its_time(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        number = await work.minutes.add(step(layla.id), NOW)
        given = await work.minutes.get(number)
        assert given is not None
        taken = replace(
            given, state="taken_up", taken_by="MA", text="new words", owner="", due=None, marks='{"pace": 4}'
        )
        await work.minutes.save(replace(taken, at=later(days=1)))
        assert await work.minutes.get(number) == taken
        with pytest.raises(LookupError, match="no minute 999"):
            await work.minutes.save(replace(taken, id=999))


async def test_who_keeps_points_back_undoes_no_edit_of_theirs(store: Store, other: Store) -> None:
    """An officer keeps a point back in the moment in which another says what sort it is: both stand afterwards."""
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        point = Minute(0, CYCLE, "session1", "point", "", layla.id, "words", NOW, state="released")
        await work.minutes.add(point, NOW)
    read = asyncio.Event()

    async def says_the_sort() -> None:
        async with store.transaction() as work:
            (mine,) = await work.minutes.held(CYCLE, "session1")
            read.set()
            await asyncio.sleep(0.1)
            await work.minutes.save(replace(mine, sort="tool"))

    async def keeps_back() -> None:
        await read.wait()
        async with other.transaction() as work:
            (row,) = await work.minutes.held(CYCLE, "session1")
            await work.minutes.save(replace(row, state="open"))

    await asyncio.gather(says_the_sort(), keeps_back())
    async with store.reading() as work:
        (kept,) = await work.minutes.of_session(CYCLE, "session1")
    assert (kept.sort, kept.state) == ("tool", "open")


async def test_words_do_not_open_in_another_minute_nor_in_anothers_place(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.minutes.add(step(layla.id), NOW)
        other = await work.minutes.add(step(layla.id), NOW)
    await change(store, "UPDATE minute SET owner = text WHERE id = :id", id=other)
    async with store.reading() as work:
        with pytest.raises(KeyRefused, match="belongs to another row"):
            await work.minutes.get(other)
    await change(
        store, "UPDATE minute SET text = (SELECT text FROM minute WHERE id < :id), owner = NULL", id=other
    )
    async with store.reading() as work:
        with pytest.raises(KeyRefused, match="belongs to another row"):
            await work.minutes.of_session(CYCLE, "session1")


async def test_the_forgotten_leave_their_minutes_without_their_name(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    async with store.transaction() as work:
        await work.minutes.add(step(layla.id), NOW)
        await work.minutes.add(step(omar.id), NOW)
        await work.people.erase(layla.id, later(hours=1))
        kept = await work.minutes.of_session(CYCLE, "session1")
        assert [(each.author_id, each.owner) for each in kept] == [
            (None, "a ministry"),
            (omar.id, "a ministry"),
        ]
        assert await work.minutes.by_author(layla.id) == []


async def test_minutes_lie_sealed(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        number = await work.minutes.add(step(layla.id, "words in clear", "owner in clear"), NOW)
        given = await work.minutes.get(number)
        assert given is not None
        await work.minutes.save(replace(given, text="changed in clear"))
    assert len(await rows(store, "SELECT * FROM minute")) == 1
    await store.close()
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    found = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    assert b"next_step" in found, "the trace that is looked for would be found were it there"
    for words in (b"words in clear", b"owner in clear", b"changed in clear"):
        assert words not in found
