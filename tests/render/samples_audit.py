"""The audit as it may be seen."""

from typing import get_args

from workflows.notices import AuditEntry, AuditView, Notice
from workflows.people.access import ACTS
from workflows.people.roles import Role

MOMENT = "2026-01-05T09:00:00+00:00"
_OTHERS = ("come_in", "press", "erase", "taking_part", "load_calendar", "open_cycle", "an_act_of_tomorrow")


def of_the_audit(typed: str) -> list[Notice]:
    """Every act, every outcome, people with and without a name."""
    entries = tuple(
        _entry(number, act, outcome=("done", "denied", "unknown", "stale", "made")[number % 5], name=typed)
        for number, act in enumerate((*ACTS, *_OTHERS), 1)
    )
    gone = _entry(90, "submit", name="")
    return [
        AuditView(),
        AuditView(given=typed),
        AuditView(country="JO", entries=entries, older=77),
        AuditView(country="JO", entries=(gone, gone.model_copy(update={"known": False})), is_newest=False),
        AuditView(entries=(_entry(91, "press", country=get_args(Role)[0], name=typed),)),
    ]


def _entry(
    number: int, act: str, *, outcome: str = "done", name: str = "", country: str = "JO"
) -> AuditEntry:
    return AuditEntry(
        id=number, at=MOMENT, name=name, known=True, act=act, country=country, thing="thing", outcome=outcome
    )
