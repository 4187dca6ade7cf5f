"""The store of many hands on both engines: papers beside the draft, notes, consultations, files."""

from datetime import date

import pytest

from tests.store.village import CYCLE, NOW, actor_of, come_in, later, prose, record, rows, said
from workflows.people.invitations import hash_token
from workflows.people.roles import Person
from workflows.review.answers import Held
from workflows.review.events import Interview
from workflows.store.transaction import Store
from workflows.store.values import Denied
from workflows.store.values_hands import Consultation, File, Note


async def contributor(store: Store, telegram_id: int, scope: str = "", country: str = "LB") -> Person:
    """Somebody who was asked for a part of the review."""
    async with store.transaction() as work:
        hash_ = hash_token(f"{telegram_id} is asked for {scope}")
        await work.invitations.make(
            CYCLE, "contributor", country, hash_, None, NOW, later(days=7), scope=scope
        )
        invitation = await work.invitations.redeem(hash_, telegram_id, NOW)
        person = await work.people.come_in(telegram_id, f"Person {telegram_id}", "en", NOW)
        await work.people.join(person, invitation, NOW)  # type: ignore[arg-type]  # it is fresh
    async with store.reading() as work:
        found = await work.people.by_telegram(telegram_id)
    assert found is not None
    return found


async def test_a_contributor_writes_beside_the_draft(store: Store, other: Store) -> None:
    layla, karim = await come_in(store, 1), await contributor(store, 2)
    await record(store, layla, said("1b", "official"))
    await record(other, karim, said("1b", "from Karim"), said("2a", "more of Karim"))
    async with other.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {"1b": prose("official")}
        own = (await work.drafts.open(actor_of(karim), "LB")).review
        assert own.answers == {"1b": prose("from Karim"), "2a": prose("more of Karim")}
        assert (own.country, own.is_beside) == ("LB", True)
        (beside,) = await work.drafts.contributions(actor_of(layla), "LB")
        assert (beside.person_id, beside.name, beside.review.answers) == (karim.id, "Person 2", own.answers)
        assert beside.numbers == {"1b": 1, "2a": 1}
        assert await work.drafts.beside(actor_of(layla), "LB", "1b") == 1
        assert await work.drafts.beside(actor_of(layla), "LB", "1d") == 0
        assert [each.author_name for each in await work.drafts.revisions(actor_of(layla), "LB", "1b")] == [
            "Person 1"
        ]
        assert [each.author_name for each in await work.drafts.revisions(actor_of(karim), "LB", "1b")] == [
            "Person 2"
        ]


async def test_a_scope_is_all_that_is_opened(store: Store) -> None:
    await come_in(store, 1)
    asked = await contributor(store, 2, "1b")
    async with store.transaction() as work:
        template = (await work.drafts.open(actor_of(asked), "LB")).review.template
    assert set(template.questions) <= {"1b"}
    section = template.sections
    assert all(len(each.questions) == 1 for each in section)


async def test_a_paper_of_one_is_no_paper_of_another(store: Store) -> None:
    layla = await come_in(store, 1)
    karim, rima = await contributor(store, 2), await contributor(store, 3)
    youssef, officer = await come_in(store, 4, "MA"), await come_in(store, 5, "", "secretariat")
    await record(store, karim, said("1b", "from Karim"))
    async with store.reading() as work:
        assert (await work.drafts.open(actor_of(rima), "LB")).review.answers == {}
        assert await work.drafts.contributions(actor_of(youssef), "MA") == []
        assert (await work.drafts.tally(actor_of(officer), "LB")).review.answers == {}
    for person in (karim, youssef, officer):
        with pytest.raises(Denied):
            async with store.reading() as work:
                await work.drafts.contributions(actor_of(person), "LB")
        with pytest.raises(Denied):
            async with store.reading() as work:
                await work.drafts.beside(actor_of(person), "LB", "1b")
    with pytest.raises(Denied):
        async with store.reading() as work:
            await work.drafts.open(actor_of(karim), "MA")
    with pytest.raises(Denied):
        async with store.reading() as work:
            await work.drafts.tally(actor_of(karim), "LB")
    assert layla.actor


async def test_many_turns_in_one_batch_keep_the_papers_apart(store: Store) -> None:
    layla, karim = await come_in(store, 1), await contributor(store, 2, "1b")
    async with store.transaction() as work:
        await work.prefetch([1, 2])
        for number, person in enumerate((layla, karim, layla, karim)):
            draft = await work.drafts.open(actor_of(person), "LB")
            await work.drafts.record(draft, [said("1b", f"{person.id} {number}")], person.id, NOW)
    async with store.reading() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {
            "1b": prose(f"{layla.id} 2")
        }
        assert (await work.drafts.open(actor_of(karim), "LB")).review.answers == {
            "1b": prose(f"{karim.id} 3")
        }


async def test_a_revoked_link_opens_nothing(store: Store) -> None:
    await come_in(store, 1)
    async with store.transaction() as work:
        made = await work.invitations.make(CYCLE, "contributor", "LB", "hash", None, NOW, later(days=7))
        assert [each.id for each in await work.invitations.open_of(CYCLE, "LB", NOW)] == [made.id]
        await work.invitations.revoke(made.id, later(hours=1))
        assert await work.invitations.open_of(CYCLE, "LB", later(hours=1)) == []
        assert not hasattr(await work.invitations.redeem("hash", 9, later(hours=2)), "role")


