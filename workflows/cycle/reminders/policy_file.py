"""Reads a reminder policy from YAML and says all that is wrong with it at once, where, and what would put it right."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from workflows.cycle.calendar import MEETINGS, MilestoneKind
from workflows.cycle.reminders.policy import (
    FIX_DAY,
    OF_REGISTRATION,
    SILENCE,
    STEP,
    Content,
    Escalation,
    ReminderPolicy,
    Rung,
)
from workflows.languages import Frozen
from workflows.marked import Fault, Marked, fault_of_shape, read

M = TypeVar("M", bound=Frozen)

FOLDER: Final = Path(__file__).parents[2] / "data" / "policies"
DEFAULT: Final = "gcm-arab"
"""The policy that a cycle gets when it is opened without another."""

_AFTER: Final[frozenset[Content]] = frozenset({"deadline_passed", "evaluate"})
"""Contents that only make sense once the milestone lies behind."""
_EITHER: Final[frozenset[Content]] = frozenset({"acknowledge", "hand_over", "begin"})
"""Contents that make sense before and after it."""
_ON_THE_DAY: Final[frozenset[Content]] = frozenset({"session_today", "deadline_today", "event_today"})
_OF_KIND: Final[dict[Content, tuple[MilestoneKind, ...]]] = {
    **dict.fromkeys(("register", "session_soon", "session_today", "evaluate"), MEETINGS),
    **dict.fromkeys(("begin", "deadline_soon", "deadline_today", "deadline_passed"), ("deadline",)),
}


class FaultyPolicyError(ValueError):
    """A policy that cannot be followed; `faults` are all of its faults."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        lines = "\n".join(f"- {fault}" for fault in faults)
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The policy {name} has {number}:\n{lines}")
        self.faults = faults


def load_policy(path: Path) -> ReminderPolicy:
    """The policy of a file; raises FaultyPolicyError with all faults, OSError where the file cannot be read."""
    verdict = read_policy(path.read_bytes().decode("utf-8-sig", errors="replace"))
    if isinstance(verdict, ReminderPolicy):
        return verdict
    raise FaultyPolicyError(path.name, verdict)


@cache
def default_policy() -> ReminderPolicy:
    """The policy that ships with Rafiq."""
    return load_policy(FOLDER / f"{DEFAULT}.yaml")


def read_policy(text: str) -> ReminderPolicy | tuple[Fault, ...]:
    """The policy of a YAML text, or all of its faults in the order of its lines."""
    root, faults = read(text)
    if root.value is None:
        return tuple(faults)
    policy: ReminderPolicy | None = None
    try:
        policy = ReminderPolicy.model_validate(root.plain())
    except ValidationError as error:
        faults += [fault_of_shape(root, details) for details in error.errors(include_url=False)]
    if policy is not None:
        faults += _about_peace(policy, root)
    faults += [*_about_rungs(root), *_about_escalations(root)]
    if policy is not None and not faults:
        return policy
    return tuple(sorted(dict.fromkeys(faults), key=_line))


def _line(fault: Fault) -> int:
    return int(fault.place.rpartition("(line ")[2].rstrip(")"))


# --- meaning ------------------------------------------------------------------------------------------------


def _about_peace(policy: ReminderPolicy, root: Marked) -> Iterator[Fault]:
    if policy.quiet_from <= policy.quiet_until:
        yield root["quiet_from"].fault(
            f"Quiet hours from {policy.quiet_from:%H:%M} to {policy.quiet_until:%H:%M} are not the night.",
            "Please let `quiet_from` be in the evening and `quiet_until` in the morning after, "
            'such as "20:00" and "07:00".',
        )
    elif not policy.quiet_until <= policy.hour < policy.quiet_from:
        yield root["hour"].fault(
            f"At {policy.hour:%H:%M} people are to be left in peace.",
            f"Please choose an hour from {policy.quiet_until:%H:%M} to before {policy.quiet_from:%H:%M}.",
        )


def _readable(model: type[M], nodes: list[Marked]) -> list[tuple[M, Marked]]:
    """Those elements of a list that have the right shape; what is wrong with the others is said already."""
    found = []
    for node in nodes:
        with contextlib.suppress(ValidationError):
            found.append((model.model_validate(node.plain()), node))
    return found


