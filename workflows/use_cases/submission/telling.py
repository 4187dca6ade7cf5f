"""Whom a frozen text concerns, and letters to them."""

from collections.abc import Iterable
from typing import Final, Literal

from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.notices.submission import EditionDocument, EditionNews, PassageAwaited
from workflows.people.access import Act, may
from workflows.people.roles import Membership, Person, Role
from workflows.review.events import Say
from workflows.review.passage import Hand
from workflows.store.clearance import may_read
from workflows.store.transaction import Work
from workflows.store.values import Invitation
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.submission.marks import mark_of

Came = Literal["done", "stale", "denied", "locked"]
"""What came of a verb: done, asked of something that is not there any more, not allowed, or submitted already."""
Concerned = tuple[Person, Membership]
"""Somebody with the place by which a text concerns them."""


async def found(errand: Errand, edition_id: int, act: Act) -> Edition | None:
    """The frozen text of that id, for somebody who may do this to it; to anybody else it is as if it did not exist."""
    edition = await errand.work.clearance.edition(edition_id)
    thing = edition.thing if edition is not None else "edition"
    if edition is None or edition.cycle_id != errand.actor.cycle_id:
        errand.note(act, errand.actor.country, thing, "unknown")
        return None
    if not may(errand.actor, act, edition.country):
        errand.note(act, edition.country, thing, "denied")
        return None
    return edition


def hand_of(errand: Errand) -> Hand:
    """Who somebody is to the rules of a text's passage."""
    actor = errand.actor
    match actor.role:
        case "focal_point":
            return "lead" if actor.lead else "alternate"
        case "clearer":
            return "second_clearer" if actor.scope == "2" else "first_clearer"
        case "secretariat":
            return "secretariat"
    return "nobody"


def step_of(place: Membership | Invitation) -> int:
    """The clearance that somebody with this place gives, or will give; 0 for whoever clears nothing."""
    if place.role != "clearer":
        return 0
    return 2 if place.scope == "2" else 1


async def concerned(errand: Errand, country: str) -> list[Concerned]:
    """The focal points and clearers of a country, in the order they came in."""
    return await of_country(errand.work, errand.actor.cycle_id, country)


async def of_country(
    work: Work, cycle_id: str, country: str, roles: tuple[Role, ...] = ("focal_point", "clearer")
) -> list[Concerned]:
    """Those with one of these roles in a country, in the order they came in, where nobody has done anything."""
    return [
        (person, place)
        for person in await work.people.of_country(cycle_id, country)
        for place in person.memberships
        if place.cycle_id == cycle_id and place.country == country and place.role in roles
    ]


async def secretariat(errand: Errand) -> list[Concerned]:
    """Everybody in the secretariat."""
    cycle = errand.actor.cycle_id
    return [
        (person, place)
        for person in await errand.work.people.secretariat(cycle)
        for place in person.memberships
        if place.cycle_id == cycle and place.role == "secretariat"
    ]


async def contributors(errand: Errand, country: str) -> list[Concerned]:
    """The colleagues who write beside the official text of a country."""
    return await of_country(errand.work, errand.actor.cycle_id, country, ("contributor",))


def focal_points(people: Iterable[Concerned]) -> list[Concerned]:
    """Those of them who are focal points."""
    return [each for each in people if each[1].role == "focal_point"]


def clearers(people: Iterable[Concerned], step: int) -> list[Concerned]:
    """Those of them who give the clearance of a step."""
    return [each for each in people if step_of(each[1]) == step]


async def invited_steps(errand: Errand, country: str) -> tuple[int, ...]:
    """The clearances of a country for which an invitation is under way that can still be taken up."""
    under_way = await errand.work.invitations.open_of(errand.actor.cycle_id, country, errand.cause.now)
    return tuple(sorted({step for each in under_way if (step := step_of(each))}))


def tell(errand: Errand, to: Concerned, notice: Notice) -> None:
    """Say something to somebody else, once for this update; whoever does it hears of it by themselves."""
    person, place = to
    if person.id == errand.person.id:
        return
    errand.work.outbox.post(
        person,
        notice,
        key=errand.cause.key(f"submission/{notice.topic}/{person.id}"),
        now=errand.cause.now,
        cycle_id=place.cycle_id,
        country=place.country,
    )


class Since(Immutable):
    """The text that somebody had before a frozen one, and the questions that say something else by now."""

    edition: Edition | None = None
    questions: tuple[str, ...] = ()


NOTHING_BEFORE: Final = Since()
"""Whoever reads a text of the country for the first time."""


def send_document(
    errand: Errand, to: Concerned, edition: Edition, content: str, since: Since = NOTHING_BEFORE
) -> None:
    """Send a frozen text to somebody who may read it; to nobody else."""
    person, place = to
    if not may_read(place.actor, edition):
        errand.note("read_edition", edition.country, f"{edition.thing}/{person.id}", "not_sent")
        return
    document = EditionDocument(
        mark=mark_of(edition),
        content=content,
        asks=asks(place, edition),
        before=mark_of(since.edition) if since.edition is not None else None,
        changed=since.questions,
    )
    tell(errand, to, document)


async def keep_here(errand: Errand, edition: Edition) -> None:
    """Let what was posted about a text and has not gone out yet stay here: the text is not on its way any more.

    A document that a focal point asked for still goes; to the clearers none does. What somebody wrote about the text
    goes on, too: its reason is read although the text is replaced or taken back.
    """

    def is_it(notice: Notice) -> bool:
        if not isinstance(notice, EditionDocument | EditionNews | PassageAwaited):
            return False
        has_reason = isinstance(notice, EditionNews) and bool(notice.reason)
        return notice.mark.id == edition.id and not has_reason

    people, now = await concerned(errand, edition.country), errand.cause.now
    clearing = [each.id for each, place in people if place.role == "clearer"]
    await errand.work.outbox.cancel(("edition_document",), clearing, now, about=is_it)
    everybody = [each.id for each, _ in people]
    await errand.work.outbox.cancel(("edition_news", "passage_awaited"), everybody, now, about=is_it)


def asks(place: Membership, edition: Edition) -> bool:
    """Whether a text waits for the clearance that somebody with this place gives."""
    return edition.state == "in_clearance" and step_of(place) == edition.step


async def say(errand: Errand, what: Notice | Say, card: int | None = None) -> None:
    """Say something to the person, or draw it in the place of the card that was pressed.

    Said anew, it leaves nothing open that a card of ours may have asked in the chat.
    """
    notice = what.notice if isinstance(what, Say) else what
    if not card and not isinstance(what, Say):
        newest = await errand.work.outbox.newest_card(errand.person.id)
        what = closing(notice) if newest is not None and newest.focus.asked else what
    errand.say(what, f"submission/{notice.topic}", edits=card or None)
