"""The composition root: joins the parts into a running bot; the one room that knows the clock."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeVar

import structlog

from bot import failpoints
from bot.courier import Courier
from bot.effects import BotIdentity, Effects, Handler, Whisper
from bot.figures import Figures
from bot.heartbeat import (
    ANNOUNCE_SECONDS,
    BACKUP_SECONDS,
    BEATS_MAY_TAKE,
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
from bot.ingress.clock import FOLLOW_SECONDS, SharedClock, steady
from bot.ingress.election import POLLER, SENDER, Election
from bot.ingress.errands import Errands
from bot.ingress.fetching import Fetching
from bot.ingress.foresight import Foresight
from bot.ingress.inheriting import folder_of, inherit
from bot.ingress.introducing import introduce
from bot.ingress.leaving import LEAVE_SECONDS, Leaving
from bot.ingress.life import Life
from bot.ingress.nightly import Nightly
from bot.ingress.one_bot import have_to_itself
from bot.ingress.polling import Poller, free_of_webhook
from bot.ingress.post_book import PostBook
from bot.ingress.serving import GRACE_SECONDS, served
from bot.ingress.templates import Templates
from bot.ingress.tidying import Tidying
from bot.ingress.topics import Topics
from bot.ingress.watch import WATCH_SECONDS, Reception
from bot.ingress.webhook import path_of, set_webhook, webhook_app
from bot.limits import Pace
from bot.profile import menu_call, present
from bot.render import Message, Voice, render, toast
from bot.render.pieces import pieces_of
from bot.settings import DataSettings, Settings
from bot.watching.watch import Watch
from bot.wire import QuietBot, Wire
from workflows.notices.earlier import cycle_of
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, migrate
from workflows.store.values import Letter

SENDS_MAY_TAKE: Final = 8.0  # seconds that sends under way get when the process stops
WORDS_MAY_TAKE: Final = 2.0  # and what is said beside the outbox

log = structlog.stdlib.get_logger(__name__)

Receiving = Literal["poll", "serve"]
T = TypeVar("T")


class Clock(SharedClock):
    """The time in UTC: this machine's until it follows a database; in the demo, that of the sandbox."""

    def __init__(self, url: str | None = None) -> None:
        super().__init__(lambda: datetime.now(UTC), url)


async def open_store(settings: DataSettings, *, make: bool = False) -> Store:
    """The store that the settings name; raises StoreRefused, also where it is not there or has an older schema.

    With `make`, for a bot that starts and for the first cycle, a file is made or brought up to date before.
    """
    cipher = Cipher.from_settings(settings.key.get_secret_value(), settings.earlier_keys)
    if make and settings.database.startswith("sqlite"):
        await migrate(settings.database, lambda: failpoints.reach("mid_migration"))
    store = await Store.open(settings.database, cipher)
    store.lease_seconds = settings.outbox_lease_seconds
    return store


@asynccontextmanager
async def opened(settings: DataSettings, *, make: bool = False) -> AsyncIterator[Store]:
    """The store, open for the block; raises StoreRefused as `open_store` does."""
    store = await open_store(settings, make=make)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def timed(settings: DataSettings, *, make: bool = False) -> AsyncIterator[tuple[Store, Clock]]:
    """The store, open for the block, and the clock that a bot on it goes by; a command's machine may be hours ahead."""
    clock = Clock(settings.clock_url)
    async with opened(settings, make=make) as store:
        await clock.refresh()
        await clock.follow(store)
        yield store, clock


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
    sender: Election | None
    watch: Watch
    book: PostBook


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
    clerk = Clerk(store, handler, identity, clock.now, asides, Figures())
    errands = Errands(clerk, store.owner, clock.now)
    book = PostBook(folder_of(settings), store.owner)

    async def rendered(letter: Letter) -> Message:
        voice = Voice.of(letter.language, letter.digits, letter.country, letter.clock)
        return render(letter.notice, voice, await templates.of(cycle_of(letter.notice) or letter.cycle_id))

    sender = Election(clerk, SENDER, store.owner, clock.now) if store.kind == "postgresql" else None

    def delivered(letter: Letter) -> None:
        if (call := menu_call(letter)) is not None:
            asides.make([call])

    courier = Courier(
        wire=wire,
        pace=Pace(settings.bulk_per_second, settings.chat_per_second, asyncio.get_running_loop().time),
        render=book.noting_begun(rendered),
        claim=errands.claim,
        settle=book.noting_fates(clerk.settle),
        keep_parts=errands.keep_parts,
        begin_again=errands.begin_again,
        topics=Topics(clerk, wire, clock.now),
        now=clock.now,
        halt=halt,
        figures=clerk.figures,
        delivered=delivered,
        lease_seconds=settings.outbox_lease_seconds,
        is_sender=sender.holds if sender is not None else lambda: True,
    )
    clerk.sends_by(courier)
    beats = Beats(clerk, store.owner, clock.now)
    fetching = Fetching(clerk, wire, store.owner, clock.now, settings.file_limit)
    watch = Watch(settings, store, clerk.figures, clerk.run_errand, clock.now)
    return House(
        settings, store, wire, clock, asides, clerk, courier,
        Heartbeat(), beats, store.owner, fetching, sender, watch, book,
    )  # fmt: skip


def _toast(effects: Effects) -> str:
    if effects.toast is None:
        return ""
    return toast(effects.toast, Voice.of(effects.language, effects.digits, effects.country, effects.clock))


