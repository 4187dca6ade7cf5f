"""The words of an announcement: one text or up to three, shown as every reader will see them, or a ready one."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, cast

from workflows.languages import LANGUAGES, Language
from workflows.notices import Explained
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
from workflows.use_cases import hearing
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard, asking, closing
from workflows.use_cases.joining import Made, corrected, joined, made_of, noted
from workflows.use_cases.steering.following import audience_view, enter, progress_of
from workflows.use_cases.steering.gathering import Addressees, Moments, addressees, calendar_of
from workflows.use_cases.steering.letters import Letters, about_of, is_nudged, lines_of, nudge
from workflows.use_cases.workshops.sessions import Came

LONGEST: Final = 3_900
"""A text in UTF-16 units: with its heading it fits into one message."""
SHOWN: Final = 300
_SAMPLE: Final = "JO"


async def show_draft(
    errand: Errand,
    number: int,
    card: int | None = None,
    asks: Language | None = None,
    problem: ComposeProblem = "",
    made: Mapping[Language, Made] | None = None,
) -> Came:
    """Show a draft as its readers will see it; what is typed after it is its text."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.state != "draft":
        return await _show_as_it_is(errand, draft, card)
    asks = asks or _next_language(draft, errand.person.language)
    view = await _draft_view(errand, draft, asks)
    length = longest_of(draft)
    problem = "too_long" if length > LONGEST and draft.kind != "nudge" else problem
    view = view.model_copy(update={"problem": problem, "length": length})
    made = await _made(errand, number) if made is None else made
    of = ";".join(f"{language}={noted(each)}" for language, each in made.items())
    said = closing(view) if draft.kind == "nudge" else asking(view, f"announce_text.{number}.{asks}.{of}")
    errand.say(said, "announce", edits=card)
    return "done"


async def _made(errand: Errand, number: int) -> dict[Language, Made]:
    """Of which messages the texts of a draft were made, as the newest card about it notes them."""
    abouts = [about.split(".", 2) for about, _ in await hearing.noted(errand, "announce_text")]
    of = next((about[2] for about in abouts if about[0] == str(number) and len(about) > len("ab")), "")
    known = dict(each.split("=", 1) for each in of.split(";") if "=" in each)
    return {language: made_of(known[language]) for language in LANGUAGES if language in known}


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
        return await _nudged(errand, draft, found)
    got = await work.announcements.recipients(draft.corrects, "posted", "sent")
    receivers = {each.person_id for each in got}
    placed = [each for each in await work.announcements.placed(cycle) if each.person_id in receivers]
    reached = tuple(each for each in placed if each.reach == "open")
    return Addressees(reached, tuple(each for each in placed if each.reach != "open"), ())


async def _nudged(errand: Errand, draft: Announcement, found: Addressees) -> Addressees:
    """Those of an audience to whom a ready word would go now: it says something to them, and the others have rest."""
    meant = [each for each in found.people if is_nudged(draft.about, each)]
    people = await errand.work.people.by_ids([each.person_id for each in meant])
    letters = await Letters.of(errand.work, draft, list(people.values()), errand.cause.now)
    reached = tuple(each for each in meant if letters.to(people[each.person_id]) is not None)
    unreachable = tuple(each for each in found.unreachable if is_nudged(draft.about, each))
    return Addressees(reached, unreachable, found.nobody, len(meant) - len(reached))


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
        spared=found.spared,
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


async def take_text(
    errand: Errand, number: int, asked: Language, heard: Heard, *, goes_on: bool = False
) -> Came:
    """Keep what was typed as the text in a language: in that of its script where it was asked for another one.

    It takes the place of an earlier one only where that language was asked for; what goes on is added, however long.
    """
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    words = heard.text.strip()
    if draft.state != "draft":
        return "stale"
    if not words:
        return await show_draft(errand, number, asks=asked, problem="empty")
    language = language_of(words, asked)
    before = draft.texts.get(language, "") if goes_on or language != asked else ""
    whole = f"{before}\n{words}" if before else words
    if not await errand.work.announcements.set_text(number, language, whole, first=not draft.texts):
        return "stale"
    if draft.kind == "nudge":
        await errand.work.announcements.set_kind(number, "announcement", "")
    made = await _made(errand, number)
    made[language] = joined(before, made.get(language, ()) if before else (), words, heard.message_id)
    return await show_draft(errand, number, made=made)


async def correct(errand: Errand, heard: Heard) -> bool:
    """Let the text of a draft follow the edit of one of its messages; False where there is none such."""
    words = heard.text.strip()
    for about, card in await hearing.noted(errand, "announce_text"):
        number, asks = int(about.split(".")[0]), about.split(".")[1]
        draft, made = await enter(errand, number), await _made(errand, number)
        if isinstance(draft, str) or draft.state != "draft":
            continue
        for language, known in made.items():
            changed = corrected(draft.texts.get(language, ""), known, words, heard.message_id)
            if changed is not None and words:
                await errand.work.announcements.set_text(number, language, changed[0], first=False)
                made[language] = changed[1]
                await show_draft(errand, number, card, cast("Language", asks), made=made)
                return True
    return False


async def why_late(errand: Errand, number: int) -> Explained:
    """What to say of a text that cannot be put into a draft any more: what became of the draft meanwhile."""
    draft = await enter(errand, number)
    if isinstance(draft, str) or draft.state == "draft":
        return Explained(code="late")
    return Explained(code="dropped_meanwhile" if draft.state == "discarded" else "sent_meanwhile")


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


def longest_of(draft: Announcement) -> int:
    """How long the longest of a draft's texts is, in UTF-16 units."""
    return max(map(_units, draft.texts.values()), default=0)


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
