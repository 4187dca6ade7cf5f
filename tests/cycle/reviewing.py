"""A small review in time for tests: milestones, a policy, people; nobody here exists."""

from datetime import UTC, date, datetime, time

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.days.working_days import habits
from workflows.cycle.reminders.ladder import Reader, plan
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import Escalation, ReminderPolicy, Rung
from workflows.languages import Text
from workflows.when import Exact, When

CYCLE = "round"
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


def words(text: str) -> Text:
    return Text(ar=text, en=text, fr=text)


def day(year: int, month: int, number: int, starts: time | None = None, ends: time | None = None) -> Exact:
    """A day in Cairo."""
    at = date(year, month, number)
    return Exact(first=at, last=at, starts=starts, ends=ends)


SESSION = Milestone(
    id="session1",
    kind="workshop",
    title=words("session"),
    when=day(2020, 6, 25, time(10), time(13)),
    registers=True,
)
DEADLINE = Milestone(id="deadline", kind="deadline", title=words("deadline"), when=day(2020, 11, 15))
FORUM = Milestone(
    id="forum",
    kind="forum",
    title=words("forum"),
    when=Exact(first=date(2020, 12, 1), last=date(2020, 12, 2)),
)


def calendar(*milestones: Milestone) -> Calendar:
    return Calendar(id="c", title=words("cycle"), template="t", milestones=milestones)


def dated(milestone: Milestone, when: When) -> Milestone:
    return milestone.model_copy(update={"when": when})


def rung(id: str, days: int = 0, content: str = "deadline_soon", **more: object) -> Rung:
    kind = {
        "register": "workshop",
        "session_soon": "workshop",
        "session_today": "workshop",
        "evaluate": "workshop",
    }
    return Rung.model_validate(
        {
            "id": id,
            "milestone": kind.get(content, "forum" if content.startswith("event") else "deadline"),
            "days": days,
            "to": ["focal_point"],
            "content": content,
        }
        | more
    )


def policy(*rungs: Rung, a_week: int = 7, escalations: tuple[Escalation, ...] = ()) -> ReminderPolicy:
    return ReminderPolicy(
        id="p",
        quiet_from=time(20),
        quiet_until=time(7),
        hour=time(9),
        a_week=a_week,
        rungs=rungs,
        escalations=escalations,
    )


def reader(
    country: str = "JO", number: int = 1, hour: int | None = None, came: datetime = LONG_AGO
) -> Reader:
    role = "focal_point" if country else "secretariat"
    return Reader(number, role, country, came, None if hour is None else time(hour))  # type: ignore[arg-type]  # a role


def planned(
    of: ReminderPolicy, when: Calendar, *readers: Reader, since: datetime = LONG_AGO
) -> list[Planned]:
    return plan(of, when, readers, habits(), cycle_id=CYCLE, since=since)
