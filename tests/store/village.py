"""People and cycles for tests of the store; nobody here exists."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Row, text

from workflows.people.invitations import hash_token
from workflows.people.roles import Actor, Person, Role
from workflows.review.answers import Answer, Part, Prose
from workflows.review.events import Recorded
from workflows.review.judge import load_template
from workflows.review.template import Template
from workflows.store.engine import BEGIN
from workflows.store.transaction import Store

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CYCLE = "round-1"
_times = count(1)


def later(**span: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**span)


@cache
def tiny() -> Template:
    return load_template(Path(__file__).parents[1] / "templates" / "tiny.yaml")


async def open_cycle(store: Store) -> None:
    async with store.transaction() as work:
        await work.cycles.open(CYCLE, tiny().model_dump_json(exclude_none=True), NOW)


async def come_in(store: Store, telegram_id: int, country: str = "LB", role: Role = "focal_point") -> Person:
    """Somebody new, invited and in."""
    async with store.transaction() as work:
        if await work.cycles.get(CYCLE) is None:
            await work.cycles.open(CYCLE, tiny().model_dump_json(exclude_none=True), NOW)
        hash_ = hash_token(f"{telegram_id} comes for the {next(_times)}th time")
        await work.invitations.make(CYCLE, role, country, hash_, None, NOW, later(days=7))
        invitation = await work.invitations.redeem(hash_, telegram_id, NOW)
        person = await work.people.come_in(telegram_id, f"Person {telegram_id}", "en", NOW)
        await work.people.join(person, invitation, NOW)  # type: ignore[arg-type]  # it is fresh
    async with store.reading() as work:
        found = await work.people.by_telegram(telegram_id)
    assert found is not None
    return found


def actor_of(person: Person) -> Actor:
    assert person.actor is not None
    return person.actor


def prose(*texts: str, source: str = "1:1") -> Answer:
    return Answer(state="answered", value=Prose(parts=tuple(Part(text=t, source=source) for t in texts)))


def said(prompt: str, words: str, source: str = "1:1") -> Recorded:
    return Recorded(prompt, prose(words, source=source), len(words.split()), source)


async def record(store: Store, person: Person, *facts: Any, at: datetime = NOW) -> None:
    """One turn of a person that makes facts true."""
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(person), actor_of(person).country)
        await work.drafts.record(draft, facts, person.id, at)


async def rows(store: Store, query: str, **values: object) -> list[Row[Any]]:
    """What really is in the tables."""
    async with store._engine.connect() as connection:
        return list((await connection.execute(text(query), values)).all())


async def change(store: Store, statement: str, **values: object) -> None:
    """Tamper with the tables."""
    async with store._engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.execute(text(statement), values)
