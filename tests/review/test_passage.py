"""A frozen text on its way: every state, move and hand in one table, and no way round a clearance that was asked."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.review.passage import (
    HANDS,
    MOVES,
    ON_RECORD,
    OUTSTANDING,
    STATES,
    Hand,
    Move,
    Standing,
    State,
    begun,
    locked,
    may_set_steps,
    moved,
)

ALLOWED: dict[tuple[State, int, Move, Hand, int], Standing] = {
    ("in_clearance", 1, "clear", "first_clearer", 0): Standing("cleared", 1),
    ("in_clearance", 1, "clear", "first_clearer", 1): Standing("cleared", 1),
    ("in_clearance", 1, "clear", "first_clearer", 2): Standing("in_clearance", 2),
    ("in_clearance", 2, "clear", "second_clearer", 0): Standing("cleared", 2),
    ("in_clearance", 2, "clear", "second_clearer", 1): Standing("cleared", 2),
    ("in_clearance", 2, "clear", "second_clearer", 2): Standing("cleared", 2),
}


def everywhere(
    before: tuple[State, ...], move: Move, hands: tuple[Hand, ...], after: State
) -> Iterator[tuple[tuple[State, int, Move, Hand, int], Standing]]:
    """Where a move does the same whatever the step and whatever the country asks for."""
    for state, hand, step, steps in product(before, hands, range(3), range(3)):
        yield (state, step, move, hand, steps), Standing(after, step)


for step, steps in product(range(3), range(3)):
    if step >= steps:
        ALLOWED["cleared", step, "submit", "lead", steps] = Standing("submitted", step)
for steps in range(3):
    ALLOWED["in_clearance", 1, "ask_changes", "first_clearer", steps] = Standing("changes_asked", 1)
    ALLOWED["in_clearance", 2, "ask_changes", "second_clearer", steps] = Standing("changes_asked", 2)
ALLOWED |= dict(
    everywhere(("in_clearance", "changes_asked", "cleared"), "withdraw", ("alternate", "lead"), "withdrawn")
)
ALLOWED |= dict(everywhere(("submitted", "accepted"), "reopen", ("secretariat",), "reopened"))
ALLOWED |= dict(everywhere(("submitted",), "return", ("secretariat",), "returned"))
ALLOWED |= dict(everywhere(("submitted", "returned"), "accept", ("secretariat",), "accepted"))
ALLOWED |= dict(
    everywhere(("submitted", "reopened", "returned", "accepted"), "supersede", ("nobody",), "superseded")
)


def test_the_table_is_the_whole_of_it() -> None:
    for state, step, move, hand, steps in product(STATES, range(3), MOVES, HANDS, range(3)):
        came = moved(Standing(state, step), move, hand, steps)
        expected = ALLOWED.get((state, step, move, hand, steps))
        assert came == expected if expected else came in ("not_yours", "not_now"), (
            state,
            step,
            move,
            hand,
            steps,
        )


@pytest.mark.parametrize(
    ("move", "hand", "why"),
    [
        ("submit", "alternate", "not_yours"),
        ("submit", "secretariat", "not_yours"),
        ("submit", "lead", "not_now"),
        ("clear", "second_clearer", "not_now"),
        ("clear", "lead", "not_yours"),
    ],
)
def test_a_refusal_says_whose_it_is_or_that_it_is_too_early(move: Move, hand: Hand, why: str) -> None:
    assert moved(Standing("in_clearance", 1), move, hand, 1) == why


def test_what_is_locked_and_what_may_be_begun() -> None:
    assert [state for state in STATES if locked(state)] == ["submitted", "accepted"]
    assert not locked(None)
    assert may_set_steps(None)
    assert {state for state in STATES if not may_set_steps(state)} == OUTSTANDING
    assert OUTSTANDING.isdisjoint(ON_RECORD)
    assert [begun(steps) for steps in range(3)] == [
        Standing("cleared", 0),
        Standing("in_clearance", 1),
        Standing("in_clearance", 1),
    ]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("freeze"), st.just("lead")),
        st.tuples(st.sampled_from(["0", "1", "2"]), st.just("lead")),
        st.tuples(st.sampled_from(MOVES), st.sampled_from([hand for hand in HANDS if hand != "nobody"])),
    ),
    max_size=60,
)


@given(st.integers(0, 2), ACTS)
def test_nothing_is_submitted_without_the_steps_that_were_asked(
    steps: int, acts: list[tuple[str, Hand]]
) -> None:
    """One country, whatever is tried: each submitted text was cleared, in order, by everybody who had to."""
    standing: Standing | None = None
    given: list[Hand] = []
    asked = steps
    for act, hand in acts:
        newest = standing.state if standing else None
        if act in "012":
            steps = int(act) if may_set_steps(newest) else steps
        elif act == "freeze":
            if not locked(newest):
                standing, given, asked = begun(steps), [], steps
        elif standing is not None:
            came = moved(standing, act, hand, steps)  # type: ignore[arg-type]  # it is a move
            if isinstance(came, str):
                continue
            given += [hand] if act == "clear" else []
            if came.state == "submitted":
                assert hand == "lead"
                assert given == ["first_clearer", "second_clearer"][:asked]
                assert asked == steps
            standing = came
