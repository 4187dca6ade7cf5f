"""What the region's standing is made of, on both engines: by country, own people only, each moment in UTC."""

import pytest

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, record, said
from workflows.people.invitations import hash_token
from workflows.people.roles import Actor
from workflows.review.passage import State
from workflows.store.standings import Places
from workflows.store.transaction import Store
from workflows.store.values import Denied
from workflows.store.values_calendar import Registration

OFFICER = Actor(0, "secretariat", "", CYCLE)


async def test_people_count_by_country_and_supporters_do_not(store: Store) -> None:
    for number, (country, role) in enumerate(
        [("LB", "focal_point"), ("LB", "contributor"), ("JO", "clearer"), ("MA", "supporter")], start=1
    ):
        await come_in(store, number, country, role)  # type: ignore[arg-type]  # a role
    await come_in(store, 9, "", "secretariat")
    async with store.reading() as work:
        assert await work.standings.places(CYCLE) == {"LB": Places(2, 1, NOW), "JO": Places(1, 0, NOW)}
        assert await work.standings.came_in(CYCLE, later(seconds=-1)) == {"LB": 2, "JO": 1}
        assert await work.standings.came_in(CYCLE, NOW) == {}
        assert await work.standings.places("another") == {}


async def test_a_session_counts_once_where_somebody_of_a_country_was_there(store: Store) -> None:
    people = [
        await come_in(store, number, country)
        for number, country in enumerate(("LB", "LB", "JO", "MA"), start=1)
    ]
    there = {"session1": (True, True, False, None), "session2": (True, None, None, None)}
    async with store.transaction() as work:
        for session, marks in there.items():
            for person, mark in zip(people, marks, strict=True):
                place = person.memberships[0]
                row = Registration(CYCLE, session, person.id, place.country, "remote", NOW, attended=mark)
                await work.registrations.save(row)
    async with store.reading() as work:
        assert await work.standings.attended(CYCLE) == {"LB": 2}
        assert await work.standings.attended("another") == {}


async def test_an_invitation_counts_while_it_can_be_taken_up(store: Store) -> None:
    await come_in(store, 1)
    async with store.transaction() as work:
        for country, role in (("JO", "focal_point"), ("EG", "supporter")):
            hash_ = hash_token(country)
            await work.invitations.make(CYCLE, role, country, hash_, None, NOW, later(days=1))  # type: ignore[arg-type]  # a role
    async with store.reading() as work:
        assert await work.standings.invited(CYCLE, NOW) == {"JO"}
        assert await work.standings.invited(CYCLE, later(days=1)) == set()


async def test_changes_are_counted_by_question_since_a_moment(store: Store) -> None:
    layla = await come_in(store, 1, "LB")
    yasmine = await come_in(store, 2, "MA")
    await record(store, layla, said("1b.2", "one"), said("1b.2", "two"), said("2a.3", "three"))
    await record(store, yasmine, said("1b.2", "four"), at=later(hours=1))
    both = ["LB", "MA", "JO"]
    async with store.reading() as work:
        assert await work.drafts.changed(OFFICER, both, later(seconds=-1)) == {"LB": 2, "MA": 1}
        assert await work.drafts.changed(OFFICER, both, NOW) == {"MA": 1}
        assert await work.drafts.changed(OFFICER, ["LB"], later(seconds=-1)) == {"LB": 2}
        assert await work.standings.activity(CYCLE) == {"LB": NOW, "MA": later(hours=1)}
        tallies = await work.drafts.tallies(OFFICER, both)
    assert set(tallies) == {"LB", "MA"}
    assert len(tallies["LB"].review.answers) == 2


async def test_nobody_counts_another_country(store: Store) -> None:
    layla = await come_in(store, 1, "LB")
    async with store.reading() as work:
        for question in (
            work.drafts.tallies(actor_of(layla), ["LB", "MA"]),
            work.drafts.changed(actor_of(layla), ["MA"], NOW),
        ):
            with pytest.raises(Denied) as denied:
                await question
            assert denied.value.country == "MA"


async def test_a_country_s_own_change_is_counted_before_it_is_on_disk(store: Store) -> None:
    layla = await come_in(store, 1, "LB")
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        await work.drafts.record(draft, [said("1b.2", "one")], layla.id, NOW)
        tallies = await work.drafts.tallies(OFFICER, ["LB"])
        assert len(tallies["LB"].review.answers) == 1
        assert await work.drafts.changed(OFFICER, ["LB"], later(seconds=-1)) == {"LB": 1}
    async with store.transaction() as work:
        assert len((await work.drafts.tallies(OFFICER, ["LB"]))["LB"].review.answers) == 1


@pytest.mark.parametrize("put_aside", ["withdrawn", "changes_asked"])
async def test_a_text_is_as_far_as_its_newest_that_is_on_its_way_or_on_record(
    store: Store, put_aside: State
) -> None:
    layla = await come_in(store, 1, "LB")
    actor = actor_of(layla)
    async with store.transaction() as work:
        assert await work.standings.passages(CYCLE) == {}
        draft = await work.drafts.open(actor, "LB")
        first = await work.clearance.freeze(actor, draft, "{}", "0" * 64, NOW)
        assert (await work.standings.passages(CYCLE))["LB"].state == "draft"
        await work.clearance.submit(first, layla.id, later(hours=1))
        passage = (await work.standings.passages(CYCLE))["LB"]
        assert (passage.state, passage.submitted_at) == ("submitted", later(hours=1))
        assert [act for act, _ in passage.acts] == ["freeze", "submit"]
    async with store.transaction() as work:
        first = await work.clearance.newest(CYCLE, "LB")  # type: ignore[assignment]  # it is there
        await work.clearance.decide(first, "reopened", "reopen", None, later(hours=2))
        draft = await work.drafts.open(actor, "LB")
        await work.clearance.freeze(actor, draft, "{}", "1" * 64, later(hours=3))
        assert (await work.standings.passages(CYCLE))["LB"].state == "reopened"
        await work.clearance.set_steps(CYCLE, "LB", 1, layla.id, later(hours=3))
        third = await work.clearance.freeze(actor, draft, "{}", "2" * 64, later(hours=3))
        assert (await work.standings.passages(CYCLE))["LB"].state == "in_clearance"
        await work.clearance.decide(third, put_aside, "withdraw", layla.id, later(hours=4))
    async with store.reading() as work:
        passage = (await work.standings.passages(CYCLE))["LB"]
    assert (passage.state, passage.submitted_at) == ("reopened", later(hours=1))
