"""What an answer costs the processor, stage by stage: the bot's own parts in this process, without a network.

`python -m bench.anatomy --help`. A person's answer is two updates, as in the big bench: the text with its receipt, the
press with the next question. Statements and rows are counted where they reach the driver.
"""

import asyncio
import cProfile
import pstats
import secrets
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Annotated, Any, Final

import orjson
import typer
import uvloop
from rich import box
from rich.console import Console
from rich.table import Table
from sqlalchemy import Executable

from bench.filling import fill
from bench.measuring import RESULTS
from bench.people import QUESTIONS, goes_on, texts
from bench.postgres import serving
from bench.reviews import invite
from bot.app import spare_the_collector
from bot.effects import BotIdentity
from bot.handlers import Doors
from bot.inbound import Raw, read
from bot.ingress.lanes import Waiting
from bot.ingress.scribe import Scribe
from bot.ingress.templates import Templates
from bot.render import Voice, render
from bot.render.pieces import pieces_of
from bot.wire.address import Address
from workflows.store.cipher import Cipher, generate_key
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.transaction import Store, migrate
from workflows.store.values import Delivered, Letter, Settlement

BEGAN: Final = datetime(2026, 3, 1, 9, tzinfo=UTC)
BOT: Final = BotIdentity(1, "bench_bot", "Bench")
FILLED: Final = ((0, 0), (5_000, 10), (5_000, 100_000))
"""People known and answers stored before the measurement."""
TOGETHER: Final = 44
"""So many people answer at once in each of these houses."""
FIRST_CHAT: Final = 1_000_000
"""Beyond all who were known before."""
STAGES: Final = ("read", "begin", "settle", "prefetch and handle", "flush", "commit", "render", "request")


@dataclass
class Ledger:
    """Processor seconds and seconds by stage, and what reached the database, of the answers counted."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    waits: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    statements: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    batches: int = 0
    slowest: float = 0.0

    @property
    def cost(self) -> float:
        """Processor milliseconds an answer."""
        return sum(self.seconds.values()) / max(self.answers, 1) * 1000

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Book the block's time, and the processor time of all threads, under a name."""
        began = self.now()
        yield
        self.book(name, began)

    @staticmethod
    def now() -> tuple[float, float]:
        """The two clocks: of the processor and of the wall."""
        return time.process_time(), time.perf_counter()

    def book(self, name: str, began: tuple[float, float]) -> None:
        """Book what has passed since then."""
        cpu, wall = self.now()
        self.seconds[name] += cpu - began[0]
        self.waits[name] += wall - began[1]

    def sees(self, statement: Any, values: Any) -> None:
        """Count a statement on its way to the database, under its first words."""
        name = _name(statement)
        self.statements[name] += 1
        self.rows[name] += len(values) if isinstance(values, list) else 1


@lru_cache(1000)
def _name(statement: Executable | Prepared) -> str:
    words = str(statement.of("sqlite") if isinstance(statement, Prepared) else statement).split()
    if words[0] != "SELECT":
        return " ".join(words[: 2 if words[0] == "UPDATE" else 3])
    tables = [words[place + 1] for place, word in enumerate(words[:-1]) if word in {"FROM", "JOIN"}]
    return f"SELECT {', '.join(dict.fromkeys(table.strip('()') for table in tables))}"


@contextmanager
def seen_by(ledger: Ledger) -> Iterator[None]:
    """Let a ledger see every statement that goes through a pen."""
    ways = {name: getattr(Pen, name) for name in ("rows", "row", "write", "written", "pour")}

    def watched(way: Any) -> Any:
        async def through(pen: Pen, statement: Any, values: Any = None) -> Any:
            ledger.sees(statement, values)
            return await way(pen, statement, values)

        return through

    for name, way in ways.items():
        setattr(Pen, name, watched(way))
    try:
        yield
    finally:
        for name, way in ways.items():
            setattr(Pen, name, way)


