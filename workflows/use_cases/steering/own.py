"""A person's own part in announcements, for the file with their data: what they were told, and what they wrote."""

from collections.abc import Iterable

from workflows.store.transaction import Work
from workflows.store.values_announcements import Announcement


async def messages_received(work: Work, person_id: int, cycles: Iterable[str]) -> list[dict[str, object]]:
    """The announcements that were meant for a person, with what became of each; the newest of a cycle first."""
    found: list[dict[str, object]] = []
    for cycle in cycles:
        for each in await work.announcements.told(cycle, person_id=person_id):
            announcement = await work.announcements.get(each.announcement_id)
            if announcement is not None:
                became = {"state": each.state, "at": (each.settled_at or each.due_at).isoformat()}
                found.append({"cycle": cycle, **became, **_content(announcement)})
    return found


async def messages_written(work: Work, person_id: int) -> list[dict[str, object]]:
    """The announcements that a person wrote, drafts among them, the first one first."""
    return [
        {"cycle": each.cycle_id, "state": each.state, "at": each.at.isoformat(), **_content(each)}
        for each in await work.announcements.by_author(person_id)
    ]


def _content(announcement: Announcement) -> dict[str, object]:
    return {"kind": announcement.kind, "texts": dict(announcement.texts)}
