"""A simulated person of the kill test who plays the interview as people do: in haste, in patience, in error."""

from bot.sandbox import Message, Person
from tests.kill.answering import Respondent
from tests.kill.chat import Text, View, keys
from workflows.review.template import Template

MOST_UNANSWERED = 5
"""After so many messages without an answer even the most eager wait for one."""
PATIENT = 0.7
"""How often somebody whose card leads nowhere only waits for the next one."""
MOST_MOVES = 30
"""After so many a person who only wants to finish has got nowhere; the judge then tells what is missing."""


class Player(Respondent):
    """One person of one country; all chance comes from `seed`."""

    def __init__(self, person: Person, country: str, token: str, template: Template, seed: int) -> None:
        super().__init__(person, token, template, seed)
        self.country = country

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
                self.presses_button(view.card, "go.continue")
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
            press.callback_id in explained and press.message_id == view.card.message_id
            for press in self.presses
            if view.turn and press.data.startswith(f"{view.turn}.")
        )

    def _asks_to_go_on(self) -> None:
        """Ask for the question in hand, once, and wait for what comes of it."""
        if self.person.messages[-1].from_bot:
            self.command("continue")

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
