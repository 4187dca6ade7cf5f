"""What a country's clearers decide about a frozen text that waits for them."""

from workflows.notices.clearing import ClearAsk, ClearDone, ClearGone, ClearLater, ClearReason, ClearSure
from workflows.notices.submission import EditionNews, NewsCode
from workflows.people.roles import Membership
from workflows.review.passage import Move, Standing, moved
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.submission import reasons
from workflows.use_cases.submission.differing import since_the_last
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    NOTHING_BEFORE,
    Came,
    Concerned,
    asks,
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


async def ask_to_clear(errand: Errand, edition_id: int) -> Came:
    """Ask once more whether the text is cleared."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id)
    await say(errand, ClearAsk(mark=mark_of(edition)))
    return "done"


async def clear(errand: Errand, edition_id: int, card: int | None = None) -> Came:
    """Clear a text: it goes to the next clearer, or is ready to be submitted."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id)
    decided = await _decide(errand, edition, "clear")
    if decided is None:
        return "stale"
    await say(errand, ClearDone(mark=mark_of(decided)), card)
    people = await concerned(errand, decided.country)
    following = clearers(people, decided.step) if decided.state == "in_clearance" else []
    _tell_focal_points(errand, people, _news(decided, following), decided)
    content = await errand.work.clearance.text(errand.actor, decided)
    since = await since_the_last(errand, decided, decided.step) if following else NOTHING_BEFORE
    for each in following:
        send_document(errand, each, decided, content, since)
    return "done"


def _news(decided: Edition, following: list[Concerned]) -> NewsCode:
    if decided.state == "cleared":
        return "cleared"
    return "cleared_first" if following else "second_missing"


async def ask_reason(errand: Errand, edition_id: int) -> Came:
    """Let the next text say what is to be changed; what was typed before and not confirmed is let go."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id)
    await reasons.let_go(errand, edition, "begin_reason")
    await say(errand, asking(ClearReason(mark=mark_of(edition)), f"clear_reason.{edition.id}"))
    return "done"


async def leave_undecided(errand: Errand, edition_id: int, card: int) -> Came:
    """Nothing is decided now: what was typed and not confirmed is let go, and the text waits as it did."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id)
    await reasons.let_go(errand, edition, "begin_reason")
    await say(errand, closing(ClearLater(mark=mark_of(edition))), card)
    return "done"


async def take_reason(errand: Errand, edition_id: int, text: str) -> Came:
    """Keep a reason until it is confirmed; what follows it is added to it. Nobody else reads it yet."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id, text)
    whole = await reasons.keep(errand, edition, "begin_reason", text)
    mark, asked = mark_of(edition), f"clear_reason.{edition.id}"
    sure = ClearSure(mark=mark, reason=whole) if whole else ClearReason(mark=mark, empty=True)
    await say(errand, asking(sure, asked))
    return "done"


async def ask_changes(errand: Errand, edition_id: int) -> Came:
    """Ask for changes with the reason that was typed and is confirmed by this; the focal points read it."""
    edition = await _before(errand, edition_id)
    if edition is None:
        return await _gone(errand, edition_id)
    begun = await reasons.begun(errand, edition, "begin_reason")
    if begun is None:
        return "stale"
    decided = await _decide(errand, edition, "ask_changes", begun.reason)
    if decided is None:
        return "stale"
    await errand.work.clearance.strike(begun.id)
    await say(errand, closing(ClearDone(mark=mark_of(decided), reason=begun.reason)))
    people = await concerned(errand, decided.country)
    _tell_focal_points(errand, people, "changes_asked", decided, begun.reason)
    return "done"


async def tell_of_leaving(errand: Errand, place: Membership) -> None:
    """Tell a country's focal points that the place of somebody who was to clear a text has ended."""
    newest = await errand.work.clearance.newest(place.cycle_id, place.country)
    if newest is None or newest.state != "in_clearance" or step_of(place) < newest.step:
        return
    people = await concerned(errand, place.country)
    code: NewsCode = "clearer_left" if clearers(people, step_of(place)) else "clearer_missing"
    _tell_focal_points(errand, people, code, newest)


async def _gone(errand: Errand, edition_id: int, text: str = "") -> Came:
    """Say to a clearer that a text which had come to them was taken back, what waits instead and what changed."""
    edition = await errand.work.clearance.edition(edition_id)
    place = errand.person.membership
    if (
        edition is None
        or place is None
        or edition.state != "withdrawn"
        or not 0 < step_of(place) <= edition.step
    ):
        return "stale"
    if (edition.cycle_id, edition.country) != (errand.actor.cycle_id, errand.actor.country):
        return "stale"
    newest = await errand.work.clearance.newest(edition.cycle_id, edition.country)
    notice = ClearGone(mark=mark_of(edition), text=text)
    if newest is not None and asks(place, newest):
        changed = await errand.work.clearance.changed(errand.actor, edition, newest)
        notice = notice.model_copy(update={"present": mark_of(newest), "changed": changed})
    await say(errand, notice)
    return "done"


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
        errand.note("clear", edition.country, f"{edition.thing}/{edition.step}", move)
    return decided


def _tell_focal_points(
    errand: Errand, people: list[Concerned], code: NewsCode, decided: Edition, reason: str = ""
) -> None:
    for each in focal_points(people):
        tell(errand, each, EditionNews(code=code, mark=mark_of(decided), reason=reason))
