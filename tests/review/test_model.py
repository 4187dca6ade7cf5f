"""Random people against a naive second opinion: the same answers, path and next prompt, and nothing misplaced."""

import os
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from bot import buttons
from bot.render import render
from tests.review.naive import Given, Hand, Naive
from tests.review.playing import ENGLISH, GCM, TINY, Country, Letter, Person
from workflows.notices import (
    Ask,
    AskField,
    AskWording,
    Hub,
    LeftOut,
    Notice,
    RecordCard,
    Saved,
    SectionView,
    TwoTexts,
    WhichQuestion,
)
from workflows.review.answers import Answer, Matrix, Prose, RecordList, Selection
from workflows.review.events import Adaptation, Pressed, WentTo
from workflows.review.path import next_open
from workflows.review.progress import tally
from workflows.review.template import Template

TEXTS = [
    "نعم",
    "لا",
    "2",
    "٣، ١",
    "أ\nب\nج",
    "- ج\n- أ",
    "نص من عدة كلمات " * 30,
    "عنوان\n\n- بند أول\nسطر",
    "2019",
    "؟",
]
FORGED_ARGS = [
    "",
    "1",
    "9",
    "yes",
    "x:y",
    "1:name",
    "1:title:+2",
    "24:planned",
    "2:good",
    "3d.2",
    "9z",
    "1a.1",
]
FORGED_ACTS = [
    "option", "tick", "untick", "row", "status", "page", "menu", "state", "record", "field", "value", "blank",
    "remove", "removed", "join", "list", "place", "restore", "replace", "reword", "done", "clear", "leave_out",
]  # fmt: skip
NOWHERE = ("nowhere",)
ENOUGH = 50
"""So many chats come to everything at least once."""
CHATS = int(os.environ.get("RAFIQ_EXAMPLES", ENOUGH))
STEPS = 100
HABITS = {
    "press": 34, "press_old": 6, "say": 24, "continue": 5, "jump": 5, "open_question": 2, "hub": 1, "section": 1,
    "forge": 5, "write": 4, "late_texts": 4, "repeat": 3, "edit": 5, "double_tap": 4,
}  # fmt: skip
"""What people do, by how often they do it."""

EXPECTED = {
    "ask", "saved", "answered", "record", "field", "wording", "left_out", "hub", "section", "which", "nothing_open",
    "explained", "Recorded", "Adapted", "already", "stale", "unreadable", "text", "chosen", "records", "cells", "state",
}  # fmt: skip
"""What must have happened somewhere in the chats, or the comparison would say little."""

Shown = tuple[str, ...]


def what_a_text_would_answer(notice: Notice) -> Shown | None:
    """Read off a card as a person would; None for a message that asks nothing and offers no place."""
    match notice:
        case Ask(turn=turn, prompt=prompt) | Saved(turn=turn, prompt=prompt):
            return ("prompt", prompt) if turn else None
        case RecordCard(turn=turn, prompt=prompt, record=record):
            return ("detail", prompt, str(record), "card") if turn else None
        case AskField(turn=turn, prompt=prompt, record=record, field=wanted):
            return ("detail", prompt, str(record), wanted) if turn else None
        case AskWording(question=question):
            return ("wording", question)
        case Hub() | SectionView() | WhichQuestion() | TwoTexts() | LeftOut():
            return NOWHERE
        case _:
            return None


def as_given(answer: Answer) -> Given:
    """An answer of the engine in the naive form."""
    match answer.value:
        case None:
            return ("state", answer.state)
        case Prose(parts=parts):
            return ("text", tuple((part.source, part.text) for part in parts))
        case Selection(values=values, other=other):
            return ("chosen", values, other)
        case RecordList(records=records):
            rows = tuple((r.id, tuple(sorted(r.fields.items())), r.source) for r in records)
            return ("records", rows)
        case Matrix(cells=cells):
            return ("cells", tuple(sorted(cells.items())))


@dataclass(frozen=True)
class Deed:
    """One thing that one of two people does; the numbers choose among what there is at that moment."""

    who: int
    verb: str
    one: int = 0
    two: int = 0


