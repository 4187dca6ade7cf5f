"""Groups are as even as delegations allow and stay as they are; presenters share the time; sentences are understood."""

from datetime import UTC, date, datetime, time
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.cycle.calendar import AgendaItem, Calendar, Milestone
from workflows.cycle.sessions.dictation import Move, Offer, Step, read_move, read_offer, read_step
from workflows.cycle.sessions.workshops import (
    balanced,
    is_short_before,
    joined,
    next_session,
    placed_at,
    presentations,
    presenting_item,
    sessions_of,
)
from workflows.languages import Text
from workflows.reference import countries
from workflows.reference.offices import office_city, offices
from workflows.when import Exact, Unstated, When, Window

CODES = [state.code for state in countries()]
SIZES = st.dictionaries(st.sampled_from(CODES), st.integers(0, 9), max_size=22)
FEW = st.dictionaries(st.sampled_from(CODES), st.integers(1, 9), min_size=1, max_size=9)
GROUPS = st.dictionaries(st.sampled_from(CODES), st.integers(0, 3))
NAME = Text(ar="جلسة", en="session", fr="séance")


def weights(sizes: dict[str, int], groups: dict[str, int], count: int = 2) -> list[int]:
    return [sum(sizes[c] for c, at in groups.items() if at == group) for group in range(1, count + 1)]


def gap(sizes: dict[str, int], groups: dict[str, int], count: int = 2) -> int:
    found = weights(sizes, groups, count)
    return max(found) - min(found)


# --- groups --------------------------------------------------------------------------------------------------


@given(SIZES, GROUPS, st.integers(2, 4))
def test_every_delegation_that_comes_is_in_one_group(
    sizes: dict[str, int], placed: dict[str, int], count: int
) -> None:
    for found in (balanced(sizes, count, placed), joined(sizes, count, placed)):
        assert set(found) == {country for country, size in sizes.items() if size}
        assert all(1 <= group <= count for group in found.values())


@given(FEW, GROUPS)
def test_two_groups_are_as_even_as_any_way_to_part_the_delegations(
    sizes: dict[str, int], placed: dict[str, int]
) -> None:
    every = [dict(zip(sizes, way, strict=True)) for way in product((1, 2), repeat=len(sizes))]
    best = min(gap(sizes, way) for way in every)
    found = balanced(sizes, 2, placed)
    assert gap(sizes, found) == best

    def moved(way: dict[str, int]) -> int:
        return sum(placed.get(country, 0) in (1, 2) and placed[country] != way[country] for country in way)

    assert moved(found) == min(moved(way) for way in every if gap(sizes, way) == best)


@given(SIZES)
def test_two_groups_differ_by_no_more_than_the_largest_delegation(sizes: dict[str, int]) -> None:
    assert gap(sizes, balanced(sizes, 2, {})) <= max(sizes.values(), default=0)


@given(SIZES, st.integers(3, 5))
def test_more_groups_differ_by_no_more_than_the_largest_delegation(sizes: dict[str, int], count: int) -> None:
    assert gap(sizes, balanced(sizes, count, {}), count) <= max(sizes.values(), default=0)


@given(SIZES, SIZES)
def test_late_registrations_move_nobody(early: dict[str, int], late: dict[str, int]) -> None:
    groups = balanced(early, 2, {})
    now = {country: early.get(country, 0) + late.get(country, 0) for country in {*early, *late}}
    after = joined(now, 2, groups)
    assert {country: after[country] for country in groups} == groups


@given(FEW, FEW)
def test_late_delegations_are_placed_as_evenly_as_the_early_ones_allow(
    early: dict[str, int], late: dict[str, int]
) -> None:
    groups = balanced(early, 2, {})
    now = late | early
    new = [country for country in now if country not in groups]
    ways = [groups | dict(zip(new, way, strict=True)) for way in product((1, 2), repeat=len(new))]
    assert gap(now, joined(now, 2, groups)) == min(gap(now, way) for way in ways)


@given(SIZES)
def test_balancing_again_changes_nothing(sizes: dict[str, int]) -> None:
    groups = balanced(sizes, 2, {})
    assert balanced(sizes, 2, groups) == groups


