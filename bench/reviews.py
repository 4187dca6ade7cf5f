"""The reviews that the bench's people answer in Rafiq: cycles and invitations before a run, a count after it."""

import asyncio
import secrets
import sys
from datetime import datetime, timedelta
from itertools import islice, product
from pathlib import Path

from bot import app
from bot.settings import DataSettings
from workflows.people.roles import Actor
from workflows.reference import countries
from workflows.review.judge import load_template
from workflows.store.transaction import Store, Work
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

TEMPLATE = Path(__file__).with_name("template.yaml")


async def invite(store: Store, people: int, now: datetime | None = None) -> list[str]:
    """An invitation for each of so many focal points, every one alone with a draft: one country in one cycle.

    Forty-five people who append to the same answers would be no load that a review knows, so as many cycles are
    opened as it takes.
    """
    now = now or app.Clock().now()
    states = countries()
    cycles = [f"bench-{number}" for number in range(-(-people // len(states)))]
    template = load_template(TEMPLATE)
    async with store.transaction() as work:
        for cycle in cycles:
            await open_cycle(work, cycle, template, now)
        places = islice(product(cycles, states), people)
        until = now + timedelta(days=1)
        return [
            await make(work, Wanted(cycle, "focal_point", state.code, until), secrets.token_bytes, now)
            for cycle, state in places
        ]


async def count(store: Store) -> int:
    """How many answers of forty words can be read from the store."""
    async with store.reading() as work:
        cycles = await work.cycles.all()
        counts = [await _count(work, cycle.id, state.code) for cycle in cycles for state in countries()]
        return sum(counts)


async def _count(work: Work, cycle: str, country: str) -> int:
    found = 0
    for person in await work.people.of_country(cycle, country):
        draft = await work.drafts.open(Actor(person.id, "focal_point", country, cycle), country)
        found += sum(answer.state == "answered" for answer in draft.review.answers.values())
    return found


async def main(act: str, number: int) -> int:
    """Do one of the two and print what it gives."""
    async with app.opened(DataSettings.read(), make=act == "invite") as store:
        lines = await invite(store, number) if act == "invite" else [str(await count(store))]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int((sys.argv[2:] or ["0"])[0])))