class Cast:
    """People who answer, and the bot's parts that hear and answer them, one batch after the other."""

    def __init__(self, store: Store, tokens: Sequence[str]) -> None:
        self._store = store
        self._scribe = Scribe(Doors(secrets.token_bytes), BOT, Counter())
        self._templates = Templates(store)
        self._address = Address("http://127.0.0.1/bot0:token/sendMessage")
        self._texts = [orjson.loads(text) for text in texts()]
        self._tokens = dict(enumerate(tokens, FIRST_CHAT))
        self._messages: Counter[int] = Counter()
        self._keys: dict[int, tuple[str, int]] = {}
        self._settlements: list[Settlement] = []
        self._update_id = 0
        self._now = BEGAN
        self.ledger = Ledger()

    async def come_in(self, chats: Sequence[int]) -> None:
        """Everybody takes their invitation and opens the first question."""
        await self.turn([self._typed(chat, f"/start {self._tokens[chat]}") for chat in chats])
        await self.turn([self._pressed(chat) for chat in chats])

    async def answer(self, chats: Sequence[int], question: int) -> None:
        """Each of these people types an answer and goes on to the next question."""
        words = {chat: self._texts[(chat + question) % len(self._texts)] for chat in chats}
        await self.turn([self._typed(chat, words[chat]) for chat in chats])
        await self.turn([self._pressed(chat) for chat in chats])
        self.ledger.answers += len(chats)

    async def turn(self, raws: Sequence[Raw]) -> None:
        """One batch: from the updates as they come to the requests that answer them."""
        ledger = self.ledger
        began = time.perf_counter()
        loop = asyncio.get_running_loop()
        self._now += timedelta(seconds=1)
        payload = orjson.dumps({"ok": True, "result": raws})
        with ledger.stage("read"):
            updates = orjson.loads(payload)["result"]
            batch = [Waiting(raw, read(raw), loop.create_future(), 0.0) for raw in updates]
        mark = ledger.now()
        async with self._store.transaction() as work:
            ledger.book("begin", mark)
            with ledger.stage("settle"):
                settlements, self._settlements = self._settlements, []
                await work.outbox.settle(settlements)
            with ledger.stage("prefetch and handle"):
                await self._scribe.write(work, batch, self._now)
            with ledger.stage("flush"):
                await work.flush()
            mark = ledger.now()
        ledger.book("commit", mark)
        for letter in work.outbox.fresh:
            await self._send(letter)
        ledger.batches += 1
        ledger.slowest = max(ledger.slowest, time.perf_counter() - began)

    async def _send(self, letter: Letter) -> None:
        with self.ledger.stage("render"):
            template = await self._templates.of(letter.cycle_id)
            voice = Voice.of(letter.language, letter.digits, letter.country)
            pieces = pieces_of(letter.chat_id, render(letter.notice, voice, template), letter.edits)
        with self.ledger.stage("request"):
            for piece in pieces:
                self._address.request("POST", orjson.dumps(piece.params), "application/json")
        number = letter.edits or self._next(letter.chat_id)
        rows = pieces[-1].params.get("reply_markup", {}).get("inline_keyboard", [])
        keys = [key["callback_data"] for row in rows for key in row]
        self._keys[letter.chat_id] = next((key for key in keys if goes_on(key)), ""), number
        self._settlements.append(Settlement(letter.id, Delivered(number), self._now))

    def _next(self, chat: int) -> int:
        self._messages[chat] += 1
        return self._messages[chat]

    def _typed(self, chat: int, text: str) -> Raw:
        message = {"message_id": self._next(chat), **_who(chat), "date": 1_750_000_000, "text": text}
        return self._update("message", message)

    def _pressed(self, chat: int) -> Raw:
        key, card = self._keys[chat]
        who = _who(chat)
        message = {"message_id": card, **who, "date": 1_750_000_000}
        query = {"id": f"{chat}{card:06}", "from": who["from"], "chat_instance": "1", "data": key}
        return self._update("callback_query", {**query, "message": message})

    def _update(self, kind: str, content: Raw) -> Raw:
        self._update_id += 1
        return {"update_id": self._update_id, kind: content}


def _who(chat: int) -> dict[str, Any]:
    user = {"id": chat, "is_bot": False, "first_name": f"Person {chat}", "language_code": "ar"}
    return {"from": user, "chat": {"id": chat, "type": "private", "first_name": f"Person {chat}"}}


@asynccontextmanager
async def peopled(
    url: str, people: int, batch: int, *, known: int = 0, stored: int = 0
) -> AsyncIterator[tuple[Cast, list[list[int]]]]:
    """A new database at this address with people at their first question, in groups of so many updates.

    `known` others have come in before, and `stored` answers of theirs, each with the letters that it took.
    """
    await migrate(url)
    store = await Store.open(url, Cipher.from_settings(generate_key()))
    try:
        if known:
            await fill(store, known, stored)
        cast = Cast(store, await invite(store, people, BEGAN))
        chats = [*range(FIRST_CHAT, FIRST_CHAT + people)]
        groups = [chats[at : at + batch] for at in range(0, people, batch)]
        for group in groups:
            await cast.come_in(group)
        yield cast, groups
    finally:
        await store.close()


