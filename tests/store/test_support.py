"""The help desk on disk: requests and words come back as given, sealed, and outlive who wrote them."""

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.village import CYCLE, NOW, change, come_in, later, rows
from workflows.notices.support_group import GroupTold
from workflows.people.roles import Person
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.transaction import Store, migrate
from workflows.store.values import Delivered, RetryLater, Settlement
from workflows.store.values_support import SupportGroup, SupportRequest

WORDS = "كيف نجيب عن 2ج؟\nquelle loi ?"


def request(asker: Person, text: str = WORDS, **values: object) -> SupportRequest:
    made = SupportRequest(0, CYCLE, "LB", asker.id, "template", "2c.1", text, "open", "escwa", None, NOW)
    return replace(made, **values)


async def ask(store: Store, given: SupportRequest, at: datetime = NOW) -> SupportRequest:
    async with store.transaction() as work:
        number = await work.support.add(given, at)
        found = await work.support.get(number)
    assert found is not None
    return found


async def test_a_request_comes_back_as_it_was_given(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2, "JO")
    first = await ask(store, request(layla), later(hours=1))
    assert first == request(layla, id=first.id, at=later(hours=1))
    draft = await ask(store, request(layla, state="draft", office=None))
    assert draft.office is None
    other = await ask(store, request(omar, country="JO", state="closed"))
    async with store.reading() as work:
        assert await work.support.get(999) is None
        assert await work.support.of_country(CYCLE, "LB") == [first]
        assert await work.support.of_asker(CYCLE, layla.id) == [first]
        assert await work.support.of_asker(CYCLE, omar.id) == [other]
        assert await work.support.of_asker("another", omar.id) == []
        assert await work.support.unsettled(CYCLE) == [first]
        assert await work.support.open_counts(CYCLE) == {"LB": 1}
        assert await work.support.waiting(CYCLE, "escwa", {"LB", "JO"}) == [first]
        assert await work.support.waiting(CYCLE, "un_team", {"LB"}) == []
        assert await work.support.waiting(CYCLE, "escwa", {"JO"}) == []


async def test_a_request_changes_its_state_and_keeps_its_words_and_time(store: Store) -> None:
    layla, helper = await come_in(store, 1), await come_in(store, 2)
    kept = await ask(store, request(layla))
    taken = replace(kept, state="taken", holder_id=helper.id, taken_at=later(hours=1))
    async with store.transaction() as work:
        await work.support.save(replace(taken, text="other", at=later(days=9)))
        assert await work.support.get(kept.id) == taken
        await work.support.save(replace(taken, state="answered", answered_at=later(hours=2)))
        assert await work.support.open_counts(CYCLE) == {}
        assert [each.id for each in await work.support.unsettled(CYCLE)] == [kept.id]
        with pytest.raises(LookupError, match="no support request 999"):
            await work.support.save(replace(kept, id=999))
        await work.support.discard(kept.id)
        assert await work.support.get(kept.id), "only a draft can be given up"


async def test_a_draft_is_given_up(store: Store) -> None:
    layla = await come_in(store, 1)
    draft = await ask(store, request(layla, state="draft", office=None))
    async with store.transaction() as work:
        await work.support.discard(draft.id)
        assert await work.support.get(draft.id) is None


async def test_an_office_is_awaited_from_the_question_or_from_when_the_waiting_began_anew(
    store: Store,
) -> None:
    layla = await come_in(store, 1)
    new = await ask(store, request(layla))
    passed = await ask(store, request(layla, escalated_at=later(days=2)))
    assert (new.awaited_since, passed.awaited_since) == (NOW, later(days=2))


async def test_words_stay_in_their_order(store: Store) -> None:
    layla = await come_in(store, 1)
    first, second = await ask(store, request(layla)), await ask(store, request(layla))
    async with store.transaction() as work:
        said = [
            await work.support.say(first.id, layla.id, "asker", WORDS, NOW),
            await work.support.say(first.id, None, "iom_country", "نعم", later(hours=1)),
        ]
        await work.support.say(second.id, layla.id, "attached", "elsewhere", NOW)
        assert await work.support.words(first.id) == said