def test_the_order_in_which_people_registered_makes_no_difference() -> None:
    sizes = {"LB": 3, "YE": 2, "JO": 1, "EG": 4}
    assert balanced(sizes, 2, {}) == balanced(dict(reversed(sizes.items())), 2, {})


# --- presentations -------------------------------------------------------------------------------------------

ITEM = AgendaItem(id="2.2", title=NAME, starts=time(10, 10), ends=time(11))


@given(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
def test_presenters_share_the_time_and_nobody_runs_over(order: list[str]) -> None:
    turns = presentations(ITEM, order)
    assert [turn.country for turn in turns] == order
    assert len({turn.seconds for turn in turns}) == 1
    last = turns[-1]
    ends = (last.starts.hour * 60 + last.starts.minute) * 60 + last.starts.second + last.seconds
    assert 11 * 3600 - len(order) < ends <= 11 * 3600
    for before, after in pairwise(turns):
        passed = datetime.combine(date.min, after.starts) - datetime.combine(date.min, before.starts)
        assert passed.total_seconds() == before.seconds


def test_four_countries_have_twelve_and_a_half_minutes_each() -> None:
    turns = presentations(ITEM, ["LB", "JO", "YE", "MA"])
    assert [(f"{turn.starts:%H:%M:%S}", turn.seconds) for turn in turns] == [
        ("10:10:00", 750),
        ("10:22:30", 750),
        ("10:35:00", 750),
        ("10:47:30", 750),
    ]
    assert presentations(ITEM, []) == ()


@given(st.lists(st.sampled_from(CODES), unique=True, min_size=1), st.data())
def test_a_presenter_goes_where_they_are_put_and_twice_is_once(order: list[str], data: st.DataObject) -> None:
    country = data.draw(st.sampled_from(order))
    place = data.draw(st.integers(-1, 30))
    after = placed_at(order, country, place)
    assert sorted(after) == sorted(order)
    assert after.index(country) == min(max(place, 1), len(order)) - 1
    assert [c for c in after if c != country] == [c for c in order if c != country]
    assert placed_at(after, country, place) == after


# --- sessions ------------------------------------------------------------------------------------------------


def milestone(id: str, when: When, *, registers: bool = True, presenters_item: str = "") -> Milestone:
    return Milestone(
        id=id,
        kind="workshop",
        title=NAME,
        when=when,
        registers=registers,
        agenda=(ITEM,),
        presenters_item=presenters_item,
    )


FIRST = milestone(
    "s1", Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(13))
)
SECOND = milestone("s2", Window(first=date(2020, 7, 11), last=date(2020, 7, 20), phrase=NAME))
OPEN = milestone("s3", Unstated())
DEADLINE = milestone("deadline", Unstated(), registers=False)
CALENDAR = Calendar(id="c", title=NAME, template="t", milestones=(OPEN, DEADLINE, SECOND, FIRST))


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]  # year, month, day, hour, minute


def test_sessions_are_what_people_register_for() -> None:
    assert [session.id for session in sessions_of(CALENDAR)] == ["s3", "s2", "s1"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2020, 6, 1), "s1"),
        (at(2020, 6, 25, 10, 59), "s1"),
        (at(2020, 6, 25, 11), "s2"),
        (at(2021, 1, 1), "s2"),
    ],
)
def test_the_next_session_is_the_running_or_coming_one(now: datetime, expected: str) -> None:
    found = next_session(CALENDAR, now)
    assert found is not None
    assert found.id == expected


def test_without_sessions_none_is_next_and_after_all_it_is_the_last() -> None:
    assert next_session(CALENDAR.model_copy(update={"milestones": (DEADLINE,)}), at(2020, 6, 1)) is None
    only = Calendar(id="c", title=NAME, template="t", milestones=(FIRST,))
    assert next_session(only, at(2030, 1, 1)) == FIRST


def test_short_before_is_a_day_and_the_session_itself() -> None:
    begins = at(2020, 6, 25, 8)
    assert not is_short_before(FIRST, at(2020, 6, 24, 7, 59))
    assert is_short_before(FIRST, at(2020, 6, 24, 8))
    assert is_short_before(FIRST, begins)
    assert not is_short_before(FIRST, at(2020, 6, 25, 11))
    assert not is_short_before(SECOND, at(2020, 7, 15))