def note(person: Person, text: str = "a secret note") -> Note:
    return Note(0, CYCLE, "LB", "1b", text, person.id, NOW)


def consultation(person: Person) -> Consultation:
    return Consultation(
        0, CYCLE, "LB", date(2026, 1, 2), "academia", "a secret name", "a subject", person.id, NOW
    )


def file(person: Person, key: str = "k1") -> File:
    return File(0, CYCLE, "LB", "1b", key, "secret.pdf", "", 3, "", person.id, NOW, telegram_file="AgAD")


async def test_notes_and_consultations_come_back_as_they_were(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        first = await work.notes.add(note(layla), NOW)
        second = await work.consultations.add(consultation(layla), NOW)
    async with other.transaction() as work:
        (found,) = await work.notes.of_question(CYCLE, "LB", "1b")
        assert (found.id, found.text, found.author_id, found.at) == (first, "a secret note", layla.id, NOW)
        assert await work.notes.of_question(CYCLE, "MA", "1b") == []
        (logged,) = await work.consultations.of_country(CYCLE, "LB")
        assert (logged.id, logged.day, logged.with_whom) == (second, date(2026, 1, 2), "a secret name")
        await work.notes.remove(first, NOW)
        await work.consultations.remove(second, NOW)
        assert await work.notes.get(first) is None
        assert await work.consultations.get(second) is None
        with pytest.raises(LookupError):
            await work.consultations.save(logged)
    assert [tuple(row) for row in await rows(store, "SELECT text FROM note")] == [(None,)]
    assert [tuple(row) for row in await rows(store, "SELECT with_whom, subject FROM consultation")] == [
        (None, None)
    ]


async def test_a_file_waits_is_kept_and_goes(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        number = await work.evidence.add(file(layla), NOW)
    async with other.transaction() as work:
        (waiting,) = await work.evidence.waiting(NOW, 5)
        assert (waiting.id, waiting.telegram_file, waiting.name) == (number, "AgAD", "secret.pdf")
        await work.evidence.put_off(number, later(minutes=1))
        assert await work.evidence.waiting(NOW, 5) == []
        assert [each.tries for each in await work.evidence.waiting(later(minutes=2), 5)] == [1]
        await work.evidence.keep(waiting, b"secret bytes")
        await work.evidence.keep(waiting, b"secret bytes")
        assert await work.evidence.content(waiting) == b"secret bytes"
        assert await work.evidence.waiting(later(days=1), 5) == []
    kept = [
        *await rows(store, "SELECT * FROM evidence"),
        *await rows(store, "SELECT * FROM evidence_content"),
    ]
    assert not any(b"secret" in value for row in kept for value in row if isinstance(value, bytes))
    async with store.transaction() as work:
        await work.evidence.remove(waiting, NOW)
        assert await work.evidence.of_question(CYCLE, "LB", "1b") == []
        assert await work.evidence.content(waiting) is None
    assert await rows(store, "SELECT * FROM evidence_content") == []


async def test_who_is_forgotten_leaves_texts_without_a_name(store: Store) -> None:
    layla, karim = await come_in(store, 1), await contributor(store, 2)
    await record(store, karim, said("1b", "from Karim"))
    async with store.transaction() as work:
        await work.notes.add(note(karim), NOW)
        await work.consultations.add(consultation(karim), NOW)
        await work.evidence.add(file(karim), NOW)
        assert len(await work.notes.by_author(karim.id)) == 1
        assert len(await work.consultations.by_author(karim.id)) == 1
        assert len(await work.evidence.by_author(karim.id)) == 1
        await work.people.erase(karim.id, NOW)
    async with store.reading() as work:
        (beside,) = await work.drafts.contributions(actor_of(layla), "LB")
        assert (beside.name, beside.ended, beside.review.answers) == ("", True, {"1b": prose("from Karim")})
        assert [each.author_id for each in await work.notes.of_question(CYCLE, "LB", "1b")] == [None]
        assert [each.author_id for each in await work.consultations.of_country(CYCLE, "LB")] == [None]
        assert [each.author_id for each in await work.evidence.of_question(CYCLE, "LB", "1b")] == [None]
        assert await work.notes.by_author(karim.id) == []


async def test_texts_that_wait_are_counted_in_the_review_and_beside_it_of_one_country_alone(
    store: Store, other: Store
) -> None:
    layla, karim = await come_in(store, 1), await contributor(store, 2)
    salma = await contributor(store, 3, country="JO")
    for person, country, texts in ((layla, "LB", 1), (karim, "LB", 2), (salma, "JO", 3)):
        async with store.transaction() as work:
            draft = await work.drafts.open(actor_of(person), country)
            held = tuple(Held(text="waits", source=f"{person.id}:{at}", candidates=()) for at in range(texts))
            work.interviews.save(person.id, draft, Interview(turn=1, held=held))
    people = [each.id for each in (layla, karim, salma)]
    async with other.reading() as work:
        assert await work.interviews.waiting(CYCLE, "LB", people) == {layla.id: 1, karim.id: 2}
        assert await work.interviews.waiting(CYCLE, "JO", people) == {salma.id: 3}
        assert await work.interviews.waiting(CYCLE, "LB", [karim.id]) == {karim.id: 2}
        assert await work.interviews.waiting("another", "LB", people) == {}
        assert await work.interviews.waiting(CYCLE, "LB", []) == {}
