"""Letters go out in order, once or at most twice, at the pace that Telegram asks for."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.limits import back_off
from bot.render import Button, Message, Voice, render
from bot.render.markup import SafeHtml
from bot.render.pieces import pieces_of, plain
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.tries import Tries
from tests.transport.conftest import Place, placed
from tests.transport.parrot import until
from tests.transport.test_ingress import text
from workflows.notices import Explained, Notice
from workflows.store.transaction import Work
from workflows.store.values import StoreAway

HELLO = Explained(code="characters_replaced")


async def known(place: Place, user_id: int) -> None:
    async def errand(work: Work) -> None:
        await work.people.come_in(user_id, "Layla", "en", place.house.clock.now())

    await place.house.clerk.run_errand(errand)


async def somebody(place: Place) -> Person:
    """Who has started the bot and is known to it."""
    person = place.sandbox.person()
    person.starts()
    await known(place, person.user_id)
    return person


@contextmanager
def telegram_is_away(place: Place) -> Iterator[None]:
    """Within the block nobody listens where Telegram was."""
    wire, right = place.house.wire, place.house.wire._root
    wire._urls.clear()
    wire._root = "http://127.0.0.1:9/bot1:x/"
    yield
    wire._urls.clear()
    wire._root = right


async def database_away(*_: object) -> None:
    raise StoreAway("busy")


async def post(place: Place, user_id: int, key: str, notice: Notice = HELLO, **how: Any) -> None:
    """Post a letter, which the clerk hands to the courier; bulk waits in the table."""
    await post_all(place, [user_id], key, notice, **how)


async def post_all(place: Place, user_ids: list[int], key: str, notice: Notice = HELLO, **how: Any) -> None:
    async def errand(work: Work) -> None:
        for user_id in user_ids:
            person = await work.people.by_telegram(user_id)
            assert person is not None
            work.outbox.post(person, notice, key=f"{key}/{user_id}", now=place.house.clock.now(), **how)

    await place.house.clerk.run_errand(errand)


async def states(place: Place) -> dict[str, int]:
    async with place.house.store.reading() as work:
        return {state: count for state, count in (await work.outbox.backlog()).counts.items() if count}


async def settled(place: Place, expected: dict[str, int], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while await states(place) != expected:  # noqa: ASYNC110 - the table has no event
            await asyncio.sleep(0.02)


async def test_a_letter_is_delivered_and_settled(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    await post(place, layla.user_id, "a")
    await layla.sees(lambda message: message.from_bot)
    await settled(place, {"sent": 1})


async def test_letters_of_a_chat_keep_their_order_and_one_is_in_flight(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    place.sandbox.faults.add("slow", method="sendMessage", seconds=0.3)
    for number in range(5):
        await post(
            place,
            layla.user_id,
            str(number),
            Explained(code="photo" if number == 0 else "characters_replaced"),
        )
    await settled(place, {"sent": 5})
    sent = [message.text for message in layla.messages if message.from_bot]
    assert len(sent) == 5
    assert Counter(sent).most_common(1)[0][1] == 4
    assert sent[0] != sent[1]


async def test_what_has_waited_too_long_here_is_not_overtaken_by_what_was_posted_since(place: Place) -> None:
    """The machine slept while a letter was on its way and one behind it; a third is posted when it has woken."""
    place.writes()
    layla = await somebody(place)
    place.sandbox.faults.add("slow", method="sendMessage", seconds=0.5)
    for code in ("photo", "characters_replaced"):
        await post(place, layla.user_id, code, Explained(code=code))
    place.house.clock._offset += timedelta(minutes=2)
    await post(place, layla.user_id, "third", Explained(code="photo"))
    await asyncio.sleep(0.6)
    await place.beats()
    await settled(place, {"sent": 3})
    first, second, third = [message.text for message in layla.messages if message.from_bot]
    assert first == third != second


async def test_a_chat_that_is_told_to_slow_down_is_parked_and_no_other(place: Place) -> None:
    place.writes()
    await place.beats()
    layla, omar = place.sandbox.person(), place.sandbox.person("Omar")
    for person in (layla, omar):
        person.starts()
        await known(place, person.user_id)
    place.sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, retry_after=1)
    began = asyncio.get_running_loop().time()
    await post(place, layla.user_id, "first", Explained(code="photo"))
    await post(place, layla.user_id, "second")
    await post(place, omar.user_id, "other")
    await omar.sees(lambda message: message.from_bot, timeout=0.8)
    await until(lambda: sum(message.from_bot for message in layla.messages) == 2)
    assert asyncio.get_running_loop().time() - began >= 1
    first, second = [message.text for message in layla.messages if message.from_bot]
    assert first != second
    await settled(place, {"sent": 3})


@pytest.mark.parametrize("kind", ["server_error", "reset", "html", "empty"])
async def test_fault_35_an_unclear_send_is_repeated_once(place: Place, kind: Any) -> None:
    place.writes()
    await place.beats()
    layla = await somebody(place)
    place.sandbox.faults.add(kind, method="sendMessage", delivered=True, count=None)
    await post(place, layla.user_id, "a")
    await settled(place, {"failed": 1}, 12)
    assert sum(message.from_bot for message in layla.messages) == 2


async def test_fault_36_a_send_that_surely_failed_is_repeated_until_it_goes(place: Place) -> None:
    place.writes()
    await place.beats()
    layla = await somebody(place)
    with telegram_is_away(place):
        await post(place, layla.user_id, "a")
        await asyncio.sleep(0.3)
    await settled(place, {"sent": 1}, 10)
    assert sum(message.from_bot for message in layla.messages) == 1


async def test_fault_36_a_letter_outlives_telegram_and_the_database_being_away_one_after_the_other(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.writes()
    layla = await somebody(place)
    courier = place.house.courier

    async def tried(times: int) -> None:
        for _ in range(times):
            place.house.clock._offset += timedelta(hours=1)
            await courier.collect()
            await settled(place, {"queued": 1})

    with telegram_is_away(place):
        await post(place, layla.user_id, "a")
        await tried(4)
    monkeypatch.setattr(courier, "_begin_again", database_away)
    await tried(4)
    monkeypatch.undo()
    place.house.clock._offset += timedelta(hours=1)
    await courier.collect()
    await settled(place, {"sent": 1})
    assert not courier._tried


@pytest.mark.parametrize("remembers", ["this process", "only the table"])
async def test_fault_5_a_part_that_is_out_is_not_sent_again_although_the_database_could_not_note_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, remembers: str
) -> None:
    place.writes()
    layla = await somebody(place)
    courier = place.house.courier

    monkeypatch.setattr(courier, "_keep_parts", database_away)
    monkeypatch.setattr(courier, "_is_sender", lambda: False)  # its office ends while the database is away
    long = Message(SafeHtml("one"), (), None, (SafeHtml("two"), SafeHtml("three")))

    async def rendered(_: object) -> Message:
        return long

    monkeypatch.setattr(courier, "_render", rendered)
    await post(place, layla.user_id, "long")
    await settled(place, {"queued": 1})
    if remembers == "only the table":
        courier._tried = Tries()  # it is another process that goes on
    monkeypatch.undo()
    monkeypatch.setattr(courier, "_render", rendered)
    place.house.clock._offset += timedelta(hours=1)
    await courier.collect()
    await settled(place, {"sent": 1})
    sent = [message.text for message in layla.messages if message.from_bot]
    assert sent == ["one", "two", "three"]


async def test_who_has_stopped_the_bot_is_left_in_peace(place: Place) -> None:
    place.writes()
    await place.beats()
    layla = await somebody(place)
    layla.blocks()
    await post(place, layla.user_id, "a")
    await post(place, layla.user_id, "b", bulk=True)

    async def reach() -> str:
        async with place.house.store.reading() as work:
            person = await work.people.by_telegram(layla.user_id)
        return person.reach if person else ""

    async with asyncio.timeout(5):
        while await reach() != "blocked":  # noqa: ASYNC110 - the table has no event
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    assert not any(message.from_bot for message in layla.messages)
    assert "queued" not in await states(place)


async def test_fault_43_a_redrawn_card_that_is_gone_is_sent_anew(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    await post(place, layla.user_id, "a", edits=4242)
    await layla.sees(lambda message: message.from_bot)
    await settled(place, {"sent": 1})


async def test_fault_43_a_card_redrawn_to_what_it_was_counts_as_delivered(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    await post(place, layla.user_id, "a")
    card = await layla.sees(lambda message: message.from_bot)
    await post(place, layla.user_id, "b", edits=card.message_id)
    await settled(place, {"sent": 2})
    assert sum(message.from_bot for message in layla.messages) == 1


async def test_fault_68_markup_that_telegram_refuses_is_sent_plain(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    place.sandbox.faults.add(
        "refusal", method="sendMessage", code=400, description="Bad Request: can't parse entities: odd tag"
    )
    await post(place, layla.user_id, "a")
    card = await layla.sees(lambda message: message.from_bot)
    assert "<" not in card.text
    assert not card.entities
    await settled(place, {"sent": 1})


async def test_an_unknown_refusal_is_final(place: Place) -> None:
    place.writes()
    await place.beats()
    layla = await somebody(place)
    place.sandbox.faults.add(
        "refusal", method="sendMessage", description="Bad Request: something new", count=None
    )
    await post(place, layla.user_id, "a")
    await settled(place, {"failed": 1})
    assert place.sandbox.tally.as_json()["calls"]["sendmessage"] == 1


async def test_fault_44_a_revoked_token_halts_the_bot_and_keeps_the_letter(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    place.sandbox.faults.add("refusal", method="sendMessage", code=401, description="Unauthorized")
    await post(place, layla.user_id, "a")
    await asyncio.wait_for(place.life.stop.wait(), 2)
    assert place.life.reason
    await settled(place, {"queued": 1})


async def test_bulk_keeps_its_pace_and_talk_passes_it(place: Place) -> None:
    place.writes()
    await place.beats()
    people = [place.sandbox.person(f"Person {number}") for number in range(30)]
    for person in people:
        person.starts()
        await known(place, person.user_id)
    await post_all(place, [person.user_id for person in people], "bulk", bulk=True)
    began = asyncio.get_running_loop().time()
    await until(lambda: place.house.courier.in_hand > 10)
    await post(place, people[-1].user_id, "talk", Explained(code="photo"))
    await until(lambda: any(message.from_bot for message in people[-1].messages), 0.5)
    await settled(place, {"sent": 31})
    assert asyncio.get_running_loop().time() - began > 0.5


async def test_fault_10_stopping_gives_back_what_has_not_begun(place: Place) -> None:
    place.writes()
    layla = await somebody(place)
    place.sandbox.faults.add("slow", method="sendMessage", seconds=0.5)
    for number in range(3):
        await post(place, layla.user_id, str(number))
    await asyncio.sleep(0.1)
    await place.house.courier.stop(2)
    await settled(place, {"sent": 1, "queued": 2})


@pytest.mark.parametrize("asked", ["and is broken off", "and waits"])
async def test_fault_10_what_is_claimed_after_the_courier_has_stopped_goes_back_at_once(
    place: Place, asked: str
) -> None:
    """The clerk is busy for long when the bot is stopped: it comes to the claim when nobody waits for it any more."""
    place.writes()
    layla = await somebody(place)
    await post(place, layla.user_id, "waits in the table", bulk=True)
    courier, clerk = place.house.courier, place.house.clerk
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(_: Work) -> None:
        begun.set()
        await may_end.wait()

    busy = asyncio.create_task(clerk.run_errand(slow))
    await begun.wait()
    collecting = asyncio.create_task(courier.collect())
    await until(lambda: clerk._errands)
    clerk.close()
    if asked == "and is broken off":
        collecting.cancel()
    await courier.stop(0.1)
    clerk.finish()
    may_end.set()
    await asyncio.gather(busy, collecting, *place.tasks, return_exceptions=True)
    assert clerk.is_at_rest
    assert await states(place) == {"queued": 1}
    assert not layla.messages or not any(message.from_bot for message in layla.messages)


async def test_what_has_arrived_is_not_claimed_again_when_the_machine_has_slept(place: Place) -> None:
    """It is known here, and waits to be written, when the lease is over and the table is asked for what is due."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def stands(_: object) -> None:
        begun.set()
        await may_end.wait()

    place.writes()
    layla, omar = await somebody(place), await somebody(place)
    place.sandbox.faults.add("slow", method="sendMessage", seconds=0.3)
    await post(place, layla.user_id, "a")
    place.parrot.before = stands
    place.house.clerk.submit([text(1, "words", omar.user_id)])
    await begun.wait()
    await until(lambda: place.house.clerk._settlements)
    place.house.clock._offset += timedelta(minutes=2)
    collecting = asyncio.create_task(place.house.courier.collect())
    await until(lambda: place.house.clerk._errands)
    may_end.set()
    await collecting
    await settled(place, {"sent": 2})
    assert sum(message.from_bot for message in layla.messages) == 1


