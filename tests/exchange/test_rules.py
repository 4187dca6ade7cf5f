"""The pure rules between a state and the secretariat: what stays shared, pages, what became of a remark, consent."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.render.samples_exchange import every_answer
from tests.store.village import prose, tiny
from workflows.notices.exchange import AnswerLine, Became, RoundLine
from workflows.review.answers import Answer, Part, Prose, Record, RecordList, Selection
from workflows.review.events import Adaptation, Review
from workflows.store.sharing import WHOLE, restricted
from workflows.store.values_exchange import Consent, Remark, RemarkCount, RemarkState
from workflows.use_cases.exchange import counting, reading
from workflows.use_cases.exchange.sharing import after

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SECTIONS = ("one", "two", "three")


# --- sharing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shared", "section", "on", "left"),
    [
        (set(), "one", True, {"one"}),
        ({"one"}, "one", True, {"one"}),
        ({"one", "two"}, "one", False, {"two"}),
        (set(), "one", False, set()),
        ({"one"}, WHOLE, True, {WHOLE}),
        ({WHOLE}, "one", True, {WHOLE}),
        ({WHOLE}, "one", False, {"two", "three"}),
        ({WHOLE}, WHOLE, False, set()),
        ({"one", "two"}, WHOLE, False, set()),
    ],
)
def test_what_is_shared_after_a_press(shared: set[str], section: str, on: bool, left: set[str]) -> None:  # noqa: FBT001 - a table
    assert after(frozenset(shared), SECTIONS, section, on=on) == left


@given(st.lists(st.tuples(st.sampled_from(["", *SECTIONS]), st.booleans()), max_size=12))
def test_what_was_taken_back_last_is_not_shared(presses: list[tuple[str, bool]]) -> None:
    shared: frozenset[str] = frozenset()
    open_now = dict.fromkeys(SECTIONS, False)
    for section, on in presses:
        shared = after(shared, SECTIONS, section, on=on)
        open_now.update(dict.fromkeys(SECTIONS if section == WHOLE else (section,), on))
        readable = set(SECTIONS) if WHOLE in shared else set(shared)
        assert readable == {each for each, is_open in open_now.items() if is_open}


def test_a_restricted_review_holds_nothing_of_the_rest() -> None:
    template = tiny()
    first, second = (section.id for section in template.sections)
    answers = {"1c.1": prose("first"), "2a.1": Answer(state="answered", value=Selection(values=("all",)))}
    adaptations = {"1c": Adaptation(wording="own"), "2b": Adaptation(left_out=True)}
    review = Review(template, "LB", answers, adaptations, {"1c.1": 1}, {"2b.1": 3})
    assert restricted(review, frozenset({WHOLE, first})) is review
    only = restricted(review, frozenset({first}))
    assert (set(only.answers), set(only.adaptations), dict(only.last_ids)) == ({"1c.1"}, {"1c"}, {})
    other = restricted(review, frozenset({second}))
    assert (set(other.answers), set(other.adaptations), dict(other.words)) == ({"2a.1"}, {"2b"}, {})


# --- reading ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 6_000), max_size=30))
def test_pages_hold_every_answer_once_and_stay_short(lengths: list[int]) -> None:
    lines = [
        AnswerLine(prompt=str(at), state="answered", text="x" * length) for at, length in enumerate(lengths)
    ]
    pages = reading.pages_of(lines)
    assert pages
    assert [line for page in pages for line in page] == lines
    for page in pages:
        assert len(page) <= reading.PAGE_ANSWERS
        assert len(page) <= 1 or sum(len(line.text) for line in page) <= reading.PAGE_LENGTH


def test_a_section_shows_what_applies_and_names_what_was_left_out() -> None:
    yes = Answer(state="answered", value=Selection(values=("yes",)))
    record = Answer(
        state="answered", value=RecordList(records=(Record(id=4, fields={"name": "Rana"}),), last_id=4)
    )
    asleep = replace(Review(tiny(), "LB"), answers={"1a.2": record})
    assert "1a.2" not in {line.prompt for line in reading.section_answers(asleep, "people")}
    awake = replace(
        asleep, answers={"1a.1": yes, "1a.2": record}, adaptations={"1c": Adaptation(left_out=True)}
    )
    lines = {line.prompt: line for line in reading.section_answers(awake, "people")}
    assert lines["1a.1"].chosen == ("yes",)
    assert lines["1a.2"].records == ({"name": "Rana"},)
    assert lines["1c.1"].left_out
    assert lines["1c.1"].text == ""


def test_every_kind_of_answer_has_a_line() -> None:
    kinds = {tiny().type_of(line.prompt).kind for line in every_answer(tiny(), "typed")}
    assert kinds == {"yes_no", "choice", "choices", "text", "record", "records", "matrix"}


# --- remarks ---------------------------------------------------------------------------------------


def remark(state: RemarkState) -> Remark:
    return Remark(1, "c", "LB", 7, "1c.1", "wording", "text", 1, state, None, NOW)


@pytest.mark.parametrize(
    ("state", "changed", "resubmitted", "expected"),
    [
        ("kept", False, False, "kept"),
        ("open", False, False, "open"),
        ("open", True, False, "edited"),
        ("open", False, True, "unchanged"),
        ("open", True, True, "edited"),
        ("editing", False, False, "editing"),
        ("editing", True, False, "edited"),
        ("editing", False, True, "unchanged"),
        ("accepted", True, True, "accepted"),
        ("explained", False, True, "explained"),
        ("explained", True, True, "explained"),
    ],
)
def test_what_became_of_a_remark(
    state: RemarkState,
    changed: bool,  # noqa: FBT001 - a table
    resubmitted: bool,  # noqa: FBT001 - the same
    expected: Became,
) -> None:
    before, now = prose("one"), prose("two") if changed else prose("one")
    assert counting.became(remark(state), before, now, resubmitted=resubmitted) == expected


def test_an_answer_sent_in_parts_is_the_one_that_was_frozen() -> None:
    parts = (Part(text="one", source="1:1"), Part(text="two", source="1:2"))
    draft = Review(tiny(), "LB", {"1c.1": Answer(state="answered", value=Prose(parts=parts))})
    again = Review(tiny(), "LB", {"1c.1": prose("one\ntwo", source="2:9")})
    assert counting.settled_form(draft) == counting.settled_form(again)
    assert counting.settled_form(draft) != counting.settled_form(Review(tiny(), "LB", {"1c.1": prose("one")}))


def test_rounds_count_what_is_open() -> None:
    lines = [counting.remark_line(remark("open")), counting.remark_line(remark("accepted"))]
    assert counting.rounds_of(lines) == (RoundLine(round=1, total=2, open=1),)
    counts = [RemarkCount(1, 7, open=1, accepted=1, explained=1), RemarkCount(2, 8, open=1, editing=2)]
    assert counting.round_lines(counts, 8) == (
        RoundLine(round=1, total=3, open=0),
        RoundLine(round=2, total=3, open=3),
    )


def test_a_revoked_consent_does_not_hold() -> None:
    def given_to(prompt: str, use: str, revoked: datetime | None = None) -> Consent:
        return Consent(1, "c", "LB", 7, prompt, use, None, NOW, None, revoked)  # type: ignore[arg-type]  # one of two

    consents = [given_to("a", "publish"), given_to("b", "publish", NOW), given_to("a", "quote", NOW)]
    assert counting.consented(consents) == (frozenset({"a"}), frozenset())
