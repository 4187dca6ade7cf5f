"""The composition root: joins the parts into a running bot; the one room that knows the clock."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, TypeVar

import orjson
import structlog
from telegram.error import NetworkError, TelegramError

from bot.courier import Courier
from bot.effects import BotIdentity, Effects, Handler
from bot.heartbeat import (
    ANNOUNCE_SECONDS,
    ESCALATE_SECONDS,
    FETCH_SECONDS,
    NOTE_SECONDS,
    PLAN_SECONDS,
    REMIND_SECONDS,
    RETRY_SECONDS,
    TIDY_SECONDS,
    Heartbeat,
)
from bot.ingress.absence import BEAT_SECONDS, Absence
from bot.ingress.asides import Asides, Call
from bot.ingress.beats import Beats
from bot.ingress.clerk import Clerk
from bot.ingress.errands import Errands
from bot.ingress.fetching import Fetching
from bot.ingress.foresight import Foresight
from bot.ingress.polling import Poller, elected, free_of_webhook
from bot.ingress.refusals import TOKEN_REFUSED, CannotReceive
from bot.ingress.serving import served
from bot.ingress.watch import WATCH_SECONDS, look
from bot.ingress.webhook import path_of, set_webhook, webhook_app
from bot.limits import Pace
from bot.outcomes import Verdict, judge
from bot.profile import menu_call, present
from bot.render import Message, Voice, render, toast
from bot.render.pieces import pieces_of
from bot.settings import DataSettings, Settings
from bot.wire import QuietBot, Wire, fetched
from workflows.review.template import Template
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, Work, migrate
from workflows.store.values import Letter

SENDS_MAY_TAKE: Final = 8.0  # seconds that sends under way get when the process stops

log = structlog.stdlib.get_logger(__name__)

Receiving = Literal["poll", "serve"]
T = TypeVar("T")


class Clock:
    """The time in UTC; in the demo, that of the sandbox, followed by an offset that is refreshed each second."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._offset = timedelta()

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    async def refresh(self) -> None:
        """Ask the other clock, if there is one; while it is silent the last offset counts."""
        if self._url is None:
            return
        with contextlib.suppress(NetworkError, ValueError, KeyError, TypeError):
            seconds = orjson.loads(await fetched(self._url, 2))["offset_seconds"]
            self._offset = timedelta(seconds=float(seconds))


async def open_store(settings: DataSettings) -> Store:
    """The store that the settings name, brought up to date where it is a file; raises StoreRefused."""
    cipher = Cipher.from_settings(settings.key.get_secret_value(), settings.earlier_keys)
    if settings.database.startswith("sqlite"):
        await migrate(settings.database)
    store = await Store.open(settings.database, cipher)
    store.lease_seconds = settings.outbox_lease_seconds
    return store


@asynccontextmanager
async def opened(settings: DataSettings) -> AsyncIterator[Store]:
    """The store, open for the block."""
    store = await open_store(settings)
    try:
        yield store
    finally:
        await store.close()