async def test_a_hundred_chats_are_served_at_once(place: Place) -> None:
    place.writes()
    place.sandbox.latency_seconds = 0.05
    people = [place.sandbox.person(f"Person {number}") for number in range(100)]
    for person in people:
        person.starts()
        await known(place, person.user_id)
    began = asyncio.get_running_loop().time()
    await post_all(place, [person.user_id for person in people], "a")
    await settled(place, {"sent": 100})
    assert asyncio.get_running_loop().time() - began < 2  # one after the other would take five seconds


async def test_a_new_letter_does_not_overtake_a_parked_one_after_a_restart(
    settings: Settings, sandbox: Sandbox, migrated: Path
) -> None:
    shutil.copy(migrated, settings.data / "rafiq.db")
    layla = sandbox.person()
    layla.starts()
    async with placed(settings, sandbox) as first:
        first.writes()
        await known(first, layla.user_id)
        sandbox.faults.add("flood", method="sendMessage", retry_after=2)
        await post(first, layla.user_id, "parked", Explained(code="photo"))
        await settled(first, {"queued": 1})
    async with placed(settings, sandbox) as second:
        second.writes()
        await second.beats()
        second.polls()
        layla.says("hello")  # is answered by a card, which is fresh
        await until(lambda: second.parrot.handled)
        await asyncio.sleep(0.3)
        assert not any(message.from_bot for message in layla.messages)
        await settled(second, {"sent": 2})
    parked, fresh = [message.text for message in layla.messages if message.from_bot]
    assert parked == render(Explained(code="photo"), Voice.of("en"), None).text
    assert fresh != parked


