"""Every notice about reminders, in the forms that look different."""

from datetime import date, time
from typing import get_args

from workflows.languages import Text
from workflows.notices import (
    Budget,
    Notice,
    Reminder,
    ReminderCause,
    ReminderContent,
    ReminderCount,
    ReminderCountries,
    ReminderHours,
    ReminderItem,
    ReminderLine,
    ReminderLog,
    ReminderOutcome,
    ReminderReason,
    ReminderShift,
    RemindersView,
    ReminderWhy,
    Snoozed,
)
from workflows.when import Exact, Unstated, When, Window

MOMENT = "2020-06-25T08:00:00+00:00"
FORUM = Text(ar="المنتدى الإقليمي", en="Regional forum", fr="Forum régional")
SESSION: When = Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(13))
SEVERAL: When = Exact(first=date(2020, 12, 1), last=date(2020, 12, 2))
WINDOW: When = Window(
    first=date(2020, 7, 1),
    last=date(2020, 7, 10),
    phrase=Text(ar="أوائل تموز/يوليو ٢٠٢٠", en="early July 2020", fr="début juillet 2020"),
)
CONTENTS: tuple[ReminderContent, ...] = get_args(ReminderContent)
REASONS: tuple[ReminderReason, ...] = get_args(ReminderReason)
SHIFTS: tuple[ReminderShift, ...] = get_args(ReminderShift)


def all_reminders(section: str, typed: str) -> list[Notice]:
    """All of them; `section` is one of the template's, `typed` stands where a name or typed words can stand."""
    return [*_letters(section, typed), *_answers(), *_lists(typed)]


def item(content: ReminderContent, days: int = 3, when: When = SESSION, typed: str = "") -> ReminderItem:
    silent = content == "silence"
    return ReminderItem(
        content=content,
        milestone="session1",
        title=FORUM,
        when=when,
        days=days,
        country="MA" if silent else "",
        silent_days=8 if silent else 0,
        reminded_at=MOMENT if silent else "",
        told_at=MOMENT if silent and days else "",
        task=typed if content == "next_step" else "",
        step=10**12 - 1 if content == "next_step" else 0,
    )


def _letters(section: str, typed: str) -> list[Notice]:
    budget = Budget(section=section, here=0, used=123, limit=500)
    over = Budget(section=section, here=0, used=700, limit=500)
    near = tuple(item("deadline_soon", days, SEVERAL) for days in (-12, -2, -1, 0, 1, 2, 3, 11, 100))
    states: list[Notice] = [
        Reminder(
            letter="20200624",
            role=role,
            country="JO",
            items=(item(content, typed=typed),),
            week_start="2020-06-28",
        )
        for content in CONTENTS
        for role in ("focal_point", "contributor")
    ]
    return [
        *states,
        *(
            Reminder(
                letter="20200624",
                role="secretariat",
                items=(item(content, 0, typed=typed),),
                week_start="2020-06-28",
            )
            for content in CONTENTS
            if content not in ("acknowledge", "register", "begin", "evaluate")
        ),
        Reminder(
            letter="20200624",
            role="focal_point",
            country="JO",
            items=(item("register"), item("deadline_soon", 30, SEVERAL)),
            settled=12,
            total=64,
            budget=budget,
            week_start="2020-06-28",
        ),
        Reminder(
            letter="20200624",
            role="focal_point",
            country="TN",
            items=near,
            settled=63,
            total=64,
            budget=over,
            week_start="2020-06-29",
        ),
        Reminder(
            letter="20200628", role="focal_point", country="JO", items=(item("register"),), week_start=""
        ),
    ]


def _answers() -> list[Notice]:
    causes = [
        ReminderCause(
            content="deadline_soon",
            title=FORUM,
            when=SEVERAL,
            days=days,
            working=working,
            condition=condition,
            nominal="2020-06-19",
        )
        for days in (-14, -1, 0, 1, 3)
        for working in (False, True)
        for condition in ("always", "open", "not_begun")
    ]
    plain = ReminderCause(content="register", title=FORUM, when=SESSION, days=-1, nominal="2020-06-19")
    shifts = [plain.model_copy(update={"shifted": shift}) for shift in SHIFTS]
    conditions = [
        plain.model_copy(update={"condition": each}) for each in ("not_registered", "registered", "attended")
    ]
    others = [*shifts, *conditions, plain.model_copy(update={"again": True})]
    silent = ReminderCause(content="silence", title=FORUM, when=SEVERAL, days=0, nominal="2020-06-19")
    return [
        ReminderWhy(policy="gcm-arab", causes=tuple(causes)),
        ReminderWhy(policy="gcm-arab", causes=tuple(others)),
        ReminderWhy(policy="gcm-arab", causes=(silent,)),
        Snoozed(until=MOMENT),
        Snoozed(until=MOMENT, passing=(item("session_soon"), item("deadline_soon", 5, SEVERAL))),
        ReminderHours(hour=9, hours=tuple(range(8, 19))),
        ReminderHours(hour=18, own_hour=True, hours=tuple(range(8, 19))),
        ReminderCountries(),
    ]


def line(
    content: ReminderContent = "deadline_soon",
    outcome: ReminderOutcome = "planned",
    when: When = SEVERAL,
    reason: ReminderReason = "",
    shifted: ReminderShift = "",
) -> ReminderLine:
    return ReminderLine(
        at=MOMENT, content=content, title=FORUM, when=when, outcome=outcome, reason=reason, shifted=shifted
    )


def _lists(typed: str) -> list[Notice]:
    coming = tuple(line(content, when=Unstated()) for content in CONTENTS[:5])
    moved = tuple(line(shifted=shift, when=WINDOW) for shift in SHIFTS)
    came = (line(outcome="sent"), *(line(outcome="skipped", reason=reason) for reason in REASONS))
    named = tuple(
        each.model_copy(update={"name": typed, "role": role})
        for each in (line(), *came[:4])
        for role in ("focal_point", "contributor")
    )
    counts = (
        ReminderCount(outcome="planned", count=12),
        ReminderCount(outcome="sent", count=3),
        *(ReminderCount(outcome="skipped", reason=reason, count=2) for reason in REASONS),
    )
    start = "2020-06-28"
    return [
        RemindersView(role="focal_point", hour=9, week_start=start, coming=coming, came=came[:5]),
        RemindersView(role="focal_point", hour=9, week_start=start, paused=True, coming=moved),
        RemindersView(
            role="contributor", hour=14, own_hour=True, week_start=start, snoozed_until=MOMENT, coming=coming
        ),
        RemindersView(role="secretariat", hour=9, week_start=start, coming=coming),
        RemindersView(role="focal_point", hour=9, week_start=start, planned=False),
        RemindersView(role="contributor", hour=9, week_start=start, declined=True, came=came[:5]),
        RemindersView(role="focal_point", hour=9, week_start="", coming=coming),
        RemindersView(role="focal_point", hour=9, week_start=start, told_secretariat_at=MOMENT),
        RemindersView(
            role="focal_point", view="coming", page=1, pages=3, hour=9, week_start=start, coming=coming
        ),
        RemindersView(role="focal_point", view="came", pages=2, hour=9, week_start=start, came=came),
        RemindersView(role="focal_point", view="came", hour=9, week_start=start),
        ReminderLog(country="JO", people=3, counts=counts, lines=named, page=1, pages=3),
        ReminderLog(country="KM", people=0),
    ]
