"""Plans kept word for word, version by version; what people prefer, and which countries take part."""

import asyncio
from datetime import UTC, date, datetime, time

import pytest

from tests.store.village import CYCLE, NOW, come_in, later, open_cycle, rows
from workflows.cycle.calendar import AgendaItem, AgendaPart, Calendar, Milestone, Move, Theme
from workflows.cycle.reminders.policy import Escalation, ReminderPolicy, Rung
from workflows.languages import Text
from workflows.store import calendars as module
from workflows.store.cipher import Cipher
from workflows.store.pen import ReadOnly
from workflows.store.transaction import Store
from workflows.store.values_calendar import Plan, PlanHead, Preference, TakingPart
from workflows.when import Exact, Unstated, Window

TITLE = Text(ar="الجلسة", en="Session", fr="Session")
SESSION = Milestone(
    id="session1",
    kind="workshop",
    title=TITLE,
    when=Exact(first=date(2026, 3, 1), last=date(2026, 3, 1), starts=time(10), ends=time(13, 15)),
    alternatives=(Window(first=date(2026, 7, 1), last=date(2026, 7, 10), phrase=TITLE), Unstated()),
    mode="online",
    languages=("ar", "fr"),
    agenda=(
        AgendaItem(
            id="1.1",
            title=TITLE,
            starts=time(10),
            ends=time(11),
            parts=(AgendaPart(title=TITLE, minutes=20), AgendaPart(title=TITLE, minutes=40)),
        ),
    ),
    moves=(Move(step="mode_changed", at=NOW, when=Unstated(), mode="in_person"),),
    extensions={"YE": Exact(first=date(2026, 4, 1), last=date(2026, 4, 2), zone="Asia/Aden")},
)
CALENDAR = Calendar(
    id="spring",
    title=TITLE,
    template="tiny",
    themes=(Theme(number=1),),
    milestones=(SESSION, Milestone(id="deadline", kind="deadline", title=TITLE, when=Unstated())),
)
POLICY = ReminderPolicy(
    id="calm",
    quiet_from=time(20),
    quiet_until=time(8),
    hour=time(9, 30),
    rungs=(
        Rung(id="soon", milestone="workshop", days=-3, working=True, to=("focal_point",), content="register"),
    ),
    escalations=(Escalation(milestone="deadline", silent_working_days=10, tell="secretariat"),),
)


async def write(store: Store, calendar: Calendar, act: str = "loaded", by: int | None = None) -> Plan:
    async with store.transaction() as work:
        return await work.calendars.write(
            CYCLE, calendar, POLICY, by=by, act=act, milestone="session1", now=NOW
        )


def moved(number: int) -> Calendar:
    return CALENDAR.with_milestone(SESSION.model_copy(update={"sequence": number}))


# --- plans --------------------------------------------------------------------------------------------------


async def test_a_cycle_without_a_plan_says_so(store: Store) -> None:
    await open_cycle(store)
    async with store.reading() as work:
        assert await work.calendars.current(CYCLE) is None
        assert await work.calendars.history(CYCLE) == []


async def test_a_plan_comes_back_as_it_was_written_in_every_process(store: Store, other: Store) -> None:
    await open_cycle(store)
    plan = await write(store, CALENDAR)
    assert plan == Plan(CYCLE, 1, CALENDAR, POLICY, NOW)
    for each in (store, other, other):
        async with each.reading() as work:
            assert await work.calendars.current(CYCLE) == plan


async def test_every_version_is_kept_and_the_newest_counts(store: Store, other: Store) -> None:
    officer = await come_in(store, 5, "", "secretariat")
    await write(store, CALENDAR)
    async with other.reading() as work:
        assert (await work.calendars.current(CYCLE)) is not None
    await write(store, moved(1), "postponed", officer.id)
    async with other.reading() as work:
        plan = await work.calendars.current(CYCLE)
        assert plan is not None
        assert (plan.number, plan.calendar) == (2, moved(1))
        assert await work.calendars.history(CYCLE) == [
            PlanHead(1, "loaded", "session1", None, NOW),
            PlanHead(2, "postponed", "session1", officer.id, NOW),
        ]
    kept = await rows(store, "SELECT calendar FROM calendar_revision ORDER BY number")
    assert [Calendar.model_validate_json(row.calendar) for row in kept] == [CALENDAR, moved(1)]


async def test_a_transaction_sees_what_it_wrote_and_nobody_what_it_took_back(store: Store) -> None:
    await open_cycle(store)
    await write(store, CALENDAR)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the whole transaction is taken back
        async with store.transaction() as work:
            await work.calendars.write(CYCLE, moved(1), POLICY, by=None, act="x", milestone="", now=NOW)
            plan = await work.calendars.current(CYCLE)
            assert plan is not None
            assert plan.number == 2
            raise ZeroDivisionError
    async with store.reading() as work:
        plan = await work.calendars.current(CYCLE)
        assert plan is not None
        assert (plan.number, plan.calendar) == (1, CALENDAR)


