"""Remarks on submitted answers: kept sealed, sent by rounds, settled by the state, and counted; consents by version."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Row

from tests.store.village import CYCLE, NOW, actor_of, change, come_in, later, record, rows, said
from workflows.people.roles import Person
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.transaction import Store, migrate
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import Remark, RemarkCount, RemarkState
from workflows.use_cases import delivering
from workflows.use_cases.exchange import awaiting


async def frozen(store: Store, person: Person, words: str = "what we did") -> Edition:
    """A text of the person's country, frozen and submitted."""
    await record(store, person, said("1c.1", words))
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(person), actor_of(person).country)
        edition = await work.clearance.freeze(actor_of(person), draft, "{}", words, NOW)
        submitted = await work.clearance.submit(edition, person.id, NOW)
    assert submitted is not None
    return submitted


def remark(edition: Edition, author: int | None, text: str = "لماذا؟", state: RemarkState = "kept") -> Remark:
    return Remark(
        0, CYCLE, edition.country, edition.id, "1c.1", "comment", text, 0, state, author_id=author, at=NOW
    )


async def test_a_remark_comes_back_as_it_was_given(store: Store) -> None:
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        number = await work.remarks.add(remark(edition, sam.id), later(hours=1))
    async with store.reading() as work:
        kept = await work.remarks.get(number)
        assert kept == replace(remark(edition, sam.id), id=number, round=1, at=later(hours=1))
        assert await work.remarks.of_edition(edition.id) == [kept]
        assert await work.remarks.by_author(sam.id) == [kept]
        assert await work.remarks.of_country(CYCLE, "LB") == [], "it was not sent yet"
        assert await work.remarks.get(999) is None


async def test_remarks_go_out_together_and_only_once(store: Store) -> None:
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        first = await work.remarks.add(remark(edition, sam.id, "one"), NOW)
        second = await work.remarks.add(remark(edition, sam.id, "two"), NOW)
        sent = await work.remarks.send(edition.id, later(hours=1))
        assert [(each.id, each.text, each.state) for each in sent] == [
            (first, "one", "open"),
            (second, "two", "open"),
        ]
        assert await work.remarks.send(edition.id, later(hours=2)) == []
        assert [each.at for each in await work.remarks.of_country(CYCLE, "LB")] == [later(hours=1)] * 2
        await work.remarks.add(remark(edition, sam.id, "three"), NOW)
        assert await work.remarks.withdraw(edition.id) == 1
        assert len(await work.remarks.of_country(CYCLE, "LB")) == 2


async def test_what_a_state_made_of_a_remark_is_counted_by_rounds(store: Store) -> None:
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        for text in ("one", "two", "three"):
            await work.remarks.add(remark(edition, sam.id, text), NOW)
        one, two, _ = await work.remarks.send(edition.id, NOW)
        settled = await work.remarks.settle(
            one, "explained", layla.id, later(days=1), reply="لأن القانون تغيّر"
        )
        assert (settled.reply, settled.settled_by, settled.settled_at) == (
            "لأن القانون تغيّر",
            layla.id,
            later(days=1),
        )
        await work.remarks.settle(two, "accepted", layla.id, later(days=1))
        assert await work.remarks.get(one.id) == settled
        await work.clearance.decide(edition, "returned", "return", sam.id, NOW)
    again = await frozen(store, layla, "what we did since")
    async with store.transaction() as work:
        number = await work.remarks.add(remark(again, sam.id, "four"), later(days=2))
        third = await work.remarks.get(number)
        assert third is not None
        assert third.round == 2
        await work.remarks.send(again.id, later(days=2))
        assert await work.remarks.counts(CYCLE) == {
            "LB": [
                RemarkCount(1, edition.id, open=1, accepted=1, explained=1),
                RemarkCount(2, again.id, open=1),
            ]
        }
        with pytest.raises(LookupError, match="no remark 999"):
            await work.remarks.save(replace(third, id=999))


async def test_words_do_not_open_in_another_remark(store: Store) -> None:
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        await work.remarks.add(remark(edition, sam.id), NOW)
        other = await work.remarks.add(remark(edition, sam.id), NOW)
    await change(
        store, "UPDATE remark SET text = (SELECT text FROM remark WHERE id < :id) WHERE id = :id", id=other
    )
    async with store.reading() as work:
        with pytest.raises(KeyRefused, match="belongs to another row"):
            await work.remarks.get(other)