class Templates:
    """The template of each cycle, remembered for a minute."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[float, Template | None]] = {}

    async def of(self, cycle_id: str) -> Template | None:
        """The template that a cycle has pinned; None for no cycle."""
        if not cycle_id:
            return None
        moment = asyncio.get_running_loop().time()
        known = self._known.get(cycle_id)
        if known is not None and moment - known[0] < 60:  # noqa: PLR2004 - a minute
            return known[1]
        async with self._store.reading() as work:
            cycle = await work.cycles.get(cycle_id)
        template = cycle.template if cycle is not None else None
        self._known[cycle_id] = (moment, template)
        return template


# --- a house with its parts ----------------------------------------------------------------------------------


@dataclass
class House:
    """The parts of a running bot, joined."""

    settings: Settings
    store: Store
    wire: Wire
    clock: Clock
    asides: Asides
    clerk: Clerk
    courier: Courier
    heartbeat: Heartbeat
    beats: Beats
    owner: str
    fetching: Fetching


@asynccontextmanager
async def wired(settings: Settings) -> AsyncIterator[Wire]:
    """The way to Telegram, open for the block."""
    wire = Wire(settings.telegram_api, settings.bot_token)
    await wire.initialize()
    try:
        yield wire
    finally:
        await wire.shutdown()


def build(  # noqa: PLR0913 - every part by name, here and only here
    *,
    settings: Settings,
    store: Store,
    wire: Wire,
    clock: Clock,
    handler: Handler,
    identity: BotIdentity,
    halt: Callable[[str], None],
) -> House:
    """Join the parts; nothing runs yet."""
    templates = Templates(store)
    asides = Asides(wire, _toast, _whisper, halt)
    clerk = Clerk(store, handler, identity, clock.now, asides)
    errands = Errands(clerk, store.owner, clock.now)

    async def rendered(letter: Letter) -> Message:
        voice = Voice.of(letter.language, letter.digits, letter.country)
        return render(letter.notice, voice, await templates.of(letter.cycle_id))

    def delivered(letter: Letter) -> None:
        call = menu_call(letter)
        if call is not None:
            asides.make([call])

    courier = Courier(
        wire=wire,
        pace=Pace(settings.bulk_per_second, settings.chat_per_second, asyncio.get_running_loop().time),
        render=rendered,
        claim=errands.claim,
        settle=clerk.settle,
        keep_parts=errands.keep_parts,
        begin_again=errands.begin_again,
        now=clock.now,
        halt=halt,
        delivered=delivered,
        lease_seconds=settings.outbox_lease_seconds,
    )
    clerk.sends_by(courier)
    beats = Beats(clerk, store.owner, clock.now)
    fetching = Fetching(clerk, wire, store.owner, clock.now, settings.file_limit)
    return House(
        settings, store, wire, clock, asides, clerk, courier, Heartbeat(), beats, store.owner, fetching
    )


def _toast(effects: Effects) -> str:
    if effects.toast is None:
        return ""
    return toast(effects.toast, Voice.of(effects.language, effects.digits, effects.country))


def _whisper(chat_id: int, effects: Effects) -> list[Call]:
    if effects.whisper is None:
        return []
    message = render(effects.whisper, Voice.of(effects.language, effects.digits, effects.country), None)
    return [(piece.method, piece.params) for piece in pieces_of(chat_id, message)]


# --- running -------------------------------------------------------------------------------------------------


class Life:
    """Whether the bot is to go on: a signal stops it well, a halt with a reason stops it with exit code 1."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.reason = ""

    def halt(self, reason: str) -> None:
        self.reason = self.reason or reason
        self.stop.set()

    def signalled(self, number: int) -> None:
        if self.stop.is_set():
            # Leaving at once is safe: nothing was acknowledged that is not written.
            os._exit(128 + number)
        log.info("stopping", signal=number)
        self.stop.set()


async def run(settings: Settings, receive: Receiving, handler: Handler, *, take_over: bool = False) -> int:
    """Run the bot until a signal ends it; `receive` is poll or serve. Returns the exit code.

    Raises StoreRefused, CannotReceive or SettingsRefused, each with a remedy, when it cannot begin.
    """
    life = Life()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, life.signalled, number)
    clock = Clock(settings.clock_url)
    await clock.refresh()
    spare_the_collector()
    async with opened(settings) as store, wired(settings) as wire:
        identity = await introduce(wire, life)
        if identity is not None:
            house = build(
                settings=settings,
                store=store,
                wire=wire,
                clock=clock,
                handler=handler,
                identity=identity,
                halt=life.halt,
            )
            await _live(house, life, receive, take_over=take_over)
    if life.reason:
        log.error("halted", reason=life.reason)
    return 1 if life.reason else 0


