"""What each reader of an announcement gets: the text in their own language, or a nudge with their country's numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.cycle.reminders.ladder import zone_of
from workflows.cycle.reminders.policy_file import default_policy
from workflows.immutable import Immutable
from workflows.languages import Language, Text
from workflows.notices import SectionLine
from workflows.notices.steering import Announced, NudgeAbout, Nudged
from workflows.people.access import Act, may
from workflows.people.audience import (
    All,
    Attending,
    Audience,
    Progress,
    Section,
    parts_of,
)
from workflows.people.roles import Actor, Person
from workflows.review.progress import section_lines
from workflows.store.transaction import Work
from workflows.store.values_announcements import Announcement, Placed
from workflows.use_cases.reminders.readers import place_in

WEEK = timedelta(days=7)


def text_for(texts: Mapping[Language, str], first: Language, reader: Language) -> tuple[Language, str]:
    """The text that a reader of a language gets, with its language: their own, else the one given first."""
    language = reader if texts.get(reader) else first
    return language, texts.get(language, "")


class Letters(Immutable):
    """The letters of one announcement for the people in hand."""

    announcement: Announcement
    lines: Mapping[str, tuple[SectionLine, ...]]
    title: Text | None
    spared: frozenset[int]

    @classmethod
    async def of(
        cls, work: Work, announcement: Announcement, people: Sequence[Person], now: datetime
    ) -> "Letters":
        """What has to be known for these people at a moment (UTC)."""
        if announcement.kind != "nudge":
            return cls(announcement, {}, None, frozenset())
        countries = {place.country for person in people if (place := place_in(person, announcement.cycle_id))}
        _, _, session = announcement.about.partition(".")
        plan = await work.calendars.current(announcement.cycle_id)
        milestone = plan.calendar.by_id.get(session) if plan and session else None
        return cls(
            announcement,
            await lines_of(work, announcement.cycle_id, sorted(filter(None, countries))),
            milestone.title if milestone else None,
            frozenset(await _tired(work, announcement.cycle_id, people, now)),
        )

    def to(self, person: Person) -> Announced | Nudged | None:
        """The letter to a person; None where they have been written to enough."""
        it = self.announcement
        if it.kind != "nudge":
            language, text = text_for(it.texts, it.first, person.language)
            return Announced(text=text, language=language, corrects=it.kind == "correction")
        place = place_in(person, it.cycle_id)
        if place is None or person.id in self.spared or place.country not in self.lines:
            return None
        return nudge(it.about, place.country, self.lines[place.country], self.title)


async def lines_of(work: Work, cycle_id: str, countries: Sequence[str]) -> dict[str, tuple[SectionLine, ...]]:
    """How far each of these countries is, by section; nothing of what they wrote."""
    counting = Actor(0, "secretariat", "", cycle_id)
    drafts = await work.drafts.tally_all(counting, countries)
    return {country: section_lines(draft.review) for country, draft in drafts.items()}


# --- nudges ----------------------------------------------------------------------------------------------------------


def about_of(audience: Audience) -> str:
    """What a nudge to an audience would be about, as an announcement keeps it; "" where there is no ready text.

    Only a conjunction says something about everybody in it.
    """
    parts = audience.of if isinstance(audience, All) else (audience,)
    if any(part.kind == "any" for part in parts_of(audience)):
        return ""
    begun = [part.section for part in parts if isinstance(part, Section) and part.state in ("begun", "done")]
    waits = [
        part.section for part in parts if isinstance(part, Section) and part.state in ("not_begun", "open")
    ]
    if waits:
        return f"go_on.{'.'.join([waits[0], *begun[:1]])}"
    for part in parts:
        if isinstance(part, Progress) and part.state == "nothing_begun":
            return "begin"
        if isinstance(part, Attending) and part.how in ("absent", "not_registered"):
            return f"{'missed' if part.how == 'absent' else 'register'}.{part.session}"
    unfinished = [
        part for part in parts if isinstance(part, Progress) and part.state in ("some_open", "not_submitted")
    ]
    return "finish" if unfinished else ""


def nudge(about: str, country: str, lines: Sequence[SectionLine], title: Text | None) -> Nudged | None:
    """The nudge for a country that is so far; None where there is nothing left to say."""
    kind, _, rest = about.partition(".")
    left = sum(line.total - line.settled for line in lines)
    what: NudgeAbout
    match kind:
        case "begin" | "finish":
            what = "begin" if kind == "begin" else "finish"
            return Nudged(about=what, country=country, open=left) if left else None
        case "go_on":
            following, _, done = rest.partition(".")
            by_id = {line.id: line for line in lines}
            if following not in by_id:
                return None
            return Nudged(
                about="go_on", country=country, done=by_id.get(done), following=by_id[following], open=left
            )
        case "register" | "missed" if title is not None:
            what = "register" if kind == "register" else "missed"
            return Nudged(about=what, country=country, session=rest, title=title, open=left)
    return None


def is_nudged(about: str, placed: Placed) -> bool:
    """Whether a nudge says something to somebody in that place: a reader of these numbers, or who attends sessions."""
    kind = about.partition(".")[0]
    act: Act = "attend_session" if kind in ("register", "missed") else "count_draft"
    actor = Actor(placed.person_id, placed.role, placed.country, "")
    return bool(placed.country) and placed.role != "clearer" and may(actor, act, placed.country)


async def _tired(work: Work, cycle_id: str, people: Sequence[Person], now: datetime) -> set[int]:
    """Who paused reminders, was written to on this day of theirs, or as often this week as the policy allows."""
    ids = [person.id for person in people]
    reminded = await work.reminders.sent_since(ids, now - WEEK)
    nudged = await work.announcements.nudged_since(ids, now - WEEK)
    preferences = await work.preferences.of(ids)
    plan = await work.calendars.current(cycle_id)
    most = (plan.policy if plan else default_policy()).a_week
    tired = set()
    for person in people:
        place, letters = place_in(person, cycle_id), [*reminded[person.id], *nudged[person.id]]
        zone = ZoneInfo(zone_of(place.country if place else ""))
        today = any(each.astimezone(zone).date() == now.astimezone(zone).date() for each in letters)
        wish = preferences[person.id]
        snoozed = wish.snoozed_until is not None and wish.snoozed_until > now
        if today or len(letters) >= most or wish.paused or snoozed:
            tired.add(person.id)
    return tired