def _about_rungs(root: Marked) -> Iterator[Fault]:
    if "rungs" in root and not root["rungs"].elements:
        yield root["rungs"].fault("There is no rung, so nobody would be reminded.", "Please add one.")
    rungs = _readable(Rung, root["rungs"].elements)
    counts = Counter(rung.id for rung, _ in rungs)
    for rung, node in rungs:
        if counts[rung.id] > 1:
            yield node["id"].fault(
                f"`{rung.id}` is the id of several rungs.", "Please give each an id of its own."
            )
        yield from _about_days(rung, node)
        yield from _about_content(rung, node)
        yield from _about_condition(rung, node)


def _about_days(rung: Rung, node: Marked) -> Iterator[Fault]:
    if rung.content in _ON_THE_DAY and rung.days:
        yield node["days"].fault(
            f"`{rung.content}` is said on the day, and {rung.days} is another day.", "Please write 0."
        )
    elif rung.content in _AFTER and rung.days <= 0:
        yield node["days"].fault(
            f"`{rung.content}` is said when the day is over.", "Please write a number above 0, such as 1."
        )
    elif rung.content not in _AFTER | _EITHER | _ON_THE_DAY and rung.days > 0:
        yield node["days"].fault(
            f"`{rung.content}` would come after the day it is about.",
            "Please write 0, or a number below 0, such as -3.",
        )
    if rung.working and not rung.days:
        yield node["working"].fault(
            "The day itself is not counted in working days.", "Please remove `working`."
        )


def _about_content(rung: Rung, node: Marked) -> Iterator[Fault]:
    if rung.content == SILENCE:
        yield node["content"].fault(
            "`silence` is said by escalations, not by a rung.", "Please write it under `escalations`."
        )
    if rung.content == STEP:
        yield node["content"].fault(
            "`next_step` is said on the day of a step that an officer put down, not by a rung.",
            "Please remove this rung.",
        )
    if rung.content == FIX_DAY:
        yield node["content"].fault(
            "`fix_day` is said before a window opens that has no day, not by a rung.",
            "Please remove this rung, and write how many days before under `window_days`.",
        )
    wanted = _OF_KIND.get(rung.content)
    if wanted and rung.milestone not in wanted:
        yield node["content"].fault(
            f"`{rung.content}` is about a {' or a '.join(wanted)}, and the rung leads to a {rung.milestone}.",
            f"Please write `milestone: {wanted[0]}`, or choose another content, such as event_soon.",
        )
    if rung.content in ("acknowledge", "register", "begin", "evaluate") and "secretariat" in rung.to:
        yield node["to"].fault(
            f"`{rung.content}` asks something of a country, and the secretariat answers for none.",
            "Please take `secretariat` out of `to`.",
        )


def _about_condition(rung: Rung, node: Marked) -> Iterator[Fault]:
    if rung.only_if in OF_REGISTRATION and rung.milestone not in MEETINGS:
        yield node["only_if"].fault(
            f"`{rung.only_if}` can be asked of a {' or a '.join(MEETINGS)} only.",
            "Please write always, open or not_begun.",
        )
    if rung.only_if != "always" and "secretariat" in rung.to:
        yield node["only_if"].fault(
            f"`{rung.only_if}` says nothing about the secretariat.",
            "Please give the secretariat a rung of its own without `only_if`.",
        )


def _about_escalations(root: Marked) -> Iterator[Fault]:
    last: dict[str, int] = {}
    for step, node in _readable(Escalation, root["escalations"].elements):
        if step.milestone != "deadline":
            yield node["milestone"].fault(
                f"Silence is counted before a deadline, not before a {step.milestone}.",
                "Please write `milestone: deadline`.",
            )
        if step.silent_working_days <= last.get(step.milestone, 0):
            yield node["silent_working_days"].fault(
                f"{step.silent_working_days} working days are not more than those of the step before.",
                "Please let each step wait longer than the one before it.",
            )
        last[step.milestone] = step.silent_working_days
