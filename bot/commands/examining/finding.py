"""A finding: one thing that was looked at, how it is, and what to do about it."""

from collections.abc import Iterable
from typing import Literal

from workflows.immutable import Immutable

State = Literal["ok", "doubtful", "wrong"]


class Finding(Immutable):
    """What was looked at, how it is, what was seen, and what to do, if anything is to be done; never a secret."""

    check: str
    state: State
    said: str
    remedy: str = ""


def worst(findings: Iterable[Finding]) -> State:
    """The worst of the states."""
    states = {finding.state for finding in findings}
    return "wrong" if "wrong" in states else "doubtful" if "doubtful" in states else "ok"


def first(check: str, faults: Iterable[Finding], said: str) -> Finding:
    """The first fault there is; else the check is well, as is said."""
    return next(iter(faults), Finding(check, "ok", said))