def test_only_a_session_with_its_item_has_presentations() -> None:
    assert presenting_item(FIRST) is None
    assert presenting_item(milestone("s", Unstated(), presenters_item="2.2")) == ITEM
    assert presenting_item(milestone("s", Unstated(), presenters_item="9.9")) is None


# --- what is typed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انقل اليمن إلى المجموعة الثانية", Move("YE", 2)),
        ("انقلوا لبنان إلى المجموعة ١", Move("LB", 1)),
        ("لليمن المجموعة الأولى", Move("YE", 1)),
        ("انقل المملكة العربية السعودية إلى المجموعة الأولى", Move("SA", 1)),
        ("move Yemen to group 2", Move("YE", 2)),
        ("Please put Saudi Arabia in the second group.", Move("SA", 2)),
        ("move Jordan from group 1 to group 2", Move("JO", 2)),
        ("LB 1", Move("LB", 1)),
        ("Déplacez le Yémen vers le deuxième groupe", Move("YE", 2)),
        ("mettre l'Algérie dans le groupe 2", Move("DZ", 2)),
        ("l’Égypte dans le premier groupe", Move("EG", 1)),
        ("move Atlantis to group 2", Move("", 2)),
        ("move Yemen", Move("YE", 0)),
        ("so be it", Move("", 0)),
        ("", Move("", 0)),
    ],
)
def test_a_delegation_is_moved_in_words(text: str, expected: Move) -> None:
    assert read_move(text) == expected


@pytest.mark.parametrize("state", countries(), ids=lambda state: state.code)
def test_every_state_is_recognised_in_a_sentence(state: object) -> None:
    names = {language: getattr(state, language) for language in ("ar", "en", "fr")}
    code = getattr(state, "code")  # noqa: B009 - the parameter is typed for its id only
    assert read_move(f"انقل {names['ar']} إلى المجموعة الثانية") == Move(code, 2)
    assert read_move(f"move {names['en']} to group 2") == Move(code, 2)
    assert read_move(f"déplacer {names['fr']} vers le groupe 2") == Move(code, 2)


@given(st.text(max_size=300))
def test_nothing_typed_is_too_odd_to_be_read(text: str) -> None:
    move, offer, step = read_move(text), read_offer(text), read_step(text)
    assert 0 <= move.group <= 9
    assert offer is None or (offer.organization and offer.text)
    assert step is None or step.task


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNICEF: training on data", Offer("UNICEF", "training on data")),
        ("اليونيسف: تدريب على البيانات", Offer("اليونيسف", "تدريب على البيانات")),
        ("OIM - appui technique: données", Offer("OIM", "appui technique: données")),
        ("UNICEF\ntraining", Offer("UNICEF", "training")),
        ("UNICEF", None),
        (": training", None),
        ("UNICEF:", None),
    ],
)
def test_an_offer_has_an_organization_and_words(text: str, expected: Offer | None) -> None:
    assert read_offer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send the template; Jordan; 3 July 2024", Step("Send the template", "Jordan", "3 July 2024", "JO")),
        ("إرسال النموذج؛ الأردن؛ ٣ تموز ٢٠٢٤", Step("إرسال النموذج", "الأردن", "٣ تموز ٢٠٢٤", "JO")),
        ("Minutes; ESCWA", Step("Minutes", "ESCWA")),
        ("Minutes", Step("Minutes")),
        ("Minutes\nMaroc\ndemain", Step("Minutes", "Maroc", "demain", "MA")),
        (" ; Jordan", None),
        ("", None),
    ],
)
def test_a_step_has_a_task_an_owner_and_a_date(text: str, expected: Step | None) -> None:
    assert read_step(text) == expected


# --- offices -------------------------------------------------------------------------------------------------


def test_every_state_says_whether_it_has_an_office() -> None:
    assert set(offices()) == set(CODES)
    assert office_city("JO") is not None
    assert office_city("OM") is None
    assert office_city("XX") is None
    for office in offices().values():
        assert office.city is not None or office.note, f"{office.code}: say why there is none"
