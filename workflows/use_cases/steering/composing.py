"""The words of an announcement: one text or up to three, shown as every reader will see them, or a ready one."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

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
from workflows.review.parts import units
from workflows.store.values_announcements import WITH_TEMPLATE, Announcement
from workflows.use_cases import hearing
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard, asking, closing
from workflows.use_cases.made_of_messages import Made, corrected, joined, made_of, noted, paragraph, parted
from workflows.use_cases.steering.following import audience_view, enter, progress_of
from workflows.use_cases.steering.gathering import Addressees, Moments, addressees, calendar_of
from workflows.use_cases.steering.letters import Letters, about_of, is_nudged, lines_of, nudge
from workflows.use_cases.steering.wording import Writing, language_of, may_be_another
from workflows.use_cases.workshops.sessions import Came

LONGEST: Final = 3_900
"""A text in UTF-16 units: with its heading it fits into one message."""
SHOWN: Final = 300
_SAMPLE: Final = "JO"


async def show_draft(
    errand: Errand,
    number: int,
    card: int | None = None,
    asks: Writing | None = None,
    problem: ComposeProblem = "",
    made: Mapping[Language, Made] | None = None,
) -> Came:
    """Show a draft as its readers will see it; what is typed after it is its text, in the language that it asks for."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.state != "draft":
        return await _show_as_it_is(errand, draft, card)
    asks = asks or await _being_written(errand, draft)
    view = await _draft_view(errand, draft, asks)
    length = longest_of(draft)
    problem = "too_long" if length > LONGEST and draft.kind != "nudge" else problem
    view = view.model_copy(update={"problem": problem, "length": length})
    made = await _made(errand, number) if made is None else made
    about = asks.noted(f"{language}={noted(each)}" for language, each in made.items() if each)
    said = closing(view) if draft.kind == "nudge" else asking(view, f"announce_text.{number}.{about}")
    errand.say(said, "announce", edits=card)
    return "done"


async def open_text(
    errand: Errand, number: int, card: int, asks: Writing, made: Mapping[Language, Made] | None = None
) -> Came:
    """Ask for the text in a language, on the card that was pressed or, where others came after it, on a new one.

    What is typed belongs to the last card that was there: a card further up would be listened to no more.
    """
    cards = await errand.work.outbox.cards(errand.person.id)
    last = max((each.message_id or 0 for each in cards), default=0)
    return await show_draft(errand, number, card if card >= last else None, asks, made=made)


async def _noted(errand: Errand, number: int) -> str:
    """What the newest card about a draft notes; empty where there is none such."""
    for about, _ in await hearing.noted(errand, "announce_text"):
        of, _, rest = about.partition(".")
        if of == str(number):
            return rest
    return ""


async def _made(errand: Errand, number: int) -> dict[Language, Made]:
    """Of which messages the texts of a draft were made, as the newest card about it notes them."""
    _, _, of = (await _noted(errand, number)).partition(".")
    known = dict(each.split("=", 1) for each in of.split(";") if "=" in each)
    return {language: made_of(known[language]) for language in LANGUAGES if language in known}


async def _being_written(errand: Errand, draft: Announcement) -> Writing:
    """The text that the newest card asks for, else the one given first, else one in the officer's own language."""
    newest = await _noted(errand, draft.id)
    if newest:
        return Writing(Writing.read(newest).language)
    return Writing(draft.first if draft.texts else errand.person.language)


async def _show_as_it_is(errand: Errand, sent: Announcement, card: int | None) -> Came:
    if sent.state == "discarded":
        return "stale"
    errand.say(await progress_of(errand.work, sent), "announcement", edits=card)
    return "done"


