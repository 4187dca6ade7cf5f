"""Updates are on disk before they are acknowledged, once each, in order, and a failing one fails alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.inbound import Incoming
from bot.ingress.election import POLLER, Election
from bot.ingress.polling import Poller
from bot.ingress.refusals import Stopping
from bot.sandbox import Person
from tests.transport.conftest import Place
from tests.transport.parrot import until
from workflows.store.transaction import StoreAway, Work
from workflows.store.values import Letter


def text(update_id: int, words: str, user_id: int = 1001, message_id: int = 7) -> dict[str, Any]:
    person = {"id": user_id, "is_bot": False, "first_name": "Layla"}
    chat = {"id": user_id, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": message_id, "from": person, "chat": chat, "text": words},
    }


async def seen(place: Place, *ids: int) -> bool:
    async with place.house.store.reading() as work:
        return not await work.updates.unseen(ids)


async def test_a_text_is_answered(awake: Place, layla: Person) -> None:
    layla.says("hello")
    await layla.sees(lambda message: message.from_bot)
    assert awake.parrot.handled == [(layla.user_id, "hello")]
    await until(lambda: not awake.sandbox.updates.everything())
    assert awake.sandbox.violations == []


async def test_nothing_is_confirmed_before_it_is_on_disk(place: Place, layla: Person) -> None:
    gate = asyncio.Event()

    async def held_up(_: Incoming) -> None:
        await gate.wait()

    place.parrot.before = held_up
    place.writes()
    place.polls()
    update = layla.says("hello")[0]
    await asyncio.sleep(0.9)  # long enough to be asked for again
    waiting = [item.update["message"]["text"] for _, item in place.sandbox.updates.everything()]
    assert waiting == ["/start", "hello"]
    gate.set()
    await layla.sees(lambda message: message.from_bot)
    await until(lambda: not place.sandbox.updates.everything())
    assert [words for _, words in place.parrot.handled] == ["hello"], update


async def test_a_second_delivery_changes_nothing(awake: Place, layla: Person) -> None:
    layla.says("hello")
    await layla.sees(lambda message: message.from_bot)
    layla.duplicate()
    layla.replays(3)
    await until(lambda: not awake.sandbox.updates.everything())
    assert awake.parrot.handled == [(layla.user_id, "hello")]
    assert sum(message.from_bot for message in layla.messages) == 1


async def test_fault_17_ids_that_jump_down_are_taken(awake: Place, layla: Person) -> None:
    layla.says("before")
    await layla.sees(lambda message: message.from_bot)
    await until(lambda: not awake.sandbox.updates.everything())
    awake.sandbox.updates.jump_to(5)
    layla.says("after")
    await layla.sees(lambda message: message.from_bot)
    layla.says("and again")
    await layla.sees(lambda message: message.from_bot)
    assert [words for _, words in awake.parrot.handled] == ["before", "after", "and again"]


async def test_many_texts_of_one_person_stay_in_order(place: Place, layla: Person, omar: Person) -> None:
    for number in range(24):
        layla.says(f"text {number}")
        omar.says(f"text {number}")
    place.writes()
    place.polls()
    await until(lambda: len(place.parrot.handled) == 48, 20)
    for person in (layla, omar):
        words = [said for user, said in place.parrot.handled if user == person.user_id]
        assert words == [f"text {number}" for number in range(24)]


async def test_a_text_waits_for_the_card_before_it(place: Place, layla: Person) -> None:
    """What is typed while a card is on its way is handled once the card's message id is known."""
    place.writes()
    place.sandbox.faults.add("slow", method="sendMessage", seconds=0.4)
    await place.house.clerk.submit([text(1, "one", layla.user_id)])[0]
    second = place.house.clerk.submit([text(2, "two", layla.user_id)])[0]
    await asyncio.sleep(0.1)
    assert not second.done()
    assert [words for _, words in place.parrot.handled] == ["one"]
    await asyncio.wait_for(second, 2)
    async with place.house.store.reading() as work:
        person = await work.people.by_telegram(layla.user_id)
        assert person is not None
        cards = await work.outbox.cards(person.id)
    assert [card.message_id for card in cards if card.message_id is not None]


