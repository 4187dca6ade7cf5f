"""What a new file says otherwise than the calendar that stands, and how the one becomes the other without a gap."""

from datetime import datetime
from typing import Final, Literal

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.moving import move_between
from workflows.immutable import Immutable

_HISTORY: Final = ("sequence", "moves")


class Difference(Immutable):
    """One milestone that is new, gone or changed; `fields` name what changed in it."""

    milestone: str
    what: Literal["added", "removed", "changed"]
    fields: tuple[str, ...] = ()


def differences(before: Calendar, after: Calendar) -> tuple[Difference, ...]:
    """All differences in the order of the new calendar, what is gone last; a history makes no difference."""
    found = []
    for each in after.milestones:
        known = before.by_id.get(each.id)
        fields = _changed(known, each) if known else ()
        if known is None or fields:
            found.append(Difference(each.id, "changed" if known else "added", fields))
    gone = [each.id for each in before.milestones if each.id not in after.by_id]
    return (*found, *(Difference(name, "removed") for name in gone))


def continued(before: Calendar, after: Calendar, now: datetime) -> Calendar:
    """The new calendar with the history of the old one: what changed counts on, and remembers its old date.

    A file that says nothing of a country's extra time leaves it as it was granted. Another calendar, a rehearsal say,
    counts on, so that kept calendars are updated, but has a past of its own.
    """
    if after.id != before.id:
        return after.model_copy(
            update={"milestones": tuple(_counted_on(before, each) for each in after.milestones)}
        )
    milestones = tuple(
        _continued(before.by_id[each.id], each, now) if each.id in before.by_id else each
        for each in after.milestones
    )
    return after.model_copy(update={"milestones": milestones})


def _counted_on(before: Calendar, after: Milestone) -> Milestone:
    known = before.by_id.get(after.id)
    if known is None:
        return after
    least = known.sequence + bool(_changed(known, after))
    return after.model_copy(update={"sequence": max(least, after.sequence)})


def _continued(before: Milestone, after: Milestone, now: datetime) -> Milestone:
    extensions = after.extensions or before.extensions
    after = after.model_copy(update={"extensions": extensions})
    if after.sequence > before.sequence and after.moves[: len(before.moves)] == before.moves:
        return after
    history = {name: getattr(before, name) for name in _HISTORY}
    if _changed(before, after):
        history["sequence"] = max(before.sequence + 1, after.sequence)
        history["moves"] = (*before.moves, *move_between(before, after, now))
    return after.model_copy(update=history)


def _changed(before: Milestone, after: Milestone) -> tuple[str, ...]:
    fields = (name for name in Milestone.model_fields if name not in _HISTORY)
    return tuple(name for name in fields if getattr(before, name) != getattr(after, name))
