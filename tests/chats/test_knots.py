"""Two replicas let people into the same countries in opposite orders: one loses, comes again, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import House, build, opened
from bot.sandbox import Person
from tests.chats.telling import Region, until
from tests.chats.test_postgres import region
from tests.store.village import rows

__all__ = ["region"]

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def replica(region: Region) -> AsyncIterator[House]:
    """Another process's parts on the same database, which write and send."""
    first = region.house
    async with opened(region.settings) as store:
        house = build(
            settings=region.settings,
            store=store,
            wire=first.wire,
            clock=first.clock,
            handler=first.clerk._scribe._handler,
            identity=first.clerk._scribe._identity,
            halt=lambda _: None,
        )
        writing = asyncio.create_task(house.clerk.run())
        yield house
        await house.courier.stop(2)
        house.clerk.finish()
        await writing


def meeting(house: House, meet: asyncio.Barrier) -> list[int]:
    """After its first update each of the two waits until the other one is as far; what it handles is counted."""
    scribe = house.clerk._scribe
    handle: Callable[..., Awaitable[Any]] = scribe._handler
    handled: list[int] = []

    async def handles(*given: Any) -> Any:
        effects = await handle(*given)
        handled.append(1)
        if len(handled) == 1:
            await asyncio.wait_for(meet.wait(), 20)
        return effects

    scribe._handler = handles
    return handled


def is_at_rest(house: House) -> bool:
    """Whether all is written and sent."""
    return house.clerk.is_at_rest and not house.courier.in_hand


def start(update_id: int, person: Person, token: str) -> dict[str, Any]:
    """Somebody opens an invitation's link."""
    message = {
        "message_id": 7,
        "from": person.user,
        "chat": person.description,
        "text": f"/start {token}",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    return {"update_id": update_id, "message": message}


async def test_fault_55_countries_that_two_batches_take_in_opposite_orders_are_no_knot_for_long(
    region: Region,
) -> None:
    people = [region.sandbox.person(name, "en") for name in ("Layla", "Amal", "Omar", "Nadia")]
    for person in people:
        person.starts()
    await region.rests()
    countries = ("LB", "JO", "JO", "LB")
    tokens = [await region.invitation("focal_point", country) for country in countries]
    updates = [
        start(90_000 + place, person, token)
        for place, (person, token) in enumerate(zip(people, tokens, strict=True))
    ]
    meet = asyncio.Barrier(2)
    async with replica(region) as other:
        handled = [meeting(house, meet) for house in (region.house, other)]
        taken = [*region.house.clerk.submit(updates[:2]), *other.clerk.submit(updates[2:])]
        await asyncio.wait_for(asyncio.gather(*taken), 30)  # nobody is sent away
        assert sorted(len(each) for each in handled) == [
            2,
            3,
        ]  # the loser was rolled back, and did it one by one
        assert region.house.clerk.counts["parked"] == other.clerk.counts["parked"] == 0
        await until(lambda: all(is_at_rest(house) for house in (region.house, other)))
    places = await rows(region.store, "SELECT country, lead FROM membership ORDER BY country, lead")
    assert [(row.country, row.lead) for row in places] == [
        (country, leads) for country in ("JO", "LB") for leads in (False, True)
    ]
    seen = await rows(region.store, "SELECT update_id FROM seen WHERE update_id < 100000")
    assert len(seen) == len(updates)
    waiting = await rows(region.store, "SELECT state FROM outbox WHERE state NOT IN ('sent', 'cancelled')")
    assert waiting == []
    for person in people:
        said = [message.text for message in person.messages if message.from_bot]
        assert len(said) == len(set(said)) > 1  # each has heard all of it, once