def _whisper(chat_id: int, whisper: Whisper) -> list[Call]:
    message = render(whisper.notice, Voice.of(whisper.language), None)
    return [(piece.method, piece.params) for piece in pieces_of(chat_id, message)]


# --- running -------------------------------------------------------------------------------------------------


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
    async with opened(settings, make=True) as store, wired(settings) as wire:
        identity = await introduce(wire, life) if await have_to_itself(store, life) else None
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
            async with house.watch.kept(receive, life.stop.is_set):
                await _live(house, life, receive, take_over=take_over)
    if life.reason:
        log.error("halted", reason=life.reason)
    return 1 if life.reason else 0


def spare_the_collector() -> None:
    """Let the garbage collector pass over what was loaded at start, and look more rarely (docs/decisions/0008)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def _live(house: House, life: Life, receive: Receiving, *, take_over: bool) -> None:
    await house.clock.follow(house.store)
    await inherit(house.store, house.book, house.clerk.figures, house.clock.now())
    failpoints.reach("before_receiving")
    writing = asyncio.create_task(house.clerk.run())
    writing.add_done_callback(lambda task: _ended(task, life))
    house.clerk.figures.runs["clerk"] = lambda: not writing.done()
    _start_beating(house)
    presenting = asyncio.create_task(present(QuietBot(house.wire)))
    try:
        if receive == "serve":
            await _serve(house, life, take_over=take_over)
        else:
            await _poll(house, life, take_over=take_over)
    finally:
        life.end()
        presenting.cancel()
        await _leave(house, life, writing)


def _ended(task: "asyncio.Task[None]", life: Life) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("clerk_ended", exc_info=error)
        life.halt("the clerk ended")


def _start_beating(house: House) -> None:
    async def retry() -> None:
        house.courier.figures.beat("courier")
        if house.sender is not None:
            await house.sender.stand()
        await house.courier.collect()
        if house.clerk.is_at_rest and not house.courier.in_hand:
            house.book.begin_anew()

    house.heartbeat.every(RETRY_SECONDS, "retry", retry)
    house.heartbeat.every(FOLLOW_SECONDS, "follow", lambda: house.clock.follow(house.store))
    house.heartbeat.every(TIDY_SECONDS, "tidy", Tidying(house.clerk, house.clock.now).beat)
    house.heartbeat.every(FETCH_SECONDS, "fetch", house.fetching.fetch)
    leaving = Leaving(house.clerk, house.asides, house.clock.now)
    house.heartbeat.every(LEAVE_SECONDS, "leave", leaving.leave)
    if house.settings.backup_folder is not None:
        folder, key = house.settings.for_backups()
        hour = house.settings.backup_hour
        nightly = Nightly(house.clerk, house.store, house.owner, house.clock.now, folder, key, hour)
        house.heartbeat.every(BACKUP_SECONDS, "backup", nightly.beat, at_once=True)
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
    may_poll = None
    if house.store.kind == "postgresql":
        may_poll = Election(house.clerk, POLLER, house.owner, house.clock.now).stand
        house.heartbeat.every(1, "poller", may_poll)  # the lease must outlive a long poll
    poller = Poller(house.wire, house.clerk, may_poll)
    _watch(house, "", lambda: poller.is_receiving)
    log.info("polling")
    receiving, stopped = asyncio.create_task(poller.run(life.stop)), asyncio.create_task(life.stop.wait())
    try:
        await asyncio.wait({receiving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        # A database that does not answer may hold it; nothing is confirmed by then.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(receiving, life.left(GRACE_SECONDS))
    finally:
        stopped.cancel()
        receiving.cancel()


async def _serve(house: House, life: Life, *, take_over: bool) -> None:
    url, secret = house.settings.for_serving()

    app = webhook_app(house.clerk, path_of(url), secret, house.watch.probes)
    host, figures = house.settings.listen_host, house.clerk.figures
    async with served(app, host, house.settings.listen_port, figures) as port:
        await set_webhook(house.wire, url, secret, take_over=take_over)
        _watch(house, url, lambda: True)
        log.info("serving", host=host, port=port)
        await life.stop.wait()


def _watch(house: House, url: str, is_receiving: Callable[[], bool]) -> None:
    """Ask Telegram now and then where our updates go, and notice when none could come for long."""
    absence = Absence(house.clerk, house.clock.now, is_receiving, steady)
    figures = house.clerk.figures
    reception = Reception(house.wire, url, figures)
    figures.gauges["receiving"] = reception if url else is_receiving
    house.heartbeat.every(WATCH_SECONDS, "watch", reception.look, at_once=True)
    house.heartbeat.every(BEAT_SECONDS, "absence", absence.beat)


async def _leave(house: House, life: Life, writing: "asyncio.Task[None]") -> None:
    """Stop in order: take nothing more, finish the transaction, finish or give back the sends, write that down."""
    house.clerk.close()
    await house.heartbeat.stop(life.left(2 * BEATS_MAY_TAKE) / 2)
    await house.courier.stop(life.left(SENDS_MAY_TAKE))
    await house.asides.finish(life.left(WORDS_MAY_TAKE))
    if house.store.kind == "postgresql" and not writing.done():
        with contextlib.suppress(Exception):
            released = house.clerk.run_errand(lambda work: work.leases.release_all(house.owner))
            await asyncio.wait_for(released, life.left(SENDS_MAY_TAKE))
    house.clerk.finish()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await asyncio.wait_for(writing, life.left(SENDS_MAY_TAKE, last=True))
    house.book.close(done=house.clerk.is_at_rest and not house.courier.in_hand)


def begin(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on the quickest loop there is."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.run(main)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
