"""How many clearances a country asks for, and what its clearers decide about a frozen text."""

from workflows.notices.submission import (
    ClearAsk,
    ClearDone,
    ClearerLine,
    ClearingChanged,
    ClearingView,
    ClearReason,
    ClearSure,
    EditionNews,
    NewsCode,
)
from workflows.people.access import may
from workflows.people.roles import Membership
from workflows.review.passage import Move, Standing, may_set_steps, moved
from workflows.store.values_clearance import Edition, EditionAct
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    Came,
    Concerned,
    clearers,
    concerned,
    focal_points,
    found,
    hand_of,
    say,
    send_document,
    step_of,
    tell,
)

# --- how many ------------------------------------------------------------------------------------------------


async def show_clearing(errand: Errand, card: int | None = None) -> Came:
    """Show how many clearances the person's country asks for, and who gives them."""
    if not _may_set(errand):
        return "denied"
    await say(errand, await _view(errand), card)
    return "done"


async def set_steps(errand: Errand, steps: int, card: int | None = None) -> Came:
    """Let the country ask for so many clearances, as long as no text is on its way through them."""
    if not _may_set(errand):
        return "denied"
    work, cycle, country = errand.work, errand.actor.cycle_id, errand.actor.country
    newest = await work.clearance.newest(cycle, country)
    before = await work.clearance.steps(cycle, country)
    if may_set_steps(newest.state if newest else None) and steps != before:
        await work.clearance.set_steps(cycle, country, steps, errand.person.id, errand.cause.now)
        errand.note("set_clearing", country, "clearing", f"{steps} steps")
        for each in await concerned(errand, country):
            tell(errand, each, ClearingChanged(country=country, steps=steps))
    await say(errand, await _view(errand), card)
    return "done"


def _may_set(errand: Errand) -> bool:
    country = errand.actor.country
    if country and may(errand.actor, "set_clearing", country):
        return True
    errand.note("set_clearing", country, "clearing", "denied")
    return False


async def _view(errand: Errand) -> ClearingView:
    cycle, country = errand.actor.cycle_id, errand.actor.country
    newest = await errand.work.clearance.newest(cycle, country)
    people = await concerned(errand, country)
    return ClearingView(
        country=country,
        steps=await errand.work.clearance.steps(cycle, country),
        clearers=tuple(
            ClearerLine(name=person.name, step=step_of(place)) for person, place in people if step_of(place)
        ),
        fixed=not may_set_steps(newest.state if newest else None),
    )


# --- what a clearer decides ----------------------------------------------------------------------------------


async def ask_to_clear(errand: Errand, edition_id: int) -> Came:
    """Ask once more whether the text is cleared."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return "stale"
    await say(errand, ClearAsk(mark=mark_of(edition)))
    return "done"


async def clear(errand: Errand, edition_id: int, card: int | None = None) -> Came:
    """Clear a text: it goes to the next clearer, or is ready to be submitted."""
    edition = await _before(errand, edition_id)
    decided = await _decide(errand, edition, "clear") if edition else None
    if decided is None:
        return "stale"
    await say(errand, ClearDone(mark=mark_of(decided)), card)
    people = await concerned(errand, decided.country)
    following = clearers(people, decided.step) if decided.state == "in_clearance" else []
    _tell_focal_points(errand, people, _news(decided, following), decided)
    content = await errand.work.clearance.text(errand.actor, decided)
    for each in following:
        send_document(errand, each, decided, content)
    return "done"


def _news(decided: Edition, following: list[Concerned]) -> NewsCode:
    if decided.state == "cleared":
        return "cleared"
    return "cleared_first" if following else "second_missing"


async def ask_reason(errand: Errand, edition_id: int) -> Came:
    """Let the next text say what is to be changed; what was typed before and not confirmed is let go."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return "stale"
    begun = await _begun(errand, edition)
    if begun is not None:
        await errand.work.clearance.strike(begun.id)
    await say(errand, asking(ClearReason(mark=mark_of(edition)), f"clear_reason.{edition.id}"))
    return "done"


async def take_reason(errand: Errand, edition_id: int, text: str) -> Came:
    """Keep a reason until it is confirmed; what follows it is added to it. Nobody else reads it yet."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return "stale"
    begun = await _begun(errand, edition)
    if not any(letter.isalpha() for letter in text):
        again = ClearReason(mark=mark_of(edition), empty=True)
        await say(errand, asking(again, f"clear_reason.{edition.id}"))
        return "done"
    whole = f"{begun.reason}\n{text}" if begun is not None else text
    if begun is not None:
        await errand.work.clearance.rewrite(begun.id, whole)
    else:
        by, now = errand.person.id, errand.cause.now
        await errand.work.clearance.put_down(edition, "begin_reason", by, now, whole)
    sure = ClearSure(mark=mark_of(edition), reason=whole)
    await say(errand, asking(sure, f"clear_reason.{edition.id}"))
    return "done"


async def ask_changes(errand: Errand, edition_id: int) -> Came:
    """Ask for changes with the reason that was typed and is confirmed by this; the focal points read it."""
    edition = await _before(errand, edition_id)
    begun = await _begun(errand, edition) if edition else None
    if edition is None or begun is None:
        return "stale"
    decided = await _decide(errand, edition, "ask_changes", begun.reason)
    if decided is None:
        return "stale"
    await errand.work.clearance.strike(begun.id)
    await say(errand, closing(ClearDone(mark=mark_of(decided), reason=begun.reason)))
    people = await concerned(errand, decided.country)
    _tell_focal_points(errand, people, "changes_asked", decided, begun.reason)
    return "done"


async def _begun(errand: Errand, edition: Edition) -> EditionAct | None:
    """The reason that this clearer has typed and not confirmed yet."""
    acts = await errand.work.clearance.acts(edition.id)
    own = (act for act in acts if act.act == "begin_reason" and act.by == errand.person.id)
    return next(own, None)


async def tell_of_leaving(errand: Errand, place: Membership) -> None:
    """Tell a country's focal points that the place of somebody who was to clear a text has ended."""
    newest = await errand.work.clearance.newest(place.cycle_id, place.country)
    if newest is None or newest.state != "in_clearance" or step_of(place) < newest.step:
        return
    people = await concerned(errand, place.country)
    code: NewsCode = "clearer_left" if clearers(people, step_of(place)) else "clearer_missing"
    _tell_focal_points(errand, people, code, newest)


async def _before(errand: Errand, edition_id: int) -> Edition | None:
    """A text that waits for this clearer; None for any other."""
    edition = await found(errand, edition_id, "clear")
    if edition is None or isinstance(moved(edition.standing, "clear", hand_of(errand), 0), str):
        return None
    return edition


async def _decide(errand: Errand, edition: Edition, move: Move, reason: str = "") -> Edition | None:
    steps = await errand.work.clearance.steps(edition.cycle_id, edition.country)
    after = moved(edition.standing, move, hand_of(errand), steps)
    if not isinstance(after, Standing):
        return None
    by, now = errand.person.id, errand.cause.now
    decided = await errand.work.clearance.decide(edition, after.state, move, by, now, reason, step=after.step)
    if decided is not None:
        errand.note("clear", edition.country, f"edition/{edition.number}/{edition.step}", move)
    return decided


def _tell_focal_points(
    errand: Errand, people: list[Concerned], code: NewsCode, decided: Edition, reason: str = ""
) -> None:
    for each in focal_points(people):
        tell(errand, each, EditionNews(code=code, mark=mark_of(decided), reason=reason))
