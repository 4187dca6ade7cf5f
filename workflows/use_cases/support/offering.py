"""Offers of support, made in any session of the cycle, that a state can take up at any time."""

from msgspec.structs import replace

from workflows.notices.support import OffersView, OfferTaken, SupportOffer
from workflows.people.access import may
from workflows.store.values_calendar import Minute
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk
from workflows.use_cases.support.desk import Came


async def show(errand: Errand, page: int = 0, card: int | None = None) -> Came:
    """Show what is offered, each offer to be taken up by one press."""
    if not _may_take_up(errand, "offers"):
        return "denied"
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    offers: list[SupportOffer] = []
    for session in plan.calendar.milestones if plan else ():
        if session.registers:
            kept = await errand.work.minutes.of_session(errand.actor.cycle_id, session.id)
            offers += [
                SupportOffer(
                    id=each.id,
                    organization=each.owner,
                    text=each.text,
                    session=session.title,
                    taken=errand.actor.country in each.taken_by.split(),
                )
                for each in kept
                if each.kind == "offer"
            ]
    desk.say(errand, OffersView(offers=tuple(offers), page=page), card)
    return "done"


async def take_up(errand: Errand, minute_id: int, page: int, card: int) -> Came:
    """Take an offer up for one's country; the secretariat learns of it once."""
    if not _may_take_up(errand, f"offer/{minute_id}"):
        return "stale"
    minute = await errand.work.minutes.get(minute_id)
    if minute is None or minute.cycle_id != errand.actor.cycle_id or minute.kind != "offer":
        errand.note("attend_session", errand.actor.country, f"offer/{minute_id}", "unknown")
        return "stale"
    country, taken = errand.actor.country, minute.taken_by.split()
    if country not in taken:
        await _take_up(errand, minute)
    await show(errand, page, card)
    return "already" if country in taken else "done"


async def _take_up(errand: Errand, minute: Minute) -> None:
    country = errand.actor.country
    both = " ".join(sorted({*minute.taken_by.split(), country}))
    await errand.work.minutes.save(replace(minute, taken_by=both, state="taken_up"))
    errand.note("attend_session", country, f"offer/{minute.id}", "taken up")
    people = await errand.work.people.secretariat(errand.actor.cycle_id)
    desk.tell(errand, people, OfferTaken(country=country, organization=minute.owner, text=minute.text))


def _may_take_up(errand: Errand, thing: str) -> bool:
    allowed = may(errand.actor, "attend_session", errand.actor.country)
    if not allowed:
        errand.note("attend_session", errand.actor.country, thing, "denied")
    return allowed
