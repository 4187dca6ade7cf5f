"""People: invitations used once, places, and what is left when somebody is forgotten."""

import asyncio
import itertools
import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.village import (
    CYCLE,
    NOW,
    actor_of,
    change,
    come_in,
    later,
    open_cycle,
    prose,
    record,
    rows,
    said,
)
from workflows.notices import Erased, Welcome
from workflows.review.answers import Held
from workflows.review.events import Interview
from workflows.store.cipher import Cipher
from workflows.store.people import People
from workflows.store.transaction import Store, migrate
from workflows.store.values import Delivered, Invitation, Refusal, Settlement
from workflows.use_cases import inviting, leading
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.steering import staffing

_accounts = itertools.count(100)


async def _invite(store: Store, known_as: str = "hash", **more: int) -> Invitation:
    async with store.transaction() as work:
        return await work.invitations.make(
            CYCLE, "focal_point", "LB", known_as, None, NOW, later(days=7), more.get("replaces")
        )


async def test_an_invitation_is_used_once(store: Store) -> None:
    await open_cycle(store)
    made = await _invite(store)
    async with store.transaction() as work:
        assert await work.invitations.by_hash("hash") == made
        taken = await work.invitations.redeem("hash", 1, later(days=1))
        assert isinstance(taken, Invitation)
        assert (taken.role, taken.country, taken.used_at) == ("focal_point", "LB", later(days=1))
    async with store.transaction() as work:
        assert await work.invitations.redeem("hash", 2, later(days=1)) == Refusal("used")
        assert await work.invitations.redeem("another", 2, NOW) == Refusal("unknown")
        assert await work.invitations.by_hash("another") is None
        assert [each.used_at for each in await work.invitations.of_cycle(CYCLE)] == [later(days=1)]


async def test_an_invitation_ends_with_its_last_day(store: Store) -> None:
    await open_cycle(store)
    await _invite(store)
    async with store.transaction() as work:
        assert await work.invitations.redeem("hash", 1, later(days=7)) == Refusal("expired")
        assert isinstance(await work.invitations.redeem("hash", 1, later(days=7, seconds=-1)), Invitation)


async def test_fault_63_of_two_accounts_that_race_for_an_invitation_one_comes_in(
    store: Store, other: Store
) -> None:
    await open_cycle(store)
    for attempt in range(10):
        await _invite(store, f"hash {attempt}")

        async def run(door: Store, account: int, name: str = f"hash {attempt}") -> bool:
            async with door.transaction() as work:
                return isinstance(await work.invitations.redeem(name, account, NOW), Invitation)

        assert sorted(await asyncio.gather(run(store, 1), run(other, 2))) == [False, True]


@pytest.mark.parametrize("invited", ["by an officer", "by the command line"])
async def test_fault_63_of_two_focal_points_who_come_in_at_once_one_leads_and_both_are_seen(
    store: Store, other: Store, invited: str
) -> None:
    officer = await come_in(store, 9, "", "secretariat")
    made_by = officer.id if invited == "by an officer" else None
    for country in ("LB", "MA", "JO", "IQ", "TN"):
        wanted = inviting.Wanted(CYCLE, "focal_point", country, later(days=7))
        async with store.transaction() as work:
            tokens = [await inviting.make(work, wanted, secrets.token_bytes, NOW, made_by) for _ in range(2)]
        accounts = next(_accounts), next(_accounts)

        async def enters(door: Store, account: int, token: str) -> None:
            async with door.transaction() as work:
                await work.prefetch([account])
                newcomer = inviting.Newcomer(account, f"Person {account}", "en")
                assert await inviting.come_in(work, newcomer, token, Cause(account, later(hours=1))) is None

        await asyncio.gather(enters(store, accounts[0], tokens[0]), enters(other, accounts[1], tokens[1]))
        async with store.reading() as work:
            people = await work.people.of_country(CYCLE, country)
            claims = [claim for claim in await work.claims.waiting(CYCLE) if claim.country == country]
        leads = sorted(place.lead for person in people for place in person.memberships)
        assert (leads, len(claims)) == (([True], 1) if made_by else ([False, True], 0))


async def test_of_a_lead_who_goes_while_another_comes_in_the_other_leads(store: Store, other: Store) -> None:
    officer, lead = await come_in(store, 9, "", "secretariat"), await come_in(store, 1)
    wanted, has_entered = inviting.Wanted(CYCLE, "focal_point", "LB", later(days=7)), asyncio.Event()
    async with store.transaction() as work:
        token = await inviting.make(work, wanted, secrets.token_bytes, NOW)

    async def enters() -> None:
        async with other.transaction() as work:
            newcomer = inviting.Newcomer(2, "Person 2", "en")
            assert await inviting.come_in(work, newcomer, token, Cause(2, later(hours=1))) is None
            has_entered.set()
            await asyncio.sleep(0.3)  # not on disk yet, while the one who leads goes

    async def leaves() -> None:
        await has_entered.wait()
        place = lead.membership
        assert place is not None
        async with store.transaction() as work:
            errand = Errand(work, officer, actor_of(officer), Cause(1, later(hours=1)))
            await leading.hold(errand, [place])
            await work.people.end(place.id, "ended", later(hours=1))
            await leading.pass_on(errand, place)

    await asyncio.gather(enters(), leaves())
    async with store.reading() as work:
        people = await work.people.of_country(CYCLE, "LB")
    assert [(person.name, place.lead) for person in people for place in person.memberships] == [
        ("Person 2", True)
    ]


