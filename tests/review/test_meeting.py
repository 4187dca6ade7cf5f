"""Two people at one text, in every order: nobody's words go that whoever removed them was not shown."""

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.playing import GCM
from workflows.notices import Ask, TwoTexts
from workflows.review.answers import Answer, Prose, RecordList, Selection
from workflows.review.events import (
    Act,
    Event,
    Focus,
    Interview,
    Pressed,
    Recorded,
    Review,
    Said,
    WentTo,
    with_facts,
)
from workflows.review.interview import step
from workflows.store.values import Draft
from workflows.use_cases.hands.meeting import with_seen, with_unseen

TEXT, ENTITY = "1f.2", "1a.4"
"""A long text, and a single entity whose name is replaced by the next one typed."""
ORDERS = sorted(set(itertools.permutations("AAAABBBB", 8)))


@dataclass
class Table:
    """The review that both work on, with the numbers of its versions as the store gives them."""

    prompt: str
    review: Review = field(init=False)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        there = {"1a.1": Answer(state="answered", value=Selection(values=("yes",)))}
        there["1a.3"] = there["1a.1"]
        self.review = Review(GCM, country="JO", answers=there)
        assert any(prompt.id == self.prompt for prompt in self.review.path)

    @property
    def draft(self) -> Draft:
        return Draft(1, "round-1", self.review, numbers=dict(self.numbers))

    def words(self) -> set[str]:
        answer = self.review.answers.get(self.prompt)
        match answer.value if answer is not None else None:
            case Prose(text=text):
                return set(text.split())
            case RecordList(records=records):
                return {
                    word for record in records for text in record.fields.values() for word in text.split()
                }
        return set()


@dataclass
class Editor:
    """One of the two: what they have in hand, what they were ever shown, what they have said."""

    table: Table
    number: int
    interview: Interview = field(default_factory=Interview)
    shown: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def does(self, event: Event) -> None:
        earlier, before = self.table.draft, self.table.words()
        turn = step(with_unseen(earlier, self.interview), self.interview, event)
        self.table.review = with_facts(self.table.review, turn.facts)
        for fact in turn.facts:
            if isinstance(fact, Recorded):
                self.table.numbers[fact.prompt] = self.table.numbers.get(fact.prompt, 0) + 1
        gone = before - self.table.words()
        assert gone <= self.shown | set(self.said), f"{gone} went unseen by {self.number}"
        self.interview = with_seen(self.interview, turn, earlier, self.table.draft)
        for say in turn.says:
            self._sees(say.notice)

    def _sees(self, notice: object) -> None:
        if isinstance(notice, Ask):
            self.shown |= set(notice.excerpt.split())
            self.shown |= {word for line in notice.records for word in line.text.split()}
        elif isinstance(notice, TwoTexts):
            self.shown |= set(notice.theirs.split())

    def opens(self) -> None:
        self.does(WentTo(f"prompt:{self.table.prompt}"))

    def says(self) -> None:
        word = f"w{self.number}x{len(self.said)}"
        self.said.append(word)
        self.does(Said(word, f"{self.number}:{100 + len(self.said)}", Focus(self.table.prompt)))

    def presses(self, act: Act, arg: str = "") -> None:
        self.does(Pressed(self.interview.turn, act, arg))

    def keeps(self, word: str) -> bool:
        """Whether a word that was said is in the answer or waits."""
        return word in self.table.words() or any(word in held.text for held in self.interview.held)


def at_one_table(prompt: str = TEXT) -> tuple[Table, dict[str, Editor]]:
    table = Table(prompt)
    return table, {"A": Editor(table, 1), "B": Editor(table, 2)}


@pytest.mark.parametrize("prompt", [TEXT, ENTITY])
def test_in_every_order_nothing_goes_that_was_not_shown(prompt: str) -> None:
    """Both open the question, write, begin anew and write again; all 70 orders."""
    for order in ORDERS:
        _, editors = at_one_table(prompt)
        done = {"A": 0, "B": 0}
        for who in order:
            editor = editors[who]
            match done[who]:
                case 0:
                    editor.opens()
                case 2:
                    editor.presses("replace")
                case _:
                    editor.says()
            done[who] += 1
        for editor in editors.values():
            assert (
                editor.keeps(editor.said[-1])
                or editor.said[-1] in editors["A" if editor.number == 2 else "B"].shown
            )


