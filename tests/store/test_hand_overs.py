"""The store of hand-overs on both engines: one note for each milestone, of a day and of whoever noted it."""

from datetime import date

from tests.store.village import CYCLE, NOW, change, come_in, later, rows
from workflows.store.transaction import Store

REPORT = "report"
DAY = date(2020, 11, 20)


async def test_one_note_stands_for_each_milestone_and_can_be_taken_back(store: Store) -> None:
    sam = await come_in(store, 1)
    async with store.transaction() as work:
        await work.hand_overs.set(CYCLE, REPORT, DAY, sam.id, NOW)
        await work.hand_overs.set(CYCLE, REPORT, date(2020, 11, 21), sam.id, later(hours=1))
    async with store.transaction() as work:
        (noted,) = (await work.hand_overs.of(CYCLE)).values()
        assert (noted.milestone, noted.day, noted.by, noted.at) == (
            REPORT,
            date(2020, 11, 21),
            sam.id,
            later(hours=1),
        )
        await work.hand_overs.remove(CYCLE, REPORT)
    async with store.reading() as work:
        assert await work.hand_overs.of(CYCLE) == {}


async def test_who_noted_it_and_was_erased_by_an_older_bot_is_forgotten_at_the_next_tidying(
    store: Store,
) -> None:
    """A bot of the release before knows nothing of this table, and may erase somebody during a deploy."""
    sam, lina = await come_in(store, 1), await come_in(store, 2)
    async with store.transaction() as work:
        await work.hand_overs.set(CYCLE, REPORT, DAY, sam.id, NOW)
        await work.hand_overs.set(CYCLE, "outcome", DAY, lina.id, NOW)
    await change(store, "UPDATE person SET erased_at = :at WHERE id = :id", at=later(days=1), id=sam.id)
    async with store.transaction() as work:
        assert await work.tidy(later(days=1)) == 1
    left = {
        row.milestone: row.author_id
        for row in await rows(store, "SELECT milestone, author_id FROM hand_over")
    }
    assert left == {REPORT: None, "outcome": lina.id}
