"""Announcements on their way: people are gathered, posted some at a time, and the author is shown how far it is.

Everything that is done stands in the rows, so that a process that dies is followed by one that goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from workflows.notices import Notice, TemplateFile
from workflows.people.audience import read
from workflows.people.roles import Person
from workflows.store.announcements import file_key, letter_key
from workflows.store.transaction import Work
from workflows.store.values_announcements import WITH_TEMPLATE, Announcement, Placed, Recipient
from workflows.use_cases.reminders.readers import place_in
from workflows.use_cases.steering.following import progress_of
from workflows.use_cases.steering.gathering import Moments, addressees
from workflows.use_cases.steering.letters import Letters, is_nudged

SLICE: Final = 200
"""How many people one transaction posts: some hundredths of a second, so that nobody who writes has to wait."""
SHOWN_EVERY: Final = timedelta(seconds=4)
"""The author's card is not drawn more often than this."""


async def has_work(work: Work, now: datetime) -> bool:
    """Whether anything is on its way at a moment (UTC)."""
    return any(_is_under_way(each, now) for each in await work.announcements.on_their_way())


async def step(work: Work, now: datetime) -> bool:
    """Do the next short piece of what is to be done at a moment (UTC); False where nothing waits to be posted."""
    for announcement in await work.announcements.on_their_way():
        if announcement.state == "scheduled" and _is_under_way(announcement, now):
            await _begin(work, announcement, now)
            return True
        if announcement.state == "posting" and await _post_some(work, announcement, now):
            return True
    return False


async def follow(work: Work, now: datetime) -> None:
    """Note what became of the letters, and show it to the authors."""
    for announcement in await work.announcements.on_their_way():
        if announcement.state != "scheduled":
            await work.announcements.gather(announcement.id)
            await _show(work, announcement, now)


def _is_under_way(announcement: Announcement, now: datetime) -> bool:
    if announcement.state != "scheduled":
        return True
    return announcement.due_at is not None and announcement.due_at <= now


# --- to whom ---------------------------------------------------------------------------------------------------------


async def _begin(work: Work, announcement: Announcement, now: datetime) -> None:
    """Write down who gets it and when: from here on nobody is added and nobody is left out."""
    moments = await Moments.of(work, announcement.cycle_id, now, decent=announcement.decent)
    recipients = [
        Recipient(announcement.id, each.person_id, each.country, moments.at(each.country))
        for each in await people_of(work, announcement, now)
    ]
    await work.announcements.begin(announcement.id, recipients)


async def people_of(work: Work, announcement: Announcement, now: datetime) -> Sequence[Placed]:
    """Whom an announcement is for at a moment (UTC): its audience, or for a correction who got what it corrects."""
    if announcement.corrects is None:
        spared = [announcement.author_id] if announcement.author_id else []
        found = await addressees(work, announcement.cycle_id, read(announcement.audience), now, spared)
        everybody = (*found.people, *found.unreachable)
        if announcement.kind != "nudge":
            return everybody
        return [each for each in everybody if is_nudged(announcement.about, each)]
    got = await work.announcements.recipients(announcement.corrects, "posted", "sent")
    receivers = {each.person_id for each in got}
    return [
        each for each in await work.announcements.placed(announcement.cycle_id) if each.person_id in receivers
    ]


# --- posting ---------------------------------------------------------------------------------------------------------


async def _post_some(work: Work, announcement: Announcement, now: datetime) -> bool:
    """Post to some of those whose time has come; False where there is none of them."""
    some = await work.announcements.due(announcement.id, now, SLICE)
    if not some:
        if await work.announcements.to_come(announcement.id) is None:
            await work.announcements.move(announcement.id, ("posting",), "posted")
        return False
    people = await work.people.by_ids([each.person_id for each in some])
    letters = await Letters.of(work, announcement, list(people.values()), now)
    posted, missed, spared = [], [], []
    for each in some:
        person = people.get(each.person_id)
        if person is None or not _can_be_told(person, announcement):
            missed.append(each.person_id)
        elif (letter := letters.to(person)) is None:
            spared.append(each.person_id)
        else:
            _post(work, announcement, each, person, now, letter)
            posted.append(each.person_id)
    await work.announcements.settle(announcement.id, "posted", "", posted, now)
    await work.announcements.settle(announcement.id, "unreachable", "unreachable", missed, now)
    await work.announcements.settle(announcement.id, "spared", "enough", spared, now)
    return True


def _post(
    work: Work, announcement: Announcement, to: Recipient, person: Person, now: datetime, letter: Notice
) -> None:
    """The letter, and behind it what goes along: the same file for all who read one language in one country."""
    said = {letter_key(announcement.id, person.id): letter}
    if announcement.about == WITH_TEMPLATE:
        at = (announcement.due_at or announcement.at).isoformat()
        file = TemplateFile(speech=person.language, cycle=announcement.cycle_id, at=at)
        said[file_key(announcement.id, person.id)] = file
    for key, notice in said.items():
        work.outbox.post(
            person, notice, key=key, now=now, cycle_id=announcement.cycle_id, country=to.country, bulk=True
        )


def _can_be_told(person: Person, announcement: Announcement) -> bool:
    place = place_in(person, announcement.cycle_id)
    return person.telegram_id is not None and person.reach == "open" and place is not None


# --- showing ---------------------------------------------------------------------------------------------------------


async def _show(work: Work, announcement: Announcement, now: datetime) -> None:
    """Draw the author's card anew, not too often, and once more when nothing is on its way any more."""
    view = await progress_of(work, announcement)
    is_over = announcement.state != "posting" and not view.total.waiting
    if not is_over and announcement.told_at is not None and now - announcement.told_at < SHOWN_EVERY:
        return
    author = await work.people.by_id(announcement.author_id) if announcement.author_id else None
    if author is not None and author.actor is not None and announcement.card is not None:
        work.outbox.post(
            author,
            view,
            key=f"announcement/card/{announcement.id}/{now.isoformat()}",
            now=now,
            cycle_id=announcement.cycle_id,
            edits=announcement.card,
        )
    await work.announcements.note_told(announcement.id, now)
    if is_over:
        await work.announcements.finish(announcement.id, now)
