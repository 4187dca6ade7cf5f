"""How a person of the kill test answers the card before them; what they have decided for a card they keep to."""

import random

from bot.sandbox import Person
from tests.kill.chat import NAVIGATION, Chat, Text, View
from tests.kill.marked import LONG, visible
from workflows.review.template import Template

PROSE = "كلمة أولى وأخرى «مقتبسة» n° 12-2019 ٣٤ 🙂 <b>&amp;</b> \u200fhttps://example.org/?a=1"
LONG_PASTE = 4400


class Respondent(Chat):
    """Somebody who knows how to answer each kind of prompt; all chance comes from `seed`."""

    def __init__(self, person: Person, token: str, template: Template, seed: int) -> None:
        super().__init__(person, token)
        self.template = template
        self.chance = random.Random(seed)  # noqa: S311 - play, not secrecy
        self.searches = 0
        self._settled: dict[int, str] = {}
        self._wanted: dict[str, set[str]] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self._serial = 0

    def _sets_out(self, view: View) -> None:
        """Go on where the bot proposes it, or somewhere else in the list."""
        if "go.continue" in view.buttons and self.chance.random() < (0.9 if view.kind == "hub" else 0.3):
            self.presses_button(view.card, "go.continue")
        else:
            places = [each for each in view.buttons if each.startswith(NAVIGATION)]
            self.presses_button(view.card, self.chance.choice(places))

    def _places(self, view: View) -> None:
        """Say where the kept text belongs: where it was meant for; look for that question when it is not offered."""
        card = view.card
        wanted = f"{view.turn}.place.{self._excerpted(view).prompt}"
        if wanted in view.buttons:
            self.presses_button(card, wanted)
        else:
            self.searches += 1
            self.presses_button(card, f"go.prompt:{wanted.split('.place.')[1]}")

    def _excerpted(self, view: View) -> Text:
        """The kept text that a card quotes; of short answers that look alike, the one that fits what is offered."""
        card = view.card
        typed = [text for text in self.texts.values() if text.message_id < card.message_id]
        fit: list[Text] = []
        for paragraph in reversed(visible(card.text).split("\n\n")):  # below it may stand that more is kept
            fit = fit or [text for text in typed if visible(_serial(text.words)) in paragraph]
        if not fit:
            raise AssertionError(f"{self.person.name} is asked about what they never typed: {card.text!r}")
        offered = [text for text in fit if f"{view.turn}.place.{text.prompt}" in view.buttons]
        return max(offered or fit, key=lambda text: (not text.chosen, text.message_id))

    def _gives_a_reason(self, view: View) -> None:
        state = self._settled.get(view.turn) or self.chance.choice(("not_known", "declined"))
        self._settled[view.turn] = state
        data = f"{view.turn}.state.{state}"
        if data in view.buttons:
            self.presses_button(view.card, data, view.prompt)

    def _gives_a_status(self, view: View) -> None:
        data = self.chance.choice([each for each in view.buttons if ".status." in each])
        row, _, status = data.split(".status.")[1].partition(":")
        status = self._cells.setdefault(view.prompt, {}).setdefault(row, status)
        self.presses_button(view.card, f"{view.turn}.status.{row}:{status}", view.prompt)

    def _after_saving(self, view: View, *, writing: bool) -> None:
        if view.prompt and view.turn not in self._settled and writing and self.chance.random() < 0.35:
            self._writes(view)
        else:
            self._settled[view.turn] = "next"
            self.presses_button(view.card, f"{view.turn}.next")

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
        self.presses_button(view.card, data, view.prompt)

    def _repeats(self, view: View) -> None:
        data = self._settled[view.turn]
        if data == "typed":
            return
        if data in view.buttons:
            self.presses_button(view.card, data, view.prompt)
        elif f"{view.turn}.menu.other" in view.buttons and not data[0].isdigit():
            self.presses_button(view.card, f"{view.turn}.menu.other")

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
            self.presses_button(view.card, f"{view.turn}.tick.{missing[0]}", view.prompt)
        else:
            self._settles(view, f"{view.turn}.done")

    def _opens_a_row(self, view: View) -> None:
        rows = [each for each in view.buttons if ".row." in each]
        wanted = {f"{view.turn}.row.{row}" for row in self._cells.get(view.prompt, {})}
        missing = [row for row in rows if row in wanted - view.ticked]
        if missing:
            self.presses_button(view.card, missing[0], view.prompt)
        elif len(wanted) >= 2:
            self._settles(view, f"{view.turn}.done")
        else:
            self.presses_button(view.card, self.chance.choice(rows), view.prompt)

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

    def types(self, prompt: str) -> None:
        """Type a text of the kind that a prompt takes."""
        self.says(prompt, self._words(self.template.type_of(prompt).kind, prompt))


def _serial(words: str) -> str:
    return words.split(" ", 1)[0]
