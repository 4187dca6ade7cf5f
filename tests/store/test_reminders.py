"""Reminders: planned as often as one likes and kept once, moved with the plan, never touched once settled."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from tests.store.village import CYCLE, NOW, change, come_in, later, open_cycle, rows
from workflows.cycle.reminders.planned import Planned
from workflows.store import reminders as module
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, Work, migrate
from workflows.store.values_calendar import Planning, Reminder, Settled

SOON = later(days=1)


def wanted(person: int, rung: str = "soon", due: datetime = SOON, country: str = "LB") -> Planned:
    return Planned(
        f"{CYCLE}/{person}/session1/0/{rung}",
        person,
        country,
        "session1",
        0,
        rung,
        "session_soon",
        due.date(),
        due,
    )


async def plan(
    store: Store, *planned: Planned, people: tuple[int, ...] = (), now: datetime = NOW
) -> Planning:
    async with store.transaction() as work:
        named = people or tuple({each.person_id for each in planned})
        return await work.reminders.plan(CYCLE, named, planned, now)


async def log(store: Store, person: int) -> list[Reminder]:
    async with store.reading() as work:
        return await work.reminders.of_person(person, CYCLE)


async def ids(work: Work, person: int) -> list[int]:
    return [each.id for each in await work.reminders.of_person(person, CYCLE)]


# --- planning -----------------------------------------------------------------------------------------------


async def test_what_is_planned_is_kept_as_given(store: Store) -> None:
    layla = await come_in(store, 1)
    given = replace(wanted(layla.id), sequence=3, shifted="holiday", content="deadline_soon")
    assert await plan(store, given) == Planning(1, 0, 0, 0)
    (kept,) = await log(store, layla.id)
    assert kept == Reminder(
        kept.id,
        given.key,
        CYCLE,
        layla.id,
        "LB",
        "session1",
        3,
        "soon",
        "deadline_soon",
        given.nominal,
        SOON,
        "holiday",
        "planned",
        "",
        "",
        NOW,
        None,
    )


async def test_planning_again_changes_nothing(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2, "MA")
    everything = [wanted(layla.id), wanted(layla.id, "today", later(days=4)), wanted(omar.id)]
    assert await plan(store, *everything, *everything) == Planning(3, 0, 0, 0)
    before = await rows(store, "SELECT * FROM reminder ORDER BY id")
    assert await plan(store, *everything, now=later(hours=1)) == Planning(0, 3, 0, 0)
    assert await rows(store, "SELECT * FROM reminder ORDER BY id") == before


async def test_planning_is_for_the_named_people_of_one_cycle(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    await plan(store, wanted(layla.id), wanted(omar.id))
    assert await plan(store, people=(omar.id,)) == Planning(0, 0, 0, 1)
    assert [each.state for each in await log(store, layla.id)] == ["planned"]
    async with store.transaction() as work:
        await work.cycles.open("another", (await rows(store, "SELECT template FROM cycle"))[0].template, NOW)
        elsewhere = replace(wanted(layla.id), key="another/1")
        assert await work.reminders.plan("another", [layla.id], [elsewhere], NOW) == Planning(1, 0, 0, 0)
        assert await work.reminders.plan("another", [layla.id], [], NOW) == Planning(0, 0, 0, 1)
        with pytest.raises(ValueError, match="not named"):
            await work.reminders.plan(CYCLE, [omar.id], [wanted(layla.id)], NOW)
    assert [each.state for each in await log(store, layla.id)] == ["planned"]


async def test_what_is_not_wanted_is_cancelled_and_what_moved_is_moved(store: Store) -> None:
    layla = await come_in(store, 1)
    soon, today = wanted(layla.id), wanted(layla.id, "today", later(days=4))
    after = wanted(layla.id, "after", later(days=9))
    await plan(store, soon, today)
    moved = replace(today, due=later(days=5), shifted="weekend")
    assert await plan(store, moved, after, now=later(hours=1)) == Planning(1, 0, 1, 1)
    assert [(r.rung, r.due, r.shifted, r.state, r.reason) for r in await log(store, layla.id)] == [
        ("soon", soon.due, "", "cancelled", "replaced"),
        ("today", later(days=5), "weekend", "planned", ""),
        ("after", after.due, "", "planned", ""),
    ]


async def test_what_was_said_or_skipped_is_never_touched(store: Store) -> None:
    layla = await come_in(store, 1)
    said, skipped = wanted(layla.id), wanted(layla.id, "today")
    await plan(store, said, skipped)
    async with store.transaction() as work:
        first, second = await ids(work, layla.id)
        assert await work.reminders.settle([first], "sent", "", later(days=1), "letter") == {first}
        assert await work.reminders.settle([second], "skipped", "done", later(days=1)) == {second}
    before = await log(store, layla.id)
    later_on = [replace(each, due=later(days=30)) for each in (said, skipped)]
    assert await plan(store, *later_on, now=later(days=2)) == Planning(0, 2, 0, 0)
    assert await plan(store, people=(layla.id,), now=later(days=2)) == Planning(0, 0, 0, 0)
    async with store.transaction() as work:
        assert await work.reminders.settle([first, second], "sent", "", later(days=9), "second") == set()
        await work.reminders.put_off([first, second], later(days=9), "snoozed")
    assert await log(store, layla.id) == before


async def test_what_was_cancelled_is_planned_again_while_its_moment_lies_ahead(store: Store) -> None:
    layla = await come_in(store, 1)
    await plan(store, wanted(layla.id))
    assert await plan(store, people=(layla.id,)) == Planning(0, 0, 0, 1)
    (cancelled,) = await log(store, layla.id)
    assert (cancelled.state, cancelled.reason, cancelled.settled_at) == ("cancelled", "replaced", NOW)
    assert await plan(store, wanted(layla.id), now=SOON) == Planning(0, 1, 0, 0)
    assert await plan(store, wanted(layla.id), now=later(hours=1)) == Planning(1, 0, 0, 0)
    (again,) = await log(store, layla.id)
    assert (again.state, again.reason, again.settled_at, again.id) == ("planned", "", None, cancelled.id)


async def test_what_was_put_off_stays_so_until_the_plan_itself_moves(store: Store) -> None:
    layla = await come_in(store, 1)
    await plan(store, wanted(layla.id))
    async with store.transaction() as work:
        await work.reminders.put_off(await ids(work, layla.id), later(days=3), "snoozed")
    assert await plan(store, wanted(layla.id), now=later(days=2)) == Planning(0, 1, 0, 0)
    (put_off,) = await log(store, layla.id)
    assert (put_off.due, put_off.shifted) == (later(days=3), "snoozed")
    assert await plan(store, wanted(layla.id, due=later(days=8))) == Planning(0, 0, 1, 0)
    (moved,) = await log(store, layla.id)
    assert (moved.due, moved.shifted) == (later(days=8), "")


async def test_two_planners_at_once_plan_everything_once(store: Store, other: Store) -> None:
    people = [(await come_in(store, number)).id for number in range(1, 9)]
    everything = [wanted(person, f"rung{n}", later(days=n + 1)) for person in people for n in range(20)]
    shuffled = random.Random(7).sample(everything, len(everything))  # noqa: S311 - an order, not a secret
    for attempt in range(3):
        moved = [replace(each, due=each.due + timedelta(hours=attempt)) for each in everything]
        also = [replace(each, due=each.due + timedelta(hours=attempt)) for each in shuffled]
        await asyncio.gather(plan(store, *moved), plan(other, *also), plan(other, *moved), plan(store, *also))
        found = await rows(store, "SELECT key, state FROM reminder")
        assert sorted(row.key for row in found) == sorted(each.key for each in everything)
        assert {row.state for row in found} == {"planned"}


async def test_of_two_who_settle_at_once_one_may_say_it(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    await plan(store, *(wanted(layla.id, f"rung{n}") for n in range(30)))
    async with store.reading() as work:
        all_of_them = await ids(work, layla.id)

    async def settle(each: Store, letter: str) -> set[int]:
        async with each.transaction() as work:
            return await work.reminders.settle(all_of_them, "sent", "", SOON, letter)

    taken = await asyncio.gather(settle(store, "a"), settle(other, "b"), settle(store, "c"))
    assert sorted(len(each) for each in taken) == [0, 0, 30]


async def test_planning_agrees_with_a_simple_model_of_it(store: Store) -> None:
    """Random plans, settlements and delays in any order, beside a dictionary that does the same."""
    people = [(await come_in(store, number)).id for number in range(1, 4)]
    chance = random.Random(20_260_105)  # noqa: S311 - a play, not a secret
    model: dict[str, tuple[str, datetime, datetime]] = {}
    for step in range(120):
        now = later(hours=step)
        chosen = chance.sample(people, chance.randint(1, 3))
        async with store.transaction() as work:
            if step % 3:
                given = [
                    wanted(person, f"rung{n}", later(hours=chance.randint(0, 150)))
                    for person in chosen
                    for n in chance.sample(range(6), chance.randint(0, 6))
                ]
                made = await work.reminders.plan(CYCLE, chosen, given, now)
                assert made.new + made.kept + made.moved == len(given)
                _plan(model, chosen, given, now)
            elif step % 2:
                await _settle(work, model, chosen[0], now, chance)
            else:
                await _put_off(work, model, chosen[0], now)
        found = {each.key: (each.state, each.due) for person in people for each in await log(store, person)}
        assert found == {key: (state, due) for key, (state, _, due) in model.items()}
    assert Counter(state for state, _, _ in model.values()).keys() >= {"sent", "skipped"}


Model = dict[str, tuple[str, datetime, datetime]]


def _plan(model: Model, people: list[int], given: list[Planned], now: datetime) -> None:
    asked = {each.key: each for each in given}
    for key, (state, by_plan, due) in model.items():
        if int(key.split("/")[1]) in people and key not in asked and state == "planned":
            model[key] = ("cancelled", by_plan, due)
    for key, each in asked.items():
        state, by_plan, _ = model.get(key, ("cancelled", NOW, NOW))
        back = state == "cancelled" and (each.due > now or key not in model)
        if back or (state == "planned" and by_plan != each.due):
            model[key] = ("planned", each.due, each.due)


async def _settle(work: Work, model: Model, person: int, now: datetime, chance: random.Random) -> None:
    some = [each for each in await work.reminders.of_person(person, CYCLE) if chance.random() < 0.5]
    state: Settled = "sent" if chance.random() < 0.5 else "skipped"
    settled = await work.reminders.settle([each.id for each in some], state, "", now, "letter")
    assert settled == {each.id for each in some if model[each.key][0] == "planned"}
    for each in some:
        if each.id in settled:
            model[each.key] = (state, *model[each.key][1:])


async def _put_off(work: Work, model: Model, person: int, now: datetime) -> None:
    due = (await work.reminders.due(now, 10)).get(person, [])
    assert {each.key for each in due} == {
        key
        for key, (state, _, due_at) in model.items()
        if state == "planned" and due_at <= now and int(key.split("/")[1]) == person
    }
    until = now + timedelta(hours=30)
    await work.reminders.put_off([each.id for each in due], until, "snoozed")
    for each in due:
        model[each.key] = (*model[each.key][:2], until)


# --- saying -------------------------------------------------------------------------------------------------


async def test_those_who_have_waited_longest_come_first_with_all_that_is_due(store: Store) -> None:
    layla, omar, zayn = [await come_in(store, number) for number in (1, 2, 3)]
    await plan(
        store,
        wanted(layla.id, "a", later(days=3)),
        wanted(layla.id, "b", later(days=2)),
        wanted(layla.id, "far", later(days=9)),
        wanted(omar.id, "a", later(days=1)),
        wanted(zayn.id, "a", later(days=3)),
    )
    async with store.transaction() as work:
        assert await work.reminders.due(NOW, 10) == {}
        assert await work.reminders.next_due() == later(days=1)
        found = await work.reminders.due(later(days=3), 2)
        assert [(person, [each.rung for each in due]) for person, due in found.items()] == [
            (omar.id, ["a"]),
            (layla.id, ["b", "a"]),
        ]
        await work.reminders.settle([each.id for each in found[omar.id]], "sent", "", later(days=3), "x")
        await work.reminders.put_off([each.id for each in found[layla.id]], later(days=4), "cap")
        assert list(await work.reminders.due(later(days=3), 2)) == [zayn.id]
        await work.reminders.settle(await ids(work, zayn.id), "cancelled", "replaced", later(days=3))
        assert await work.reminders.due(later(days=3), 2) == {}
        assert await work.reminders.next_due() == later(days=4)
    async with store.transaction() as work:
        left = [*await ids(work, layla.id), *await ids(work, omar.id)]
        await work.reminders.settle(left, "cancelled", "replaced", later(days=3))
        assert await work.reminders.next_due() is None


async def test_letters_are_counted_and_not_their_lines(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    await plan(store, *(wanted(layla.id, f"rung{n}") for n in range(5)))
    async with store.transaction() as work:
        all_of_them = await ids(work, layla.id)
        await work.reminders.settle(all_of_them[:2], "sent", "", later(days=5), "second")
        await work.reminders.settle(all_of_them[2:3], "sent", "", later(days=1), "first")
        await work.reminders.settle(all_of_them[3:4], "skipped", "done", later(days=5))
        both = [layla.id, omar.id]
        assert await work.reminders.sent_since(both, later(days=1)) == {
            layla.id: [later(days=1), later(days=5)],
            omar.id: [],
        }
        assert await work.reminders.sent_since(both, later(days=2)) == {
            layla.id: [later(days=5)],
            omar.id: [],
        }
        assert await work.reminders.sent_since([], NOW) == {}


# --- the log ------------------------------------------------------------------------------------------------


async def test_the_log_of_a_cycle_by_state_and_country(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2, "MA")
    await plan(
        store,
        *(wanted(layla.id, f"rung{n}", later(days=n)) for n in range(1, 5)),
        *(wanted(omar.id, f"rung{n}", later(days=n), "MA") for n in range(1, 3)),
    )
    async with store.transaction() as work:
        first, second, *_ = await ids(work, layla.id)
        await work.reminders.settle([first, second], "sent", "", later(days=2), "letter")
        reminders = work.reminders
        assert [(r.country, r.rung) for r in await reminders.of_cycle(CYCLE, "planned", limit=3)] == [
            ("MA", "rung1"),
            ("MA", "rung2"),
            ("LB", "rung3"),
        ]
        assert [r.rung for r in await reminders.of_cycle(CYCLE, "sent")] == ["rung2", "rung1"]
        assert [r.rung for r in await reminders.of_cycle(CYCLE, country="MA")] == ["rung2", "rung1"]
        assert await reminders.of_cycle("another") == []
        assert await reminders.counts(CYCLE) == {"planned": 4, "sent": 2, "skipped": 0, "cancelled": 0}
        assert await reminders.counts(CYCLE, "MA") == {"planned": 2, "sent": 0, "skipped": 0, "cancelled": 0}


async def test_what_is_known_too_late_stays_out_and_what_others_planned_stays(store: Store) -> None:
    layla = await come_in(store, 1)
    early, on_time = wanted(layla.id, "early", later(hours=1)), wanted(layla.id, "on time", later(hours=2))
    added = wanted(layla.id, "added", later(days=1))
    async with store.transaction() as work:
        made = await work.reminders.plan(CYCLE, [layla.id], [early, on_time], NOW, since=later(hours=1))
        assert made == Planning(1, 0, 0, 0)
        for _ in range(2):
            await work.reminders.add(CYCLE, [added], NOW)
        spares = added.key.__eq__
        again = await work.reminders.plan(CYCLE, [layla.id], [], NOW, spares=spares)
        assert again == Planning(0, 0, 0, 1)
    assert [(r.rung, r.state) for r in await log(store, layla.id)] == [
        ("on time", "cancelled"),
        ("added", "planned"),
    ]


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    layla = await come_in(store, 1)
    with pytest.raises(ValueError, match="no time zone"):
        await plan(store, wanted(layla.id, due=SOON.replace(tzinfo=None)))
    assert await log(store, layla.id) == []


async def test_one_moment_told_in_two_zones_is_one_moment(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    cairo = SOON.astimezone(ZoneInfo("Africa/Cairo"))
    await plan(store, wanted(layla.id), wanted(omar.id, due=cairo))
    assert await plan(store, wanted(layla.id, due=cairo), wanted(omar.id)) == Planning(0, 2, 0, 0)
    assert [each.due for person in (layla, omar) for each in await log(store, person.id)] == [SOON, SOON]


async def test_the_log_is_kept_for_two_years(store: Store) -> None:
    layla = await come_in(store, 1)
    await plan(store, wanted(layla.id), wanted(layla.id, "to come", later(days=9)))
    async with store.transaction() as work:
        first, _ = await ids(work, layla.id)
        await work.reminders.settle([first], "sent", "", NOW, "letter")
        await work.tidy(later(days=729))
        assert len(await ids(work, layla.id)) == 2
        await work.tidy(later(days=730))
        assert [r.rung for r in await work.reminders.of_person(layla.id, CYCLE)] == ["to come"]


async def test_the_forgotten_are_not_reminded_and_leave_no_log(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    await plan(store, wanted(layla.id), wanted(layla.id, "today"), wanted(omar.id))
    async with store.transaction() as work:
        first, _ = await ids(work, layla.id)
        await work.reminders.settle([first], "sent", "", NOW, "letter")
        await work.people.erase(layla.id, later(hours=1))
        assert list(await work.reminders.due(later(days=9), 10)) == [omar.id]
    assert [row.person_id for row in await rows(store, "SELECT person_id FROM reminder")] == [omar.id]


# --- speed --------------------------------------------------------------------------------------------------

PEOPLE, RUNGS = 2_000, 50
MANY = """
INSERT INTO person (telegram_id, language, digits, reach, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)
SELECT i, 'en', 'auto', 'open', :now FROM n
"""


async def test_a_hundred_thousand_reminders(
    sqlite_url: str, cipher: Cipher, measured: Callable[[str], None]
) -> None:
    """Printed, not asserted, is how long it takes; asserted is that all are there once and that an index is used."""
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    await open_cycle(store)
    await change(store, MANY, most=PEOPLE, now="2026-01-05 09:00:00.000000")
    people = list(range(1, PEOPLE + 1))
    everything = [wanted(person, f"rung{n}", later(hours=n + 1)) for person in people for n in range(RUNGS)]
    first, again = await _timed(store, people, everything), await _timed(store, people, everything)
    shifted = [replace(each, due=each.due + timedelta(minutes=1)) for each in everything]
    moved = await _timed(store, people, shifted)
    began = time.perf_counter()
    async with store.transaction() as work:
        due = await work.reminders.due(later(days=9), 500)
    took = time.perf_counter() - began
    measured(
        f"{len(everything):,} reminders on SQLite: planned in {first[0]:.2f} s, once more in {again[0]:.2f} s, "
        f"moved in {moved[0]:.2f} s; {sum(map(len, due.values())):,} due of 500 people found in {took:.2f} s"
    )
    number = len(everything)
    assert [first[1], again[1], moved[1]] == [
        Planning(number, 0, 0, 0),
        Planning(0, number, 0, 0),
        Planning(0, 0, number, 0),
    ]
    assert len(due) == 500
    assert {len(each) for each in due.values()} == {RUNGS}
    plans = await _plans(store)
    await store.close()
    assert "ix_reminder_planned" in plans["next"]
    assert "ix_reminder_planned" in plans["first"]
    assert "ix_reminder_person_id_due_at" in plans["person"]


async def _timed(store: Store, people: list[int], planned: list[Planned]) -> tuple[float, Planning]:
    began = time.perf_counter()
    async with store.transaction() as work:
        made = await work.reminders.plan(CYCLE, people, planned, NOW)
    return time.perf_counter() - began, made


async def _plans(store: Store) -> dict[str, str]:
    """How SQLite says that it goes about the queries of every beat."""
    queries: dict[str, tuple[Select[Any], dict[str, object]]] = {
        "next": (module._NEXT_DUE, {}),
        "first": (module._FIRST_DUE, {"moment": "2030-01-01 00:00:00.000000", "most": 10}),
        "person": (module._OF_PERSON, {"person": 1, "cycle": CYCLE}),
    }
    found = {}
    for name, (query, values) in queries.items():
        compiled = query.compile(dialect=sqlite.dialect(paramstyle="named"))
        found[name] = str(
            await rows(store, f"EXPLAIN QUERY PLAN {compiled}", **{**compiled.params, **values})
        )
    return found
