"""What became of announcements: delivery, taking back, correcting, and who was told what."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from workflows.languages import Text
from workflows.notices import Line
from workflows.notices.steering import (
    AnnounceCorrect,
    AnnouncePicture,
    AnnounceProgress,
    AudienceView,
    CountryDelivery,
    ToldLine,
    ToldView,
)
from workflows.people.access import may
from workflows.people.audience import Audience, read, sessions_in
from workflows.reference import find_country
from workflows.reference.nearest import nearest_countries
from workflows.store.announcements import file_key, letter_key
from workflows.store.transaction import Work
from workflows.store.values_announcements import Announcement, RecipientState
from workflows.use_cases.cause import Errand
from workflows.use_cases.workshops.sessions import Came

NAMED = 60
"""So many of those who were not reached are named."""
EXCERPT = 80
TOLD = 25
"""So many announcements are listed for a country."""


async def enter(errand: Errand, announcement_id: int) -> Announcement | Came:
    """The announcement of that number in the officer's own cycle, or why there is none for this person."""
    if not may(errand.actor, "announce", ""):
        errand.note("announce", errand.actor.country, "announcement", "denied")
        return "denied"
    found = await errand.work.announcements.get(announcement_id)
    return found if found is not None and found.cycle_id == errand.actor.cycle_id else "stale"


# --- the way ---------------------------------------------------------------------------------------------------------


async def audience_view(work: Work, cycle_id: str, audience: Audience, json_text: str) -> AudienceView:
    """An audience with the titles of its sessions."""
    named = sessions_in(audience)
    plan = await work.calendars.current(cycle_id) if named else None
    titles: dict[str, Text] = {}
    if plan is not None:
        titles = {each: plan.calendar.by_id[each].title for each in named if each in plan.calendar.by_id}
    return AudienceView(json_text=json_text, sessions=titles)


async def progress_of(work: Work, announcement: Announcement, *, detailed: bool = False) -> AnnounceProgress:
    """How far an announcement is, as its row has it."""
    counts = await work.announcements.counts(announcement.id)
    to_come = await work.announcements.to_come(announcement.id)
    by_country = [_delivery(country, states) for country, states in sorted(counts.items())]
    audience = read(announcement.audience)
    return AnnounceProgress(
        number=announcement.id,
        kind=announcement.kind,
        state=announcement.state if announcement.state in ("scheduled", "posting", "posted") else "withdrawn",
        audience=await audience_view(work, announcement.cycle_id, audience, announcement.audience),
        due_at=announcement.due_at.isoformat() if announcement.due_at else "",
        recipients=announcement.recipients,
        total=_sum(by_country),
        countries=tuple(by_country) if detailed else (),
        names=await _unreached(work, announcement.id) if detailed else (),
        next_at=to_come[0].isoformat() if to_come else "",
        last_at=to_come[1].isoformat() if to_come else "",
    )


def _delivery(country: str, states: Mapping[RecipientState, int]) -> CountryDelivery:
    def of(*names: RecipientState) -> int:
        return sum(states.get(name, 0) for name in names)

    return CountryDelivery(
        country=country,
        sent=of("sent"),
        waiting=of("planned", "posted"),
        unreachable=of("failed", "unreachable"),
        withdrawn=of("withdrawn"),
        spared=of("spared"),
    )


def _sum(parts: Sequence[CountryDelivery]) -> CountryDelivery:
    names = ("sent", "waiting", "unreachable", "withdrawn", "spared")
    return CountryDelivery(country="", **{name: sum(getattr(part, name) for part in parts) for name in names})


async def _unreached(work: Work, announcement_id: int) -> tuple[Line, ...]:
    missed = await work.announcements.recipients(announcement_id, "failed", "unreachable")
    people = await work.people.by_ids([each.person_id for each in missed[:NAMED]])
    return tuple(
        Line(id=each.country, text=people[each.person_id].name, detail=each.reason)
        for each in missed[:NAMED]
        if each.person_id in people
    )


async def show_progress(errand: Errand, announcement_id: int, card: int, *, detailed: bool) -> Came:
    """Show how far an announcement is; the letters that have gone out since are counted first."""
    announcement = await enter(errand, announcement_id)
    if isinstance(announcement, str):
        return announcement
    if announcement.state in ("draft", "discarded"):
        return "stale"
    await errand.work.announcements.gather(announcement.id)
    view = await progress_of(errand.work, announcement, detailed=detailed)
    errand.say(view, "announcement", edits=card or None)
    return "done"


