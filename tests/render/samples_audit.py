"""The audit as it may be seen."""

from typing import get_args

from workflows.languages import Text
from workflows.notices import AuditEntry, AuditView, Notice
from workflows.people.access import ACTS
from workflows.people.roles import Role

MOMENT = "2026-01-05T09:00:00+00:00"
_EVENT = Text(ar="الوثيقة الختامية 2024", en="Outcome document", fr="Document final")
_OTHERS = (
    "come_in",
    "press",
    "erase",
    "taking_part",
    "load_calendar",
    "open_cycle",
    "take_earlier",
    "an_act_of_tomorrow",
)
_TOLD_APART = (
    *(("reopen", "edition", outcome) for outcome in ("done", "reopened", "returned", "accepted", "refused")),
    *(("freeze_draft", "edition", outcome) for outcome in ("done", "withdrawn", "reopening_asked")),
    *(("clear", "edition", outcome) for outcome in ("clear", "ask_changes")),
    *(("give_consent", "edition", outcome) for outcome in ("given", "revoked")),
    *(
        ("announce", "announcement", outcome)
        for outcome in ("begun", "corrects 3", "sent", "scheduled", "discarded", "withdrawn 7")
    ),
    ("submit", "edition", "not_lead"),
    ("read_edition", "edition", "not_sent"),
    ("answer_support", "request", "closed"),
)


def of_the_audit(typed: str) -> list[Notice]:
    """Every act, every outcome, people with and without a name."""
    entries = tuple(
        _entry(number, act, outcome=("done", "denied", "unknown", "stale", "made")[number % 5], name=typed)
        for number, act in enumerate((*ACTS, *_OTHERS), 1)
    )
    told_apart = tuple(
        _entry(100 + at, act, outcome=outcome).model_copy(update={"thing": f"{thing}/12/1"})
        for at, (act, thing, outcome) in enumerate(_TOLD_APART)
    )
    gone = _entry(90, "submit", name="")
    return [
        AuditView(),
        AuditView(country="JO", entries=entries, older=77),
        AuditView(country="JO", entries=told_apart),
        AuditView(country="JO", entries=(gone, gone.model_copy(update={"known": False})), is_newest=False),
        AuditView(entries=(gone.model_copy(update={"thing": "hand_over/outcome", "event": _EVENT}),)),
        AuditView(entries=(_entry(91, "press", country=get_args(Role)[0], name=typed),)),
    ]


def _entry(
    number: int, act: str, *, outcome: str = "done", name: str = "", country: str = "JO"
) -> AuditEntry:
    return AuditEntry(
        id=number, at=MOMENT, name=name, known=True, act=act, country=country, thing="thing", outcome=outcome
    )
