"""What waits for the end of a pause is counted to the last: announcements too that are in no letter yet."""

from datetime import datetime

from tests.store.village import CYCLE, NOW, come_in, later, rows
from workflows.store.pauses import Announced
from workflows.store.transaction import Store
from workflows.store.values_announcements import Recipient


async def planned(store: Store, author: int, due_at: datetime, *recipients: Recipient) -> int:
    """An announcement that begins at a moment; one that is for somebody already has begun."""
    async with store.transaction() as work:
        made = await work.announcements.add(
            cycle_id=CYCLE, author_id=author, audience="{}", first="en", now=NOW
        )
        assert await work.announcements.schedule(made.id, due_at, 1, decent=True)
        if recipients:
            assert await work.announcements.begin(made.id, recipients)
    return made.id


def to(person: int, due_at: datetime) -> Recipient:
    return Recipient(0, person, "LB", due_at)


async def test_announcements_in_no_letter_yet_are_named_and_can_be_dropped(store: Store) -> None:
    people = [(await come_in(store, number)).id for number in (1, 2, 3)]
    now = later(hours=5)
    overdue = await planned(store, people[0], later(hours=1))
    coming = await planned(store, people[0], later(days=1))
    begun = await planned(
        store,
        people[0],
        NOW,
        to(people[0], later(hours=1)),
        to(people[1], later(hours=4)),
        to(people[2], later(hours=9)),
    )
    async with store.transaction() as work:
        await work.announcements.settle(begun, "posted", "", [people[0]], now)
        await work.pauses.begin("restored", now, NOW)
        found = await work.pauses.announced(now)
    assert found == Announced(overdue=1, people=1, later=2, first=later(hours=9))

    async with store.transaction() as work:
        assert await work.pauses.pass_over(now) == 0
        assert await work.pauses.announced(now) == Announced(later=2, first=later(hours=9))
        assert {each.id for each in await work.announcements.on_their_way()} == {overdue, coming, begun}
        assert await work.announcements.due(begun, now, 9) == []
    states = {
        row.id: row.state for row in await rows(store, "SELECT id, state FROM announcement ORDER BY id")
    }
    assert states == {overdue: "withdrawn", coming: "scheduled", begun: "posting"}
    who = "SELECT person_id, state FROM announcement_recipient ORDER BY person_id"
    assert [row.state for row in await rows(store, who)] == ["posted", "withdrawn", "planned"]


async def test_where_nothing_is_announced_nothing_is_named(store: Store) -> None:
    async with store.reading() as work:
        assert await work.pauses.announced(NOW) == Announced()