async def test_the_forgotten_leave_remarks_and_consents_without_their_name(store: Store) -> None:
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        await work.remarks.add(remark(edition, sam.id), NOW)
        (sent,) = await work.remarks.send(edition.id, NOW)
        await work.remarks.settle(sent, "accepted", layla.id, NOW)
        await work.consents.grant((CYCLE, "LB", edition.id), ["1c"], "quote", layla.id, NOW)
        await work.sharing.share(CYCLE, "LB", "", layla.id, NOW)
        await work.people.erase(layla.id, later(hours=1))
        await work.people.erase(sam.id, later(hours=1))
    (row,) = await rows(store, "SELECT author_id, settled_by FROM remark")
    assert tuple(row) == (None, None)
    (row,) = await rows(store, "SELECT author_id FROM consent")
    assert tuple(row) == (None,)
    (row,) = await rows(store, "SELECT author_id FROM sharing")
    assert tuple(row) == (None,)


async def test_remarks_lie_sealed(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    edition = await frozen(store, layla)
    async with store.transaction() as work:
        await work.remarks.add(remark(edition, sam.id, "words in clear"), NOW)
        (sent,) = await work.remarks.send(edition.id, NOW)
        await work.remarks.settle(sent, "explained", layla.id, NOW, reply="reply in clear")
    assert len(await rows(store, "SELECT * FROM remark")) == 1
    await store.close()
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    found = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    assert b"explained" in found, "the trace that is looked for would be found were it there"
    for words in (b"words in clear", b"reply in clear"):
        assert words not in found


async def test_consent_is_given_once_and_its_end_is_kept(store: Store) -> None:
    layla = await come_in(store, 1)
    edition = await frozen(store, layla)
    place = (CYCLE, "LB", edition.id)
    async with store.transaction() as work:
        assert await work.consents.grant(place, ["1c", "1a", "1c"], "publish", layla.id, NOW) == ["1c", "1a"]
        assert await work.consents.grant(place, ["1c"], "publish", layla.id, later(hours=1)) == []
        assert await work.consents.grant(place, ["1c"], "quote", layla.id, NOW) == ["1c"]
        revoked = await work.consents.revoke(edition.id, ["1c", "2a"], "publish", layla.id, later(days=1))
        assert revoked == ["1c"]
        assert await work.consents.revoke(edition.id, ["1c"], "publish", layla.id, later(days=2)) == []
        assert await work.consents.grant(place, ["1c"], "publish", layla.id, later(days=3)) == ["1c"]
    async with store.reading() as work:
        kept = await work.consents.of_edition(edition.id)
        assert [(each.prompt, each.use, each.revoked_at) for each in kept] == [
            ("1c", "publish", later(days=1)),
            ("1a", "publish", None),
            ("1c", "quote", None),
            ("1c", "publish", None),
        ]
        assert await work.consents.of_country(CYCLE, "LB") == kept
        assert await work.consents.of_country(CYCLE, "JO") == []


@pytest.mark.parametrize(("minutes", "goes"), [(10, True), (90, False)])
async def test_who_is_awaited_is_told_in_time_or_not_at_all(store: Store, minutes: int, goes: bool) -> None:  # noqa: FBT001 - a table
    layla, sam = await come_in(store, 1), await come_in(store, 2, "", "secretariat")
    await frozen(store, layla)
    posted: list[Row[Any]] = []
    day = 0
    while not posted:
        day += 1
        async with store.transaction() as work:
            await awaiting.remind_awaited(work, later(days=day))
            await awaiting.remind_awaited(work, later(days=day, minutes=5))
        posted = await rows(store, "SELECT person_id FROM outbox WHERE topic = 'awaited'")
    assert 3 <= day <= 8
    assert [row.person_id for row in posted] == [sam.id]
    async with store.transaction() as work:
        letters = await delivering.claim(work, "courier", later(days=day, minutes=minutes), 50)
    assert [letter.notice.topic for letter in letters] == (["awaited"] if goes else [])
