"""What a person of the kill test sees in the chat and sends into it, with what they typed and pressed, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox import Message, Person
from tests.kill.marked import mark_of, visible

Kind = Literal["ask", "menu", "row", "saved", "which", "hub", "section", "door", "closed", "nothing"]
NAVIGATION = ("go.section:", "go.question:")


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

    @property
    def card(self) -> Message:
        """The card itself, where there is one."""
        assert self.message is not None
        return self.message


class Chat:
    """The chat of one person, as they look at it and act in it; `token` is their invitation."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.texts: dict[int, Text] = {}
        self.presses: list[Press] = []
        self.commands: list[int] = []
        self.arrived: list[tuple[str, str]] = []
        self._token = token
        self._touched: set[str] = set()
        self._asked: dict[int, str] = {}
        self._cards: set[int] = set()
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
        under = view.card.message_id
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

    def _answered(self) -> set[str]:
        return {answer.callback_id for answer in self.person.callback_answers}

    async def waits(self, seconds: float) -> None:
        """Look on until something changes, at most so long."""
        before = self.person.changes
        await self.person.wait_for(lambda: True if self.person.changes > before else None, seconds)

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

    def edits(self, text: Text, words: str) -> None:
        """Correct an own message."""
        text.edits.append(self._next_update)
        text.words = words
        self.person.edits(text.message_id, words)

    # --- telling ---------------------------------------------------------------------------------------------

    def transcript(self, about: int = 0) -> Iterator[str]:
        """The chat as it was seen, round a message or at its end, with ids and with what was pressed after which."""
        seen = self.person.messages
        shown = [each for each in seen if about - 40 < each.message_id < about + 40] if about else seen[-60:]
        for message in shown:
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
