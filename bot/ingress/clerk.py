"""The clerk: one loop that takes what waits, writes it in one transaction, and only then lets it be acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import structlog

from bot.effects import BotIdentity, Effects, Handler
from bot.failpoints import reach as pass_by
from bot.figures import Figures
from bot.inbound import Raw, read
from bot.ingress.asides import Asides, Call
from bot.ingress.lanes import CARD_PATIENCE, Lanes, Waiting
from bot.ingress.refusals import Stopping
from bot.ingress.scribe import Page, Scribe
from bot.ingress.sender import Sender, perhaps_seen
from workflows.store.transaction import Store, StoreAway, Work
from workflows.store.values import Letter, Settlement

BATCH: Final = 100
TRIES: Final = 5
LINGER: Final = 0.02  # seconds that settlements wait for updates to share a commit with
FIRST_PAUSE: Final = 0.2  # seconds after the first failure of an update; doubled each time
AWAY_PAUSE: Final = 0.5
AWAY_TOLD: Final = 60.0
"""Seconds between two lines of the log about a database that stays away."""

log = structlog.stdlib.get_logger(__name__)

Errand = Callable[[Work], Awaitable[Any]]
Fate = Literal["done", "later", "away"]


class Clerk:
    """Handles updates, settles letters and runs errands, one transaction after the other."""

    def __init__(
        self,
        store: Store,
        handler: Handler,
        identity: BotIdentity,
        now: Callable[[], datetime],
        asides: Asides,
        figures: Figures,
    ) -> None:
        self._store = store
        self._now = now
        self._asides = asides
        self._sender: Sender | None = None
        self._lanes = Lanes()
        self._in_hand: dict[int, Waiting] = {}
        self._settlements: list[Settlement] = []
        self._errands: list[tuple[Errand, asyncio.Future[Any]]] = []
        self._wake = asyncio.Event()
        self._open = True
        self._ended = False
        self._is_writing = False
        self.store_is_here = True
        self._told_away = 0.0
        self.figures = figures
        self.counts = figures.counts
        figures.gauges |= {
            "in hand": lambda: len(self._in_hand),
            "oldest": self._oldest,
            "lanes": lambda: self._lanes.waiting,
            "longest lane": lambda: self._lanes.longest,
        }
        self._scribe = Scribe(handler, identity, self.counts)

    def sends_by(self, sender: Sender) -> None:
        """Join the courier, to whom fresh letters go."""
        self._sender = sender

    # --- what comes in -------------------------------------------------------------------------------------------

    def submit(self, raws: Sequence[Raw], *, carries: bool = False) -> list["asyncio.Future[list[Call]]"]:
        """Take updates, each with a whole `update_id`; a future ends well when its update may be acknowledged.

        It ends with StoreAway or Stopping when it must not be. An update that is already in hand is taken once.
        Where acknowledgements may carry a call to Telegram, the first of an update takes what the future gives.
        """
        futures = [self._submit(raw, carries=carries) for raw in raws]
        self._wake.set()
        return futures

    def _submit(self, raw: Raw, *, carries: bool) -> "asyncio.Future[list[Call]]":
        loop = asyncio.get_running_loop()
        if not self._open:
            refused: asyncio.Future[list[Call]] = loop.create_future()
            refused.set_exception(Stopping())
            return refused
        incoming = read(raw)
        self.counts[type(incoming.did).__name__] += 1
        known = self._in_hand.get(incoming.update_id)
        if known is not None:
            self.counts["duplicates"] += 1
            return known.done
        waiting = Waiting(raw, incoming, loop.create_future(), loop.time(), carries)
        self._in_hand[incoming.update_id] = waiting
        self._lanes.add(waiting)
        return waiting.done

    def settle(self, settlement: Settlement) -> None:
        """Note what became of a letter; it is written with the next batch, or soon without one."""
        self._settlements.append(settlement)
        self._wake.set()

    async def run_errand(self, errand: Errand) -> Any:
        """Run other work in a transaction of its own between batches; returns or raises what it does."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._errands.append((errand, future))
        self._wake.set()
        return await future

    @property
    def unwritten(self) -> tuple[Settlement, ...]:
        """What became of letters and is not on disk yet; for an errand, which runs while no batch is being written."""
        return tuple(self._settlements)

    @property
    def backlog(self) -> int:
        """Updates in hand that are not on disk yet."""
        return len(self._in_hand)

    @property
    def is_at_rest(self) -> bool:
        """Whether all that was taken, settled or asked for is on disk."""
        return not (self._in_hand or self._settlements or self._errands or self._is_writing)

    def _oldest(self) -> float:
        """Seconds since the first of the updates in hand came."""
        first = next(iter(self._in_hand.values()), None)
        return 0.0 if first is None else asyncio.get_running_loop().time() - first.came

    # --- the loop ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Work until `finish` is called and everything is written."""
        while not (self._ended and not self._settlements and not self._errands):
            self.figures.beat("clerk")
            self._is_writing = True
            if not self.store_is_here and self._settlements:
                # Leases may have ended by now: what surely arrived must not be claimed and said again.
                settlements, self._settlements = self._settlements, []
                await self._turn([], settlements)
                continue
            await self._run_errands()
            self._is_writing = False
            batch = self._lanes.take(BATCH, self._is_held) if self._open else []
            if not batch and not self._settlements:
                await self._sleep()
                continue
            if not batch and not self._ended:
                batch = await self._linger()
            settlements, self._settlements = self._settlements, []
            self._is_writing = True
            await self._turn(batch, settlements)
            self._is_writing = False
            if not self._open:
                self._clear_lanes()  # what was put back after `close`

    def close(self) -> None:
        """Take no more updates; those that wait are given up unacknowledged, the transaction under way ends."""
        self._open = False
        self._clear_lanes()
        self._wake.set()

    def finish(self) -> None:
        """End the loop as soon as what is settled is written."""
        self.close()
        self._ended = True
        self._wake.set()

    def _clear_lanes(self) -> None:
        for waiting in self._lanes.clear():
            self._give_up(waiting, Stopping())

    def _is_held(self, waiting: Waiting) -> bool:
        moment = asyncio.get_running_loop().time()
        if waiting.not_before > moment:
            return True
        if not waiting.needs_the_card or self._sender is None or moment - waiting.came >= CARD_PATIENCE:
            return False
        since = self._sender.card_since(waiting.incoming.chat_id)
        return since is not None and waiting.came >= since  # what came before it was sent before it

    async def _sleep(self) -> None:
        """Wait for something to do; a lane that is held is looked at again after a moment."""
        self._wake.clear()
        if self._errands or (self._ended and not self._lanes):
            return
        pause = 0.05 if len(self._lanes) else 1.0
        timer = asyncio.get_running_loop().call_later(pause, self._wake.set)
        await self._wake.wait()
        timer.cancel()

    async def _linger(self) -> list[Waiting]:
        """Settlements alone: wait a moment for updates, so that both share a commit."""
        deadline = asyncio.get_running_loop().time() + LINGER
        timer = asyncio.get_running_loop().call_at(deadline, self._wake.set)
        batch: list[Waiting] = []
        while (
            not batch and self._open and not len(self._lanes) and asyncio.get_running_loop().time() < deadline
        ):
            self._wake.clear()
            await self._wake.wait()
            batch = self._lanes.take(BATCH, self._is_held)
        timer.cancel()
        return batch

    async def _run_errands(self) -> None:
        errands, self._errands = self._errands, []
        for place, (errand, future) in enumerate(errands):
            try:
                async with self._store.transaction() as work:
                    result = await errand(work)
                self._send(work.outbox.fresh)  # numbered by the commit
            except StoreAway:
                self._errands[:0] = errands[place:]
                await self._away([])
                return
            except Exception as error:  # noqa: BLE001 - it belongs to whoever gave the errand
                _fail(future, error)
            else:
                if not future.done():
                    future.set_result(result)

    # --- one transaction -----------------------------------------------------------------------------------------

    async def _turn(self, batch: list[Waiting], settlements: list[Settlement]) -> None:
        try:
            page = await self._commit(batch, settlements)
        except StoreAway:
            self._settlements[:0] = settlements
            await self._away(batch)
        except Exception:
            log.exception("batch_rolled_back", updates=len(batch), settlements=len(settlements))
            await self._one_by_one(batch, settlements)
        else:
            self._lanes.put_back(page.postponed)

    async def _commit(self, batch: Sequence[Waiting], settlements: Sequence[Settlement]) -> Page:
        began = self.figures.clock()
        async with self._store.transaction() as work:
            if settlements:
                await work.outbox.settle(settlements)
            work.outbox.doubt(perhaps_seen(self._sender, batch))
            page = await self._scribe.write(work, batch, self._now()) if batch else Page()
            pass_by("before_commit" if batch else "before_settle_commit")
        page.letters = list(work.outbox.fresh)  # numbered by the commit
        pass_by("after_commit_before_ack")
        self.store_is_here = True
        self.figures.levels.pop("refused", None)
        self.counts["commits"] += 1
        if batch:
            self.figures.writing.note(self.figures.clock() - began)
        self._acknowledge(page)
        return page

    def _acknowledge(self, page: Page) -> None:
        for waiting, effects in page.effects:
            self._dealt_with(waiting, effects)
        pass_by("after_ack_before_send")
        self._send(page.letters)

    def _send(self, letters: Sequence[Letter]) -> None:
        """Hand over what this process may send at once; a letter without a number was posted before."""
        numbered = [letter for letter in letters if letter.id]
        if self._sender is not None and numbered:
            self._sender.take(numbered)

    def _dealt_with(self, waiting: Waiting, effects: Effects | None) -> None:
        self.counts["updates"] += 1
        self.figures.acknowledge.note(asyncio.get_running_loop().time() - waiting.came)
        self._in_hand.pop(waiting.incoming.update_id, None)
        if not waiting.done.done():
            answer = self._asides.answer(waiting.incoming, effects) if waiting.carries else None
            waiting.done.set_result([] if answer is None else [answer])
        self._asides.say(waiting.incoming, effects)

    # --- when it fails -------------------------------------------------------------------------------------------

    async def _one_by_one(self, batch: Sequence[Waiting], settlements: Sequence[Settlement]) -> None:
        """Give each its own transaction, so that what fails fails alone."""
        if not await self._settle_one_by_one(settlements):
            await self._away(batch)
            return
        later: list[Waiting] = []
        stopped: set[int] = set()
        for place, waiting in enumerate(batch):
            fate: Fate = (
                "later" if waiting.lane in stopped or self._is_held(waiting) else await self._alone(waiting)
            )
            if fate == "away":
                await self._away([*later, *batch[place:]])
                return
            if fate == "later":
                stopped.add(waiting.lane)
                later.append(waiting)
        self._lanes.put_back(later)

    async def _alone(self, waiting: Waiting) -> Fate:
        try:
            page = await self._commit([waiting], [])
        except StoreAway:
            return "away"
        except Exception as error:  # noqa: BLE001 - judged by whether the failure itself can be written down
            return await self._failed(waiting, error)
        return "later" if page.postponed else "done"

    async def _settle_one_by_one(self, settlements: Sequence[Settlement]) -> bool:
        for place, settlement in enumerate(settlements):
            try:
                await self._commit([], [settlement])
            except StoreAway:
                self._settlements[:0] = settlements[place:]
                return False
            except Exception:
                log.exception("settlement_failed", letter=settlement.letter_id)
        return True

    async def _failed(self, waiting: Waiting, error: Exception) -> Fate:
        """Write down that an update failed; where even that cannot be written, the database is away."""
        update_id = waiting.incoming.update_id
        try:
            async with self._store.transaction() as work:
                tries = await work.updates.failed(
                    update_id, waiting.payload, type(error).__name__, self._now()
                )
        except Exception:  # noqa: BLE001 - whatever it is, the database takes no row
            return "away"
        log.error("update_failed", update=update_id, tries=tries, exc_info=error)
        if tries >= TRIES:
            return "done" if await self._park(waiting, error) else "away"
        waiting.not_before = asyncio.get_running_loop().time() + FIRST_PAUSE * 2 ** (tries - 1)
        return "later"

    async def _park(self, waiting: Waiting, error: Exception) -> bool:
        """Put an update among the dead letters and tell its person; without telling when that fails too."""
        pass_by("before_dead_letter")
        for telling in (True, False):
            try:
                async with self._store.transaction() as work:
                    await self._scribe.bury(work, waiting, error, self._now(), telling=telling)
            except StoreAway:
                return False
            except Exception:
                # The first time it may be the telling that fails: it is parked without it then.
                event = "dead_letter_not_told" if telling else "dead_letter_not_parked"
                log.exception(event, update=waiting.incoming.update_id)
            else:
                self.counts["parked"] += 1
                self._acknowledge(Page(effects=[(waiting, None)], letters=list(work.outbox.fresh)))
                return True
        return False

    async def _away(self, batch: Sequence[Waiting]) -> None:
        """The database is away: give everything back unacknowledged and undone, and rest a moment."""
        moment = self.figures.clock()
        if self.store_is_here or moment - self._told_away >= AWAY_TOLD:
            self._told_away = moment
            log.error("store_away", updates=self.backlog, settlements=len(self._settlements))
        self.store_is_here = False
        self.figures.levels["refused"] = moment
        self.counts["away"] += 1
        for waiting in [*batch, *self._lanes.clear()]:
            self._give_up(waiting, StoreAway())
        errands, self._errands = self._errands, []
        for _, future in errands:
            _fail(future, StoreAway())
        await asyncio.sleep(AWAY_PAUSE)

    def _give_up(self, waiting: Waiting, reason: Exception) -> None:
        self._in_hand.pop(waiting.incoming.update_id, None)
        if not waiting.done.done():
            waiting.done.set_exception(reason)
            waiting.done.exception()  # looked at: whoever waited may be gone


def _fail(future: "asyncio.Future[Any]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
