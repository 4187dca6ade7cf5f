"""Wishes in people's own words: where in the chat they are done; the sentence itself does nothing."""

from workflows.notices.ways import WayShown
from workflows.reference import ways
from workflows.review.naming import named_place
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.support import desk

_WRITERS = ("focal_point", "contributor")
"""Whom a place of the review can be opened to."""


async def way_of(errand: Errand, text: str, request: int = 0, *, known: bool = False) -> WayShown | None:
    """The way that fits a wish; `known`: an entry of the notes answers it too, and only the same words outdo that."""
    shown = await _way_of(errand, text, request, known=known)
    if shown is None or ways.can_be_done_by(errand.actor.role, shown.way):
        return shown
    return shown.model_copy(update={"others": True})


async def _way_of(errand: Errand, text: str, request: int, *, known: bool) -> WayShown | None:
    side: ways.Side = "secretariat" if errand.actor.role == "secretariat" else "state"
    if side == "state" and errand.actor.role not in _WRITERS:
        return None
    _, found = ways.find(text, side)
    if known:
        found = found if found is not None and ways.is_worded_so(text, found) else None
        return WayShown(way=found.id, request=request) if found else None
    place = await _place(errand, text) if side == "state" else ""
    if found is None:
        return WayShown(way="go_to", place=place, request=request) if place else None
    return WayShown(way=found.id, place=place if found.place else "", request=request)


async def show(errand: Errand, text: str) -> bool:
    """Answer a wish that was typed where nothing was asked; False where no way fits."""
    notice = await way_of(errand, text)
    if notice is not None:
        desk.say(errand, closing(notice))
    return notice is not None


async def _place(errand: Errand, text: str) -> str:
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    return named_place(cycle.template, text) if cycle else ""
