"""A country's frozen texts: the list, and each of them as a document to whoever may read it."""

from workflows.notices.clearing import NothingToClear
from workflows.notices.submission import EditionDocument, EditionsView, Form
from workflows.people.access import may
from workflows.store.clearance import may_read
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import Came, asks, say


async def show_editions(errand: Errand) -> Came:
    """Show the frozen texts of the person's country that they may read, the newest first."""
    readable = await _readable(errand)
    if readable is None:
        return "denied"
    country = errand.actor.country
    writes = may(errand.actor, "freeze_draft", country)
    await say(errand, EditionsView(country=country, marks=tuple(map(mark_of, readable)), writes=writes))
    return "done"


async def show_waiting(errand: Errand) -> Came:
    """To a clearer: the text that waits for their decision, or that none does."""
    readable = await _readable(errand)
    if readable is None:
        return "denied"
    place = errand.person.membership
    waiting = [each for each in readable if place is not None and asks(place, each)]
    if not waiting:
        await say(errand, NothingToClear())
        return "done"
    return await _send(errand, waiting[0])


async def bring_waiting(errand: Errand) -> None:
    """To a clearer who has just come in: the text that waits for their decision, if one does."""
    place = errand.person.membership
    newest = await errand.work.clearance.newest(errand.actor.cycle_id, errand.actor.country)
    if place is not None and newest is not None and asks(place, newest):
        await _send(errand, newest)


async def send_edition(errand: Errand, edition_id: int, form: Form = "docx") -> Came:
    """Send a frozen text as a document to somebody who may read it; to anybody else it does not exist."""
    edition = await errand.work.clearance.edition(edition_id)
    if edition is None or not may_read(errand.actor, edition):
        country = edition.country if edition else errand.actor.country
        outcome = "denied" if edition else "unknown"
        errand.note("read_edition", country, edition.thing if edition else "edition", outcome)
        return "stale"
    return await _send(errand, edition, form)


async def _send(errand: Errand, edition: Edition, form: Form = "docx") -> Came:
    content = await errand.work.clearance.text(errand.actor, edition)
    place = errand.person.membership
    is_asked = place is not None and asks(place, edition)
    document = EditionDocument(mark=mark_of(edition), content=content, asks=is_asked, form=form)
    await say(errand, document)
    return "done"


async def _readable(errand: Errand) -> list[Edition] | None:
    """The texts of the person's country that they may read, the newest first; None where they may read none ever."""
    cycle, country = errand.actor.cycle_id, errand.actor.country
    if not country or not may(errand.actor, "read_edition", country):
        errand.note("read_edition", country, "editions", "denied")
        return None
    editions = await errand.work.clearance.of_country(cycle, country)
    return [each for each in reversed(editions) if may_read(errand.actor, each)]