def spare_the_collector() -> None:
    """Let the garbage collector pass over what was loaded at start, and look more rarely (docs/decisions/0008)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def introduce(wire: Wire, life: Life) -> BotIdentity | None:
    """Who the bot is; waits for Telegram as long as need be, None when stopped meanwhile."""
    while not life.stop.is_set():
        try:
            me = await wire.call("getMe")
            return BotIdentity(me["id"], me.get("username", ""), me.get("first_name", ""))
        except TelegramError as error:
            judgement = judge(error)
            if judgement.verdict is Verdict.HALTED:
                raise CannotReceive(TOKEN_REFUSED) from None
            log.warning("telegram_away", reason=judgement.reason)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(life.stop.wait(), max(2.0, judgement.seconds))
    return None


async def _live(house: House, life: Life, receive: Receiving, *, take_over: bool) -> None:
    left = await house.store.inherit_claims(house.clock.now())
    if left:
        log.warning("claims_inherited", letters=left)
    writing = asyncio.create_task(house.clerk.run())
    writing.add_done_callback(lambda task: _ended(task, life))
    _start_beating(house)
    presenting = asyncio.create_task(present(QuietBot(house.wire)))
    try:
        if receive == "serve":
            await _serve(house, life, take_over=take_over)
        else:
            await _poll(house, life, take_over=take_over)
    finally:
        life.stop.set()
        presenting.cancel()
        await _leave(house, writing)


def _ended(task: "asyncio.Task[None]", life: Life) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("clerk_ended", exc_info=error)
        life.halt("the clerk ended")


def _start_beating(house: House) -> None:
    async def tidy() -> None:
        async def errand(work: Work) -> None:
            await work.outbox.tidy(house.clock.now())
            await work.updates.tidy(house.clock.now())
            await work.reminders.tidy(house.clock.now())

        await house.clerk.run_errand(errand)

    house.heartbeat.every(RETRY_SECONDS, "retry", house.courier.collect)
    house.heartbeat.every(TIDY_SECONDS, "tidy", tidy)
    house.heartbeat.every(FETCH_SECONDS, "fetch", house.fetching.fetch)
    other_clock = house.settings.clock_url
    demo = other_clock is not None
    house.heartbeat.every(1 if demo else REMIND_SECONDS, "remind", house.beats.remind)
    house.heartbeat.every(1 if demo else ANNOUNCE_SECONDS, "announce", house.beats.announce)
    house.heartbeat.every(5 if demo else NOTE_SECONDS, "note", house.beats.note)
    house.heartbeat.every(10 if demo else ESCALATE_SECONDS, "escalate", house.beats.escalate)
    house.heartbeat.every(10 if demo else PLAN_SECONDS, "plan", house.beats.plan, at_once=True)
    if other_clock is not None:
        house.heartbeat.every(1, "clock", house.clock.refresh)
        foresight = Foresight(house.store, other_clock, house.clock.now)
        house.heartbeat.every(1, "foresight", foresight.tell, at_once=True)
    house.heartbeat.start()


async def _poll(house: House, life: Life, *, take_over: bool) -> None:
    await free_of_webhook(house.wire, take_over=take_over)
    lease = elected(house.clerk, house.owner, house.clock.now) if house.store.kind == "postgresql" else None
    poller = Poller(house.wire, house.clerk, lease)
    _watch(house, "", lambda: poller.is_receiving)
    log.info("polling")
    await poller.run(life.stop)


async def _serve(house: House, life: Life, *, take_over: bool) -> None:
    url, secret = house.settings.for_serving()

    def is_ready() -> bool:
        return house.clerk.store_is_here and not life.stop.is_set()

    app = webhook_app(house.clerk, path_of(url), secret, is_ready)
    async with served(app, house.settings.listen_host, house.settings.listen_port) as port:
        await set_webhook(house.wire, url, secret, take_over=take_over)
        _watch(house, url, lambda: True)
        log.info("serving", host=house.settings.listen_host, port=port)
        await life.stop.wait()


def _watch(house: House, url: str, is_receiving: Callable[[], bool]) -> None:
    """Ask Telegram now and then where our updates go, and notice when none could come for long."""
    absence = Absence(house.clerk, house.clock.now, is_receiving, asyncio.get_running_loop().time)
    house.heartbeat.every(WATCH_SECONDS, "watch", lambda: look(house.wire, url))
    house.heartbeat.every(BEAT_SECONDS, "absence", absence.beat)


async def _leave(house: House, writing: "asyncio.Task[None]") -> None:
    """Stop in order: take nothing more, finish the transaction, finish or give back the sends, write that down."""
    house.clerk.close()
    house.heartbeat.stop()
    await house.courier.stop(SENDS_MAY_TAKE)
    await house.asides.finish(2)
    if house.store.kind == "postgresql" and not writing.done():
        with contextlib.suppress(Exception):
            await house.clerk.run_errand(lambda work: work.leases.release("poller", house.owner))
    house.clerk.finish()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await asyncio.wait_for(writing, SENDS_MAY_TAKE)


def begin(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on the quickest loop there is."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.run(main)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