class Chats:
    """Two people of one country do whatever people do, before the engine and the naive model."""

    def __init__(self, template: Template) -> None:
        self.country = Country(template)
        self.people = [Person(self.country, number=number) for number in (1, 2)]
        self.naive = Naive(template)
        self.hands = [Hand(), Hand()]
        self.shown: list[dict[int, Shown]] = [{}, {}]
        self.letters: list[list[Letter]] = [[], []]
        self.under_way: list[list[Letter]] = [[], []]
        self.tapped: dict[int, tuple[str, int]] = {}
        self.seen: Counter[str] = Counter()

    # --- what people do -------------------------------------------------------------------------------------

    def do(self, deed: Deed) -> None:
        who, person = deed.who, self.people[deed.who]
        match deed.verb:
            case "press" | "press_old":
                self.press(deed, person)
            case "double_tap":
                self.double_tap(who)
            case "forge":
                self.forge(
                    who, FORGED_ACTS[deed.one % len(FORGED_ACTS)], FORGED_ARGS[deed.two % len(FORGED_ARGS)]
                )
            case "say":
                ids = sorted(self.shown[who], reverse=True)
                quoted = ids[deed.two % 4] if deed.two % 20 < min(len(ids), 4) else None
                self.arrive(who, person.writes(TEXTS[deed.one % len(TEXTS)], quoted))
            case "write":
                self.under_way[who].append(person.writes(TEXTS[deed.one % len(TEXTS)]))
            case "late_texts":
                waiting, self.under_way[who] = self.under_way[who], []
                for letter in waiting:
                    self.arrive(who, letter)
            case "repeat" | "edit" if self.letters[who]:
                letter = self.letters[who][-1 - deed.two % min(len(self.letters[who]), 6)]
                self.arrive(who, letter) if deed.verb == "repeat" else self.edit(who, letter, deed.one)
            case verb:
                self.go(who, self.place(verb, deed.one))

    def place(self, verb: str, number: int) -> str:
        template = self.country.template
        prompts, questions = list(template.prompts), list(template.questions)
        match verb:
            case "jump":
                return f"prompt:{prompts[number % len(prompts)]}"
            case "open_question":
                return f"question:{questions[number % len(questions)]}"
            case "section":
                return f"section:{template.sections[number % len(template.sections)].id}"
            case _:
                return "continue" if verb == "continue" else "hub"

    def press(self, deed: Deed, person: Person) -> None:
        """A button of a message in the chat, mostly of the newest that has one."""
        ids = sorted(person.sees, reverse=True)[: 8 if deed.verb == "press" else None]
        if deed.verb == "press_old" and ids:
            ids = [ids[deed.two % len(ids)]]
        for on in ids:
            if codes := self.codes(person, on):
                self.tap(deed.who, codes[deed.one % len(codes)], on)
                return

    def double_tap(self, who: int) -> None:
        """The button pressed last, once more."""
        if who in self.tapped:
            self.tap(who, *self.tapped[who])

    def codes(self, person: Person, at: int) -> list[str]:
        return [data for data in person.codes(at) if not data.startswith("do.")]

    def forge(self, who: int, act: Any, arg: str) -> None:
        person = self.people[who]
        self.naive.press(self.hands[who], person.interview.turn, act, arg)
        person.presses(act, arg)
        self.compare(who)

    def edit(self, who: int, letter: Letter, text: int) -> None:
        words = TEXTS[text % len(TEXTS)]
        self.naive.correct(self.hands[who], words, self.people[who].source(letter))
        self.people[who].edits(letter, words)
        self.compare(who)

    # --- both sides take it ---------------------------------------------------------------------------------

    def go(self, who: int, place: str) -> None:
        self.naive.go(self.hands[who], place)
        self.people[who].goes(place)
        self.compare(who)

    def tap(self, who: int, data: str, on: int) -> None:
        self.tapped[who] = data, on
        head, _, rest = data.partition(".")
        act, _, arg = rest.partition(".")
        if head == "go":
            self.naive.go(self.hands[who], rest)
        else:
            self.naive.press(self.hands[who], int(head), act, arg)
        self.people[who].taps(data, on)
        self.compare(who, on)

    def arrive(self, who: int, letter: Letter) -> None:
        self.letters[who].append(letter)
        place = self.place_of(who, letter)
        hand, source = self.hands[who], self.people[who].source(letter)
        if place[0] == "prompt":
            in_hand = hand.prompt == place[1]
            if self.naive.hear(hand, place[1], letter.text, source) and in_hand:
                self.naive.go_on(hand, place[1])
        elif place[0] == "detail" and self.naive.row(place[1], place[2]):
            self.naive.hear_detail(place[1], place[2], place[3], letter.text)
        elif place[0] == "wording":
            self.naive.reword(hand, place[1], letter.text)
        else:
            self.naive.hold(hand, letter.text, source)
        self.people[who].arrives(letter)
        self.compare(who)

    def place_of(self, who: int, letter: Letter) -> Shown:
        shown = self.shown[who]
        if letter.reply_to in shown:
            return shown[letter.reply_to]
        seen = [message for message in shown if message < letter.message_id]
        return shown[max(seen)] if seen else NOWHERE

    # --- and must agree -------------------------------------------------------------------------------------

    def compare(self, who: int, on: int = 0) -> None:
        self.look(who, on)
        last = self.people[who].last
        self.seen.update(say.notice.topic for say in last.says)
        self.seen.update(type(fact).__name__ for fact in last.facts)
        self.seen.update([self.people[who].toast])
        review, naive = self.country.review, self.naive
        given, awake = naive.answers(), naive.path()
        assert {name: as_given(answer) for name, answer in review.answers.items()} == given
        assert [prompt.id for prompt in review.path] == awake
        assert (next_open(review, None) or "") == naive.next_open()
        self.seen.update(str(answer[0]) for answer in given.values())
        adapted = {name: a for name, a in review.adaptations.items() if a != Adaptation()}
        assert {name for name, a in adapted.items() if a.left_out} == naive.left_out
        assert {name: a.wording for name, a in adapted.items() if a.wording} == naive.wordings
        person, hand = self.people[who], self.hands[who]
        assert person.prompt == hand.prompt
        assert person.interview.turn == hand.moves
        assert [
            (text.source, text.text, *(text.candidates or ("",))) for text in person.interview.held
        ] == hand.held
        assert tally(review).open == len([name for name in awake if name not in given])

    def look(self, who: int, on: int) -> None:
        """See what was said: every button is for now, and what a text would answer is noted."""
        person = self.people[who]
        new = len([say for say in person.last.says if not say.redraw])
        ids = iter(range(person.newest_id - new + 1, person.newest_id + 1))
        for say in person.last.says:
            at = (on or person.newest_card) if say.redraw else next(ids)
            place = what_a_text_would_answer(say.notice)
            if place and not (say.redraw and isinstance(say.notice, LeftOut)):
                self.shown[who][at] = place
            self.read_keys(person, say.notice)

    def read_keys(self, person: Person, notice: Notice) -> None:
        for row in render(notice, ENGLISH, self.country.template).keyboard:
            for key in row:
                meaning = buttons.read(key.data)
                assert isinstance(meaning, Pressed | WentTo | buttons.Did)
                if isinstance(meaning, Pressed):
                    assert meaning.turn == person.interview.turn, "a button that is stale from the start"


