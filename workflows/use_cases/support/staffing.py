"""Who answers: the secretariat sees the supporters of each office and invites more."""

from workflows.notices.saying import Line
from workflows.notices.support import SupportersView, WhichSupported
from workflows.people.access import may
from workflows.people.roles import OFFICES
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.support import desk
from workflows.use_cases.support.desk import Came


async def show(errand: Errand, card: int | None = None) -> Came:
    """Show who answers, by office."""
    if not may_staff(errand):
        return "denied"
    cycle = errand.actor.cycle_id
    lines: dict[str, list[Line]] = {office: [] for office in OFFICES if office != "secretariat"}
    for person in await errand.work.people.in_cycle(cycle):
        place = desk.place_in(person, cycle)
        if place is not None and place.role == "supporter" and place.scope in lines:
            lines[place.scope].append(Line(id=str(place.id), text=person.name, detail=place.country))
    offices = tuple((office, tuple(found)) for office, found in lines.items())
    groups = tuple(
        (each.office, each.country) for each in await errand.work.support.groups() if each.cycle_id == cycle
    )
    desk.say(errand, SupportersView(offices=offices, groups=groups), card)
    return "done"


async def ask_where(errand: Errand, office: str, given: str = "") -> Came:
    """Ask for which country an office's supporter is invited."""
    if not may_staff(errand):
        return "denied"
    desk.say(errand, asking(WhichSupported(office=office, given=given[:100]), f"support_where.{office}"))
    return "done"


def may_staff(errand: Errand) -> bool:
    """Whether somebody invites supporters; a denial is noted."""
    allowed = may(errand.actor, "invite_supporter", "")
    if not allowed:
        errand.note("invite_supporter", "", "supporters", "denied")
    return allowed
