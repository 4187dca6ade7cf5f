"""Delivers letters: renders each in its reader's voice, sends it, and reports what became of it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from telegram.error import TelegramError

from bot import logs
from bot.failpoints import reach
from bot.figures import Figures
from bot.limits import Pace, back_off
from bot.outcomes import Judgement, Topics, Verdict, judge
from bot.render import Message
from bot.render.drawing import drawn
from bot.render.pieces import Piece, pieces_of, plain
from bot.settings import SEND_DEADLINE
from bot.tries import Tries
from bot.under_way import InHand, UnderWay
from bot.wire import Wire
from workflows.store.transaction import StoreAway
from workflows.store.values import Delivered, Letter, Outcome, Rejected, RetryLater, Settlement, Unreachable

AT_ONCE: Final = 64
OWN_FAULTS: Final = 3
"""So often a letter is tried again after a fault of ours; the next one is its last."""
CLAIM_AHEAD: Final = 10  # seconds of bulk that are claimed at a time
GIVEN_BACK: Final = timedelta(seconds=1)
"""How long a chat rests to which something was given back unsent: the table knows the order by then."""
UNCLEAR_BULK: Final = timedelta(minutes=10)
"""How long bulk that may have arrived waits for its one other try: Telegram has come back by then."""


log = structlog.stdlib.get_logger(__name__)

Renderer = Callable[[Letter], Awaitable[Message]]
Taker = Callable[[Sequence[Letter]], None]
Claimer = Callable[[int, Taker], Awaitable[None]]


class _Undelivered(Exception):
    """A letter did not go out; `outcome` is what the table is told."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class Courier:
    """Sends letters in order within a chat and many chats at once; nobody who receives ever waits for it."""

    def __init__(  # noqa: PLR0913 - the composition root joins its parts by name
        self,
        *,
        wire: Wire,
        pace: Pace,
        render: Renderer,
        claim: Claimer,
        settle: Callable[[Settlement], None],
        keep_parts: Callable[[Letter, int], Awaitable[None]],
        begin_again: Callable[[Letter], Awaitable[None]],
        topics: Topics,
        now: Callable[[], datetime],
        halt: Callable[[str], None],
        figures: Figures,
        delivered: Callable[[Letter], None] = lambda _: None,
        lease_seconds: float = 60,
        is_sender: Callable[[], bool] = lambda: True,
    ) -> None:
        self._wire = wire
        self._pace = pace
        self._render = render
        self._claim = claim
        self._settle = settle
        self._keep_parts = keep_parts
        self._begin_again = begin_again
        self._topics = topics
        self._now = now
        self._halt = halt
        self._delivered = delivered
        self._is_sender = is_sender
        self._hold_seconds = lease_seconds - SEND_DEADLINE
        self._lanes: dict[int, deque[InHand]] = {}
        self._bulk: deque[InHand] = deque()
        self._cards = UnderWay()
        self._tried = Tries()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._dripping = False
        self._claiming = False
        self._open = True
        self.figures = figures
        self.counts = figures.counts
        figures.gauges["letters in hand"] = lambda: self.in_hand

    # --- letters in hand -----------------------------------------------------------------------------------------

    @property
    def in_hand(self) -> int:
        """Letters taken and not settled."""
        return len(self._bulk) + sum(len(lane) for lane in self._lanes.values())

    def card_since(self, chat_id: int) -> float | None:
        """Since when a card for this chat is on its way, its message id not known yet; the oldest of them."""
        return self._cards.since(chat_id)

    def cards_by(self, chat_id: int, moment: float) -> list[int]:
        """The cards for this chat that were on their way at a moment (on the loop's clock) and are so still."""
        return self._cards.by(chat_id, moment)

    def take(self, letters: Sequence[Letter]) -> None:
        """Send letters that are claimed for this process, talk at once and bulk at its pace.

        Once it has stopped they go back to the table at once.
        """
        if not self._open:
            for letter in letters:
                self._report(letter, RetryLater(self._now(), "stopping", ambiguous=False))
            return
        until = asyncio.get_running_loop().time() + self._hold_seconds
        until_utc = self._now() + timedelta(seconds=self._hold_seconds)
        for letter in letters:
            in_hand = InHand(letter, until, until_utc)
            if letter.bulk:
                self._bulk.append(in_hand)
            else:
                self._queue(in_hand)
        if self._bulk and not self._dripping:
            self._dripping = True
            self._spawn(self._drip())

    async def collect(self) -> None:
        """Claim what is due in the table and send it: retries, bulk, and what a process left behind.

        Not while a letter is in hand longer than its claim: the table would take it for one that may have arrived.
        Of many replicas only the elected sender does so, or each would keep a pace of its own.
        """
        if self._give_back_overdue() or not self._is_sender():
            return
        room = self._pace.bulk_in(CLAIM_AHEAD) - self.in_hand
        if not self._open or self._claiming or room <= 0:
            return
        self._claiming = True
        try:
            await self._claim(room, self._take_claimed)
        finally:
            self._claiming = False

    def _take_claimed(self, letters: Sequence[Letter]) -> None:
        """Take what was claimed, as soon as that is on disk: whoever asked for it may have been broken off."""
        if letters:
            reach("after_claim")
        if any(letter.bulk for letter in letters):
            reach("after_bulk_claim")
        self.take(letters)

    def _give_back_bulk(self, why: str) -> None:
        for in_hand in self._bulk:
            self._report(in_hand.letter, RetryLater(self._now(), why, ambiguous=False))
        self._bulk.clear()

    def _give_back_overdue(self) -> bool:
        """Give back what has been here too long and has not begun; whether anything has been here too long."""
        now = self._now()
        in_hand = [*self._bulk, *(each for lane in self._lanes.values() for each in lane)]
        overdue = [each for each in in_hand if each.is_overdue(now)]
        for each in overdue:
            lane = self._bulk if each in self._bulk else self._lanes[each.letter.chat_id]
            if lane is self._bulk or lane[0] is not each:  # the first one of a lane is being attended to
                lane.remove(each)
                self._report(each.letter, self._too_late(each.letter, now))
        return bool(overdue)

    async def stop(self, seconds: float) -> None:
        """Give back what has not begun, let what is on its way end, at most so long; then say it is unclear."""
        self._open = False
        reach("while_stopping")
        self._give_back_bulk("stopping")
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _queue(self, in_hand: InHand) -> None:
        letter = in_hand.letter
        self._cards.add(letter, asyncio.get_running_loop().time())
        lane = self._lanes.get(letter.chat_id)
        if lane is not None:
            lane.append(in_hand)
            return
        self._lanes[letter.chat_id] = deque([in_hand])
        self._spawn(self._empty(letter.chat_id))

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drip(self) -> None:
        """Let bulk letters into their lanes at the pace that is kept for them."""
        try:
            while self._bulk:
                if not self._is_sender():
                    self._give_back_bulk("another one sends")
                    return
                waits = [self._pace.bulk_wait(in_hand.letter.chat_id) for in_hand in self._bulk]
                soonest = min(waits)
                if soonest > 0:
                    await asyncio.sleep(soonest)
                    continue
                place = waits.index(soonest)
                in_hand = self._bulk[place]
                del self._bulk[place]
                self._pace.spend(in_hand.letter.chat_id)
                self._queue(in_hand)
        finally:
            self._dripping = False

    # --- one chat ------------------------------------------------------------------------------------------------

    async def _empty(self, chat_id: int) -> None:
        """Send one letter of a chat after the other until none is left."""
        lane = self._lanes[chat_id]
        try:
            while lane:
                await self._attend(lane[0])
                lane.popleft()
        finally:
            for in_hand in list(lane)[1:]:
                self._report(in_hand.letter, RetryLater(self._now(), "stopping", ambiguous=False))
            del self._lanes[chat_id]

    async def _attend(self, in_hand: InHand) -> None:
        letter = in_hand.letter
        logs.attend(lane=letter.chat_id, letter=letter.id)
        began = False
        try:
            async with self._room:
                refusal = self._not_now(in_hand)
                if refusal is None:
                    began = True
                    self._report(letter, await self._deliver(letter))
                    if not letter.bulk:
                        taken = in_hand.until - self._hold_seconds
                        self.figures.reply.note(asyncio.get_running_loop().time() - taken)
                else:
                    self._report(letter, refusal)
        except asyncio.CancelledError:
            self._report(letter, RetryLater(self._now(), "stopped while sending", ambiguous=began))
            raise
        except StoreAway:  # no fault of the letter's, however often it happens
            self._report(letter, RetryLater(self._later(letter), "database away", ambiguous=False))
        except Exception:
            log.exception("letter_failed", letter=letter.id, topic=letter.notice.topic)
            self._report(letter, self._internal(letter))

    def _internal(self, letter: Letter) -> Outcome:
        """A fault of ours that will hardly go away by itself; what is on its way when it happens has its answer."""
        tried = self._tried.of(letter)
        tried.faults += 1
        if tried.faults > OWN_FAULTS:
            return Rejected("internal error")
        return RetryLater(self._later(letter), "internal error", ambiguous=False)

    def _later(self, letter: Letter, at_least: float = 0) -> datetime:
        """When to try again, later each time; what follows in that chat waits as well, so as not to overtake."""
        tried = self._tried.of(letter)
        tried.times += 1
        until = self._now() + timedelta(seconds=max(at_least, back_off(tried.times)))
        self._pace.park(letter.chat_id, until)
        return until

    def _not_now(self, in_hand: InHand) -> RetryLater | None:
        now = self._now()
        if not self._open:
            return RetryLater(now, "stopping", ambiguous=False)
        parked = self._pace.parked_until(in_hand.letter.chat_id, now)
        if parked is not None:
            return RetryLater(parked, "chat is parked", ambiguous=False)
        if in_hand.is_overdue(now):
            return self._too_late(in_hand.letter, now)
        return None

    def _too_late(self, letter: Letter, now: datetime) -> RetryLater:
        """Back to the table; what was posted to that chat since then waits as well, so as not to overtake."""
        if not letter.bulk:
            self._pace.park(letter.chat_id, now + GIVEN_BACK)
        return RetryLater(now, "waited too long here", ambiguous=False)

    def _report(self, letter: Letter, outcome: Outcome) -> None:
        outcome = self._tried.told(letter, outcome)
        self.counts[type(outcome).__name__] += 1
        if isinstance(outcome, RetryLater) and outcome.ambiguous:
            self.counts["uncertain"] += 1
        self._cards.remove(letter)
        self._settle(Settlement(letter.id, outcome, self._now(), letter.attempts))

    # --- one letter ----------------------------------------------------------------------------------------------

    async def _deliver(self, letter: Letter) -> Outcome:
        pieces = pieces_of(letter.chat_id, await drawn(await self._render(letter), letter), letter.edits)
        message_id: int | None = None
        if letter.attempts > 1:
            reach("before_begin_again")
            await self._begin_again(letter)
        reach("before_send")
        sent = self._tried.parts_out(letter)
        for number, piece in enumerate(pieces[sent:], sent + 1):
            try:
                message_id = await self._send(letter, piece)
            except _Undelivered as undelivered:
                return undelivered.outcome
            if number < len(pieces):
                reach("mid_multi_part_send")
                tried = self._tried.of(letter)
                tried.parts = tried.untold = number
                # On disk before the next part goes, so that only this one can ever come twice.
                await self._keep_parts(letter, number)
                tried.untold = 0
                reach("after_parts_kept")
        reach("after_send_before_settle")
        self._delivered(letter)
        return Delivered(message_id)

    async def _send(self, letter: Letter, piece: Piece) -> int | None:
        """Send one piece, changing its form where Telegram wants that, once each; its message id when it is known."""
        tried: set[Verdict] = set()
        while True:
            try:
                message_id = _message_id(await self._request(await self._topics.address(letter, piece)))
            except TelegramError as error:
                judgement = judge(error)
                self.counts[f"answer {judgement.verdict.value}"] += 1
                if judgement.loud:
                    log.error(  # noqa: TRY400 - a trace of the library tells nothing more
                        "send_refused", letter=letter.id, topic=letter.notice.topic, reason=judgement.reason
                    )
                if judgement.verdict in tried:
                    raise _Undelivered(Rejected(judgement.reason)) from None
                tried.add(judgement.verdict)
                if judgement.verdict is Verdict.DELIVERED:
                    return letter.edits
                other = await self._topics.another_way(letter, piece, judgement)
                piece = other or self._changed(letter, piece, judgement)
            else:
                self.counts["sent"] += 1
                return message_id

    async def _request(self, piece: Piece) -> Any:
        self._pace.note_sent(piece.params["chat_id"])
        if piece.document is None:
            return await self._wire.call(piece.method, **piece.params)
        name, content = piece.document
        return await self._wire.upload(piece.method, name, content, **piece.params)

    def _changed(self, letter: Letter, piece: Piece, judgement: Judgement) -> Piece:
        """The piece in the form to try next; raises _Undelivered when there is none."""
        if judgement.verdict is Verdict.ANEW and piece.method == "editMessageText":
            params = {name: value for name, value in piece.params.items() if name != "message_id"}
            return Piece("sendMessage", params)
        if judgement.verdict is Verdict.PLAIN and "parse_mode" in piece.params:
            return plain(piece)
        raise _Undelivered(self._outcome(letter, judgement))

    def _outcome(self, letter: Letter, judgement: Judgement) -> Outcome:
        now, reason = self._now(), judgement.reason
        match judgement.verdict:
            case Verdict.PARKED:
                # Letters parked together do not all come back in the same instant.
                spread = letter.id % 10 / 20
                self.figures.asked_to_rest.note(judgement.seconds)
                until = self._pace.slow_down(letter.chat_id, now, judgement.seconds + spread)
                return RetryLater(until, reason, ambiguous=False)
            case Verdict.UNCLEAR if letter.bulk:
                return RetryLater(now + UNCLEAR_BULK, reason, ambiguous=True)
            case Verdict.LATER | Verdict.UNCLEAR | Verdict.HALTED | Verdict.MOVED:
                if judgement.verdict is Verdict.HALTED:
                    self._halt(reason)
                until = self._later(letter, judgement.seconds)
                return RetryLater(until, reason, ambiguous=judgement.verdict is Verdict.UNCLEAR)
            case Verdict.BLOCKED:
                return Unreachable("blocked")
            case Verdict.GONE:
                return Unreachable("gone")
            case Verdict.MISSING:
                return Unreachable("chat_missing")
            case _:
                return Rejected(reason)


def _message_id(result: Any) -> int | None:
    number = result.get("message_id") if isinstance(result, dict) else None
    return number if isinstance(number, int) else None
