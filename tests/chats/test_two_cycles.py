"""Failure case 31: somebody with a place in two reviews works in the newer one, and the older one stays as it was."""

import secrets
from datetime import timedelta
from typing import Any

from bot.sandbox import Message
from tests.chats.telling import OPEN, Region, card, data_of, heard, newest
from workflows.people.roles import Actor
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

SECOND = "gcm-arab-2024"
STALE = "This button belongs to an earlier message. Please use the newest one."


async def test_case_31_the_newer_review_is_opened_and_the_older_one_is_not_touched(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await region.says(layla, "what we said in 2020")
    old = card(layla)

    async def second(work: Any) -> str:
        now = region.house.clock.now()
        await open_cycle(work, SECOND, region.template, now)
        wanted = Wanted(SECOND, "focal_point", "LB", now + timedelta(days=7))
        return await make(work, wanted, secrets.token_bytes, now)

    await region.later(timedelta(days=1400))
    token = await region.house.clerk.run_errand(second)
    layla.starts(token)
    await region.rests()

    first, later = await region.draft(), await of_cycle(region, SECOND)
    assert "what we said in 2020" not in newest(layla)
    assert (len(first.review.answers), len(later.review.answers)) == (1, 0), "nothing is mixed"
    assert await region.forges(layla, old.message_id, f"{turn_of(old)}.state.declined") == STALE
    await region.opens(layla, OPEN)
    await region.says(layla, "what we say in 2024")
    assert await region.text(OPEN) == "what we said in 2020"
    later = await of_cycle(region, SECOND)
    assert later.review.answers[OPEN].value.text == "what we say in 2024"
    await region.opens(layla, "5b.2")
    assert heard(layla, "preparation for the second International Migration Review Forum in 2026?")
    await region.forges(layla, layla.last_message.message_id, "do.template.en")
    assert heard(layla, "The guiding template, to pass on or to print.")


async def of_cycle(region: Region, cycle: str) -> Any:
    """A country's draft of one of the reviews, as it is on disk."""
    async with region.store.reading() as work:
        return await work.drafts.open(Actor(0, "focal_point", "LB", cycle), "LB")


def turn_of(message: Message) -> str:
    """The turn that the keys of a card were made for."""
    return next(code.partition(".")[0] for code in data_of(message) if code[:1].isdigit())
