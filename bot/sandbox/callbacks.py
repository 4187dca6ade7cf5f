"""The presses that wait for an answer of the bot."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.sandbox.clock import Clock
from bot.sandbox.people import CallbackAnswer, Onlooker
from bot.sandbox.refusals import QUERY_TOO_OLD, bad_request

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

KEPT = 20_000


class Callbacks:
    """Open a callback at each press and let the bot answer it once, in time."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._open: OrderedDict[str, tuple[Onlooker, int, float]] = OrderedDict()
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._last = 4_000_000_000_000_000

    @property
    def _clock(self) -> Clock:
        return self._sandbox.clock

    def open(self, person: Onlooker, message_id: int) -> str:
        """Note a press and return its id."""
        self._last += 1
        callback_id = str(self._last)
        self._open[callback_id] = (person, message_id, self._clock.timestamp())
        if len(self._open) > KEPT:
            self._open.popitem(last=False)
        return callback_id

    def answer(self, answer: CallbackAnswer) -> None:
        """Show the person the answer; refuse a second one and one that comes too late."""
        known = self._open.pop(answer.callback_id, None)
        if known is None:
            if answer.callback_id in self._answered:
                self._sandbox.violate("double_callback_answer", f"callback {answer.callback_id}")
            raise bad_request(QUERY_TOO_OLD)
        person, message_id, asked_at = known
        if asked_at + self._sandbox.settings.callback_life_seconds < self._clock.timestamp():
            raise bad_request(QUERY_TOO_OLD)
        self._answered[answer.callback_id] = None
        if len(self._answered) > KEPT:
            self._answered.popitem(last=False)
        person.callback_answers.append(answer)
        person.touch()
        content = {
            "chat_id": person.chat_id,
            "message_id": message_id,
            "callback_id": answer.callback_id,
            "text": answer.text,
            "show_alert": answer.show_alert,
            "url": answer.url,
        }
        self._sandbox.journal.add("callback", lambda: content)
