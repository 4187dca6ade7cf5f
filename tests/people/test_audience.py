"""Audiences: every word of the language against a naive reading of it, and who declined is left in peace."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workflows.people.audience import (
    EVERYBODY,
    FOCAL_POINTS,
    OF_A_STATE,
    All,
    AllBut,
    Any,
    Attending,
    Audience,
    Countries,
    Declined,
    Facts,
    Group,
    Presence,
    Progress,
    Reachable,
    Roles,
    Section,
    Staffed,
    matches,
    parts_of,
    read,
    sessions_in,
    written,
)
from workflows.people.roles import ROLES, Role

CODES = ("JO", "LB", "YE")
SESSIONS = ("session1", "session2")
SECTIONS = ("I", "II")
LISTS: st.SearchStrategy[Countries | Roles | Group] = st.one_of(
    st.builds(Countries, codes=st.lists(st.sampled_from(CODES), min_size=1, max_size=2).map(tuple)),
    st.builds(Roles, roles=st.lists(st.sampled_from(ROLES), min_size=1, max_size=2).map(tuple)),
    st.builds(Group, session=st.sampled_from(SESSIONS), group=st.integers(1, 2)),
)
LEAVES: st.SearchStrategy[Audience] = st.one_of(
    LISTS,
    st.builds(AllBut, of=LISTS),
    st.builds(
        Attending,
        session=st.sampled_from(SESSIONS),
        how=st.sampled_from(
            ["registered", "not_registered", "office", "remote", "support", "absent", "attended"]
        ),
    ),
    st.builds(
        Section,
        section=st.sampled_from(SECTIONS),
        state=st.sampled_from(["begun", "not_begun", "done", "open"]),
    ),
    st.builds(
        Progress,
        state=st.sampled_from(
            ["nothing_begun", "begun", "some_open", "none_open", "not_submitted", "submitted"]
        ),
    ),
    st.builds(Staffed, state=st.sampled_from(["no_focal_point", "invited", "nobody_in"])),
    st.just(Reachable()),
    st.just(Declined()),
)
AUDIENCES: st.SearchStrategy[Audience] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(All, of=st.lists(parts, max_size=3).map(tuple)),
        st.builds(Any, of=st.lists(parts, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
PRESENCES = st.builds(
    Presence,
    attendance=st.sampled_from(["office", "remote", "support", "away"]),
    group=st.integers(0, 2),
    attended=st.sampled_from([None, True, False]),
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Somebody of a state, of the secretariat, or a state that nobody has come in for."""
    roles: list[Role | Literal[""]] = [*ROLES, ""]
    role = draw(st.sampled_from(roles))
    country = "" if role == "secretariat" else draw(st.sampled_from(CODES))
    counts = {section: (draw(st.integers(0, 3)), 3) for section in SECTIONS} if country else {}
    return Facts(
        person_id=0 if role == "" else draw(st.integers(1, 99)),
        role=role,
        country=country,
        reach=draw(st.sampled_from(["open", "blocked", "gone"])),
        declined=bool(country) and draw(st.booleans()),
        focal_points=draw(st.integers(0, 2)),
        people=draw(st.integers(0, 3)),
        invited=draw(st.booleans()),
        submitted=draw(st.booleans()),
        settled=counts,
        sessions=draw(st.dictionaries(st.sampled_from(SESSIONS), PRESENCES)) if role else {},
    )


def true_of(of: Facts) -> set[tuple[object, ...]]:
    """Every leaf of the language that holds of somebody, as words."""
    true: set[tuple[object, ...]] = {("role", of.role), ("reach", of.reach if of.person_id else "nobody")}
    true |= {("declined",)} if of.declined else set()
    for session in SESSIONS:
        there = of.sessions.get(session)
        if there is None:
            true.add((session, "not_registered"))
        elif there.attendance != "away":
            true |= {(session, "registered"), (session, there.attendance), (session, "group", there.group)}
            true |= {(session, {True: "attended", False: "absent", None: "unrecorded"}[there.attended])}
    return true | (true_of_the_country(of) if of.country else set())