# --- the chats ----------------------------------------------------------------------------------------------


def deeds(seed: int) -> list[Deed]:
    """A random chat, the same for the same seed; each person stays at it for a while."""
    chance = random.Random(seed)  # noqa: S311 no secret hangs on it
    verbs, weights = list(HABITS), list(HABITS.values())
    chat, who = [], 0
    for _ in range(STEPS):
        who = 1 - who if chance.random() < 0.1 else who
        [verb] = chance.choices(verbs, weights)
        chat.append(Deed(who, verb, chance.randrange(1000), chance.randrange(1000)))
    return chat


def outcome(template: Template, chat: list[Deed]) -> tuple[Chats, Exception | AssertionError | None]:
    """The chat played to its end, or to what went wrong."""
    chats = Chats(template)
    try:
        for deed in chat:
            chats.do(deed)
    except Exception as fault:  # noqa: BLE001 whatever goes wrong is what we look for
        return chats, fault
    return chats, None


def smallest(template: Template, chat: list[Deed], fault: BaseException) -> list[Deed]:
    """The chat without what it does not need to go wrong in the same way."""
    size = len(chat) // 2
    while size:
        for at in range(0, len(chat), size):
            shorter = chat[:at] + chat[at + size :]
            if type(outcome(template, shorter)[1]) is type(fault):
                chat = shorter
                break
        else:
            size //= 2
    return chat


def test_random_people_and_the_naive_model_agree() -> None:
    seen: Counter[str] = Counter()
    for seed in range(CHATS):
        template, chat = (GCM, TINY)[seed % 2], deeds(seed)
        chats, fault = outcome(template, chat)
        if fault is not None:
            short = smallest(template, chat, fault)
            fault = outcome(template, short)[1]
            story = "\n".join(map(str, short))
            pytest.fail(f"seed {seed}, in {len(short)} deeds:\n{story}\n{type(fault).__name__}: {fault}")
        seen += chats.seen
    rare = {name for name in EXPECTED if not seen[name]}
    assert not rare or CHATS < ENOUGH, f"the chats never came to {rare}: the comparison says little"