async def show_picture(errand: Errand, announcement_id: int) -> Came:
    """Show as a picture who has an announcement, country by country."""
    announcement = await enter(errand, announcement_id)
    if isinstance(announcement, str):
        return announcement
    if announcement.state in ("draft", "discarded", "scheduled"):
        return "stale"
    await errand.work.announcements.gather(announcement.id)
    view = await progress_of(errand.work, announcement, detailed=True)
    picture = AnnouncePicture(
        number=announcement.id,
        at=errand.cause.now.isoformat(),
        excerpt=excerpt(announcement, errand),
        recipients=view.recipients,
        total=view.total,
        countries=view.countries,
    )
    errand.say(picture, "picture")
    return "done"


async def take_back(errand: Errand, announcement_id: int, card: int) -> Came:
    """Withdraw whatever of an announcement has not gone out; "already" where nothing waits any more."""
    announcement = await enter(errand, announcement_id)
    if isinstance(announcement, str):
        return announcement
    work, now = errand.work, errand.cause.now
    await work.announcements.gather(announcement.id)
    is_waiting = announcement.state == "scheduled" or (await progress_of(work, announcement)).total.waiting
    if not is_waiting or not await work.announcements.move(
        announcement.id, ("scheduled", "posting", "posted"), "withdrawn"
    ):
        return "already"
    gone = await withdraw_letters(work, announcement, now)
    errand.note("announce", "", f"announcement/{announcement.id}", f"withdrawn {gone}")
    return await show_progress(errand, announcement_id, card, detailed=False)


async def withdraw_letters(work: Work, announcement: Announcement, now: datetime) -> int:
    """Take back what is planned or waits in the outbox; returns for how many people."""
    await work.announcements.gather(announcement.id)
    planned = await work.announcements.withdraw(announcement.id, now)
    keys = await work.outbox.take_back(letter_key(announcement.id), now)
    await work.outbox.take_back(file_key(announcement.id), now)
    people = [int(key.rpartition("/")[2]) for key in keys]
    await work.announcements.settle(announcement.id, "withdrawn", "", people, now)
    return planned + len(people)


async def ask_correction(errand: Errand, announcement_id: int) -> Came:
    """Ask whether a correction is to be written to those who have received an announcement."""
    announcement = await enter(errand, announcement_id)
    if isinstance(announcement, str):
        return announcement
    await errand.work.announcements.gather(announcement.id)
    got = await errand.work.announcements.recipients(announcement.id, "posted", "sent")
    if not got:
        return "stale"
    errand.say(AnnounceCorrect(number=announcement.id, people=len(got)), "correct")
    return "done"


# --- who was told what -----------------------------------------------------------------------------------------------


async def show_told(errand: Errand, words: str) -> Came:
    """Show what a country's people were told; without a country what anybody was."""
    if not may(errand.actor, "announce", ""):
        errand.note("announce", errand.actor.country, "told", "denied")
        return "denied"
    state = find_country(words) if words.strip() else None
    if words.strip() and state is None:
        errand.say(ToldView(given=words[:EXCERPT], suggestions=nearest_countries(words)), "told")
        return "done"
    country = state.code if state else ""
    errand.say(ToldView(country=country, lines=await _told(errand, country, 0)), "told")
    return "done"


async def show_told_to(errand: Errand, place_id: int) -> Came:
    """Show what the holder of a place was told."""
    if not may(errand.actor, "announce", ""):
        errand.note("announce", errand.actor.country, "told", "denied")
        return "denied"
    place = await errand.work.people.membership(place_id)
    if place is None or place.cycle_id != errand.actor.cycle_id:
        return "stale"
    person = await errand.work.people.by_id(place.person_id)
    lines = await _told(errand, "", place.person_id)
    errand.say(ToldView(country=place.country, name=person.name if person else "", lines=lines), "told")
    return "done"


async def _told(errand: Errand, country: str, person_id: int) -> tuple[ToldLine, ...]:
    work, cycle = errand.work, errand.actor.cycle_id
    told = await work.announcements.told(cycle, country=country, person_id=person_id)
    numbers = list(dict.fromkeys(each.announcement_id for each in told))[:TOLD]
    lines = []
    for number in numbers:
        announcement = await work.announcements.get(number)
        theirs = [each for each in told if each.announcement_id == number]
        if announcement is not None:
            lines.append(_told_line(announcement, [each.state for each in theirs], errand))
    return tuple(lines)


def _told_line(announcement: Announcement, states: Sequence[RecipientState], errand: Errand) -> ToldLine:
    return ToldLine(
        number=announcement.id,
        kind=announcement.kind,
        at=(announcement.due_at or announcement.at).isoformat(),
        excerpt=excerpt(announcement, errand),
        sent=sum(state == "sent" for state in states),
        meant=sum(state != "spared" for state in states),
        spared=sum(state == "spared" for state in states),
    )


def excerpt(announcement: Announcement, errand: Errand) -> str:
    """How an announcement begins, in the officer's language where it has a text in it."""
    texts = announcement.texts
    text = texts.get(errand.person.language) or texts.get(announcement.first, "")
    return " ".join(text.split())[:EXCERPT]
