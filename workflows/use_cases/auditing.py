"""Looking into the audit: the secretariat sees who did what where, and never what was said."""

from collections.abc import Sequence
from typing import Final

from workflows.notices import AuditEntry, AuditView
from workflows.people.access import may
from workflows.reference import countries
from workflows.store.audit import AuditLine
from workflows.store.transaction import Work
from workflows.use_cases.cause import Errand
from workflows.use_cases.which_country import ask_which, settled

PAGE: Final = 12
_OF_EVENTS: Final = frozenset({"hand_over", "session"})
"""What of an event a line names before the event's id; a change of its date names the event alone."""


async def show(errand: Errand, country: str = "", before: int = 0, card: int | None = None) -> bool:
    """Show a page of the audit of the person's cycle, the newest lines first.

    False where the person may not see it or no state is meant.

    `before` is the line to go on before.
    """
    if not may(errand.actor, "read_audit", country):
        errand.note("read_audit", country, "audit", "denied")
        return False
    if country and country not in {state.code for state in countries()}:
        return False
    audit = errand.work.audit
    if country:
        lines = await audit.of_country(country, PAGE + 1, before=before, cycle_id=errand.actor.cycle_id)
    else:
        lines = await audit.newest(PAGE + 1, before=before, cycle_id=errand.actor.cycle_id)
    shown = lines[:PAGE]
    view = AuditView(
        country=country,
        entries=await entries(errand.work, shown, errand.actor.cycle_id),
        older=shown[-1].id if len(lines) > PAGE else 0,
        is_newest=not before,
    )
    errand.say(await settled(errand, view, card), "audit", edits=card)
    return True


def ask_which_country(errand: Errand, given: str) -> bool:
    """Say that what was typed is no country; False where the person may not see the audit."""
    if not may(errand.actor, "read_audit", ""):
        errand.note("read_audit", "", "audit", "denied")
        return False
    ask_which(errand, "audit", given)
    return True


async def entries(work: Work, lines: Sequence[AuditLine], cycle_id: str) -> tuple[AuditEntry, ...]:
    """Lines of a cycle's audit with the names of those who did what they tell, and of the events that it was about."""
    plan = await work.calendars.current(cycle_id) if any(map(_event_id, lines)) else None
    events = plan.calendar.by_id if plan else {}
    people = await work.people.by_ids([line.person_id for line in lines if line.person_id is not None])
    names = {number: person.name for number, person in people.items()}
    unnamed = {
        number for number, person in people.items() if person.telegram_id is not None and not person.name
    }
    return tuple(
        AuditEntry(
            id=line.id,
            at=line.at.isoformat(),
            name=names.get(line.person_id or 0, ""),
            known=line.person_id is not None,
            act=line.act,
            country=line.country,
            thing=line.thing,
            outcome=line.outcome,
            event=event.title if event else None,
            unnamed=line.person_id in unnamed,
        )
        for line in lines
        for event in (events.get(_event_id(line)),)
    )


def _event_id(line: AuditLine) -> str:
    """The event of the calendar that a line is about, by its id; empty for none."""
    kind, _, rest = line.thing.partition("/")
    if kind in _OF_EVENTS:
        return rest.partition("/")[0]
    return kind if line.act == "steer_calendar" else ""
