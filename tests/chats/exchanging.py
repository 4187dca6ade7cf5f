"""What the chats between a state and the secretariat begin with: answers on disk, and a version that is submitted."""

from typing import Any

from bot.sandbox import Message, Person
from tests.chats.telling import CYCLE, Region, bare, data_of, said_by_bot
from workflows.people.roles import Actor
from workflows.review.answers import Answer, Part, Prose, Record, RecordList
from workflows.review.events import Recorded
from workflows.review.frozen_text import frozen, hash_of
from workflows.store.values_clearance import Edition

FIRST, SECOND = "methodology", "policy_environment"
TEXT = "1f.2"
"""A prompt of the first section that takes a text."""
OTHER_TEXT = "2c.4"
"""One of the second section."""


async def written(region: Region, prompt: str, text: str, country: str = "LB") -> None:
    """An answer as if it had been typed in the talk."""

    async def write(work: Any) -> None:
        draft = await work.drafts.open(_focal_point(country), country)
        answer = Answer(state="answered", value=Prose(parts=(Part(text=text, source="9:9"),)))
        fact = Recorded(prompt, answer, len(text.split()), "9:9")
        await work.drafts.record(draft, (fact,), await _somebody(work, country), region.house.clock.now())

    await region.house.clerk.run_errand(write)


async def entered(region: Region, prompt: str, *entries: dict[str, str], country: str = "LB") -> None:
    """Entries of a list as if they had been given in the talk, in the place of what was there."""

    async def write(work: Any) -> None:
        draft = await work.drafts.open(_focal_point(country), country)
        records = tuple(Record(id=at, fields=fields) for at, fields in enumerate(entries, start=1))
        answer = Answer(state="answered", value=RecordList(records=records, last_id=len(records)))
        fact = Recorded(prompt, answer, 3, "9:9")
        await work.drafts.record(draft, (fact,), await _somebody(work, country), region.house.clock.now())

    await region.house.clerk.run_errand(write)


async def submitted(region: Region, country: str = "LB") -> Edition:
    """The country's draft, frozen and submitted as its next version."""

    async def submit(work: Any) -> Edition:
        now = region.house.clock.now()
        by = await _somebody(work, country)
        actor = Actor(by, "focal_point", country, CYCLE)
        draft = await work.drafts.open(actor, country)
        text = frozen(draft.review, CYCLE, "0" * 64)
        edition = await work.clearance.freeze(actor, draft, text, hash_of(text), now)
        done: Edition | None = await work.clearance.submit(edition, by, now)
        assert done is not None
        return done

    edition: Edition = await region.house.clerk.run_errand(submit)
    return edition


async def newest(region: Region, country: str = "LB") -> Edition:
    """The country's newest frozen text as it stands now."""
    async with region.store.reading() as work:
        edition = await work.clearance.newest(CYCLE, country)
    assert edition is not None
    return edition


async def audited(region: Region, act: str) -> list[tuple[str, str, str]]:
    """The audit's lines of an act: country, thing and outcome, the first one first."""
    async with region.store.reading() as work:
        lines = await work.audit.newest(500)
    return [(line.country, line.thing, line.outcome) for line in reversed(lines) if line.act == act]


def with_button(person: Person, verb: str) -> Message:
    """The newest message with a button of this verb."""
    for message in reversed(said_by_bot(person)):
        if any(data.startswith(f"do.{verb}") for data in data_of(message)):
            return message
    raise AssertionError(f"{person.name} sees no button {verb!r}")


def last(person: Person) -> str:
    """The newest message's text."""
    return bare(said_by_bot(person)[-1].text)


def _focal_point(country: str) -> Actor:
    return Actor(0, "focal_point", country, CYCLE)


async def _somebody(work: Any, country: str) -> int:
    people = await work.people.of_country(CYCLE, country)
    number: int = people[0].id
    return number
