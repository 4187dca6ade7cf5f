"""Who may do what: one table of roles and acts, and everything that is not in it is denied."""

from typing import Literal, get_args

from workflows.people.roles import Actor, ActorRole

Act = Literal[
    "read_draft",
    "write_draft",
    "count_draft",
    "read_people",
    "invite_focal_point",
    "invite_contributor",
    "invite_clearer",
    "invite_supporter",
    "invite_secretariat",
    "replace_focal_point",
    "withdraw_colleague",  # end a contributor's or a clearer's place
    "withdraw_anyone",  # end any place
    "contribute",  # write beside the official text
    "take_over",  # read what colleagues wrote and take it into the official text
    "annotate",  # notes and evidence; a contributor's reach as far as they were asked
    "log_consultations",
    "assess",  # mark and note what the review reflects of the guiding principles
    "set_clearing",  # how many clearances a country asks for
    "freeze_draft",  # make a frozen text, send it to be cleared
    "read_edition",  # a frozen text that is not submitted yet
    "clear",
    "submit",
    "read_submitted",
    "read_earlier",  # what was submitted in an earlier cycle; an open answer can begin with it
    "reopen",  # unsubmit on request, return, accept
    "remark",
    "answer_remark",
    "share_draft",
    "read_shared",
    "give_consent",
    "read_consents",
    "ask_support",
    "answer_support",
    "see_requests",
    "connect_group",  # let a Telegram group read the requests of one's office
    "publish_answer",  # to the list of questions and answers
    "announce",
    "see_status",
    "read_audit",
    "attend_session",
    "run_session",
    "steer_calendar",
    "write_input",  # write, send and withdraw one's own written input, and say what may become public of it
    "call_inputs",  # open and end calls for written inputs
    "read_inputs",  # what stakeholders have sent
    "publish_input",  # note where a written input was published
]
ACTS: tuple[Act, ...] = get_args(Act)
Reach = Literal["own", "every"]

_RIGHTS: dict[ActorRole, dict[Act, Reach]] = {
    "focal_point": {
        "read_draft": "own",
        "write_draft": "own",
        "count_draft": "own",
        "read_people": "own",
        "invite_contributor": "own",
        "invite_clearer": "own",
        "withdraw_colleague": "own",
        "take_over": "own",
        "annotate": "own",
        "log_consultations": "own",
        "assess": "own",
        "set_clearing": "own",
        "freeze_draft": "own",
        "read_edition": "own",
        "submit": "own",
        "read_submitted": "own",
        "read_earlier": "own",
        "answer_remark": "own",
        "share_draft": "own",
        "give_consent": "own",
        "read_consents": "own",
        "ask_support": "own",
        "attend_session": "own",
    },
    "contributor": {
        "contribute": "own",
        "annotate": "own",
        "ask_support": "own",
        "attend_session": "own",
    },
    "clearer": {
        "count_draft": "own",
        "read_edition": "own",
        "read_submitted": "own",
        "clear": "own",
        "ask_support": "own",
    },
    "supporter": {
        "answer_support": "own",
        "see_requests": "own",
        "connect_group": "own",
    },
    "secretariat": {
        "count_draft": "every",
        "read_people": "every",
        "invite_focal_point": "every",
        "invite_contributor": "every",
        "invite_secretariat": "every",
        "invite_clearer": "every",
        "invite_supporter": "every",
        "replace_focal_point": "every",
        "withdraw_anyone": "every",
        "set_clearing": "every",
        "read_submitted": "every",
        "reopen": "every",
        "remark": "every",
        "read_shared": "every",
        "read_consents": "every",
        "answer_support": "every",
        "see_requests": "every",
        "connect_group": "every",
        "publish_answer": "every",
        "announce": "every",
        "see_status": "every",
        "read_audit": "every",
        "run_session": "every",
        "steer_calendar": "every",
        "call_inputs": "every",
        "read_inputs": "every",
        "publish_input": "every",
    },
    "stakeholder": {
        "write_input": "own",
    },
}
"""For each role the acts it may do, and where: in the actor's own country, or in every one."""


def may(actor: Actor, act: Act, country: str) -> bool:
    """Whether somebody may do something in a country ("" stands for the region as a whole)."""
    reach = _RIGHTS[actor.role].get(act)
    if reach == "own" and actor.role == "supporter" and not actor.country:
        return bool(country)  # a regional office supports every country
    if reach == "own" and actor.role == "stakeholder":
        return not country  # a written input stands for no country; whose it is, its gateway asks
    if reach == "own":
        return bool(country) and country == actor.country
    return reach == "every"
