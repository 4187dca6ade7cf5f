"""A pretend chat on the pure engine: people say, press and go, and see the cards as a phone would show them."""

from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from bot import buttons
from bot.render import Voice, render
from workflows.notices import NOTICE, Ask, Notice
from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection
from workflows.review.binding import Card, place_of
from workflows.review.events import (
    Act,
    Event,
    Fact,
    Focus,
    Interview,
    Pressed,
    Recorded,
    Review,
    Said,
    Turn,
    WentTo,
    with_facts,
)
from workflows.review.interview import step
from workflows.review.judge import load_template
from workflows.review.template import Template

ROOT = Path(__file__).resolve().parents[2]
GCM = load_template(ROOT / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml")
TINY = load_template(ROOT / "tests" / "templates" / "tiny.yaml")
ENGLISH = Voice("en", "latn", "JO", "Asia/Amman")


@dataclass
class Country:
    """One state's review, that several people may work on."""

    template: Template = GCM
    review: Review = field(init=False)

    def __post_init__(self) -> None:
        self.review = Review(self.template, country="JO")

    def answer(self, prompt: str) -> Answer | None:
        return self.review.answers.get(prompt)

    def text(self, prompt: str) -> str:
        answer = self.answer(prompt)
        assert answer is not None, f"{prompt} is open"
        assert isinstance(answer.value, Prose)
        return answer.value.text

    def chosen(self, prompt: str) -> tuple[str, ...]:
        answer = self.answer(prompt)
        return answer.value.values if answer and isinstance(answer.value, Selection) else ()

    def other(self, prompt: str) -> str:
        answer = self.answer(prompt)
        return answer.value.other if answer and isinstance(answer.value, Selection) else ""

    def records(self, prompt: str) -> tuple[Record, ...]:
        answer = self.answer(prompt)
        return answer.value.records if answer and isinstance(answer.value, RecordList) else ()

    def names(self, prompt: str) -> list[str]:
        first = self.template.fields_of(prompt)[0].id
        return [record.fields[first] for record in self.records(prompt)]

    def cells(self, prompt: str) -> dict[str, str]:
        answer = self.answer(prompt)
        return answer.value.cells if answer and isinstance(answer.value, Matrix) else {}


@dataclass(frozen=True)
class Letter:
    """A text that has left the phone: its message id counts from that moment, however late it is read."""

    text: str
    message_id: int
    reply_to: int | None = None


@dataclass
class Person:
    """Somebody at a phone. `sees` holds every message of ours by its id, as it looks now."""

    country: Country
    number: int = 1
    interview: Interview = field(default_factory=Interview)
    sees: dict[int, Notice] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    newest_id: int = 100
    last: Turn = field(default_factory=lambda: Turn(Interview()))

    # --- what a person does ---------------------------------------------------------------------------------

    def writes(self, text: str, reply_to: int | None = None) -> Letter:
        """Send a text, that may be read later."""
        self.newest_id += 1
        return Letter(text, self.newest_id, reply_to)

    def arrives(self, letter: Letter) -> Turn:
        """The text is read now."""
        place = place_of(self.cards, letter.message_id, letter.reply_to)
        source = self.source(letter)
        return self._do(Said(letter.text, source, place.at, candidates=place.candidates))

    def says(self, text: str, reply_to: int | None = None) -> Letter:
        """Send a text that is read at once."""
        letter = self.writes(text, reply_to)
        self.arrives(letter)
        return letter

    def forwards(self, text: str) -> Letter:
        """Send words of which it is unsure that they are an answer."""
        letter = self.writes(text)
        at = place_of(self.cards, letter.message_id).at
        candidates = (at.prompt,) if at is not None and at.prompt else ()
        self._do(Said(letter.text, self.source(letter), None, candidates=candidates))
        return letter

    def edits(self, letter: Letter, text: str) -> Turn:
        return self._do(Said(text, self.source(letter), None, edited=True))

    def presses(self, act: Act, arg: str = "", *, turn: int | None = None, on: int | None = None) -> Turn:
        """Press a button of the newest card, or of an older turn or message."""
        turn = self.interview.turn if turn is None else turn
        return self._do(Pressed(turn, act, arg), self.newest_card if on is None else on)

    def taps(self, data: str, on: int) -> Turn:
        """Press a button by the code that is written on it."""
        meaning = buttons.read(data)
        assert isinstance(meaning, Pressed | WentTo), f"no button of the talk: {data}"
        return self._do(meaning, on)

    def goes(self, place: str) -> Turn:
        return self._do(WentTo(place))

    # --- what a person sees ---------------------------------------------------------------------------------

    @property
    def prompt(self) -> str:
        """The prompt in hand."""
        return self.interview.focus.prompt

    @property
    def newest_card(self) -> int:
        return max(self.sees, default=0)

    @property
    def heard(self) -> list[Notice]:
        """What was said in the last turn."""
        return [say.notice for say in self.last.says]

    @property
    def topics(self) -> list[str]:
        return [notice.topic for notice in self.heard]

    @property
    def asked(self) -> Ask:
        """The card that asks, of the last turn."""
        found = [notice for notice in self.heard if isinstance(notice, Ask)]
        assert found, f"nothing was asked, but {self.topics} said"
        return found[-1]

    @property
    def toast(self) -> str:
        return self.last.toast.code if self.last.toast else ""

    def codes(self, on: int | None = None) -> list[str]:
        """The codes on the buttons of a message, the newest one if none is named."""
        notice = self.sees[self.newest_card if on is None else on]
        message = render(notice, ENGLISH, self.country.template)
        return [key.data for row in message.keyboard for key in row]

    def source(self, letter: Letter) -> str:
        return f"{self.number}:{letter.message_id}"

    # --- one turn -------------------------------------------------------------------------------------------

    def _do(self, event: Event, card: int = 0) -> Turn:
        before, review = self.interview, self.country.review
        turn = step(review, before, event)
        assert turn == step(review, before, event), "the same values gave another turn"
        _judge(before, event, turn, review)
        self.last, self.interview = turn, turn.interview
        self.country.review = with_facts(review, turn.facts)
        for say in turn.says:
            self._show(say.notice, say.focus, card if say.redraw else None)
        return turn

    def _show(self, notice: Notice, focus: Focus | None, edits: int | None) -> None:
        if edits is None:
            self.newest_id += 1
        at = self.newest_id if edits is None else edits
        self.sees[at] = notice
        if focus is not None:
            self.cards.append(Card(len(self.cards) + 1, Focus.read(str(focus)), at))


def _judge(before: Interview, event: Event, turn: Turn, review: Review) -> None:
    """What holds of every turn, whatever was done."""
    assert turn.interview.turn >= before.turn
    assert sum(say.redraw for say in turn.says) <= int(isinstance(event, Pressed))
    if isinstance(event, Pressed) and event.turn != before.turn:
        assert turn.toast, "a button of another turn is explained"
        assert not turn.facts, "a button of another turn changes nothing"
        assert turn.interview == before
    if isinstance(event, WentTo):
        assert not turn.facts, "going somewhere changes no answer"
    for say in turn.says:
        assert NOTICE.validate_json(NOTICE.dump_json(say.notice)) == say.notice
        assert getattr(say.notice, "turn", 0) in (0, turn.interview.turn), "a button would be stale at once"
    _judge_facts(turn.facts, review)


def _judge_facts(facts: tuple[Fact, ...], review: Review) -> None:
    """Every fact changes something, and none is about guidance."""
    for fact in facts:
        assert with_facts(review, (fact,)) != review, f"{fact} is as it was"
        if isinstance(fact, Recorded):
            assert review.template.type_of(fact.prompt).kind != "guidance"
        review = with_facts(review, (fact,))


def somebody(template: Template = GCM, at: str = "") -> Person:
    """A person of a country that has answered nothing, with a prompt in hand if one is named."""
    person = Person(Country(template))
    if at:
        person.goes(f"prompt:{at}")
    return person


def colleague(person: Person) -> Person:
    """A second person on the same review."""
    return Person(person.country, number=person.number + 1)


def with_answers(person: Person, **values: str) -> Person:
    """The review with yes, no and choices given beforehand, named like `p1a_1`."""
    given = {
        name[1:].replace("_", "."): Answer(state="answered", value=Selection(values=(value,)))
        for name, value in values.items()
    }
    review = person.country.review
    person.country.review = replace(review, answers={**review.answers, **given})
    return person