async def dissect(
    url: str, people: int, questions: int, batch: int, profile: cProfile.Profile | None = None
) -> Ledger:
    """The costs of so many answers in batches of so many updates, on a new database at this address."""
    async with peopled(url, people, batch) as (cast, groups):
        cast.ledger = ledger = Ledger()
        with seen_by(ledger), profile or nullcontext():
            for question in range(questions):
                for group in groups:
                    await cast.answer(group, question)
        return ledger


def show_flatness(console: Console, questions: int = QUESTIONS) -> dict[tuple[int, int], float]:
    """What an answer costs in an empty house and in fuller ones, question by question in turns; of each the middle.

    Returns milliseconds of processor time by people known and answers stored before.
    """
    with (
        tempfile.TemporaryDirectory(dir=RESULTS) as name,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        costs = runner.run(_in_turns(Path(name), questions))
    found = Table(title="An answer, whatever is stored", title_justify="left", box=box.SIMPLE_HEAD)
    for column in ("people known before", "answers stored before", "CPU µs an answer"):
        found.add_column(column, justify="right")
    for (known, stored), cost in costs.items():
        found.add_row(f"{known:,}", f"{stored:,}", f"{cost * 1000:,.0f}")
    console.print(found)
    return costs


async def _in_turns(folder: Path, questions: int) -> dict[tuple[int, int], float]:
    costs: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    async with AsyncExitStack() as stack:
        houses = {}
        for known, stored in FILLED:
            url = f"sqlite+aiosqlite:///{folder / f'{known}-{stored}.db'}"
            house = peopled(url, TOGETHER, TOGETHER, known=known, stored=stored)
            houses[known, stored] = await stack.enter_async_context(house)
        for question in range(questions):
            for size, (cast, (group,)) in houses.items():
                cast.ledger = ledger = Ledger()
                with seen_by(ledger):
                    await cast.answer(group, question)
                costs[size].append(ledger.cost)
    return {size: median(each) for size, each in costs.items()}


def show(console: Console, title: str, ledger: Ledger) -> None:
    """What each stage costs an answer, and what reaches the database for it."""
    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    found.add_column("stage")
    found.add_column("CPU µs\nan answer", justify="right")
    found.add_column("with waiting,\nµs an answer", justify="right")
    for name in STAGES:
        found.add_row(
            name, *(f"{each[name] / ledger.answers * 1e6:,.0f}" for each in (ledger.seconds, ledger.waits))
        )
    waited = sum(ledger.waits.values()) / ledger.answers * 1e6
    found.add_row("all", f"{ledger.cost * 1000:,.0f}", f"{waited:,.0f}", style="bold")
    console.print(found)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("statement", "a batch", "rows an answer"):
        table.add_column(column, justify="left" if column == "statement" else "right")
    for name, times in ledger.statements.most_common():
        table.add_row(name, f"{times / ledger.batches:.2f}", f"{ledger.rows[name] / ledger.answers:.2f}")
    table.add_row("all", f"{ledger.statements.total() / ledger.batches:.2f}", "", style="bold")
    console.print(table)


async def _one(
    folder: Path, load: tuple[int, int, int], profile: cProfile.Profile | None, *, on_server: bool
) -> Ledger:
    if not on_server:
        return await dissect(f"sqlite+aiosqlite:///{folder / 'rafiq.db'}", *load, profile)
    async with serving(typer.echo) as server:
        if server is None:
            raise SystemExit(1)
        async with server.database() as url:
            return await dissect(url, *load, profile)


def main(
    *,
    people: Annotated[int, typer.Option(min=1)] = 100,
    questions: Annotated[int, typer.Option(min=1, max=QUESTIONS)] = 12,
    batch: Annotated[int, typer.Option(min=1, max=100, help="Updates in a batch.")] = 50,
    profile: Annotated[bool, typer.Option("--profile", help="Also show which functions it goes to.")] = False,
    postgresql: Annotated[
        bool, typer.Option("--postgresql", help="On a PostgreSQL of the bench's own, not on SQLite.")
    ] = False,
    flat: Annotated[
        bool, typer.Option("--flat", help="Is an answer as cheap with 5,000 people and 100,000 answers?")
    ] = False,
) -> None:
    """Take an answer apart: processor time by stage, statements and rows."""
    spare_the_collector()
    RESULTS.mkdir(exist_ok=True)
    if flat:
        show_flatness(Console(width=100))
        return
    taken = cProfile.Profile() if profile else None
    with (
        tempfile.TemporaryDirectory(dir=RESULTS) as name,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        ledger = runner.run(_one(Path(name), (people, questions, batch), taken, on_server=postgresql))
    title = f"{people:,} people, {questions} answers each, {batch} updates in a batch"
    show(Console(width=100), title, ledger)
    if taken is not None:
        pstats.Stats(taken).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    typer.run(main)