async def test_of_an_officer_who_ends_a_place_and_a_successor_who_comes_in_neither_waits_for_the_other(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, lead = await come_in(store, 9, "", "secretariat"), await come_in(store, 1)
    place, end, has_ended = lead.membership, People.end, asyncio.Event()
    assert place is not None
    wanted = inviting.Wanted(CYCLE, "focal_point", "LB", later(days=7), replaces=place.id)
    async with store.transaction() as work:
        token = await inviting.make(work, wanted, secrets.token_bytes, NOW)

    async def ends(people: People, *given: Any) -> None:
        await end(people, *given)
        has_ended.set()
        await asyncio.sleep(0.3)  # the successor wants the same by now

    async def leaves() -> None:
        monkeypatch.setattr(People, "end", ends)
        async with store.transaction() as work:
            errand = Errand(work, officer, actor_of(officer), Cause(1, later(hours=1)))
            await staffing.end_place(errand, place.id, 0)

    async def enters() -> str | None:
        await has_ended.wait()
        async with other.transaction() as work:
            newcomer = inviting.Newcomer(2, "Person 2", "en")
            return await inviting.come_in(work, newcomer, token, Cause(2, later(hours=1)))

    _, refused = await asyncio.gather(leaves(), enters())
    assert refused == "unknown"  # it was an invitation into a place that is no more


async def test_the_first_focal_point_leads(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    helper = await come_in(store, 3, role="contributor")
    elsewhere = await come_in(store, 4, "MA")
    officer = await come_in(store, 5, "", "secretariat")
    leads = [p.membership.lead for p in (layla, omar, helper, elsewhere, officer) if p.membership]
    assert leads == [True, False, False, True, False]
    async with store.transaction() as work:
        assert [p.id for p in await work.people.of_country(CYCLE, "LB")] == [layla.id, omar.id, helper.id]
        assert [p.id for p in await work.people.secretariat(CYCLE)] == [officer.id]
        assert omar.membership is not None
        assert (await work.people.make_lead(omar.membership.id)).lead
        with pytest.raises(LookupError):
            await work.people.make_lead(999)


async def test_a_place_ends_at_once_and_can_still_be_looked_at(store: Store) -> None:
    layla = await come_in(store, 1)
    assert layla.membership is not None
    async with store.transaction() as work:
        await work.people.end(layla.membership.id, "replaced", later(hours=1))
        await work.people.end(layla.membership.id, "again", later(hours=2))
        found = await work.people.by_telegram(1)
        place = await work.people.membership(layla.membership.id)
        assert await work.people.membership(999) is None
    assert found is not None
    assert (found.memberships, found.actor) == ((), None)
    assert place is not None
    assert place.ended_at == later(hours=1)
    again = await rows(store, "SELECT end_reason FROM membership")
    assert again[0].end_reason == "replaced"


async def test_nobody_holds_two_places_of_a_cycle(store: Store) -> None:
    layla = await come_in(store, 1)
    await _invite(store, "second")
    with pytest.raises(IntegrityError):  # noqa: PT012 - the whole transaction is refused
        async with store.transaction() as work:
            invitation = await work.invitations.redeem("second", 1, NOW)
            await work.people.join(layla, invitation, NOW)  # type: ignore[arg-type]  # it is fresh


async def test_somebody_known_comes_in_under_their_present_name_and_keeps_their_language(
    store: Store,
) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.people.set_language(layla.id, "ar")
        await work.people.set_digits(layla.id, "arab")
        changed = await work.people.set_reach(layla.id, "blocked")
        again = await work.people.come_in(1, "Renamed", "fr", NOW)
    assert (changed.language, changed.digits, changed.reach) == ("ar", "arab", "blocked")
    assert (again.id, again.name, again.language) == (layla.id, "Renamed", "ar")
    async with store.reading() as work:
        found = await work.people.by_id(layla.id)
    assert found is not None
    assert (found.name, found.memberships) == ("Renamed", layla.memberships)


async def test_a_name_does_not_open_in_another_row(store: Store) -> None:
    await come_in(store, 1)
    await come_in(store, 2)
    await change(store, "UPDATE person SET name = (SELECT name FROM person WHERE telegram_id = 1)")
    with pytest.raises(Exception, match="belongs to another row"):
        async with store.reading() as work:
            await work.people.by_telegram(2)


# --- forgetting ---------------------------------------------------------------------------------------------

TELEGRAM_ID = 5_871_230_946


async def _live_and_be_forgotten(store: Store) -> int:
    person = await come_in(store, TELEGRAM_ID)
    bystander = await come_in(store, 2)
    async with store.transaction() as work:
        await work.people.come_in(TELEGRAM_ID, "Zenobia Unmistakable", "en", NOW)
        draft = await work.drafts.open(actor_of(person), "LB")
        await work.drafts.record(draft, [said("1b", "the state's answer")], person.id, NOW)
        held = (Held(text="held and unmistakable", source="1:1"),)
        work.interviews.save(person.id, draft, Interview(1, held=held))
        work.outbox.post(person, Welcome(role="focal_point"), key="a", now=NOW)
        work.outbox.post(bystander, Welcome(role="focal_point"), key="b", now=NOW)
        payload = json.dumps({"update_id": 3, "message": {"from": {"id": TELEGRAM_ID}, "text": "x"}}).encode()
        await work.updates.park(3, payload, "ValueError", NOW)
        await work.updates.park(4, b'{"message": {"from": {"id": 2}}}', "ValueError", NOW)
    async with store.transaction() as work:
        work.outbox.post(person, Welcome(role="focal_point"), key="c", now=NOW)
        await work.people.erase(person.id, later(hours=1))
        assert await work.people.by_telegram(TELEGRAM_ID) is None
        work.outbox.post_to_chat(TELEGRAM_ID, Erased(), "en", key="gone", now=NOW)
    (farewell,) = work.outbox.fresh
    async with store.transaction() as work:
        await work.outbox.settle([Settlement(farewell.id, Delivered(9), NOW)])
    return person.id


async def test_the_forgotten_leave_their_number_and_the_states_answers(store: Store) -> None:
    await come_in(store, 9)
    person_id = await _live_and_be_forgotten(store)
    async with store.transaction() as work:
        gone = await work.people.by_id(person_id)
        bystander = await work.people.by_telegram(2)
        assert bystander is not None
        revisions = await work.drafts.revisions(actor_of(bystander), "LB", "1b")
        draft = await work.drafts.open(actor_of(bystander), "LB")
    assert gone is not None
    assert (gone.telegram_id, gone.name, gone.memberships, gone.reach) == (None, "", (), "gone")
    assert [(r.author_name, r.answer) for r in revisions] == [("", prose("the state's answer"))]
    assert draft.review.answers == {"1b": prose("the state's answer")}
    assert await rows(store, "SELECT * FROM interview WHERE person_id = :p", p=person_id) == []
    letters = await rows(store, "SELECT key, chat_id, payload FROM outbox ORDER BY key")
    assert [(row.key, row.chat_id) for row in letters] == [("b", 2), ("gone", None)]
    assert letters[1].payload is None
    assert [row.update_id for row in await rows(store, "SELECT update_id FROM dead_letter")] == [4]
    ended = await rows(store, "SELECT end_reason FROM membership WHERE person_id = :p", p=person_id)
    assert [row.end_reason for row in ended] == ["erased"]


async def test_the_forgotten_can_come_in_anew_as_somebody_else(store: Store) -> None:
    person_id = await _live_and_be_forgotten(store)
    async with store.transaction() as work:
        again = await work.people.come_in(TELEGRAM_ID, "Zenobia", "ar", later(days=1))
        await work.people.erase(person_id, later(days=1))
    assert again.id != person_id
    async with store.reading() as work:
        assert await work.people.by_telegram(TELEGRAM_ID) is not None


async def test_nothing_of_the_forgotten_is_left_in_the_file(sqlite_url: str, cipher: Cipher) -> None:
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    number = TELEGRAM_ID.to_bytes(6, "big")
    traces = [number, str(TELEGRAM_ID).encode(), b"Zenobia", b"held and unmistakable"]
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    await come_in(store, TELEGRAM_ID)
    assert number in _bytes_of(file), "the trace that is looked for would be found were it there"
    sealed = await rows(store, "SELECT name FROM person")
    name = bytes(sealed[0].name)
    assert name in _bytes_of(file)
    async with store.transaction() as work:
        await work.people.erase(1, NOW)
    assert not [trace for trace in (*traces, name) if trace in _bytes_of(file)]
    await _live_and_be_forgotten(store)
    assert not [trace for trace in traces if trace in _bytes_of(file)]
    await store.close()
    assert not [trace for trace in traces if trace in _bytes_of(file)]


def _bytes_of(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


async def test_what_people_say_lies_sealed(sqlite_url: str, cipher: Cipher) -> None:
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "an answer in clear text"))
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        held = (Held(text="a held text in clear", source="1:1"),)
        work.interviews.save(layla.id, draft, Interview(1, held=held))
        work.outbox.post(layla, Welcome(role="payload_in_clear"), key="a", now=NOW)
        await work.updates.park(1, b"dead letter in clear", "x", NOW)
    await store.close()
    found = _bytes_of(file)
    for words in (b"answer in clear", b"held text", b"payload_in_clear", b"dead letter", b"Person 1"):
        assert words not in found