# --- requests ------------------------------------------------------------------------------------------------


def test_the_keyboard_stands_under_the_last_part() -> None:
    long = Message(SafeHtml("one"), ((Button("k", "go.hub"),),), None, (SafeHtml("two"), SafeHtml("three")))
    pieces = pieces_of(7, long)
    assert [piece.params["text"] for piece in pieces] == ["one", "two", "three"]
    assert ["reply_markup" in piece.params for piece in pieces] == [False, False, True]
    redrawn = pieces_of(7, long, edits=3)
    assert [piece.method for piece in redrawn] == ["editMessageText", "sendMessage", "sendMessage"]
    assert redrawn[0].params["message_id"] == 3


def test_plain_words_hold_no_markup() -> None:
    (piece,) = pieces_of(7, Message(SafeHtml("<b>a</b> &lt;c&gt; &amp; <i>d</i>")))
    assert plain(piece).params["text"] == "a <c> & d"
    assert "parse_mode" not in plain(piece).params


def test_pauses_grow_and_end() -> None:
    assert [back_off(attempts) for attempts in (1, 2, 3, 20)] == [2, 4, 8, 60]
    assert timedelta(seconds=back_off(1000)) == timedelta(minutes=1)


def test_the_renderer_is_the_real_one() -> None:
    assert render(HELLO, Voice.of("en"), None).text
