"""Letters: posted once, claimed in order, settled, repeated at most once when it is unclear whether they arrived."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime

import pytest

from tests.store.village import NOW, change, come_in, later, rows
from workflows.notices import NOTICE, Budget, Erased, Hub, MyData, Notice, Saved, Welcome
from workflows.people.roles import Actor, Person
from workflows.review.binding import Card, Place, place_of, posted_since, seen_before
from workflows.review.events import Focus, Say
from workflows.store.cards import CARDS
from workflows.store.delivery import letter_place
from workflows.store.transaction import Store
from workflows.store.values import (
    Delivered,
    Letter,
    Outcome,
    Rejected,
    RetryLater,
    Settlement,
    Unreachable,
)
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hearing import heard

HUB = Hub(country="LB", sections=())


async def post(
    store: Store,
    person: Person,
    *keys: str,
    now: datetime = NOW,
    bulk: bool = False,
    what: Notice | Say = HUB,
) -> list[Letter]:
    async with store.transaction() as work:
        for key in keys:
            work.outbox.post(person, what, key=key, now=now, bulk=bulk, cycle_id="c", country="LB", turn=4)
    return work.outbox.fresh


async def settle(store: Store, letter: Letter, outcome: Outcome, at: datetime = NOW) -> None:
    async with store.transaction() as work:
        await work.outbox.settle([Settlement(letter.id, outcome, at, letter.attempts)])


async def claim(store: Store, now: datetime = NOW, limit: int = 100) -> list[Letter]:
    async with store.transaction() as work:
        return await work.outbox.claim(store.owner, now, limit)


async def states(store: Store) -> dict[str, str]:
    return {row.key: row.state for row in await rows(store, "SELECT key, state FROM outbox")}


# --- the straight way ---------------------------------------------------------------------------------------


async def test_a_letter_is_in_hand_when_it_is_posted_and_settled_once(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a", what=Say(HUB, focus=Focus("1b", 2, "name")))
    assert letter.id
    assert (letter.person_id, letter.chat_id, letter.notice, letter.language) == (layla.id, 1, HUB, "en")
    assert (letter.focus, letter.turn, letter.country, letter.attempts) == ("1b/2/name", 4, "LB", 1)
    assert await claim(store) == []
    await settle(store, letter, Delivered(10))
    await settle(store, letter, RetryLater(NOW, "late word", ambiguous=True))
    await settle(store, letter, Rejected("later still"))
    (row,) = await rows(store, "SELECT state, message_id, claim_owner FROM outbox")
    assert (row.state, row.message_id, row.claim_owner) == ("sent", 10, "")


async def test_what_has_the_same_key_is_said_once(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    assert len(await post(store, layla, "a", "a")) == 1
    assert await post(other, layla, "a") == []
    assert [letter.id > 0 for letter in await post(other, layla, "a", "b")] == []
    assert await states(store) == {"a": "claimed", "b": "queued"}


async def test_of_receipts_of_one_moment_the_last_says_it_for_all(store: Store) -> None:
    """Of many texts of one person in one transaction one receipt goes; the others have a row without content."""
    layla, omar = await come_in(store, 1), await come_in(store, 2)

    def receipt(prompt: str, words: int, *, edited: bool = False) -> Say:
        budget = Budget(section="1", here=words, used=words, limit=500)
        return Say(Saved(turn=4, prompt=prompt, parts=1, budget=budget, edited=edited), focus=Focus(prompt))

    said = [
        (layla, receipt("1b", 1)), (layla, receipt("1b", 2)), (omar, receipt("1b", 3)), (layla, receipt("1c", 4)),
        (layla, receipt("1b", 5, edited=True)), (layla, receipt("1b", 6)),
    ]  # fmt: skip
    async with store.transaction() as work:
        for number, (person, what) in enumerate(said):
            work.outbox.post(person, what, key=f"{number}", now=NOW, cycle_id="c", country="LB", turn=4)
    assert [letter.notice.budget.here for letter in work.outbox.fresh] == [3, 4, 5, 6]  # type: ignore[union-attr]  # receipts
    found = await rows(store, "SELECT key, state, reason, payload IS NULL AS empty FROM outbox ORDER BY id")
    assert [(row.key, row.state, row.reason) for row in found if row.empty] == [
        ("0", "cancelled", "joined"),
        ("1", "cancelled", "joined"),
    ]
    assert {row.state for row in found if not row.empty} == {"claimed"}
    assert await claim(store, later(seconds=30)) == []


async def test_two_processes_that_plan_the_same_reminder_post_it_once(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    keys = [f"reminder/{number}" for number in range(20)]
    await asyncio.gather(post(store, layla, *keys, bulk=True), post(other, layla, *keys, bulk=True))
    assert len(await claim(store)) == 20


async def test_bulk_waits_to_be_claimed_and_goes_after_talk(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    assert await post(store, layla, "bulk", bulk=True) == []
    (talk,) = await post(store, layla, "talk")
    await settle(store, talk, RetryLater(NOW, "no connection", ambiguous=False))
    await post(store, omar, "bulk 2", bulk=True)
    claimed = await claim(store)
    assert [(letter.bulk, letter.attempts) for letter in claimed] == [(False, 2), (True, 1), (True, 1)]


async def test_case_60_what_another_release_posted_holds_nobody_up_and_waits_for_it(store: Store) -> None:
    """A notice that is not known here, and one with a field that is not, wait; a damaged one is given up; others go."""
    people = [await come_in(store, number) for number in range(1, 6)]
    for person in people:
        await post(store, person, f"to {person.id}", bulk=True)
    words = NOTICE.dump_json(HUB)
    strange = {1: b'{"topic":"of_the_next_release"}', 2: words[:-1] + b',"of_the_next_release":1}'}
    for person in people[:3]:
        place = letter_place(f"to {person.id}")
        payload = store._cipher.seal(strange.get(person.id, words), place)
        if person.id not in strange:
            payload = payload[:-1] + bytes([payload[-1] ^ 1])
        await change(
            store, "UPDATE outbox SET payload = :payload WHERE key = :key", payload=payload, key=place[7:]
        )
    readable = {"to 4", "to 5"}
    assert len(await claim(store)) == 2
    known = {row.key: row for row in await rows(store, "SELECT key, state, reason, attempts FROM outbox")}
    assert {key for key, row in known.items() if row.state == "claimed"} == readable
    assert [(known[f"to {n}"].state, known[f"to {n}"].attempts) for n in (1, 2)] == [("queued", 0)] * 2
    assert (known["to 3"].state, known["to 3"].reason) == ("failed", "unreadable")

    assert await claim(store, later(seconds=10)) == []
    for person in people[:2]:  # the new release has come, and reads them
        place = letter_place(f"to {person.id}")
        await change(
            store, "UPDATE outbox SET payload = :payload WHERE key = :key",
            payload=store._cipher.seal(words, place), key=place[7:],
        )  # fmt: skip
    assert len(await claim(store, later(seconds=31))) == 2


async def test_what_nobody_can_read_for_a_day_is_given_up(store: Store) -> None:
    layla = await come_in(store, 1)
    await post(store, layla, "a", bulk=True)
    payload = store._cipher.seal(b'{"topic":"of_no_release"}', letter_place("a"))
    await change(store, "UPDATE outbox SET payload = :payload", payload=payload)
    assert await claim(store) == []
    assert await states(store) == {"a": "queued"}
    assert await claim(store, later(hours=25)) == []
    assert await states(store) == {"a": "failed"}


async def test_the_reader_of_the_moment_decides_the_language(store: Store) -> None:
    layla = await come_in(store, 1)
    await post(store, layla, "a", bulk=True)
    async with store.transaction() as work:
        await work.people.set_language(layla.id, "ar")
        await work.people.set_digits(layla.id, "arab")
    (letter,) = await claim(store)
    assert (letter.language, letter.digits) == ("ar", "arab")


# --- when it does not arrive --------------------------------------------------------------------------------


async def test_what_surely_was_not_sent_comes_again_when_it_is_due(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    for attempt in range(2, 6):
        await settle(store, letter, RetryLater(later(seconds=attempt), "too fast", ambiguous=False))
        assert await claim(store, later(seconds=attempt, milliseconds=-1)) == []
        (letter,) = await claim(store, later(seconds=attempt))
        assert letter.attempts == attempt


async def test_what_may_have_arrived_is_repeated_once(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    await settle(store, letter, RetryLater(later(seconds=5), "no answer", ambiguous=True))
    assert await states(store) == {"a": "uncertain"}
    (letter,) = await claim(store, later(seconds=5))
    await settle(store, letter, RetryLater(later(seconds=9), "no answer", ambiguous=True))
    assert await states(store) == {"a": "failed"}
    assert await claim(store, later(hours=1)) == []


async def test_a_lease_that_ended_is_repeated_once_and_then_failed(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    assert await claim(other, later(seconds=59)) == []
    (again,) = await claim(other, later(seconds=60))
    assert (again.id, again.attempts) == (letter.id, 2)
    async with other.transaction() as work:
        await work.outbox.begin_again(again.id)
    async with store.transaction() as work:
        assert await work.outbox.claim(store.owner, later(seconds=121), 10) == []
        assert work.outbox.given_up == {layla.id}
    (row,) = await rows(store, "SELECT state, reason FROM outbox")
    assert (row.state, row.reason) == ("failed", "lease ended")


async def test_a_late_word_takes_no_letter_out_of_another_hand(store: Store, other: Store) -> None:
    """A process that was held up for longer than its lease says that it has not begun; another one sends by then."""
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    (again,) = await claim(other, later(seconds=60))
    late = RetryLater(later(seconds=61), "waited too long here", ambiguous=False)
    await settle(store, letter, late, later(seconds=61))
    assert await claim(other, later(seconds=62)) == [], "it is in hand, and would go out twice"
    await settle(other, again, Delivered(7), later(seconds=63))
    assert await states(store) == {"a": "sent"}


async def test_a_sending_that_was_unclear_after_its_lease_is_doubted_once(store: Store, other: Store) -> None:
    """Another process has found the lease at its end, and has not taken the letter: it has gone out once at most."""
    layla = await come_in(store, 1)
    letter, behind = *(await post(store, layla, "a")), *(await post(store, layla, "b"))
    async with other.transaction() as work:
        assert await work.outbox.claim(other.owner, later(seconds=60), 0) == []
    assert await states(store) == {"a": "uncertain", "b": "uncertain"}
    await settle(store, letter, RetryLater(later(seconds=70), "no answer", ambiguous=True), later(seconds=61))
    assert await states(store) == {"a": "uncertain", "b": "uncertain"}
    assert {each.id for each in await claim(other, later(seconds=71))} == {letter.id, behind.id}


@pytest.mark.parametrize("meanwhile", ["it is in hand", "its lease has ended"])
async def test_parts_that_could_not_be_noted_at_the_time_are_noted_with_what_became_of_the_letter(
    store: Store, other: Store, meanwhile: str
) -> None:
    """The next part was never sent, so a doubt about the one before is over."""
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    await settle(store, letter, RetryLater(NOW, "no answer", ambiguous=True))
    (again,) = await claim(store, NOW)
    if meanwhile == "its lease has ended":
        async with other.transaction() as work:
            assert await work.outbox.claim(other.owner, later(seconds=61), 0) == []
    outcome = RetryLater(later(seconds=61), "database away", ambiguous=False, parts=2)
    await settle(store, again, outcome, later(seconds=61))
    (row,) = await rows(store, "SELECT state, parts_sent, doubtful, begun_again FROM outbox")
    assert (row.state, row.parts_sent, bool(row.doubtful), bool(row.begun_again)) == (
        "queued",
        2,
        False,
        False,
    )
    (other_hand,) = await claim(other, later(seconds=62))
    assert other_hand.parts_sent == 2


async def test_a_second_sending_that_never_began_is_not_counted(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    (first,) = await claim(other, later(seconds=60))
    (second,) = await claim(store, later(seconds=121))
    assert (first.id, second.id) == (letter.id, letter.id)


async def test_fault_35_a_document_is_not_repeated_when_it_may_have_arrived(store: Store) -> None:
    layla = await come_in(store, 1)
    document = MyData(name="x.json", content="{}")
    (first,) = await post(store, layla, "a", what=document)
    await settle(store, first, RetryLater(NOW, "no answer", ambiguous=True))
    await post(store, layla, "b", what=document)
    assert await claim(store, later(hours=1)) == []
    assert await states(store) == {"a": "failed", "b": "failed"}


async def test_a_late_delivery_wins_over_uncertainty(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    await settle(store, letter, RetryLater(later(seconds=5), "no answer", ambiguous=True))
    await settle(store, letter, Delivered(12))
    assert await states(store) == {"a": "sent"}
    assert await claim(store, later(hours=1)) == []


async def test_the_unreachable_are_left_in_peace(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    letters = await post(store, layla, "a", "b")
    await post(store, layla, "c", bulk=True)
    await post(store, omar, "d", bulk=True)
    await settle(store, letters[0], Unreachable("blocked"))
    assert await states(store) == {"a": "failed", "b": "cancelled", "c": "cancelled", "d": "queued"}
    await settle(store, letters[1], RetryLater(NOW, "stopping", ambiguous=False))
    assert (await states(store))["b"] == "cancelled"
    async with store.reading() as work:
        blocked = await work.people.by_telegram(1)
    assert blocked is not None
    assert blocked.reach == "blocked"
    (letter,) = await claim(store)
    await settle(store, letter, Unreachable("chat_missing"))
    async with store.reading() as work:
        gone = await work.people.by_telegram(2)
    assert gone is not None
    assert gone.reach == "gone"


async def test_a_late_word_that_somebody_is_unreachable_blocks_nobody(store: Store) -> None:
    """Whoever has unblocked the bot meanwhile, and read the letter, is not taken for gone."""
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    await settle(store, letter, Delivered(10))
    await post(store, layla, "b", bulk=True)
    await settle(store, letter, Unreachable("blocked"))
    assert await states(store) == {"a": "sent", "b": "queued"}
    async with store.reading() as work:
        found = await work.people.by_telegram(1)
    assert found is not None
    assert found.reach == "open"


async def test_settlements_of_unknown_letters_change_nothing(store: Store) -> None:
    async with store.transaction() as work:
        await work.outbox.settle([])
        await work.outbox.settle(
            [Settlement(999, Delivered(1), NOW), Settlement(998, Unreachable("gone"), NOW)]
        )
    assert await states(store) == {}


# --- order --------------------------------------------------------------------------------------------------


async def test_no_letter_overtakes_an_earlier_one_of_the_same_person(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    first, second = await post(store, layla, "first", "second")
    await settle(store, first, RetryLater(later(seconds=30), "too fast", ambiguous=False))
    await settle(store, second, RetryLater(later(seconds=1), "chat is parked", ambiguous=False))
    assert await post(store, layla, "third", now=later(seconds=2)) == []
    (of_omar,) = await post(store, omar, "of omar", now=later(seconds=2))
    assert of_omar.id
    assert await claim(store, later(seconds=10)) == []
    claimed = await claim(store, later(seconds=30))
    assert [letter.id for letter in claimed] == sorted(letter.id for letter in claimed)
    assert len(claimed) == 3


async def test_a_letter_waits_behind_one_in_another_process(store: Store, other: Store) -> None:
    layla = await come_in(store, 1)
    (first,) = await post(store, layla, "first")
    assert await post(other, layla, "second") == []
    assert await claim(other) == []
    await settle(store, first, Delivered(1))
    (second,) = await claim(other)
    assert second.attempts == 1


async def test_talk_does_not_wait_behind_bulk(store: Store) -> None:
    layla = await come_in(store, 1)
    await post(store, layla, "bulk", bulk=True)
    (talk,) = await post(store, layla, "talk")
    assert talk.id


async def test_two_claimers_share_the_letters(store: Store, other: Store) -> None:
    for number in range(1, 11):
        await post(store, await come_in(store, number), f"a{number}", f"b{number}", bulk=True)
    taken = await asyncio.gather(*(claim(door, limit=8) for door in (store, other, store, other)))
    ids = [letter.id for letters in taken for letter in letters]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == 20
    assert max(len(letters) for letters in taken) == 8


# --- cards --------------------------------------------------------------------------------------------------


async def place(store: Store, person: Person, message: int, reply_to: int | None = None) -> Focus | None:
    async with store.transaction() as work:
        await work.prefetch([person.telegram_id or 0], [person.telegram_id or 0])
        return place_of(await work.outbox.cards(person.id), message, reply_to).at


def card(prompt: str) -> Say:
    return Say(HUB, focus=Focus(prompt))


async def test_a_text_binds_to_the_newest_card_before_it(store: Store) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    for number, prompt in enumerate(("1a.1", "1b.2", "1c.1")):
        (letter,) = await post(store, layla, prompt, what=card(prompt))
        await settle(store, letter, Delivered(10 * number + 10))
    (note,) = await post(store, layla, "no card")
    await settle(store, note, Delivered(35))
    assert await place(store, layla, 25) == Focus("1b.2")
    assert await place(store, layla, 40) == Focus("1c.1")
    assert await place(store, layla, 9) is None
    assert await place(store, layla, 50, reply_to=10) == Focus("1a.1")
    assert await place(store, omar, 50) is None


async def test_a_card_posted_in_this_transaction_has_no_message_yet(store: Store) -> None:
    layla = await come_in(store, 1)
    (first,) = await post(store, layla, "a", what=card("1a.1"))
    await settle(store, first, Delivered(10))
    async with store.transaction() as work:
        await work.outbox.cards(layla.id)
        work.outbox.post(layla, card("1b.2"), key="b", now=NOW)
        before = await work.outbox.cards(layla.id)
        await work.flush()
        after = await work.outbox.cards(layla.id)
    for cards in (before, after):
        newest, oldest = cards
        assert (newest.focus, newest.message_id, newest.doubtful) == (Focus("1b.2"), None, False)
        assert (oldest.number, oldest.message_id) == (first.id, 10)
        assert newest.number > oldest.number


async def test_an_edited_card_keeps_its_message(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        work.outbox.post(layla, card("1c.1"), key="a", now=NOW, edits=33)
    (letter,) = work.outbox.fresh
    assert letter.edits == 33
    await settle(store, letter, Delivered(None))
    assert await place(store, layla, 34) == Focus("1c.1")


async def test_a_card_that_may_have_arrived_is_doubtful(store: Store) -> None:
    layla = await come_in(store, 1)
    (lost,) = await post(store, layla, "a", what=card("1a.1"))
    await settle(store, lost, RetryLater(later(hours=1), "no answer", ambiguous=True))
    (nameless,) = await post(store, await come_in(store, 2), "b", what=card("1a.1"))
    await settle(store, nameless, Delivered(None))
    async with store.reading() as work:
        assert [c.doubtful for c in await work.outbox.cards(layla.id)] == [True]
        assert [c.doubtful for c in await work.outbox.cards(nameless.person_id or 0)] == [True]


async def test_a_late_text_may_answer_a_card_that_arrived_as_nobody_knows_which_message(store: Store) -> None:
    """Also when so many have come since that it is none of the newest any more."""
    layla = await come_in(store, 1)
    for number, (prompt, message) in enumerate((("1a.1", 10), ("1b.2", None))):
        (letter,) = await post(store, layla, f"{number}", what=card(prompt))
        await settle(store, letter, Delivered(message))
    for number in range(CARDS):
        (letter,) = await post(store, layla, f"later {number}", what=card("1c.1"))
        await settle(store, letter, Delivered(100 + number if number else None))
    actor = Actor(layla.id, "focal_point", "LB", "c")
    async with store.reading() as work:
        assert place_of(await work.outbox.cards(layla.id), 20) == Place(None, ("1c.1",))
        place = (await heard(Errand(work, layla, actor, Cause(1, NOW)), "late", 20)).place
    assert place == Place(None, ("1a.1", "1b.2", "1c.1"))


async def _is_shown(store: Store, person: Person, turn: int = 4) -> bool:
    async with store.transaction() as work:
        return await work.outbox.is_shown(person.id, "hub", turn)


async def test_a_card_is_shown_from_when_it_is_posted_until_it_is_given_up(store: Store) -> None:
    layla = await come_in(store, 1)
    assert not await _is_shown(store, layla)
    async with store.transaction() as work:
        work.outbox.post(layla, card("1f.1"), key="a", now=NOW, turn=4)
        assert await work.outbox.is_shown(layla.id, "hub", 4)
        assert not await work.outbox.is_shown(layla.id, "which", 4)
        assert not await work.outbox.is_shown(layla.id, "hub", 3)
    (letter,) = work.outbox.fresh
    assert await _is_shown(store, layla)
    await settle(store, letter, RetryLater(NOW, "no answer", ambiguous=True))
    assert await _is_shown(store, layla)
    (letter,) = await claim(store)
    await settle(store, letter, RetryLater(NOW, "no answer", ambiguous=True))
    assert not await _is_shown(store, layla)


@pytest.mark.parametrize("seed", range(16))
async def test_the_cards_that_are_read_place_a_text_as_all_there_are_would(store: Store, seed: int) -> None:
    """Whatever became of those before it: sent, drawn in the place of an earlier one, in doubt, failed, on the way."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is made
    layla = await come_in(store, 1)
    messages: list[int] = []
    newest = 10
    for number in range(chance.randint(2, 22)):
        edits = chance.choice(messages) if messages and chance.random() < 0.4 else None
        async with store.transaction() as work:
            work.outbox.post(layla, card(f"{number}"), key=f"{number}", now=NOW, edits=edits)
        (letter,) = work.outbox.fresh
        fate = chance.choice(("sent", "sent", "sent", "nameless", "failed"))
        newest += chance.randint(1, 3)
        if fate == "sent" and edits is None:
            messages.append(newest)
        named = None if fate == "nameless" or edits else newest
        await settle(store, letter, Rejected("refused") if fate == "failed" else Delivered(named))
        if chance.random() < 0.15:  # what is known of it is the second copy; the first may have been there
            await change(store, "UPDATE outbox SET doubtful = true WHERE id = :of", of=letter.id)
    if chance.random() < 0.5:
        (doubted,) = await post(store, layla, "doubted", what=card("doubted"))
        await settle(store, doubted, RetryLater(later(hours=1), "no answer", ambiguous=True))
        await post(store, layla, "behind it", what=card("behind it"))
    kept = await rows(store, "SELECT id, focus, message_id, doubtful FROM outbox ORDER BY id DESC")
    every = [Card(row.id, Focus.read(row.focus), row.message_id, bool(row.doubtful)) for row in kept]
    for message in range(8, newest + 3):
        for reply in (None, chance.choice(messages) if messages else None):
            async with store.reading() as work:
                found = await work.outbox.cards(layla.id, seen_before(message, reply))
            assert place_of(found, message, reply) == place_of(every, message, reply)
            was_any = any(each.message_id and each.message_id < seen_before(message, reply) for each in every)
            if was_any and len(every) <= CARDS:
                assert posted_since(found, message, reply) == posted_since(every, message, reply)


