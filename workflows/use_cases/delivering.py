"""Letters that wait: which go out now, and what is said to those whom one may never have reached."""

from collections.abc import Callable, Sequence
from datetime import datetime

from workflows.notices import Explained
from workflows.store.transaction import Work
from workflows.store.values import Letter, Settlement
from workflows.use_cases.reminders.reminding import keep_timely


async def claim(
    work: Work,
    owner: str,
    now: datetime,
    limit: int,
    unwritten: Callable[[], Sequence[Settlement]] = tuple,
) -> list[Letter]:
    """Take due letters in hand for a process; `unwritten` is what became of letters that the table does not know yet.

    A letter is sent twice at most. Where even the second sending was cut off, the person hears once that Rafiq was
    away and how to go on, so that nobody waits for an answer that will not come. Late reminders stay here.
    """
    letters = await keep_timely(work, await work.outbox.claim(owner, now, limit, unwritten), now)
    for person_id in sorted(work.outbox.given_up):
        await say_away(work, person_id, f"given_up/{person_id}/{now.isoformat()}", now)
    return letters


async def say_away(
    work: Work, person_id: int, key: str, now: datetime, *, bulk: bool = False, for_days: bool = False
) -> None:
    """Tell somebody who can be reached that Rafiq was away, and how to go on; the same key is said once.

    `for_days` says that it was away for longer than Telegram keeps a text.
    """
    person = await work.people.by_id(person_id)
    if person is None or person.actor is None or person.reach != "open":
        return
    work.outbox.post(
        person,
        Explained(code="away_long" if for_days else "away", role=person.actor.role),
        key=key,
        now=now,
        cycle_id=person.actor.cycle_id,
        country=person.actor.country,
        bulk=bulk,
    )
