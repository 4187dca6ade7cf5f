"""Who may do what: one table of roles and acts, and everything that is not in it is denied."""

from typing import Literal, get_args

from workflows.people.roles import Actor, Role

Act = Literal[
    "read_draft",
    "write_draft",
    "count_draft",
    "read_people",
    "invite_focal_point",
    "invite_contributor",
    "invite_secretariat",
    "replace_focal_point",
    "see_status",
    "attend_session",
    "run_session",
    "steer_calendar",
]
ACTS: tuple[Act, ...] = get_args(Act)
Reach = Literal["own", "every"]

_RIGHTS: dict[Role, dict[Act, Reach]] = {
    "focal_point": {
        "read_draft": "own",
        "write_draft": "own",
        "count_draft": "own",
        "read_people": "own",
        "invite_contributor": "own",
        "attend_session": "own",
    },
    "contributor": {
        "read_draft": "own",
        "write_draft": "own",
        "count_draft": "own",
        "attend_session": "own",
    },
    "secretariat": {
        "count_draft": "every",
        "read_people": "every",
        "invite_focal_point": "every",
        "invite_contributor": "every",
        "invite_secretariat": "every",
        "replace_focal_point": "every",
        "see_status": "every",
        "run_session": "every",
        "steer_calendar": "every",
    },
}
"""For each role the acts it may do, and where: in the actor's own country, or in every one."""


def may(actor: Actor, act: Act, country: str) -> bool:
    """Whether somebody may do something in a country ("" stands for the region as a whole)."""
    reach = _RIGHTS[actor.role].get(act)
    if reach == "own":
        return bool(country) and country == actor.country
    return reach == "every"