async def test_a_card_of_the_talk_is_not_sent_in_bulk(store: Store) -> None:
    """It would overtake others, and a text would be put to the wrong question."""
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        with pytest.raises(ValueError, match="in its order"):
            work.outbox.post(layla, card("1a.1"), key="a", now=NOW, bulk=True)


async def test_fault_60_a_late_text_may_answer_a_card_of_which_only_the_copy_is_known(store: Store) -> None:
    """A replica died when it had sent it; the next one sent it anew, and texts had come in between the two."""
    layla = await come_in(store, 1)
    for prompt, message in (("3d.1", 10), ("4a.1", 30)):
        (letter,) = await post(store, layla, prompt, what=card(prompt))
        await settle(store, letter, Delivered(message))
    await change(store, "UPDATE outbox SET doubtful = true WHERE key = '4a.1'")
    for number in range(CARDS):
        (letter,) = await post(store, layla, f"later {number}", what=card("4a.1"))
        await settle(store, letter, Delivered(100 + number))
    actor = Actor(layla.id, "focal_point", "LB", "c")
    async with store.reading() as work:
        place = (await heard(Errand(work, layla, actor, Cause(1, NOW)), "late", 20)).place
    assert place == Place(None, ("3d.1", "4a.1"))


async def test_a_card_that_arrived_is_shown_until_many_more_have_come(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a", what=card("1f.1"))
    await settle(store, letter, Delivered(20))
    newer = Say(Erased(), focus=Focus())
    await post(store, layla, *(f"later {number}" for number in range(CARDS - 1)), what=newer)
    assert await _is_shown(store, layla)
    await post(store, layla, "one too many", what=newer)
    assert not await _is_shown(store, layla)


async def test_a_card_for_somebody_unreachable_was_not_shown(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter, _) = [*await post(store, layla, "hub"), *await post(store, layla, "a", what=card("1f.1"))]
    await settle(store, letter, Unreachable("blocked"))
    assert not await _is_shown(store, layla)


async def test_cards_of_many_people_are_each_persons_own(store: Store) -> None:
    people = [await come_in(store, number) for number in range(1, 8)]
    for person in people:
        for turn in range(3):
            await post(store, person, f"{person.id}/{turn}", what=card(f"{person.id}.{turn}"))
    async with store.transaction() as work:
        ids = [person.telegram_id or 0 for person in people]
        await work.prefetch(ids, ids)
        for person in people:
            found = [c.focus.prompt for c in await work.outbox.cards(person.id)]
            assert found == [f"{person.id}.{turn}" for turn in (2, 1, 0)]


# --- keeping house ------------------------------------------------------------------------------------------


async def _keys(store: Store) -> Sequence[tuple[object, bool]]:
    found = await rows(store, "SELECT key, payload IS NULL AS empty FROM outbox ORDER BY id")
    return [(row.key, bool(row.empty)) for row in found]


async def test_old_letters_are_emptied_freed_and_dropped(store: Store) -> None:
    layla = await come_in(store, 1)
    talk, shown = await post(store, layla, "talk") + await post(store, layla, "card", what=card("1a.1"))
    await post(store, layla, "bulk", bulk=True)
    await post(store, layla, "waiting", bulk=True)
    bulk = (await claim(store, limit=1))[0]
    for letter in (talk, shown, bulk):
        await settle(store, letter, Delivered(letter.id))

    async def tidy(**span: float) -> Sequence[tuple[object, bool]]:
        async with store.transaction() as work:
            await work.tidy(later(**span))
        return await _keys(store)

    full = [("talk", False), ("card", False), ("bulk", False), ("waiting", False)]
    assert await tidy(hours=23) == full
    assert await tidy(hours=24) == [("talk", True), ("card", True), ("bulk", True), ("waiting", False)]
    assert await tidy(days=14) == [(None, True), (None, True), ("bulk", True), ("waiting", False)]
    assert await tidy(days=90) == [(None, True), ("waiting", False)]
    assert await place(store, layla, 99) == Focus("1a.1")


async def test_the_backlog_says_what_waits_and_since_when(store: Store) -> None:
    layla = await come_in(store, 1)
    (letter,) = await post(store, layla, "a")
    await post(store, layla, "b", now=later(minutes=5), bulk=True)
    await settle(store, letter, Delivered(1))
    async with store.reading() as work:
        backlog = await work.outbox.backlog()
    assert backlog.counts == {"sent": 1, "queued": 1}
    assert backlog.oldest == later(minutes=5)


async def test_who_is_forgotten_is_not_written_to(store: Store) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        await work.people.erase(layla.id, NOW)
        gone = await work.people.by_id(layla.id)
        assert gone is not None
        work.outbox.post(gone, Welcome(role="focal_point"), key="a", now=NOW)
        work.outbox.post_to_chat(1, Erased(), "ar", key="b", now=NOW)
    assert [(letter.chat_id, letter.person_id, letter.language) for letter in work.outbox.fresh] == [
        (1, None, "ar")
    ]


# --- kept and withdrawn ----------------------------------------------------------------------------------------


async def test_what_was_said_is_found_by_its_key_until_it_is_emptied(store: Store) -> None:
    layla, karim = await come_in(store, 1), await come_in(store, 2)
    (letter,) = await post(store, layla, "7:card")
    await settle(store, letter, Delivered(9))
    async with store.transaction() as work:
        assert await work.outbox.said(layla.id, "7:card") == HUB
        assert await work.outbox.said(karim.id, "7:card") is None, "it was said to somebody else"
        assert await work.outbox.said(layla.id, "8:card") is None
        work.outbox.post(layla, Erased(), key="9:card", now=NOW)
        assert await work.outbox.said(layla.id, "9:card") == Erased(), (
            "what this transaction posts is found too"
        )
    async with store.transaction() as work:
        await work.tidy(later(hours=25))
        assert await work.outbox.said(layla.id, "7:card") is None


async def test_only_what_surely_went_to_nobody_is_withdrawn(store: Store) -> None:
    layla, karim, hana = [await come_in(store, number) for number in (1, 2, 3)]
    await post(store, layla, "moved/c_1/2/1", bulk=True)
    await post(store, karim, "moved/c_1/2/2", bulk=True)
    await post(store, hana, "moved/cx1/2/3", bulk=True)
    await post(store, hana, "moved/c_1/talk")
    taken = await claim(store, limit=1)
    assert [letter.person_id for letter in taken] == [layla.id]
    async with store.transaction() as work:
        assert await work.outbox.withdraw("moved/c_1/", NOW) == {karim.id: HUB}
    async with store.transaction() as work:
        assert await work.outbox.withdraw("moved/c_1/", NOW) == {}
    assert await states(store) == {
        "moved/c_1/2/1": "claimed",
        "moved/c_1/2/2": "cancelled",
        "moved/cx1/2/3": "queued",
        "moved/c_1/talk": "claimed",
    }
    await settle(store, taken[0], RetryLater(NOW, "no answer", ambiguous=True))
    async with store.transaction() as work:
        assert await work.outbox.withdraw("moved/", NOW) == {hana.id: HUB}, "one that may have arrived stays"


async def test_of_several_letters_to_one_person_the_first_is_given_back(store: Store) -> None:
    layla = await come_in(store, 1)
    await post(store, layla, "moved/1", bulk=True)
    await post(store, layla, "moved/2", bulk=True, what=Erased())
    async with store.transaction() as work:
        assert await work.outbox.withdraw("moved/", NOW) == {layla.id: HUB}
    assert set((await states(store)).values()) == {"cancelled"}


async def test_a_card_that_a_killed_process_had_in_hand_is_in_doubt_behind_all_that_waits_for_it(
    store: Store,
) -> None:
    """Or a text that answers it would be taken as sent after the card before."""
    layla = await come_in(store, 1)
    (known,) = await post(store, layla, "known", what=card("1a.1"))
    await settle(store, known, Delivered(10))
    (sent,) = await post(store, layla, "sent", what=card("1b.2"))
    await change(store, "UPDATE outbox SET claim_owner = 'killed' WHERE id = :of", of=sent.id)
    for number in range(CARDS):
        assert not await post(store, layla, f"waits {number}", what=card("1c.1"))
    actor = Actor(layla.id, "focal_point", "LB", "c")
    async with store.reading() as work:
        place = (await heard(Errand(work, layla, actor, Cause(1, NOW)), "to 1b.2", 20)).place
    assert place == Place(None, ("1a.1", "1b.2"))
