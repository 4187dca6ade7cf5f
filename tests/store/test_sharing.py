"""What is shared of a draft: nothing at first, then what was named, and nothing again once it is taken back."""

import pytest

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, record, rows, said, tiny
from workflows.people.access import may
from workflows.people.roles import ROLES, Actor, Role
from workflows.review.events import Adaptation, Adapted
from workflows.store.sharing import WHOLE, reading_of
from workflows.store.transaction import Store
from workflows.store.values import Denied
from workflows.store.values_exchange import Reading

FIRST, SECOND = (section.id for section in tiny().sections)
OFFICER = Actor(99, "secretariat", "", CYCLE)


IN_FIRST, IN_SECOND = "1c.1", "2b.1"


async def share(store: Store, section: str, country: str = "LB") -> None:
    async with store.transaction() as work:
        await work.sharing.share(CYCLE, country, section, 1, NOW)


async def test_only_the_shared_sections_are_read(store: Store) -> None:
    layla = await come_in(store, 1)
    question = tiny().question_of[IN_SECOND].id
    await record(store, layla, said(IN_FIRST, "first canary"), said(IN_SECOND, "second canary"))
    await record(store, layla, Adapted(question, Adaptation(wording="own words")))
    async with store.reading() as work:
        assert await work.sharing.review(OFFICER, "LB") is None
        assert await work.sharing.sections(CYCLE, "LB") == frozenset()
    await share(store, FIRST)
    async with store.reading() as work:
        review = await work.sharing.review(OFFICER, "LB")
        assert review is not None
        assert set(review.answers) == {IN_FIRST}
        assert set(review.words) == {IN_FIRST}
        assert review.adaptations == {}
        assert "second canary" not in repr(review.answers)
    await share(store, SECOND)
    async with store.reading() as work:
        review = await work.sharing.review(OFFICER, "LB")
        assert review is not None
        assert set(review.answers) == {IN_FIRST, IN_SECOND}
        assert review.adaptations[question].wording == "own words"


async def test_the_whole_is_everything_until_it_is_taken_back(store: Store) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(IN_FIRST, "one"), said(IN_SECOND, "two"))
    await share(store, WHOLE)
    await share(store, WHOLE)
    async with store.transaction() as work:
        review = await work.sharing.review(OFFICER, "LB")
        assert review is not None
        assert set(review.answers) == {IN_FIRST, IN_SECOND}
        await work.sharing.take_back(CYCLE, "LB", WHOLE)
        assert await work.sharing.review(OFFICER, "LB") is None
        await work.sharing.take_back(CYCLE, "LB", WHOLE)


async def test_one_country_shares_for_itself_alone(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2, "JO")
    await record(store, layla, said(IN_FIRST, "of Lebanon"))
    await record(store, omar, said(IN_FIRST, "of Jordan"))
    await share(store, FIRST)
    await share(store, WHOLE, "MA")
    async with store.reading() as work:
        assert await work.sharing.review(OFFICER, "JO") is None
        assert await work.sharing.of_cycle(CYCLE) == {"LB": {FIRST}, "MA": {WHOLE}}
        empty = await work.sharing.review(OFFICER, "MA")
        assert empty is not None
        assert empty.answers == {}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "secretariat"])
async def test_nobody_but_the_secretariat_reads_what_is_shared(store: Store, role: Role) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said(IN_FIRST, "for the secretariat"))
    await share(store, WHOLE)
    other = Actor(layla.id, role, "LB", CYCLE)
    assert not may(other, "read_shared", "LB")
    with pytest.raises(Denied):
        async with store.reading() as work:
            await work.sharing.review(other, "LB")
    (line,) = await rows(store, "SELECT act, country, outcome FROM audit WHERE act = 'read_shared'")
    assert tuple(line) == ("read_shared", "LB", "denied")


async def test_the_state_sees_when_it_was_read(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        thing = reading_of(CYCLE, FIRST)
        work.audit.note(NOW, 7, "read_shared", "LB", thing, "read")
        work.audit.note(later(days=1), 7, "read_shared", "LB", thing, "read")
        work.audit.note(later(days=2), 7, "read_shared", "LB", thing, "denied")
        work.audit.note(later(days=3), 7, "read_shared", "JO", thing, "read")
        work.audit.note(later(days=4), 7, "read_shared", "LB", reading_of("another", FIRST), "read")
    async with store.reading() as work:
        assert await work.sharing.readings(CYCLE, actor_of(layla).country) == [Reading(FIRST, later(days=1))]