DEEDS: tuple[tuple[str, str], ...] = (
    ("opens", ""), ("says", ""), ("press", "replace"), ("press", "both"), ("press", "instead"), ("press", "theirs"),
    ("press", "clear"), ("state", "not_applicable"), ("says", ""), ("menu", "other"),
)  # fmt: skip


@settings(max_examples=300)
@given(
    prompt=st.sampled_from([TEXT, ENTITY]),
    deeds=st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(DEEDS)), max_size=30),
)
def test_whatever_two_people_do_nothing_goes_that_was_not_shown(
    prompt: str, deeds: list[tuple[str, tuple[str, str]]]
) -> None:
    _, editors = at_one_table(prompt)
    for editor in editors.values():
        editor.opens()
    for who, (deed, arg) in deeds:
        editor = editors[who]
        match deed:
            case "opens":
                editor.opens()
            case "says":
                editor.says()
            case "press":
                editor.presses(arg)  # type: ignore[arg-type]  # an act of the table above
            case "state":
                editor.presses("state", arg)
            case "menu":
                editor.presses("menu", arg)


def test_a_replacing_text_waits_beside_what_came_meanwhile() -> None:
    table, editors = at_one_table()
    layla, nour = editors["A"], editors["B"]
    layla.opens()
    layla.says()
    layla.presses("replace")
    nour.opens()
    nour.says()
    layla.says()
    layla.says()
    assert table.words() == {"w1x0", "w2x0"}
    assert [held.text for held in layla.interview.held] == ["w1x1", "w1x2"]
    nour.says()
    layla.presses("instead")
    assert table.words() == {"w1x0", "w2x0", "w2x1"}, "it has changed once more: it is shown again first"
    layla.presses("instead")
    assert table.words() == {"w1x1", "w1x2"}
    assert not layla.interview.held


def test_a_text_that_waits_while_its_writer_is_elsewhere_goes_in_no_place_unseen() -> None:
    """The one has gone on to the next question when their text is held; the other writes once more behind it."""
    table, editors = at_one_table(ENTITY)
    layla, nour = editors["A"], editors["B"]
    layla.opens()
    layla.presses("state", "not_applicable")
    assert layla.interview.focus != Focus(ENTITY)
    nour.opens()
    nour.says()
    layla.says()
    assert table.words() == {"w2x0"}
    nour.says()
    asked_before = layla.interview.turn
    layla.presses("instead")
    assert table.words() == {"w2x1"}, "what came meanwhile is shown first"
    layla.does(Pressed(asked_before, "instead"))
    assert table.words() == {"w2x1"}, "the second of two taps is on the card that did not show it"
    layla.presses("instead")
    assert table.words() == {"w1x0"}
    assert not layla.interview.held


@pytest.mark.parametrize(("act", "words"), [("both", {"w1x0", "w2x0", "w1x1"}), ("theirs", {"w1x0", "w2x0"})])
def test_the_other_choices(act: Act, words: set[str]) -> None:
    table, editors = at_one_table()
    layla, nour = editors["A"], editors["B"]
    layla.opens()
    layla.says()
    layla.presses("replace")
    nour.opens()
    nour.says()
    layla.says()
    layla.presses(act)
    assert table.words() == words
    assert not layla.interview.held
    before = table.numbers[TEXT]
    layla.presses(act)
    assert table.numbers[TEXT] == before, "a second tap does nothing"


def test_a_press_on_a_card_that_is_outdated_shows_what_changed() -> None:
    table, editors = at_one_table()
    layla, nour = editors["A"], editors["B"]
    layla.opens()
    nour.opens()
    nour.says()
    layla.presses("state", "not_applicable")
    assert table.words() == {"w2x0"}
    layla.presses("state", "not_applicable")
    assert table.words() == set()


def test_someone_alone_is_never_asked() -> None:
    table, editors = at_one_table()
    layla = editors["A"]
    layla.opens()
    layla.says()
    layla.presses("replace")
    layla.says()
    assert table.words() == {"w1x1"}
    layla.presses("clear")
    assert table.words() == set()
