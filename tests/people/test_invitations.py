"""Invitations and places as plain values."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.people.invitations import LIFE, hash_token, new_token, why_not
from workflows.people.roles import Actor, Membership, Person

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@given(st.binary(min_size=32, max_size=64))
def test_a_token_fits_a_deep_link_and_says_its_bytes(content: bytes) -> None:
    token = new_token(content)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert token == new_token(content[:32])


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_different_bytes_are_different_tokens(one: bytes, other: bytes) -> None:
    assert (new_token(one) == new_token(other)) == (one == other)


def test_too_few_bytes_make_no_token() -> None:
    with pytest.raises(ValueError, match="32 unguessable bytes, not 31"):
        new_token(bytes(31))


@given(st.text())
def test_whatever_is_typed_has_a_hash_that_does_not_hold_it(token: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", hash_token(token))
    assert hash_token("\ud800") == hash_token("\ud800")
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_invitation_opens_once_and_in_time() -> None:
    end = NOW + LIFE
    assert why_not(None, end, NOW) is None
    assert why_not(None, end, end - timedelta(microseconds=1)) is None
    assert why_not(None, end, end) == "expired"
    assert why_not(NOW, end, NOW) == "used"
    assert why_not(NOW, end, end) == "used"


def test_the_newest_place_counts() -> None:
    first = Membership(1, 7, "round-1", "LB", "focal_point", True, NOW)
    second = Membership(2, 7, "round-2", "", "secretariat", False, NOW)
    person = Person(7, 70, "Somebody", "en", memberships=(first, second))
    assert person.membership == second
    assert person.actor == Actor(7, "secretariat", "", "round-2", place_id=2) == second.actor
    assert (Person(7, 70, "Somebody", "en").membership, Person(7, 70, "Somebody", "en").actor) == (None, None)
