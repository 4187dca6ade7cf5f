"""The words of an announcement: one text or up to three, shown as every reader will see them, or a ready one."""

from collections import Counter
from datetime import datetime
from typing import Final, Literal

from workflows.languages import LANGUAGES, Language
from workflows.notices.steering import (
    AnnounceDraft,
    ComposeProblem,
    Headcount,
    Nudged,
)
from workflows.people.audience import (
    read,
)
from workflows.spelling import plain
from workflows.store.values_announcements import Announcement
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.steering.following import audience_view, enter, progress_of
from workflows.use_cases.steering.gathering import Addressees, Moments, addressees, calendar_of
from workflows.use_cases.steering.letters import about_of, is_nudged, lines_of, nudge
from workflows.use_cases.workshops.sessions import Came

LONGEST: Final = 3_000
"""A text in UTF-16 units: with its heading it fits into one message."""
SHOWN: Final = 300
_SAMPLE: Final = "JO"


async def show_draft(
    errand: Errand,
    number: int,
    card: int | None = None,
    asks: Language | None = None,
    problem: ComposeProblem = "",
    given: str = "",
) -> Came:
    """Show a draft as its readers will see it; what is typed after it is its text."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.state != "draft":
        return await _show_as_it_is(errand, draft, card)
    asks = asks or _next_language(draft, errand.person.language)
    view = await _draft_view(errand, draft, asks)
    view = view.model_copy(update={"problem": problem, "given": given[:SHOWN], "length": _units(given)})
    said = closing(view) if draft.kind == "nudge" else asking(view, f"announce_text.{number}.{asks}")
    errand.say(said, "announce", edits=card)
    return "done"


async def _show_as_it_is(errand: Errand, sent: Announcement, card: int | None) -> Came:
    if sent.state == "discarded":
        return "stale"
    errand.say(await progress_of(errand.work, sent), "announcement", edits=card)
    return "done"


def _next_language(draft: Announcement, own: Language) -> Language:
    """The officer's own language first, then whichever has no text yet."""
    return next((each for each in (own, *LANGUAGES) if each not in draft.texts), own)


async def _draft_view(errand: Errand, draft: Announcement, asks: Language) -> AnnounceDraft:
    work, cycle, now = errand.work, draft.cycle_id, errand.cause.now
    audience = read(draft.audience)
    found = await _meant(errand, draft)
    about = about_of(audience)
    offered = about.partition(".")[0] if draft.kind != "correction" else ""
    moments = await Moments.of(work, cycle, now, decent=True)
    return AnnounceDraft.model_validate(
        {
            "number": draft.id,
            "kind": draft.kind,
            "audience": await audience_view(work, cycle, audience, draft.audience),
            "asks": asks,
            "headcount": _headcount(found, moments, now),
            "texts": dict(draft.texts),
            "first": draft.first,
            "sample": await _sample(errand, draft, found) if draft.kind == "nudge" else None,
            "nudge": offered or None,
        }
    )


async def _meant(errand: Errand, draft: Announcement) -> Addressees:
    """Whom a draft would reach now."""
    work, cycle, now = errand.work, draft.cycle_id, errand.cause.now
    if draft.corrects is None:
        found = await addressees(work, cycle, read(draft.audience), now, [errand.person.id])
        if draft.kind != "nudge":
            return found
        reached = tuple(each for each in found.people if is_nudged(draft.about, each))
        return Addressees(
            reached, tuple(e for e in found.unreachable if is_nudged(draft.about, e)), found.nobody
        )
    got = await work.announcements.recipients(draft.corrects, "posted", "sent")
    receivers = {each.person_id for each in got}
    placed = [each for each in await work.announcements.placed(cycle) if each.person_id in receivers]
    reached = tuple(each for each in placed if each.reach == "open")
    return Addressees(reached, tuple(each for each in placed if each.reach != "open"), ())


def _headcount(found: Addressees, moments: Moments, now: datetime) -> Headcount:
    waits = [moments.at(each.country) for each in found.people]
    last = max(waits, default=now)
    return Headcount(
        people=len(found.people),
        languages=dict(Counter(each.language for each in found.people)),
        roles=dict(Counter(each.role for each in found.people)),
        countries=dict(Counter(each.country for each in found.people if each.country)),
        unreachable=len(found.unreachable),
        nobody=found.nobody,
        at_once=sum(at <= now for at in waits),
        last_at=last.isoformat() if last > now else "",
    )


async def _sample(errand: Errand, draft: Announcement, found: Addressees) -> Nudged | None:
    """The nudge as somebody of the first country in it gets it."""
    country = next((each.country for each in found.people if each.country), _SAMPLE)
    lines = await lines_of(errand.work, draft.cycle_id, [country])
    session = draft.about.partition(".")[2]
    calendar = await calendar_of(errand.work, errand.actor.cycle_id)
    milestone = calendar.by_id.get(session) if calendar and session else None
    return nudge(draft.about, country, lines[country], milestone.title if milestone else None)


async def take_text(errand: Errand, number: int, asked: Language, text: str) -> Came:
    """Keep what was typed as the text in a language: in that of its script where it was asked for another one."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    words = text.strip()
    if draft.state != "draft":
        return "stale"
    if not words or _units(words) > LONGEST:
        problem: ComposeProblem = "too_long" if words else "empty"
        return await show_draft(errand, number, asks=asked, problem=problem, given=words)
    language = language_of(words, asked)
    if not await errand.work.announcements.set_text(number, language, words, first=not draft.texts):
        return "stale"
    if draft.kind == "nudge":
        await errand.work.announcements.set_kind(number, "announcement", "")
    return await show_draft(errand, number)


_FRENCH: Final = frozenset(
    {"le", "la", "les", "des", "du", "une", "est", "et", "pour", "vous", "votre", "nous", "de"}
)
_ENGLISH: Final = frozenset(
    {"the", "is", "and", "for", "you", "your", "we", "of", "to", "please", "will", "be"}
)


def language_of(text: str, asked: Language) -> Language:
    """The language that was asked for, unless the script is another one's: Arabic by its letters, else by its words."""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    if arabic > latin:
        return "ar"
    if asked != "ar" or not latin:
        return asked
    words = set(plain(text).split())
    return "fr" if len(words & _FRENCH) > len(words & _ENGLISH) else "en"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


async def drop_text(errand: Errand, number: int, language: Language, card: int) -> Came:
    """Take the text of one language out of a draft; another one is then given first."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if not await errand.work.announcements.set_text(number, language, "", first=False):
        return "stale"
    left = next((each for each in LANGUAGES if each != language and draft.texts.get(each)), None)
    if draft.first == language and left is not None:
        await errand.work.announcements.set_text(number, left, draft.texts[left], first=True)
    return await show_draft(errand, number, card, language)


async def use_nudge(errand: Errand, number: int, card: int, *, ready: bool) -> Came:
    """Let a draft be the ready word for its audience, or a text of one's own again."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    about = about_of(read(draft.audience)) if ready and draft.corrects is None else ""
    if ready and not about:
        return "stale"
    kind: Literal["nudge", "announcement"] = "nudge" if ready else "announcement"
    if not await errand.work.announcements.set_kind(number, kind, about):
        return "stale"
    return await show_draft(errand, number, card)