async def test_groups_and_topics(store: Store) -> None:
    layla, helper = await come_in(store, 1), await come_in(store, 2)
    group = SupportGroup(CYCLE, -1001, "iom_country", "LB", helper.id, NOW)
    async with store.transaction() as work:
        await work.support.connect(group)
        await work.support.connect(replace(group, chat_id=-1002, country=""))
        await work.support.connect(replace(group, office="un_team", at=later(hours=1)))
        assert [(each.chat_id, each.office) for each in await work.support.groups()] == [
            (-1002, "iom_country"),
            (-1001, "un_team"),
        ]
        await work.support.keep_topic(CYCLE, -1001, layla.id, 7)
        await work.support.keep_topic(CYCLE, -1001, layla.id, 9)
        assert await work.support.topic(-1001, layla.id) == 9
        assert await work.support.topic(-1002, layla.id) is None
        assert (await work.support.whose(-1001, 9), await work.support.whose(-1001, 7)) == (layla.id, None)
        await work.support.drop_topic(-1001, 8)
        assert await work.support.topic(-1001, layla.id) == 9
        await work.support.connect(replace(group, chat_id=-1003, office=""))
        assert [each.chat_id for each in await work.support.groups()] == [-1002, -1001]
        await work.support.move(-1001, -1003)
        moved = await work.support.group(-1003)
        assert moved == replace(group, chat_id=-1003, office="un_team", at=later(hours=1))
        assert await work.support.group(-1001) is None
        assert await work.support.whose(-1003, 9) == layla.id
        await work.support.drop_topic(-1003, 9)
        assert await work.support.whose(-1003, 9) is None
        await work.support.keep_topic(CYCLE, -1003, layla.id, 9)
        assert await work.support.disconnect(-1003)
        assert not await work.support.disconnect(-1003)
        assert await work.support.topic(-1003, layla.id) is None


async def test_an_entry_is_read_by_all_from_its_publication_to_its_withdrawal(store: Store) -> None:
    sam = await come_in(store, 1, "", "secretariat")
    async with store.transaction() as work:
        number = await work.support.prepare(CYCLE, "ar", "هل هو ملزم؟", "", sam.id, NOW)
        assert await work.support.entries(CYCLE) == []
        await work.support.reword(number, "هل هو ملزم؟", "لا")
        await work.support.publish(number)
        (entry,) = await work.support.entries(CYCLE)
        assert (entry.question, entry.answer, entry.language) == ("هل هو ملزم؟", "لا", "ar")
        assert await work.support.entries("another") == []
        await work.support.withdraw(number, later(days=1))
        assert await work.support.entries(CYCLE) == []
        withdrawn = await work.support.entry(number)
        assert withdrawn is not None
        assert withdrawn.withdrawn_at == later(days=1)
        assert await work.support.entry(999) is None
        with pytest.raises(LookupError, match="no answered question 999"):
            await work.support.publish(999)


async def test_the_forgotten_leave_what_they_sent_without_their_name(store: Store) -> None:
    layla, helper = await come_in(store, 1), await come_in(store, 2)
    sent = await ask(store, request(layla, holder_id=helper.id, state="taken"))
    draft = await ask(store, request(layla, state="draft", office=None))
    async with store.transaction() as work:
        await work.support.say(sent.id, layla.id, "asker", "more", NOW)
        await work.support.say(sent.id, helper.id, "escwa", "yes", NOW)
        await work.support.keep_topic(CYCLE, -1001, layla.id, 7)
        await work.support.connect(SupportGroup(CYCLE, -1001, "escwa", "", helper.id, NOW))
        await work.support.prepare(CYCLE, "en", "why?", "because", helper.id, NOW)
        await work.people.erase(layla.id, later(hours=1))
        await work.people.erase(helper.id, later(hours=1))
        assert await work.support.get(sent.id) == replace(sent, asker_id=None, holder_id=None)
        assert await work.support.get(draft.id) is None
        assert [each.author_id for each in await work.support.words(sent.id)] == [None, None]
        assert await work.support.topic(-1001, layla.id) is None
        assert [each.author_id for each in await work.support.groups()] == [None]
        entry = await work.support.entry(1)
        assert entry is not None
        assert entry.author_id is None