async def test_what_was_in_hand_before_the_card_does_not_wait_for_it(place: Place, layla: Person) -> None:
    """It was sent before the card was, so that the card is not what it answers."""
    place.sandbox.faults.add("hang_before", method="sendMessage", seconds=30)
    texts = place.house.clerk.submit([text(each, f"text {each}", layla.user_id) for each in range(1, 121)])
    place.writes()
    await asyncio.wait_for(asyncio.gather(*texts), 20)
    assert [words for _, words in place.parrot.handled] == [f"text {each}" for each in range(1, 121)]


async def test_what_a_turn_puts_back_after_the_door_is_closed_is_given_up(
    place: Place, layla: Person
) -> None:
    """Its sender is told at once that it is not acknowledged, and nothing stays behind."""
    closing = asyncio.Event()

    async def closes(_: Incoming) -> None:
        place.house.clerk.close()
        closing.set()

    place.parrot.before = closes
    poison = place.house.clerk.submit([text(1, "poison", layla.user_id)])[0]
    place.writes()
    await asyncio.wait_for(closing.wait(), 5)
    with pytest.raises(Stopping):
        await asyncio.wait_for(poison, 5)
    assert place.house.clerk.backlog == 0
    assert place.house.clerk.is_at_rest


async def test_somebody_else_does_not_wait_for_that_card(place: Place, layla: Person, omar: Person) -> None:
    place.writes()
    place.sandbox.faults.add("hang_before", method="sendMessage", chat_id=layla.user_id, seconds=3)
    clerk = place.house.clerk
    await asyncio.wait_for(clerk.submit([text(1, "one", layla.user_id)])[0], 2)
    held = clerk.submit([text(2, "two", layla.user_id)])[0]
    await asyncio.wait_for(clerk.submit([text(3, "other", omar.user_id)])[0], 1)
    assert not held.done()


async def test_a_failing_update_fails_alone_and_is_parked(place: Place, layla: Person, omar: Person) -> None:
    place.writes()
    clerk = place.house.clerk
    poison, after, other = clerk.submit(
        [text(1, "poison", layla.user_id), text(2, "after", layla.user_id), text(3, "other", omar.user_id)]
    )
    await asyncio.wait_for(other, 2)
    assert not poison.done()
    assert not after.done()
    await asyncio.wait_for(asyncio.gather(poison, after), 10)
    assert await seen(place, 1, 2, 3)
    assert clerk.counts["parked"] == 1
    assert [words for user, words in place.parrot.handled if user == layla.user_id] == ["after"]
    await layla.sees(lambda message: message.from_bot, ever=True)


async def test_polling_goes_on_beside_a_failing_update(awake: Place, layla: Person, omar: Person) -> None:
    layla.says("poison")
    await asyncio.sleep(0.2)
    omar.says("hello")
    await omar.sees(lambda message: message.from_bot, timeout=3)
    await until(lambda: not awake.sandbox.updates.everything(), 10)
    assert awake.house.clerk.counts["parked"] == 1


@pytest.mark.parametrize(
    "raw",
    [
        {"message": {"message_id": 1}},
        {"inline_query": {"id": "1", "query": "x"}},
        {"message": {"message_id": 1, "from": 5, "chat": [], "text": {}}},
        {"callback_query": {"id": "9", "from": {"id": 1001, "first_name": "x"}, "data": 5}},
    ],
)
async def test_fault_34_an_unreadable_update_becomes_a_dead_letter_and_delays_nobody(
    place: Place, layla: Person, raw: dict[str, Any]
) -> None:
    place.writes()
    bad, good = place.house.clerk.submit([{"update_id": 1, **raw}, text(2, "hello", layla.user_id)])
    await asyncio.wait_for(asyncio.gather(bad, good), 3)
    assert await seen(place, 1, 2)
    assert place.house.clerk.counts["unreadable"] == 1
    assert place.parrot.handled == [(layla.user_id, "hello")]


async def test_an_update_in_hand_is_taken_once(place: Place, layla: Person) -> None:
    first, second = place.house.clerk.submit([text(1, "hello", layla.user_id)] * 2)
    assert first is second
    place.writes()
    await first
    assert place.parrot.handled == [(layla.user_id, "hello")]


