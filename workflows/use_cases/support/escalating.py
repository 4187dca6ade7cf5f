"""Silence: a request not answered for two working days passes to the next office, in the end to the secretariat."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle.days.working_days import habits, is_working_day, working_days_between
from workflows.cycle.reminders.ladder import zone_of
from workflows.notices.support import DeskGone, RequestMoved
from workflows.people.requests import WAITING, is_silent, routes
from workflows.people.roles import Office
from workflows.store.transaction import Work
from workflows.store.values_support import SupportRequest
from workflows.use_cases.support import desk, office

_HABITS: Final = habits()
OPENS, CLOSES = time(8), time(18)
"""Between these hours of the asker's day a request passes on: at night nobody is told of anything."""


async def escalate(work: Work, now: datetime) -> int:
    """Pass on what has waited too long at `now` (UTC); returns how many requests that was."""
    moved = 0
    for cycle in await work.cycles.all():
        for seen in await work.support.unsettled(cycle.id):
            request = await work.support.hold(seen.id) if _has_waited(seen, now) else None
            if request is not None and _has_waited(request, now):
                await _pass_on(work, request, now)
                moved += 1
    return moved


def _has_waited(request: SupportRequest, now: datetime) -> bool:
    """Whether the office was silent for too many working days of the asker's country, and this is a decent moment."""
    zone, country = ZoneInfo(zone_of(request.country)), request.country
    since, local = request.awaited_since.astimezone(zone), now.astimezone(zone)
    days = working_days_between(_HABITS, country, since.date(), local.date())
    decent = is_working_day(_HABITS, country, local.date()) and OPENS <= local.time() < CLOSES
    return request.state in WAITING and decent and is_silent(days)


async def _pass_on(work: Work, request: SupportRequest, now: datetime) -> None:
    staffed = await desk.staff(work, request.cycle_id, request.country)
    former: Office = request.office or "secretariat"
    following = routes().after(request.kind or "other", request.country, former, staffed)
    if following is None:
        await _remind_secretariat(work, request, now)
        return
    changed = replace(request, state="open", office=following, holder_id=None, escalated_at=now)
    await work.support.save(changed)
    work.audit.note(
        now,
        None,
        "answer_support",
        request.country,
        f"request/{request.id}",
        f"passed after silence to {following}",
        cycle_id=request.cycle_id,
    )
    line, key = desk.line(changed, now), f"support/silent/{request.id}/{now:%Y%m%d}"
    news = await desk.card(work, changed, now, news="silent", former=former)
    for person in staffed.get(following, ()):
        desk.post(work, person, news, f"{key}/new/{person.id}", now, request.cycle_id)
    for person in staffed.get(former, ()):
        desk.post(
            work,
            person,
            DeskGone(request=line, silent=True),
            f"{key}/former/{person.id}",
            now,
            request.cycle_id,
        )
    await _tell_groups(work, changed, former, key, now)
    grouped = bool(await office.groups_of(work, changed, following, now))
    moved = RequestMoved(request=line, former=former, silent=True, grouped=grouped)
    for person in await desk.askers(work, changed):
        desk.post(work, person, moved, f"{key}/asker/{person.id}", now, request.cycle_id)


async def _remind_secretariat(work: Work, request: SupportRequest, now: datetime) -> None:
    """There is no office behind the secretariat: it hears of the request again, each time it has waited as long."""
    changed = replace(request, escalated_at=now)
    await work.support.save(changed)
    work.audit.note(
        now,
        None,
        "answer_support",
        request.country,
        f"request/{request.id}",
        "secretariat reminded after silence",
        cycle_id=request.cycle_id,
    )
    news = await desk.card(work, changed, now, news="silent", former="secretariat")
    staffed = await desk.staff(work, request.cycle_id, request.country)
    for person in staffed.get("secretariat", ()):
        key = f"support/silent/{request.id}/{now:%Y%m%d}/new/{person.id}"
        desk.post(work, person, news, key, now, request.cycle_id)
    await _tell_groups(work, changed, "secretariat", f"support/silent/{request.id}/{now:%Y%m%d}", now)


async def _tell_groups(work: Work, request: SupportRequest, former: Office, key: str, now: datetime) -> None:
    """The groups of the office that has the request now, and of the one that was silent."""

    def keyed(name: object) -> str:
        return f"{key}/{name}"

    await office.tell_groups(work, request, "silent", keyed, now, former=former)
    if former != request.office:
        await office.tell_groups(work, request, "gone", keyed, now, office=former)