async def test_a_plan_is_parsed_once_in_a_process(
    store: Store, url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_cycle(store)
    await write(store, CALENDAR)
    fresh = await Store.open(url, cipher)
    parsed: list[str] = []
    for model in (Calendar, ReminderPolicy):
        parse = model.model_validate_json

        def counted(words: str, parse: object = parse) -> object:
            parsed.append(words)
            return parse(words)  # type: ignore[operator]  # the method that it stands for

        monkeypatch.setattr(model, "model_validate_json", counted)
    for _ in range(3):
        async with fresh.reading() as work:
            assert await work.calendars.current(CYCLE) == Plan(CYCLE, 1, CALENDAR, POLICY, NOW)
    assert len(parsed) == 2
    await fresh.close()


async def test_of_two_who_change_a_plan_at_once_neither_undoes_the_other(store: Store, other: Store) -> None:
    await open_cycle(store)
    await write(store, CALENDAR)

    async def postpone(each: Store) -> None:
        async with each.transaction() as work:
            plan = await work.calendars.to_change(CYCLE)
            assert plan is not None
            await asyncio.sleep(0.01)
            sequence = plan.calendar.by_id["session1"].sequence + 1
            await work.calendars.write(
                CYCLE, moved(sequence), plan.policy, by=None, act="postponed", milestone="session1", now=NOW
            )

    await asyncio.gather(*(postpone(each) for each in (store, other) * 3))
    async with store.reading() as work:
        plan = await work.calendars.current(CYCLE)
    assert plan is not None
    assert (plan.number, plan.calendar.by_id["session1"].sequence) == (7, 6)


async def test_a_plan_needs_its_cycle(store: Store) -> None:
    with pytest.raises(LookupError, match="no cycle round-1"):
        await write(store, CALENDAR)
    async with store.transaction() as work:
        with pytest.raises(LookupError, match="no cycle"):
            await work.calendars.to_change(CYCLE)


def test_the_digest_tells_two_texts_apart() -> None:
    assert module._digest("a") != module._digest("b")


# --- preferences --------------------------------------------------------------------------------------------


async def test_who_has_set_nothing_has_the_default(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    chosen = Preference(layla.id, time(7, 30), True, True, later(days=2), True)
    async with store.transaction() as work:
        await work.preferences.set(Preference(layla.id, time(6)))
        await work.preferences.set(chosen)
    async with store.reading() as work:
        found = await work.preferences.of([layla.id, omar.id])
        assert await work.preferences.of([]) == {}
    assert found == {layla.id: chosen, omar.id: Preference(omar.id)}


async def test_preferences_of_very_many_people_are_found(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.preferences.set(Preference(layla.id, hijri=True))
        found = await work.preferences.of(range(layla.id, 40_001))
    assert found[layla.id].hijri
    assert sum(each.hijri for each in found.values()) == 1


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    layla = await come_in(store, 1)
    naive = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(Exception, match="no time zone"):
        async with store.transaction() as work:
            await work.preferences.set(Preference(layla.id, snoozed_until=naive))


async def test_nothing_is_written_where_one_only_looks(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.reading() as work:
        with pytest.raises(ReadOnly):
            await work.preferences.set(Preference(layla.id))


# --- taking part --------------------------------------------------------------------------------------------


async def test_the_last_word_of_a_country_counts(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        assert await work.taking_part.of(CYCLE) == {}
        await work.taking_part.set(CYCLE, "LB", "yes", layla.id, NOW)
        await work.taking_part.set(CYCLE, "LB", "no", None, later(days=1))
        await work.taking_part.set(CYCLE, "MA", "yes", layla.id, NOW)
    async with store.reading() as work:
        assert await work.taking_part.of(CYCLE) == {
            "LB": TakingPart("LB", "no", None, later(days=1)),
            "MA": TakingPart("MA", "yes", layla.id, NOW),
        }
        assert await work.taking_part.of("another") == {}


# --- forgetting ---------------------------------------------------------------------------------------------


async def test_the_forgotten_leave_the_plan_and_the_countrys_word(store: Store) -> None:
    officer, bystander = await come_in(store, 5, "", "secretariat"), await come_in(store, 6)
    await write(store, CALENDAR, by=officer.id)
    async with store.transaction() as work:
        for person in (officer, bystander):
            await work.preferences.set(Preference(person.id, hijri=True))
        await work.taking_part.set(CYCLE, "LB", "yes", officer.id, NOW)
        await work.people.erase(officer.id, later(hours=1))
    async with store.reading() as work:
        assert [head.by for head in await work.calendars.history(CYCLE)] == [None]
        assert await work.taking_part.of(CYCLE) == {"LB": TakingPart("LB", "yes", None, NOW)}
    assert [row.person_id for row in await rows(store, "SELECT person_id FROM preference")] == [bystander.id]
