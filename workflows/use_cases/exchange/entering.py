"""Whether somebody may do what they ask for, and which submitted text they mean; denials are written to the audit."""

from collections.abc import Iterable
from typing import Literal

from workflows.notices import Notice
from workflows.people.access import Act, may
from workflows.people.roles import Person
from workflows.review.events import Review, Say
from workflows.review.passage import ON_RECORD
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing

Came = Literal["done", "already", "stale", "denied"]
"""What came of a verb: done, done before, asked of something that is not there any more, or not allowed."""


def admitted(errand: Errand, act: Act, country: str, thing: str) -> bool:
    """Whether the person may do something in a country; a denial is written down."""
    allowed = may(errand.actor, act, country)
    if not allowed:
        errand.note(act, country, thing, "denied")
    return allowed


async def enter_edition(errand: Errand, act: Act, edition_id: int) -> Edition | Came:
    """The submitted text of that id, where the person may do something about it; or why there is none."""
    edition = await errand.work.clearance.edition(edition_id)
    known = edition is not None and edition.cycle_id == errand.actor.cycle_id and edition.state in ON_RECORD
    country = edition.country if edition is not None and known else errand.actor.country
    if not admitted(errand, act, country, edition.thing if edition is not None and known else "edition"):
        return "denied"
    return edition if edition is not None and known else "stale"


async def last_submitted(errand: Errand, country: str) -> Edition | None:
    """The version that a country submitted last."""
    versions = await errand.work.clearance.submitted(errand.actor.cycle_id, country)
    return versions[-1] if versions else None


async def content(errand: Errand, edition: Edition) -> Review:
    """What a submitted text says, for somebody who was let in."""
    return await errand.work.clearance.content(errand.actor, edition)


def say(errand: Errand, what: Notice | Say, card: int | None = None, name: str = "") -> None:
    """Say something to the person, or draw it in the place of the card that was pressed."""
    notice = what.notice if isinstance(what, Say) else what
    errand.say(what, f"exchange/{notice.topic}/{name}", edits=card or None)


async def say_settled(errand: Errand, notice: Notice, card: int | None = None) -> None:
    """Say something after which a text answers nothing that was asked outside the template; a question stays open."""
    newest = await errand.work.outbox.newest_card(errand.person.id)
    say(errand, closing(notice) if newest is not None and newest.focus.asked else notice, card)


def tell(errand: Errand, people: Iterable[Person], notice: Notice, name: str = "", key: str = "") -> None:
    """Say something to others, once for this update, or once for a `key` of its own."""
    for person in people:
        place = next((p for p in person.memberships if p.cycle_id == errand.actor.cycle_id), None)
        if place is None or person.id == errand.person.id:
            continue
        told = (
            f"{notice.topic}/{key}/{person.id}"
            if key
            else errand.cause.key(f"{notice.topic}/{name}/{person.id}")
        )
        errand.work.outbox.post(
            person,
            notice,
            key=told,
            now=errand.cause.now,
            cycle_id=place.cycle_id,
            country=place.country,
        )


async def secretariat(errand: Errand) -> list[Person]:
    """Everybody in the secretariat."""
    return await errand.work.people.secretariat(errand.actor.cycle_id)


async def focal_points(errand: Errand, country: str) -> list[Person]:
    """Those who answer for a country."""
    people = await errand.work.people.of_country(errand.actor.cycle_id, country)
    return [
        person
        for person in people
        if any(
            place.role == "focal_point"
            and place.country == country
            and place.cycle_id == errand.actor.cycle_id
            for place in person.memberships
        )
    ]
