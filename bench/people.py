"""The people of a run: they type forty words, press what they are shown, and the clock is kept for each answer."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, Literal

import orjson

from bench.telegram import DATE, Sent, Telegram

FIRST_CHAT: Final = 1_000
WORDS: Final = 40
QUESTIONS: Final = 24
_VOCABULARY: Final = """
    الهجرة العمل الحماية التعليم الصحة السكن الأسرة البيانات الخدمات القانون السياسة الوزارة اللجنة الخطة البرنامج
    التدريب الحدود العودة الإدماج التحويلات الشراكة المجتمع البلديات النساء الشباب الأطفال العمال أصحاب المكاتب
    السفارات نعمل على تطوير وتنفيذ بالتعاون مع خلال العام وفق منذ ضمن نحو لدى جميع عدد كبير وطنية محلية جديدة
"""

Meaning = Literal["question", "receipt", "which", "door", "other"]


@dataclass(slots=True)
class Person:
    """One of the people: how far they are, and since when they wait (seconds, of a clock that only counts)."""

    chat_id: int
    token: str = ""
    is_in: bool = False
    answered: int = 0
    receipts: int = 0
    waits_since: float = 0.0
    has_pressed: bool = False
    profile: bytes = b""


Reading = Callable[[Sent, Person], Meaning]


class WrongQuestion(Exception):
    """A bot asked another question than the next one: its figures would mean nothing."""


@dataclass
class Tally:
    """What was seen in the time that is measured; latencies in seconds.

    `asked_again` counts the texts that a bot kept and asked about: to which question they belong.
    """

    latencies: list[float] = field(default_factory=list)
    receipts: list[float] = field(default_factory=list)
    asked_again: int = 0
    began: float = 0.0
    ended: float = 0.0
    coming_in: float = 0.0


class People:
    """Everybody of a run, each with so many questions to answer. `reading` says what a message means to a person.

    Each types `think` seconds after a question has come. `fault` is what went wrong, if anything: the
    figures mean nothing then, and nobody is waited for.
    """

    def __init__(
        self,
        telegram: Telegram,
        tokens: Sequence[str],
        reading: Reading,
        questions: int,
        think: float = 0.0,
    ) -> None:
        self._telegram = telegram
        self._think = think
        self._reading = reading
        self._questions = questions
        self._all = {FIRST_CHAT + at: _person(FIRST_CHAT + at, token) for at, token in enumerate(tokens)}
        self._texts = texts()
        self._going = False
        self._missing = len(self._all)
        self._busy = len(self._all)
        self.all_in = asyncio.Event()
        self.all_done = asyncio.Event()
        self.fault: Exception | None = None
        self.tally = Tally()
        telegram.hear = self.hear

    @property
    def everybody(self) -> Sequence[Person]:
        """The people in the order of their invitations."""
        return list(self._all.values())

    def come_in(self) -> None:
        """Everybody opens the chat at once."""
        for person in self._all.values():
            self._say(
                person, b'"/start %s"' % person.token.encode() if person.token else b'"/start"', start=True
            )

    def go(self) -> None:
        """Everybody types the first answer, at once or spread over the time to think; from here on it is measured."""
        self._going = True
        self.tally.began = self.tally.ended = perf_counter()
        for place, person in enumerate(self._all.values()):
            self._type_after(self._think * place / len(self._all), person)

    def stop(self) -> None:
        """Nobody answers any more."""
        self._going = False

    def hear(self, sent: Sent) -> None:
        """One of the people gets a message."""
        try:
            person = self._all[sent.chat_id]
            meaning = self._reading(sent, person)
            if not person.is_in:
                self._enter(person, sent, meaning)
            elif self._going and person.waits_since:
                self._go_on(person, sent, meaning)
        except (WrongQuestion, LookupError, ValueError) as fault:
            self.fault = self.fault or fault
            self.all_in.set()
            self.all_done.set()

    def _enter(self, person: Person, sent: Sent, meaning: Meaning) -> None:
        if meaning == "door" and not person.has_pressed:
            self._press(person, sent)
        elif meaning == "question":
            person.is_in = True
            person.has_pressed = False
            self._missing -= 1
            if not self._missing:
                self.all_in.set()

    def _go_on(self, person: Person, sent: Sent, meaning: Meaning) -> None:
        if meaning == "receipt" and not person.has_pressed:
            person.receipts += 1
            self.tally.receipts.append(perf_counter() - person.waits_since)
            self._press(person, sent)
        elif meaning == "which":
            self.tally.asked_again += 1
            self._push(person, sent, [key for key in sent.keys if ".place." in key][-1])
        elif meaning == "question":
            self._arrived(person)

    def _arrived(self, person: Person) -> None:
        now = perf_counter()
        self.tally.latencies.append(now - person.waits_since)
        self.tally.ended = now
        person.answered += 1
        person.has_pressed = False
        person.waits_since = 0.0
        if person.answered < self._questions:
            self._type_after(self._think, person)
            return
        self._busy -= 1
        if not self._busy:
            self.all_done.set()

    # --- acts ----------------------------------------------------------------------------------------------------

    def _type_after(self, seconds: float, person: Person) -> None:
        if seconds:
            asyncio.get_running_loop().call_later(seconds, self._type, person)
        else:
            self._type(person)

    def _type(self, person: Person) -> None:
        if not self._going:
            return
        person.waits_since = perf_counter()
        self._say(person, self._texts[(person.chat_id + person.answered) % len(self._texts)])

    def _say(self, person: Person, text: bytes, *, start: bool = False) -> None:
        number = self._telegram.next_message_id(person.chat_id)
        entities = b',"entities":[{"type":"bot_command","offset":0,"length":6}]' if start else b""
        self._telegram.offer(
            b'"message":{"message_id":%d,%s,"date":%d,"text":%s%s}'
            % (number, person.profile, DATE, text, entities)
        )

    def _press(self, person: Person, sent: Sent) -> None:
        """Press the key that goes on."""
        person.has_pressed = True
        self._push(person, sent, next(key for key in sent.keys if goes_on(key)))

    def _push(self, person: Person, sent: Sent, data: str) -> None:
        sender, _, _ = person.profile.partition(b',"chat"')
        self._telegram.offer(
            b'"callback_query":{"id":"%d%06d",%s,"chat_instance":"1","data":"%s","message":{"message_id":%d,%s,"date":%d}}'
            % (person.chat_id, sent.message_id, sender, data.encode(), sent.message_id, person.profile, DATE)
        )


def goes_on(key: str) -> bool:
    """Whether a key leads from a receipt, or from the sections, to the next question."""
    return key.endswith(".next") or key == "go.continue" or key.startswith("go.prompt:")


def _person(chat_id: int, token: str) -> Person:
    user = {"id": chat_id, "is_bot": False, "first_name": f"Person {chat_id}", "language_code": "ar"}
    chat = {"id": chat_id, "type": "private", "first_name": f"Person {chat_id}"}
    profile = b'"from":%s,"chat":%s' % (orjson.dumps(user), orjson.dumps(chat))
    return Person(chat_id, token, profile=profile)


def texts() -> list[bytes]:
    """So many different texts of forty words, as JSON, the same in every run."""
    vocabulary = _VOCABULARY.split()
    chance = random.Random(24)  # noqa: S311 - nothing secret is made
    return [orjson.dumps(" ".join(chance.choices(vocabulary, k=WORDS))) for _ in range(97)]


# --- how the bots are understood -------------------------------------------------------------------------------------


def any_message(_sent: Sent, _person: Person) -> Meaning:
    """An echo: whatever comes is the next question."""
    return "question"


def numbered(sent: Sent, person: Person) -> Meaning:
    """A bot that begins each question with its number, and its thanks with the number after the last."""
    number, wanted = sent.text.partition(".")[0], person.answered + (2 if person.waits_since else 1)
    if number != str(wanted):
        raise WrongQuestion(f"{number[:20]!r} came instead of question {wanted}")
    return "question"


def rafiq_says(sent: Sent, person: Person) -> Meaning:
    """Rafiq: a question can be skipped, a receipt can be left by `next`, the sections lead to a question.

    After the last question the word that nothing is open comes instead of one, and counts as one.
    """
    if not sent.is_new:
        return "other"
    if any(key.endswith(".skip") for key in sent.keys):
        return "question"
    if any(key.endswith(".next") for key in sent.keys):
        return "receipt"
    if any(".place." in key for key in sent.keys):
        return "which"
    if person.answered + 1 == QUESTIONS and person.has_pressed:
        return "question"
    return "door" if any(goes_on(key) for key in sent.keys) else "other"