def true_of_the_country(of: Facts) -> set[tuple[object, ...]]:
    done = sum(settled for settled, _ in of.settled.values())
    whole = sum(total for _, total in of.settled.values())
    wanted = {
        ("country", of.country): True,
        ("staffed", "no_focal_point"): not of.focal_points,
        ("staffed", "invited"): of.invited and not of.focal_points,
        ("staffed", "nobody_in"): not of.people,
        ("review", "begun" if done else "nothing_begun"): True,
        ("review", "none_open" if done == whole else "some_open"): True,
        ("review", "submitted" if of.submitted else "not_submitted"): True,
    }
    for section, (settled, total) in of.settled.items():
        wanted[section, "begun" if settled else "not_begun"] = True
        wanted[section, "done" if settled == total else "open"] = True
    return {words for words, holds in wanted.items() if holds}


def words_of(leaf: Audience) -> set[tuple[object, ...]]:
    """What a leaf asks for: one of these is enough."""
    said = leaf.model_dump()
    kind = said.pop("kind")
    match kind:
        case "countries" | "roles":
            return {
                ({"countries": "country", "roles": "role"}[kind], each) for each in said[next(iter(said))]
            }
        case "group":
            return {(said["session"], "group", said["group"])}
        case "reachable":
            return {("reach", "open")}
        case "declined":
            return {("declined",)}
    return {
        (
            said.get("session") or said.get("section") or {"progress": "review"}.get(kind, kind),
            said.get("how") or said["state"],
        )
    }


def naive(audience: Audience, of: Facts) -> bool:
    """The same language, read as sets of words that are true of somebody."""
    if isinstance(audience, All):
        return [naive(each, of) for each in audience.of].count(False) == 0
    if isinstance(audience, Any):
        return [naive(each, of) for each in audience.of].count(True) > 0
    if isinstance(audience, AllBut):
        return not naive(audience.of, of)
    return bool(words_of(audience) & true_of(of))


def asks_for(audience: Audience, country: str) -> bool:
    """Whether an audience names the country, or those that declined, as whom it is for."""
    if isinstance(audience, All | Any):
        return True in [asks_for(each, country) for each in audience.of]
    return isinstance(audience, Declined) or (
        isinstance(audience, Countries) and audience.codes.count(country) > 0
    )


@given(AUDIENCES, facts())
def test_an_audience_means_what_its_words_say(audience: Audience, of: Facts) -> None:
    assert matches(audience, replace(of, declined=False)) == naive(audience, replace(of, declined=False))


@given(AUDIENCES, facts())
def test_who_declined_is_told_only_when_asked_for_by_name(audience: Audience, of: Facts) -> None:
    of = replace(of, declined=bool(of.country))
    spared = bool(of.country) and of.role in ("", *OF_A_STATE) and not asks_for(audience, of.country)
    assert matches(audience, of) == (naive(audience, of) and not spared)


@given(AUDIENCES)
def test_an_audience_comes_back_from_its_text(audience: Audience) -> None:
    assert read(written(audience)) == audience
    assert audience in list(parts_of(audience))
    assert sessions_in(audience) == {s for s in SESSIONS if f'"{s}"' in written(audience)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        '{"kind":"everybody"}',
        '{"kind":"countries","codes":[]}',
        '{"kind":"roles","roles":["king"]}',
        '{"kind":"group","session":"s","group":0}',
        '{"kind":"all","of":[{"kind":"all","x":1}]}',
    ],
)
def test_another_text_is_no_audience(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read(text)


def test_everybody_and_nobody() -> None:
    officer = Facts(1, "secretariat", "")
    assert matches(EVERYBODY, officer)
    assert not matches(Any(), officer)
    assert not matches(FOCAL_POINTS, officer)
    assert not matches(Progress(state="not_submitted"), officer)
    declining = Facts(2, "focal_point", "JO", declined=True)
    assert not matches(EVERYBODY, declining)
    assert matches(Declined(), declining)
    assert matches(All(of=(FOCAL_POINTS, Countries(codes=("JO",)))), declining)
    assert not matches(All(of=(FOCAL_POINTS, Countries(codes=("LB",)))), declining)
    assert matches(EVERYBODY, Facts(3, "supporter", "JO", declined=True))