async def test_words_do_not_open_in_another_row(store: Store) -> None:
    layla = await come_in(store, 1)
    first, second = await ask(store, request(layla, "one")), await ask(store, request(layla, "two"))
    await change(
        store,
        "UPDATE support_request SET text = (SELECT text FROM support_request WHERE id = :first) WHERE id = :second",
        first=first.id,
        second=second.id,
    )
    async with store.reading() as work:
        with pytest.raises(KeyRefused, match="belongs to another row"):
            await work.support.get(second.id)


async def test_everything_lies_sealed(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    layla = await come_in(store, 1)
    kept = await ask(store, request(layla, "request in clear"))
    async with store.transaction() as work:
        await work.support.say(kept.id, layla.id, "asker", "word in clear", NOW)
        await work.support.prepare(CYCLE, "en", "question in clear", "answer in clear", layla.id, NOW)
    assert len(await rows(store, "SELECT * FROM support_word")) == 1
    await store.close()
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    found = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    assert b"2c.1" in found, "the trace that is looked for would be found were it there"
    for words in (b"request in clear", b"word in clear", b"question in clear", b"answer in clear"):
        assert words not in found


async def test_a_question_that_was_never_sent_goes_after_a_week(store: Store) -> None:
    layla = await come_in(store, 1)
    draft = await ask(store, request(layla, state="draft", office=None))
    sent = await ask(store, request(layla))
    async with store.transaction() as work:
        await work.tidy(later(days=6))
        assert await work.support.get(draft.id) == draft
        await work.tidy(later(days=8))
        assert await work.support.get(draft.id) is None
        assert await work.support.get(sent.id) == sent


async def test_what_a_person_wrote_is_found_by_the_person(store: Store) -> None:
    layla, helper = await come_in(store, 1), await come_in(store, 2)
    sent = await ask(store, request(layla))
    async with store.transaction() as work:
        word = await work.support.say(sent.id, helper.id, "escwa", "yes", NOW)
        entry = await work.support.prepare(CYCLE, "en", "why?", "because", helper.id, NOW)
        assert await work.support.requests_by(layla.id) == [sent]
        assert await work.support.words_by(layla.id) == []
        assert await work.support.words_by(helper.id) == [word]
        assert [each.id for each in await work.support.entries_by(helper.id)] == [entry]


async def test_letters_to_a_group_move_with_it_and_go_with_it(store: Store) -> None:
    said = GroupTold(code="no_rights")
    async with store.transaction() as work:
        work.outbox.post_to_chat(-1001, said, "en", "first", NOW, cycle_id=CYCLE)
        (letter,) = work.outbox.fresh
    assert (letter.chat_id, letter.person_id, letter.cycle_id) == (-1001, None, CYCLE)
    async with store.transaction() as work:
        later_on = RetryLater(later(hours=1), "a group's pace", ambiguous=False)
        await work.outbox.settle([Settlement(letter.id, later_on, NOW)])
        await work.outbox.readdress(-1001, -1002)
    async with store.transaction() as work:
        (claimed,) = await work.outbox.claim("somebody", later(hours=2), 10)
        assert (claimed.chat_id, claimed.notice, claimed.id) == (-1002, said, letter.id)
        await work.outbox.settle([Settlement(letter.id, Delivered(5), later(hours=2))])
        work.outbox.post_to_chat(-1002, said, "en", "second", NOW)
        await work.outbox.leave(-1002, later(hours=3))
        counts = (await work.outbox.backlog()).counts
        assert (counts["sent"], counts["cancelled"]) == (1, 1)
        assert await work.outbox.claim("somebody", later(hours=9), 10) == []
