"""For whom an announcement is: audiences with a button, and sentences that are asked about where they are in doubt."""

from datetime import datetime
from typing import Final

from workflows.cycle.calendar import Calendar, Milestone, is_over
from workflows.cycle.sessions.workshops import by_kind, next_session, sessions_of
from workflows.notices import Line
from workflows.notices.steering import (
    AnnounceDoubt,
    AnnounceHome,
    CommonAudience,
)
from workflows.people.access import may
from workflows.people.audience import (
    EVERYBODY,
    FOCAL_POINTS,
    All,
    Attending,
    Audience,
    Progress,
    Roles,
    Section,
    read,
    written,
)
from workflows.reference.nearest import nearest_countries
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.steering.composing import SHOWN, show_draft
from workflows.use_cases.steering.following import audience_view, enter
from workflows.use_cases.steering.gathering import addressees, calendar_of
from workflows.use_cases.steering.letters import about_of
from workflows.use_cases.steering.sentences import read_audience
from workflows.use_cases.workshops.sessions import Came

RECENT: Final = 5
"""So many earlier announcements, and words that were not understood, are named."""
_DOUBT: Final = "announce/doubt"


def _denied(errand: Errand) -> bool:
    if may(errand.actor, "announce", ""):
        return False
    errand.note("announce", errand.actor.country, "announcement", "denied")
    return True


async def _sections(errand: Errand) -> tuple[str, ...]:
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    return tuple(section.id for section in cycle.template.sections) if cycle else ()


async def show_home(errand: Errand, draft: int = 0) -> Came:
    """Ask for whom an announcement is to be, or for whom else a draft is."""
    if _denied(errand):
        return "denied"
    await _ask_whom(errand, draft)
    return "done"


async def _ask_whom(errand: Errand, draft: int, given: str = "", unknown: tuple[str, ...] = ()) -> None:
    calendar = await calendar_of(errand.work, errand.actor.cycle_id)
    now = errand.cause.now
    ahead = next_session(calendar, now) if calendar else None
    last = _last_session(calendar, now)
    home = AnnounceHome(
        number=draft,
        next_session=ahead.title if ahead and not is_over(ahead.when, now) else None,
        last_session=last.title if last else None,
        recent=await _recent(errand) if not draft else (),
        problem="unclear_audience" if given else "",
        given=given[:SHOWN],
        unknown=unknown[:RECENT],
        suggestions=_suggestions(unknown),
    )
    errand.say(asking(home, f"announce_whom.{draft}"), "announce")


def _last_session(calendar: Calendar | None, now: datetime) -> Milestone | None:
    ended = [each for each in sessions_of(calendar) if is_over(each.when, now)] if calendar else []
    return ended[-1] if ended else None


async def _recent(errand: Errand) -> tuple[Line, ...]:
    newest = await errand.work.announcements.newest(errand.actor.cycle_id, RECENT)
    lines = []
    for each in newest:
        text = each.texts.get(errand.person.language) or each.texts.get(each.first, "")
        at = (each.due_at or each.at).isoformat()
        lines.append(Line(id=str(each.id), text=" ".join(text.split())[:SHOWN], detail=at))
    return tuple(lines)


def _suggestions(unknown: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for word in unknown[:RECENT] for code in nearest_countries(word, 1)))


async def choose(errand: Errand, key: CommonAudience, draft: int, card: int) -> Came:
    """Address one of the audiences that have a button; a new draft begins where there is none yet."""
    if _denied(errand):
        return "denied"
    audience = await _common(errand, key)
    return "stale" if audience is None else await _address(errand, audience, draft, card)


async def _common(errand: Errand, key: CommonAudience) -> Audience | None:
    sections, calendar, now = (
        await _sections(errand),
        await calendar_of(errand.work, errand.actor.cycle_id),
        errand.cause.now,
    )
    ahead = next_session(calendar, now) if calendar else None
    last = _last_session(calendar, now)
    known: dict[str, Audience] = {
        "focal_points": FOCAL_POINTS,
        "states": Roles(roles=("focal_point", "contributor", "clearer")),
        "everybody": EVERYBODY,
        "secretariat": Roles(roles=("secretariat",)),
        "nothing_begun": All(of=(FOCAL_POINTS, Progress(state="nothing_begun"))),
        "not_submitted": All(of=(FOCAL_POINTS, Progress(state="not_submitted"))),
    }
    if len(sections) > 1:
        begun, waits = (
            Section(section=sections[0], state="begun"),
            Section(section=sections[1], state="not_begun"),
        )
        known["begun_first"] = All(of=(FOCAL_POINTS, begun, waits))
    if ahead is not None:
        known["registered"] = Attending(session=ahead.id, how="registered")
        known["not_registered"] = All(of=(FOCAL_POINTS, Attending(session=ahead.id, how="not_registered")))
    if last is not None:
        known["missed"] = Attending(session=last.id, how="absent")
    return known.get(key)


async def take_whom(errand: Errand, draft: int, text: str) -> Came:
    """Take a sentence about people; where it is in doubt, what was read is shown and asked about."""
    if _denied(errand):
        return "denied"
    calendar = await calendar_of(errand.work, errand.actor.cycle_id)
    known = sessions_of(calendar) if calendar else ()
    sessions, events = tuple(each.id for each in known), by_kind(known)
    ahead = next_session(calendar, errand.cause.now) if calendar else None
    found = read_audience(text, await _sections(errand), sessions, ahead.id if ahead else "", events)
    if found.audience is None:
        await _ask_whom(errand, draft, text, found.unknown)
        return "done"
    if found.sure and not found.unknown:
        return await _address(errand, found.audience, draft, None)
    people = await addressees(errand.work, errand.actor.cycle_id, found.audience, errand.cause.now)
    doubt = AnnounceDoubt(
        number=errand.cause.update_id,
        draft=draft,
        audience=await audience_view(
            errand.work, errand.actor.cycle_id, found.audience, written(found.audience)
        ),
        people=len(people.people),
        unknown=found.unknown[:RECENT],
        suggestions=_suggestions(found.unknown),
        given=text[:SHOWN],
    )
    errand.say(asking(doubt, f"announce_whom.{draft}"), _DOUBT)
    return "done"


async def accept_doubt(errand: Errand, number: int, card: int) -> Came:
    """Address those whom a sentence in doubt was read as."""
    if _denied(errand):
        return "denied"
    doubt = await errand.work.outbox.said(errand.person.id, f"{number}:{_DOUBT}")
    if not isinstance(doubt, AnnounceDoubt):
        return "stale"
    return await _address(errand, read(doubt.audience.json_text), doubt.draft, card)


async def _address(errand: Errand, audience: Audience, draft: int, card: int | None) -> Came:
    work = errand.work
    if not draft:
        begun = await work.announcements.add(
            cycle_id=errand.actor.cycle_id,
            author_id=errand.person.id,
            audience=written(audience),
            first=errand.person.language,
            now=errand.cause.now,
        )
        errand.note("announce", "", f"announcement/{begun.id}", "begun")
        return await show_draft(errand, begun.id, card)
    found = await enter(errand, draft)
    if isinstance(found, str):
        return found
    if not await work.announcements.set_audience(draft, written(audience)):
        return "stale"
    if found.kind == "nudge":
        about = about_of(audience)
        await work.announcements.set_kind(draft, "nudge" if about else "announcement", about)
    return await show_draft(errand, draft, card)
