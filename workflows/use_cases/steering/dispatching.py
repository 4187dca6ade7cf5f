"""When an announcement goes out: now, at a moment that is typed, or not at all; and a correction after it."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.typed.dates import read_when
from workflows.notices.steering import (
    AnnounceGone,
    AnnounceWhen,
)
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.steering.composing import LONGEST, SHOWN, longest_of, show_draft
from workflows.use_cases.steering.following import enter, progress_of
from workflows.use_cases.workshops.sessions import Came
from workflows.when import CAIRO, Exact, instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)
MORNING: Final = time(9)
"""The hour in Cairo from which a day without an hour begins."""


async def send(
    errand: Errand, number: int, card: int, *, at: datetime | None = None, decent: bool = True
) -> Came:
    """Let a draft go out, now or from a moment on (UTC): once, however often that is pressed."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.state != "draft":
        return "already" if draft.state != "discarded" else "stale"
    if draft.kind != "nudge" and not 0 < longest_of(draft) <= LONGEST:
        return await show_draft(errand, number, card, problem="" if draft.texts else "empty")
    now = errand.cause.now
    if not await errand.work.announcements.schedule(number, max(at or now, now), card, decent=decent):
        return "already"
    errand.note("announce", "", f"announcement/{number}", "scheduled" if at else "sent")
    sent = await errand.work.announcements.get(number)
    if sent is not None:
        errand.say(closing(await progress_of(errand.work, sent)), "announcement", edits=card)
    return "done"


async def ask_when(errand: Errand, number: int) -> Came:
    """Ask when a draft is to go out."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.state != "draft":
        return "stale"
    errand.say(asking(AnnounceWhen(number=number), f"announce_when.{number}"), "when")
    return "done"


async def take_when(errand: Errand, number: int, text: str) -> Came:
    """Read a day, with or without an hour of Cairo's; what it can mean is shown to be confirmed."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    now = errand.cause.now
    reading = read_when(text, now.astimezone(ZoneInfo(CAIRO)).date(), CAIRO)
    moments = [_moment(when) for when in reading.readings if isinstance(when, Exact)]
    ahead = sorted({at for at in moments if at > now})
    asked = AnnounceWhen(
        number=number,
        options=tuple(at.isoformat() for at in ahead),
        problem="" if ahead else "past" if moments else "no_time",
        given=text[:SHOWN],
    )
    errand.say(asking(asked, f"announce_when.{number}"), "when")
    return "done"


def _moment(when: Exact) -> datetime:
    """The moment that was typed; a day alone is its morning, and each country's own decent hour follows from there."""
    return when.begins() if when.starts else instant(when.first, MORNING, when.zone)


def from_minute(minutes: int) -> datetime:
    """The moment (UTC) that a button carries."""
    return _EPOCH + minutes * _MINUTE


# --- laying aside, correcting ----------------------------------------------------------------------------------------


async def discard(errand: Errand, number: int, card: int) -> Came:
    """Lay a draft aside for good."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if not await errand.work.announcements.move(number, ("draft",), "discarded"):
        return "already"
    errand.note("announce", "", f"announcement/{number}", "discarded")
    errand.say(closing(AnnounceGone()), "announcement", edits=card)
    return "done"


async def correct(errand: Errand, number: int, card: int) -> Came:
    """Begin a correction for those who have received an announcement."""
    wrong = await enter(errand, number)
    if isinstance(wrong, str):
        return wrong
    if wrong.state in ("draft", "discarded", "scheduled"):
        return "stale"
    begun = await errand.work.announcements.add(
        cycle_id=wrong.cycle_id,
        author_id=errand.person.id,
        audience=wrong.audience,
        first=errand.person.language,
        now=errand.cause.now,
        kind="correction",
        corrects=wrong.id,
    )
    errand.note("announce", "", f"announcement/{begun.id}", f"corrects {wrong.id}")
    return await show_draft(errand, begun.id, card)