async def _draft_view(errand: Errand, draft: Announcement, asks: Writing) -> AnnounceDraft:
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
            "asks": asks.language,
            "anew": asks.anew,
            "since": asks.since,
            "typed": asks.typed,
            "headcount": _headcount(found, moments, now),
            "texts": dict(draft.texts),
            "first": draft.first,
            "sample": await _sample(errand, draft, found) if draft.kind == "nudge" else None,
            "nudge": offered or None,
            "with_template": draft.about == WITH_TEMPLATE,
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
    errand: Errand, number: int, asked: Writing, heard: Heard, *, goes_on: bool = False
) -> Came:
    """Keep what was typed as part of the text that is being written, or of that in another language by its letters.

    It takes the place of an earlier one only where that was asked for; what goes on is added, however long.
    """
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    words = heard.text.strip()
    if draft.state != "draft":
        return "stale"
    if not words:
        return await show_draft(errand, number, asks=asked, problem="empty")
    found = language_of(words, asked.language, draft.texts)
    language = found or asked.language
    replaces = asked.anew and not goes_on and language == asked.language
    before = "" if replaces else draft.texts.get(language, "")
    made = await _made(errand, number)
    part = words if goes_on or not before else paragraph(words)
    known = made.get(language, ()) if before else ()
    whole, made[language] = _added(before, known, part, heard.message_id)
    if not await errand.work.announcements.set_text(number, language, whole, first=not draft.texts):
        return "stale"
    if draft.kind == "nudge":
        await errand.work.announcements.set_kind(number, "announcement", "")
    since = heard.message_id if found else asked.since if goes_on else 0
    begun = asked.typed if goes_on else 0
    typed = begun or (heard.message_id if may_be_another(words, language) else 0)
    return await show_draft(errand, number, asks=Writing(language, since=since, typed=typed), made=made)


def _added(text: str, made: Made, words: str, message: int) -> tuple[str, Made]:
    """A text with one more part, and the messages that it is made of."""
    return (f"{text}\n{words}" if text else words), joined(text, made, words, message)


async def move_text(
    errand: Errand, number: int, source: Language, target: Language, since: int, card: int
) -> Came:
    """Let what was typed from a message on, and taken into one language's text, be part of another one's."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    made = await _made(errand, number)
    cut = parted(draft.texts.get(source, ""), made.get(source, ()), since)
    if draft.state != "draft" or source == target or cut is None:
        return "stale"
    kept, made[source], moved = cut
    whole = draft.texts.get(target, "")
    known = made.get(target, ()) if whole else ()
    for at, (message, part) in enumerate(moved):
        words = part if at else part.lstrip("\n")
        whole, known = _added(whole, known, paragraph(words) if whole and not at else words, message)
    made[target] = known
    texts = errand.work.announcements
    await texts.set_text(number, source, kept, first=False)
    await texts.set_text(number, target, whole, first=draft.first == source and not kept)
    return await open_text(errand, number, card, Writing(target), made)


async def correct(errand: Errand, heard: Heard) -> bool:
    """Let the text of a draft follow the edit of one of its messages; False where there is none such."""
    words = heard.text.strip()
    for about, card in await hearing.noted(errand, "announce_text"):
        of, _, asks = about.partition(".")
        number = int(of)
        draft, made = await enter(errand, number), await _made(errand, number)
        if isinstance(draft, str) or draft.state != "draft":
            continue
        for language, known in made.items():
            changed = corrected(draft.texts.get(language, ""), known, words, heard.message_id)
            if changed is not None and words:
                await errand.work.announcements.set_text(number, language, changed[0], first=False)
                made[language] = changed[1]
                await show_draft(errand, number, card, Writing.read(asks), made=made)
                return True
    return False


async def why_late(errand: Errand, number: int) -> Explained:
    """What to say of a text that cannot be put into a draft any more: what became of the draft meanwhile."""
    draft = await enter(errand, number)
    if isinstance(draft, str) or draft.state == "draft":
        return Explained(code="late")
    return Explained(code="dropped_meanwhile" if draft.state == "discarded" else "sent_meanwhile")


def longest_of(draft: Announcement) -> int:
    """How long the longest of a draft's texts is, in UTF-16 units."""
    return max(map(units, draft.texts.values()), default=0)


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
    return await open_text(errand, number, card, Writing(language))


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


async def bring_template(errand: Errand, number: int, card: int, *, along: bool) -> Came:
    """Let the guiding template go to everybody with an announcement, each in their own language, or not."""
    draft = await enter(errand, number)
    if isinstance(draft, str):
        return draft
    if draft.kind != "announcement":
        return "stale"
    if not await errand.work.announcements.set_kind(number, "announcement", WITH_TEMPLATE if along else ""):
        return "stale"
    return await show_draft(errand, number, card)
