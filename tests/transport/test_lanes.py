"""Order within a lane, fairness between lanes."""

import asyncio

from bot.inbound import Incoming, Tapped, Typed
from bot.ingress.lanes import Lanes, Waiting


def waiting(update_id: int, user_id: int, *, text: bool = True) -> Waiting:
    did = Typed("x", update_id) if text else Tapped("1", "go.hub", 3)
    incoming = Incoming(update_id, user_id, user_id, private=True, name="", language_code="", did=did)
    return Waiting({}, incoming, asyncio.get_running_loop().create_future(), 0.0)


def ids(items: list[Waiting]) -> list[int]:
    return [item.incoming.update_id for item in items]


def nobody(_: Waiting) -> bool:
    return False


async def test_fault_65_a_long_lane_delays_nobody() -> None:
    lanes = Lanes()
    for number in range(60):
        lanes.add(waiting(number, 1))
    lanes.add(waiting(100, 2))
    lanes.add(waiting(101, 3))
    assert ids(lanes.take(4, nobody)) == [0, 100, 101, 1]
    assert len(lanes) == 58


async def test_order_within_a_lane_survives_a_roll_back() -> None:
    lanes = Lanes()
    for number in range(6):
        lanes.add(waiting(number, 1 + number % 2))
    taken = lanes.take(4, nobody)
    lanes.put_back(taken)
    assert ids(lanes.take(10, nobody)) == [0, 1, 2, 3, 4, 5]
    assert len(lanes) == 0


async def test_a_held_update_holds_its_lane_only() -> None:
    lanes = Lanes()
    for number, person in enumerate([1, 1, 2, 1]):
        lanes.add(waiting(number, person))
    assert ids(lanes.take(10, lambda item: item.incoming.update_id == 0)) == [2]
    assert ids(lanes.take(10, lambda item: item.incoming.update_id == 1)) == [0]
    assert ids(lanes.take(10, nobody)) == [1, 3]


async def test_who_was_served_goes_behind() -> None:
    lanes = Lanes()
    for number in range(4):
        lanes.add(waiting(number, 1))
    for number in range(4, 8):
        lanes.add(waiting(number, 2))
    assert ids(lanes.take(1, nobody)) == [0]
    assert ids(lanes.take(1, nobody)) == [4]
    assert ids(lanes.take(2, nobody)) == [1, 5]


async def test_presses_need_no_card_and_texts_do() -> None:
    assert waiting(1, 1).needs_the_card
    assert not waiting(1, 1, text=False).needs_the_card


async def test_an_update_of_nobody_has_a_lane_of_its_own() -> None:
    assert waiting(5, 0).lane == -5
    assert waiting(6, 0).lane == -6
