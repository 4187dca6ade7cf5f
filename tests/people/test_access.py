"""Who may do what: the whole table, for one's own country, another one, and the region."""

import pytest

from workflows.people.access import _RIGHTS, ACTS, Act, may
from workflows.people.roles import ROLES, Actor, Role

EXPECTED = {
    # role          act                    own    other  region
    ("focal_point", "read_draft"): (True, False, False),
    ("focal_point", "write_draft"): (True, False, False),
    ("focal_point", "count_draft"): (True, False, False),
    ("focal_point", "read_people"): (True, False, False),
    ("focal_point", "invite_focal_point"): (False, False, False),
    ("focal_point", "invite_contributor"): (True, False, False),
    ("focal_point", "invite_secretariat"): (False, False, False),
    ("focal_point", "replace_focal_point"): (False, False, False),
    ("focal_point", "see_status"): (False, False, False),
    ("focal_point", "attend_session"): (True, False, False),
    ("focal_point", "run_session"): (False, False, False),
    ("focal_point", "steer_calendar"): (False, False, False),
    ("contributor", "read_draft"): (True, False, False),
    ("contributor", "write_draft"): (True, False, False),
    ("contributor", "count_draft"): (True, False, False),
    ("contributor", "read_people"): (False, False, False),
    ("contributor", "invite_focal_point"): (False, False, False),
    ("contributor", "invite_contributor"): (False, False, False),
    ("contributor", "invite_secretariat"): (False, False, False),
    ("contributor", "replace_focal_point"): (False, False, False),
    ("contributor", "see_status"): (False, False, False),
    ("contributor", "attend_session"): (True, False, False),
    ("contributor", "run_session"): (False, False, False),
    ("contributor", "steer_calendar"): (False, False, False),
    ("secretariat", "read_draft"): (False, False, False),
    ("secretariat", "write_draft"): (False, False, False),
    ("secretariat", "count_draft"): (True, True, True),
    ("secretariat", "read_people"): (True, True, True),
    ("secretariat", "invite_focal_point"): (True, True, True),
    ("secretariat", "invite_contributor"): (True, True, True),
    ("secretariat", "invite_secretariat"): (True, True, True),
    ("secretariat", "replace_focal_point"): (True, True, True),
    ("secretariat", "see_status"): (True, True, True),
    ("secretariat", "attend_session"): (False, False, False),
    ("secretariat", "run_session"): (True, True, True),
    ("secretariat", "steer_calendar"): (True, True, True),
}
PLACES = ("LB", "MA", "")


def actor(role: Role, country: str = "LB") -> Actor:
    return Actor(1, role, country, "round-1")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_the_table_says_what_was_agreed(role: Role, act: Act) -> None:
    assert tuple(may(actor(role), act, place) for place in PLACES) == EXPECTED[role, act]


def test_every_role_and_act_is_agreed_upon() -> None:
    assert set(EXPECTED) == {(role, act) for role in ROLES for act in ACTS}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("country", PLACES)
@pytest.mark.parametrize("own", PLACES)
def test_the_answer_follows_from_the_table_alone(role: Role, act: Act, country: str, own: str) -> None:
    reach = _RIGHTS[role].get(act)
    expected = reach == "every" or (reach == "own" and country == own and country != "")
    assert may(actor(role, own), act, country) is expected


def test_what_is_not_in_the_table_is_denied() -> None:
    for role in ROLES:
        assert not may(actor(role), "an act of tomorrow", "LB")  # type: ignore[arg-type]  # that is the point


def test_nobody_without_a_country_has_the_empty_one() -> None:
    assert not may(actor("focal_point", ""), "read_draft", "")


def test_no_role_reads_the_drafts_of_all() -> None:
    readers = [role for role in ROLES if _RIGHTS[role].get("read_draft") == "every"]
    writers = [role for role in ROLES if _RIGHTS[role].get("write_draft") == "every"]
    assert readers == writers == []
