"""A simulated person who plays the interview as people do, and remembers what they typed and pressed, and where."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox import Message, Person
from tests.kill.marked import LONG, mark_of, visible
from workflows.review.template import Template

Kind = Literal["ask", "menu", "row", "saved", "which", "hub", "section", "door", "closed", "nothing"]
NAVIGATION = ("go.section:", "go.question:")
PROSE = "كلمة أولى وأخرى «مقتبسة» n° 12-2019 ٣٤ 🙂 <b>&amp;</b> \u200fhttps://example.org/?a=1"
LONG_PASTE = 4400
MOST_UNANSWERED = 5
"""After so many messages without an answer even the most eager wait for one."""
PATIENT = 0.7
"""How often somebody whose card leads nowhere only waits for the next one."""
MOST_MOVES = 30
"""After so many a person who only wants to finish has got nowhere; the judge then tells what is missing."""


@dataclass
class Text:
    """A message of a person: what it says now, and the prompt it was meant for."""

    update_id: int
    message_id: int
    prompt: str
    words: str
    edits: list[int] = field(default_factory=list)
    chosen: str = ""


@dataclass
class Press:
    """A press of a person: its update, the callback, the button as it was shown, and the prompt it was about."""

    update_id: int
    callback_id: str
    message_id: int
    data: str
    prompt: str = ""
    after: int = 0


@dataclass
class View:
    """What a person has before them: the newest card that moves the talk, and the prompt it asks."""

    kind: Kind
    message: Message | None = None
    turn: int = 0
    prompt: str = ""
    buttons: tuple[str, ...] = ()
    ticked: frozenset[str] = frozenset()


class Player:
    """One person of one country; all chance comes from `seed`."""

    def __init__(self, person: Person, country: str, token: str, template: Template, seed: int) -> None:
        self.person = person
        self.country = country
        self.template = template
        self.chance = random.Random(seed)  # noqa: S311 - play, not secrecy
        self.texts: dict[int, Text] = {}
        self.presses: list[Press] = []
        self.commands: list[int] = []
        self.arrived: list[tuple[str, str]] = []
        self.searches = 0
        self._token = token
        self._settled: dict[int, str] = {}
        self._touched: set[str] = set()
        self._wanted: dict[str, set[str]] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self._asked: dict[int, str] = {}
        self._cards: set[int] = set()
        self._serial = 0
        self._remembers_what_arrives()

    def _remembers_what_arrives(self) -> None:
        """Keep each message of the bot as it came: a card that is redrawn forgets its first keys."""
        write = self.person.write

        def remembering(*sender: Any, **content: Any) -> Message:
            message = write(*sender, **content)
            if message.from_bot:
                self.arrived.append((message.text.strip(), keys(message.rows)))
                if self._read(message) is not None:
                    self._cards.add(message.message_id)
            return message

        setattr(self.person, "write", remembering)  # noqa: B010 - looking on, not changing

    # --- what is seen ----------------------------------------------------------------------------------------

    def view(self) -> View:
        """What the person would act on now: the newest card, or the question about a kept text that stands above it.

        After a card that was closed the next one is on its way, and nobody answers an older one.
        """
        newest, kept, turn = View("nothing"), None, 0
        for message in self.person.messages:
            if (view := self._read(message) if message.from_bot else None) is not None:
                newest, turn = view, max(turn, view.turn)
                kept = view if view.kind == "which" else kept
            elif message.message_id in self._cards:
                newest = View("closed", message)
        return kept if kept is not None and kept.turn == turn and not self._was_placed(kept) else newest

    def _was_placed(self, view: View) -> bool:
        under = _of(view).message_id
        return any(press.message_id == under and ".place." in press.data for press in self.presses)

    def _read(self, message: Message) -> View | None:
        labels = {button["callback_data"]: button["text"] for row in message.rows for button in row}
        data = tuple(labels)
        if any(each.startswith(NAVIGATION) for each in data):
            kind: Kind = "hub" if any(each.startswith("go.section:") for each in data) else "section"
            return View(kind, message, buttons=data)
        turned = [each.split(".", 2) for each in data if each[0].isdigit()]
        if not turned:
            return View("door", message, buttons=data) if "do.privacy" in data else None
        turn, acts = int(turned[0][0]), {each[1] for each in turned}
        if "discard" in acts:
            return View("which", message, turn, buttons=data)
        if "back" in acts:
            self._asked[turn] = mark_of(message.html) or self._asked.get(turn, "")
        ticked = frozenset(each for each in data if labels[each].startswith("✅"))
        return View(_kind(acts), message, turn, self._asked.get(turn, ""), data, ticked)

    # --- what is done ----------------------------------------------------------------------------------------

    def starts(self) -> None:
        """Press Start on the invitation's link."""
        self.commands.append(self._next_update)
        self.person.starts(self._token)

    @property
    def _next_update(self) -> int:
        return self.person.sandbox.updates.next_id

    def command(self, name: str) -> None:
        """Send a slash command."""
        self.commands.append(self._next_update)
        self.person.says(f"/{name}")

    def presses_button(self, message: Message, data: str, prompt: str = "") -> None:
        """Press a button as it is or was shown under a message."""
        update = self._next_update
        callback = self.person.forges(message.message_id, data)
        after = self.person.messages[-1].message_id
        self.presses.append(Press(update, callback, message.message_id, data, prompt, after))

    def says(self, prompt: str, words: str, chosen: str = "") -> None:
        """Type a text that is meant for a prompt; a long one goes as several messages."""
        first = self._next_update
        self._touched.add(prompt)
        for number, message in enumerate(self.person.says(words)):
            self.texts[message.message_id] = Text(
                first + number, message.message_id, prompt, message.text, chosen=chosen
            )

    def types(self, prompt: str) -> None:
        """Type a text of the kind that a prompt takes."""
        self.says(prompt, self._words(self.template.type_of(prompt).kind, prompt))

    def edits(self, text: Text, words: str) -> None:
        """Correct an own message."""
        text.edits.append(self._next_update)
        text.words = words
        self.person.edits(text.message_id, words)

    # --- playing ---------------------------------------------------------------------------------------------

    async def plays(self, turns: int) -> None:
        """Do so many things, each after a look at the chat, patient or not."""
        for _ in range(turns):
            view = self.view()
            if not self.person.messages:
                self.starts()
            elif self._may_act(view):
                self.moves(view)
            await self._looks_on()

    def _may_act(self, view: View) -> bool:
        """Whether there is anything to do but wait for an answer, or for the card that asks about a kept text."""
        unanswered = not any(message.from_bot for message in self.person.messages[-MOST_UNANSWERED:])
        return not unanswered and (view.kind == "which" or not self._is_kept_waiting())

    def _is_kept_waiting(self) -> bool:
        """Whether the person was asked about a kept text, has not said where it belongs, and will be asked again."""
        asked = [m.message_id for m in self.person.messages if "discard" in keys(m.rows)]
        placed = [press.message_id for press in self.presses if ".place." in press.data]
        return bool(asked) and asked[-1] > max(placed, default=0) and self.chance.random() < 0.9

    async def _looks_on(self) -> None:
        """Wait for what comes of the last act; the hasty only for a moment."""
        if self.chance.random() < 0.15:
            await self.waits(0.05)
        elif self.presses and self.presses[-1].callback_id not in self._answered():
            last = self.presses[-1].callback_id
            await self.person.wait_for(lambda: True if last in self._answered() else None, 3)
        await self.waits(self.chance.choice((0.05, 0.2, 0.5)))

    def _answered(self) -> set[str]:
        return {answer.callback_id for answer in self.person.callback_answers}

    async def waits(self, seconds: float) -> None:
        """Look on until something changes, at most so long."""
        before = self.person.changes
        await self.person.wait_for(lambda: True if self.person.changes > before else None, seconds)

    def moves(self, view: View) -> None:
        """One thing that a person does who sees this."""
        if self._leads_nowhere(view) and self.chance.random() < PATIENT:
            return
        if view.kind in ("ask", "saved") and self.chance.random() < 0.06:
            self._presses_an_old_button(view)
        elif view.kind in ("ask", "saved") and self.chance.random() < 0.08:
            self._corrects()
        else:
            self.goes_on(view)

    def goes_on(self, view: View, *, writing: bool = True) -> None:
        """The next sensible thing: answer, or press the way on; without `writing` nothing new is typed."""
        if self._leads_nowhere(view):
            self._asks_to_go_on()
            return
        match view.kind:
            case "nothing":
                self.starts() if not self.person.started else self.command("continue")
            case "door":
                self.presses_button(_of(view), "go.continue")
            case "hub" | "section":
                self._sets_out(view)
            case "which":
                self._places(view)
            case "menu":
                self._gives_a_reason(view)
            case "row":
                self._gives_a_status(view)
            case "saved":
                self._after_saving(view, writing=writing)
            case "ask":
                self._answers(view, writing=writing)

    def _leads_nowhere(self, view: View) -> bool:
        """Whether the newest card is closed, or a press of this very card was explained because the card is old."""
        explained = {answer.callback_id for answer in self.person.callback_answers if answer.text}
        return view.kind == "closed" or any(
            press.callback_id in explained and press.message_id == _of(view).message_id
            for press in self.presses
            if view.turn and press.data.startswith(f"{view.turn}.")
        )

    def _asks_to_go_on(self) -> None:
        """Ask for the question in hand, once, and wait for what comes of it."""
        if self.person.messages[-1].from_bot:
            self.command("continue")

    def _sets_out(self, view: View) -> None:
        """Go on where the bot proposes it, or somewhere else in the list."""
        if "go.continue" in view.buttons and self.chance.random() < (0.9 if view.kind == "hub" else 0.3):
            self.presses_button(_of(view), "go.continue")
        else:
            places = [each for each in view.buttons if each.startswith(NAVIGATION)]
            self.presses_button(_of(view), self.chance.choice(places))

    def _places(self, view: View) -> None:
        """Say where the kept text belongs: where it was meant for; look for that question when it is not offered."""
        card = _of(view)
        wanted = f"{view.turn}.place.{self._excerpted(view).prompt}"
        if wanted in view.buttons:
            self.presses_button(card, wanted)
        else:
            self.searches += 1
            self.presses_button(card, f"go.prompt:{wanted.split('.place.')[1]}")

    def _excerpted(self, view: View) -> Text:
        """The kept text that a card quotes; of short answers that look alike, the one that fits what is offered."""
        card = _of(view)
        quoted = visible(card.text).rpartition("\n\n")[2]
        fit = [text for text in self.texts.values() if visible(_serial(text.words)) in quoted]
        fit = [text for text in fit if text.message_id < card.message_id]
        if not fit:
            raise AssertionError(f"{self.person.name} is asked about what they never typed: {quoted!r}")
        offered = [text for text in fit if f"{view.turn}.place.{text.prompt}" in view.buttons]
        return max(offered or fit, key=lambda text: (not text.chosen, text.message_id))

    def _gives_a_reason(self, view: View) -> None:
        state = self._settled.get(view.turn) or self.chance.choice(("not_known", "declined"))
        self._settled[view.turn] = state
        data = f"{view.turn}.state.{state}"
        if data in view.buttons:
            self.presses_button(_of(view), data, view.prompt)

    def _gives_a_status(self, view: View) -> None:
        data = self.chance.choice([each for each in view.buttons if ".status." in each])
        row, _, status = data.split(".status.")[1].partition(":")
        status = self._cells.setdefault(view.prompt, {}).setdefault(row, status)
        self.presses_button(_of(view), f"{view.turn}.status.{row}:{status}", view.prompt)

    def _after_saving(self, view: View, *, writing: bool) -> None:
        if view.prompt and view.turn not in self._settled and writing and self.chance.random() < 0.35:
            self._writes(view)
        else:
            self._settled[view.turn] = "next"
            self.presses_button(_of(view), f"{view.turn}.next")

    def _answers(self, view: View, *, writing: bool) -> None:
        if view.turn in self._settled:
            self._repeats(view)
            return
        kind = self.template.type_of(view.prompt).kind
        touched = view.prompt in self._touched
        if not writing or self.chance.random() < 0.08:
            self._settles(view, self._way_on(view))
        elif kind in ("yes_no", "choice"):
            self._chooses(view)
        elif kind == "choices":
            self._ticks(view)
        elif kind == "matrix":
            self._opens_a_row(view)
        elif not touched and self.chance.random() < 0.05:
            self._settled[view.turn] = self.chance.choice(("not_known", "declined"))
            self._repeats(view)
        elif kind == "record" and touched:
            self._settles(view, self._way_on(view))
        else:
            self._writes_or_goes(view)

    def _way_on(self, view: View) -> str:
        ways = [f"{view.turn}.{act}" for act in ("done", "next", "skip")]
        return next(way for way in ways if way in view.buttons)

    def _settles(self, view: View, data: str) -> None:
        """Press what ends this card, and keep to it: whoever has decided only repeats the press."""
        self._settled[view.turn] = data
        self.presses_button(_of(view), data, view.prompt)

    def _repeats(self, view: View) -> None:
        data = self._settled[view.turn]
        if data == "typed":
            return
        if data in view.buttons:
            self.presses_button(_of(view), data, view.prompt)
        elif f"{view.turn}.menu.other" in view.buttons and not data[0].isdigit():
            self.presses_button(_of(view), f"{view.turn}.menu.other")

    def _chooses(self, view: View) -> None:
        options = [each for each in view.buttons if ".option." in each]
        data = self.chance.choice(options)
        value = data.split(".option.")[1]
        if self.template.type_of(view.prompt).kind == "yes_no" and self.chance.random() < 0.7:
            value = "yes"  # most of the questions wait behind a yes
            data = f"{view.turn}.option.yes"
        if self.template.type_of(view.prompt).kind == "yes_no" and self._is_last(view):
            self._settled[view.turn] = "typed"
            self.says(view.prompt, "نعم" if value == "yes" else "لا", chosen=value)
            return
        self._settles(view, data)
        if self.chance.random() < 0.15:
            self._repeats(view)  # a double tap

    def _is_last(self, view: View) -> bool:
        """Whether to type a yes or no, now and then: only where nothing else that was typed is still on its way."""
        return self.chance.random() < 0.2 and self.person.messages[-1] is view.message

    def _ticks(self, view: View) -> None:
        free = [each.split(".tick.")[1] for each in view.buttons if ".tick." in each]
        wanted = self._wanted.setdefault(view.prompt, set())
        if not wanted:
            wanted.update(self.chance.sample(free, min(2, len(free))))
        missing = [value for value in free if value in wanted]
        if missing:
            self.presses_button(_of(view), f"{view.turn}.tick.{missing[0]}", view.prompt)
        else:
            self._settles(view, f"{view.turn}.done")

    def _opens_a_row(self, view: View) -> None:
        rows = [each for each in view.buttons if ".row." in each]
        wanted = {f"{view.turn}.row.{row}" for row in self._cells.get(view.prompt, {})}
        missing = [row for row in rows if row in wanted - view.ticked]
        if missing:
            self.presses_button(_of(view), missing[0], view.prompt)
        elif len(wanted) >= 2:
            self._settles(view, f"{view.turn}.done")
        else:
            self.presses_button(_of(view), self.chance.choice(rows), view.prompt)

    def _writes_or_goes(self, view: View) -> None:
        typed = sum(text.prompt == view.prompt for text in self.texts.values())
        if typed and self.chance.random() < 0.5:
            self._settles(view, self._way_on(view))
        else:
            self._writes(view)

    def _writes(self, view: View) -> None:
        """One text, or several as fast as fingers go."""
        kind = self.template.type_of(view.prompt).kind
        times = 1 if kind == "record" else self.chance.choice((1, 1, 2, 3))
        for _ in range(times):
            self.types(view.prompt)

    def _words(self, kind: str, prompt: str) -> str:
        if kind == "text":
            paste = LONG_PASTE if self.chance.random() < 0.05 and prompt != LONG else 0
            return "\n".join(f"{self._mark()} {PROSE}" for _ in range(1 + paste // len(PROSE)))
        splits = self.template.type_of(prompt).splits == "line" and kind == "records"
        lines = self.chance.choice((1, 2, 3)) if splits else 1
        return "\n".join(f"{self._mark()} وزارة التخطيط" for _ in range(lines))

    def _mark(self) -> str:
        self._serial += 1
        return f"t{self._serial:04}t"

    def _corrects(self) -> None:
        fit = [text for text in self.texts.values() if self._may_be_edited(text)]
        if fit:
            text = self.chance.choice(fit[-6:])
            self.edits(text, f"{text.words} معدّل{len(text.edits)}")

    def _may_be_edited(self, text: Text) -> bool:
        return not text.chosen and self.template.type_of(text.prompt).kind in ("text", "records")

    def _presses_an_old_button(self, view: View) -> None:
        for message in self.person.messages[-30:-4]:
            for row in message.rows if message.from_bot else ():
                data = row[0].get("callback_data", "")
                if data[:1].isdigit() and int(data.split(".")[0]) < view.turn:
                    self.presses_button(message, data)
                    return
        self.goes_on(view)

    def is_content(self) -> bool:
        """Whether nothing is under way any more: all that is kept is placed, and nothing waits to be pressed again."""
        view = self.view()
        busy = view.kind in ("which", "menu", "row") or self._is_undecided(view)
        return not busy and self._shown_the_way() is None

    async def concludes(self) -> None:
        """Finish what is under way and begin nothing new: place what is kept, repeat what had no effect."""
        for _ in range(MOST_MOVES):
            if self.is_content():
                return
            way = self._shown_the_way()
            if way is not None:
                self.presses_button(way, "go.continue")
            else:
                self.goes_on(self.view(), writing=False)
            await self._looks_on()
            await self.waits(0.3)

    def _shown_the_way(self) -> Message | None:
        """A message that explains something and shows the way on, which the person has not followed yet."""
        acts = [press.after for press in self.presses] + [
            message.message_id for message in self.person.messages if not message.from_bot
        ]
        new = [m for m in self.person.messages if m.from_bot and m.message_id > max(acts, default=0)]
        return next((m for m in new if self._read(m) is None and "go.continue" in keys(m.rows)), None)

    def _is_undecided(self, view: View) -> bool:
        return view.kind in ("ask", "saved") and self._settled.get(view.turn, "typed") != "typed"

    # --- telling ---------------------------------------------------------------------------------------------

    def transcript(self, last: int = 60) -> Iterator[str]:
        """The chat as it was seen, with ids and with what was pressed after which message."""
        for message in self.person.messages[-last:]:
            who = "bot" if message.from_bot else self.person.name
            update = self.texts.get(message.message_id)
            what = visible(message.text)[-150:] if message.from_bot else message.text[:150]
            number = f"[{update.update_id} for {update.prompt}] " if update else ""
            yield f"  {message.message_id:4} {who}: {number}{what!r} {keys(message.rows)[:90]}"
            for press in self.presses:
                if press.after == message.message_id:
                    yield f"       [{press.update_id}] presses {press.data} under {press.message_id}"


def keys(rows: Iterable[Iterable[dict[str, Any]]]) -> str:
    """The data of a keyboard's buttons, in their order."""
    return " ".join(button["callback_data"] for row in rows for button in row)


def _kind(acts: set[str]) -> Kind:
    if "state" in acts:
        return "menu"
    if "status" in acts:
        return "row"
    return "ask" if "back" in acts else "saved"


def _of(view: View) -> Message:
    assert view.message is not None
    return view.message


def _serial(words: str) -> str:
    return words.split(" ", 1)[0]