async def test_presses_are_answered_once_each_whatever_happens(awake: Place, layla: Person) -> None:
    layla.says("hello")
    card = await layla.sees(lambda message: message.from_bot)
    pressed = [layla.forges(card.message_id, data) for data in ("a", "b", "c")]
    for callback in pressed:
        await layla.is_answered(callback)
    layla.duplicate()
    await until(lambda: not awake.sandbox.updates.everything())
    await asyncio.sleep(0.1)
    assert len(layla.callback_answers) == 3
    assert all(answer.text for answer in layla.callback_answers)
    assert awake.sandbox.violations == []


async def test_fault_50_while_the_database_is_away_nothing_is_acknowledged(
    awake: Place, layla: Person
) -> None:
    """A lock held by another process is the real thing: the bot waits, gives up, and recovers by itself."""
    layla.says("first")
    await layla.sees(lambda message: message.from_bot)
    file = awake.house.store._engine.url.database
    assert file is not None
    blocker = sqlite3.connect(file, isolation_level=None)
    await until(lambda: not awake.house.courier.in_hand)
    await asyncio.sleep(0.1)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        layla.says("second")
        (future,) = awake.house.clerk.submit([text(999, "third", layla.user_id)])
        with pytest.raises(StoreAway):
            await asyncio.wait_for(future, 30)
        assert awake.house.clerk.counts["away"]
        assert awake.sandbox.updates.everything()
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    await layla.sees(lambda message: message.from_bot, timeout=20)
    assert [words for _, words in awake.parrot.handled].count("second") >= 1
    await until(lambda: not awake.sandbox.updates.everything(), 20)
    assert awake.house.clerk.store_is_here
    assert sum(message.from_bot for message in layla.messages) == 2


async def test_fault_50_what_surely_arrived_is_not_said_again_when_the_database_comes_back(
    place: Place, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was away for longer than a lease; what became of the letter is written before any is claimed anew."""
    house, transaction = place.house, place.house.store.transaction
    is_away = False

    @asynccontextmanager
    async def perhaps() -> AsyncIterator[Work]:
        if is_away:
            raise StoreAway("away")
        async with transaction() as work:
            yield work

    def delivered(_letter: Letter) -> None:
        nonlocal is_away
        is_away = not house.clerk.counts["away"]

    monkeypatch.setattr(house.store, "transaction", perhaps)
    monkeypatch.setattr(house.courier, "_delivered", delivered)
    place.writes()
    (future,) = house.clerk.submit([text(999, "hello", layla.user_id)])
    await future
    await until(lambda: house.clerk.counts["away"] > 0)
    house.clock._offset = timedelta(seconds=house.store.lease_seconds + 1)
    is_away = False
    await house.courier.collect()
    await until(lambda: house.clerk.is_at_rest and not house.courier.in_hand)
    assert sum(message.from_bot for message in layla.messages) == 1


async def test_errands_run_between_batches_and_fail_to_their_giver(place: Place) -> None:
    place.writes()

    async def count(work: Any) -> int:
        return len(await work.cycles.all())

    async def fail(_work: Any) -> None:
        raise LookupError("mine")

    assert await place.house.clerk.run_errand(count) == 0
    with pytest.raises(LookupError, match="mine"):
        await place.house.clerk.run_errand(fail)
    assert await place.house.clerk.run_errand(count) == 0


async def test_fault_45_two_pollers_conflict_and_nothing_is_lost(awake: Place, layla: Person) -> None:
    rival = Poller(awake.house.wire, awake.house.clerk)
    awake.tasks.append(asyncio.create_task(rival.run(awake.life.stop)))
    for number in range(5):
        layla.says(f"text {number}")
        await asyncio.sleep(0.05)
    await until(lambda: len(awake.parrot.handled) == 5, 20)
    assert [words for _, words in awake.parrot.handled] == [f"text {number}" for number in range(5)]


async def test_of_two_replicas_one_polls(place: Place) -> None:
    place.writes()
    clerk, now = place.house.clerk, place.house.clock.now
    first = Election(clerk, POLLER, place.house.owner, now)
    second = Election(clerk, POLLER, "the other replica", now)
    assert await first.stand()
    assert not await second.stand()
    assert (first.holds(), second.holds()) == (True, False)
    await clerk.run_errand(lambda work: work.leases.release_all(place.house.owner))
    assert await second.stand()
