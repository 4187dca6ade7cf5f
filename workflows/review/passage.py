"""The passage of a frozen text: what state it is in, who may move it where, and when the draft behind it is locked."""

from typing import Final, Literal, get_args

from workflows.immutable import Immutable

State = Literal[
    "in_clearance",  # waits for a clearer
    "changes_asked",  # a clearer asked for changes
    "cleared",  # every clearance that was asked is given; none may have been asked
    "withdrawn",  # taken back, or followed by a newer text before it was submitted
    "submitted",
    "reopened",  # submitted, and the draft is open again
    "returned",  # submitted, and the secretariat has sent it back with remarks
    "accepted",
    "superseded",  # submitted, and a later version was submitted after it
]
STATES: Final[tuple[State, ...]] = get_args(State)
Move = Literal["clear", "ask_changes", "withdraw", "submit", "reopen", "return", "accept", "supersede"]
MOVES: Final[tuple[Move, ...]] = get_args(Move)
Hand = Literal["alternate", "lead", "first_clearer", "second_clearer", "secretariat", "nobody"]
"""Who moves it: a focal point who leads or does not, a clearer of a step, the secretariat, or the program by itself."""
HANDS: Final[tuple[Hand, ...]] = get_args(Hand)
MOST_STEPS: Final = 2
_CLEARERS: Final[tuple[Hand, ...]] = ("first_clearer", "second_clearer")


class Standing(Immutable):
    """Where a frozen text stands; `step` is the clearance it waits for or has got to, 0 where none was asked."""

    state: State
    step: int = 0


class _Rule(Immutable):
    before: frozenset[State]
    hands: frozenset[Hand]
    after: State


OUTSTANDING: Final[frozenset[State]] = frozenset({"in_clearance", "changes_asked", "cleared"})
"""The states of a text on its way to being submitted; a newer one takes its place."""
LOCKING: Final[frozenset[State]] = frozenset({"submitted", "accepted"})
"""While the newest text is in one of these, the draft stays as it is."""
ON_RECORD: Final[frozenset[State]] = frozenset(
    {"submitted", "reopened", "returned", "accepted", "superseded"}
)
"""The states of a text that has been submitted."""
_FOCAL_POINTS: Final[frozenset[Hand]] = frozenset({"alternate", "lead"})
_RULES: Final[dict[Move, _Rule]] = {
    "clear": _Rule(frozenset({"in_clearance"}), frozenset(_CLEARERS), "cleared"),
    "ask_changes": _Rule(frozenset({"in_clearance"}), frozenset(_CLEARERS), "changes_asked"),
    "withdraw": _Rule(OUTSTANDING, _FOCAL_POINTS, "withdrawn"),
    "submit": _Rule(frozenset({"cleared"}), frozenset({"lead"}), "submitted"),
    "reopen": _Rule(LOCKING, frozenset({"secretariat"}), "reopened"),
    "return": _Rule(frozenset({"submitted"}), frozenset({"secretariat"}), "returned"),
    "accept": _Rule(frozenset({"submitted", "returned"}), frozenset({"secretariat"}), "accepted"),
    "supersede": _Rule(ON_RECORD - {"superseded"}, frozenset({"nobody"}), "superseded"),
}
Refused = Literal["not_yours", "not_now"]
"""Why a text is not moved: it is somebody else's to move, or it is not where it could be moved from."""


def begun(steps: int) -> Standing:
    """Where a text stands that was just frozen, in a country that asks for so many clearances."""
    return Standing("in_clearance", 1) if steps else Standing("cleared", 0)


def moved(standing: Standing, move: Move, hand: Hand, steps: int) -> Standing | Refused:
    """Where a text stands after a move, in a country that asks for so many clearances now; or why it is not moved.

    A text that was cleared by fewer than are asked is not submitted.
    """
    rule = _RULES[move]
    if hand not in rule.hands:
        return "not_yours"
    if standing.state not in rule.before:
        return "not_now"
    if hand in _CLEARERS and hand != clearer_of(standing.step):
        return "not_now"
    if move == "clear" and standing.step < steps:
        return Standing("in_clearance", standing.step + 1)
    if move == "submit" and standing.step < steps:
        return "not_now"
    return Standing(rule.after, standing.step)


def clearer_of(step: int) -> Hand:
    """Who gives the clearance of a step."""
    return _CLEARERS[step - 1] if 1 <= step <= MOST_STEPS else "nobody"


def locked(newest: State | None) -> bool:
    """Whether the draft stays as it is, by the state of the newest text that was not withdrawn (None without one)."""
    return newest in LOCKING


def may_set_steps(newest: State | None) -> bool:
    """Whether the number of clearances can be changed: not while a text is on its way through them."""
    return newest not in OUTSTANDING
