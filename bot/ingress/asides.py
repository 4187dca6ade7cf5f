"""What is said beside the outbox and may be lost: the answer to a press, a word to a stranger, leaving a group."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot.effects import Effects, Whisper
from bot.inbound import Incoming
from bot.outcomes import Verdict, judge
from bot.wire import Wire

AT_ONCE: Final = 64
REMEMBERED: Final = 10_000

log = structlog.stdlib.get_logger(__name__)

Call = tuple[str, dict[str, Any]]


class Asides:
    """Speaks in the background. A press is answered once by one process, whatever became of it.

    `words` turns a toast into its line, `requests` a whisper into the calls that say it.
    """

    def __init__(
        self,
        wire: Wire,
        words: Callable[[Effects], str],
        requests: Callable[[int, Whisper], list[Call]],
        halt: Callable[[str], None],
    ) -> None:
        self._wire = wire
        self._words = words
        self._requests = requests
        self._halt = halt
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def say(self, incoming: Incoming, effects: Effects | None = None) -> None:
        """Answer the press of an update, if it is one, and do what else the handler wants said or left."""
        answer = self.answer(incoming, effects)
        calls = [] if answer is None else [answer]
        if effects is not None:
            for whisper in effects.whispers:
                calls += self._whispered(incoming, whisper, effects.topic)
        if effects is not None and effects.leaves:
            calls.append(("leaveChat", {"chat_id": incoming.chat_id}))
        if calls:
            self.make(calls)

    def answer(self, incoming: Incoming, effects: Effects | None) -> Call | None:
        """The answer to the press of an update, for whoever asks first; None where there is none to give."""
        if incoming.callback_id is None or not self._is_new(incoming.callback_id):
            return None
        answer = {"callback_query_id": incoming.callback_id, "text": self._toast(effects)}
        return "answerCallbackQuery", answer

    def make(self, calls: list[Call]) -> None:
        """Make calls in the background, one after the other."""
        task = asyncio.create_task(self._make(calls))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being said, at most so long."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    def _is_new(self, callback_id: str) -> bool:
        if callback_id in self._answered:
            return False
        self._answered[callback_id] = None
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return True

    def _toast(self, effects: Effects | None) -> str | None:
        if effects is None or effects.toast is None:
            return None
        try:
            return self._words(effects)
        except Exception:
            log.exception("toast_unspoken", code=effects.toast.code)
            return None

    def _whispered(self, incoming: Incoming, whisper: Whisper, topic: int) -> list[Call]:
        try:
            where = {"message_thread_id": topic} if topic else {}
            return [(method, params | where) for method, params in self._requests(incoming.chat_id, whisper)]
        except Exception:
            log.exception("whisper_unspoken")
            return []

    async def _make(self, calls: list[Call]) -> None:
        for method, params in calls:
            async with self._room:
                try:
                    await self._wire.call(method, **params)
                except TelegramError as error:
                    self._unsaid(method, error)

    def _unsaid(self, method: str, error: TelegramError) -> None:
        judgement = judge(error)
        if judgement.verdict is Verdict.HALTED:
            self._halt(judgement.reason)
        elif judgement.verdict is not Verdict.IGNORED:
            log.warning("aside_lost", method=method, reason=judgement.reason)
