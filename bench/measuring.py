"""One bot under one load: start it, let everybody in, measure while they answer, kill it, look what is on disk."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.contenders import Contender, Failed, Place
from bench.people import QUESTIONS, People
from bench.postgres import Server
from bench.processes import Processes, free_ports, running
from bench.telegram import Telegram

RESULTS: Final = Path(__file__).with_name("results")
STARTS_WITHIN: Final = 120.0  # seconds until a bot asks for updates
COMES_IN_WITHIN: Final = 120.0  # seconds until everybody has the first question
REST: Final = 0.5  # seconds between the last one in and the first answer
MIB: Final = 2**20


@dataclass(frozen=True)
class Load:
    """How many people answer how many questions each, all at once; and how far away Telegram is (seconds).

    They type at once, or after some seconds to `think`. A run that is not done after the longest time (seconds) is cut.
    """

    people: int
    questions: int = QUESTIONS
    longest: float = 60.0
    latency: float = 0.0
    think: float = 0.0


@dataclass(frozen=True)
class Figures:
    """What one run gave. Times in milliseconds where the name says so, memory in MiB, of all the bot's processes.

    An update is a text that was answered, or a press that led to the next question. In `pss`, what the processes share
    is counted once. `database_cpu_ms` is what PostgreSQL used for an answer; None where the bot keeps its own house.
    `whole` says whether everybody answered everything in the time given. `kept` of `seen` answers, of which the
    person has seen the receipt or the next question, were on disk after SIGKILL; None where nothing is to be stored.
    """

    answers: int
    seconds: float
    rate: float
    updates_per_second: float
    asked_again: int
    p50_ms: float
    p95_ms: float
    saved_p50_ms: float | None
    saved_p95_ms: float | None
    cpu_ms: float
    database_cpu_ms: float | None
    rss: float
    pss: float
    peak: float
    bench_busy: float
    sends_per_answer: float
    people_in_per_second: float
    whole: bool
    seen: int
    kept: int | None


async def measure(
    contender: Contender, load: Load, profile: Path | None = None, server: Server | None = None
) -> Figures:
    """Measure one bot once, sampled into `profile` where one is given; on a database of `server` where it needs one.

    Raises Failed when it does not start, does not answer, or asks the wrong question.
    """
    RESULTS.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=RESULTS))  # on the disk of the checkout, not in memory
    ports = free_ports(contender.replicas) if contender.is_called else ()
    telegram = Telegram(load.latency, ports)
    try:
        async with _database(contender, server) as database:
            place = Place(folder, await telegram.start(), database, ports)
            tokens = await contender.prepare(place, load.people)
            people = People(telegram, tokens, contender.reading, load.questions, load.think)
            async with running(contender, place, profile) as processes:
                await _let_in(telegram, people, processes)
                if profile is not None:
                    processes.begin_to_sample()
                used = await _watch(people, telegram, processes, load, server if database else None)
                words = processes.last_words
            return _figures(contender, people, used, words, await contender.kept(place))
    finally:
        await telegram.stop()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def _database(contender: Contender, server: Server | None) -> AsyncIterator[str]:
    """The address of a database of the server for a bot that needs one, else nothing."""
    if not contender.needs_server:
        yield ""
        return
    if server is None:
        raise Failed(f"{contender.title}: there is no PostgreSQL to measure it on")
    async with server.database() as address:
        yield address


async def _let_in(telegram: Telegram, people: People, processes: Processes) -> None:
    await processes.unless_one_ends(telegram.receives, STARTS_WITHIN, "did not ask for updates")
    began = time.perf_counter()
    people.come_in()
    await processes.unless_one_ends(people.all_in, COMES_IN_WITHIN, "did not let everybody in")
    people.tally.coming_in = time.perf_counter() - began
    await asyncio.sleep(REST)


@dataclass(frozen=True)
class _Used:
    """What the processes, the database and the bench itself used while it was measured; seconds and bytes."""

    cpu: float
    database_cpu: float | None
    rss: int
    pss: int
    peak: int
    own_cpu: float
    sends: int
    whole: bool


async def _watch(
    people: People, telegram: Telegram, processes: Processes, load: Load, server: Server | None
) -> _Used:
    cpu, own, sends = processes.cpu(), time.process_time(), _sends(telegram)
    database_cpu = server.cpu() if server else 0.0
    people.go()
    whole = await processes.unless_one_ends(people.all_done, load.longest)
    used = _Used(
        cpu=processes.cpu() - cpu,
        database_cpu=server.cpu() - database_cpu if server else None,
        rss=processes.rss(),
        pss=processes.pss(),
        peak=processes.peak(),
        own_cpu=time.process_time() - own,
        sends=_sends(telegram) - sends,
        whole=whole,
    )
    people.stop()
    return used


def _sends(telegram: Telegram) -> int:
    return telegram.calls[b"sendMessage"] + telegram.calls[b"editMessageText"]


def _figures(contender: Contender, people: People, used: _Used, words: str, kept: int | None) -> Figures:
    if people.fault is not None:
        raise Failed(f"{contender.title}: {people.fault}")
    tally = people.tally
    if not tally.latencies:
        raise Failed(f"{contender.title}: nobody got a second question:\n{words}")
    seconds, answers = tally.ended - tally.began, len(tally.latencies)
    return Figures(
        answers=answers,
        seconds=seconds,
        rate=answers / seconds,
        updates_per_second=(answers + len(tally.receipts) + tally.asked_again) / seconds,
        asked_again=tally.asked_again,
        p50_ms=quantile(tally.latencies, 0.5) * 1000,
        p95_ms=quantile(tally.latencies, 0.95) * 1000,
        saved_p50_ms=quantile(tally.receipts, 0.5) * 1000 if tally.receipts else None,
        saved_p95_ms=quantile(tally.receipts, 0.95) * 1000 if tally.receipts else None,
        cpu_ms=used.cpu / answers * 1000,
        database_cpu_ms=None if used.database_cpu is None else used.database_cpu / answers * 1000,
        rss=used.rss / MIB,
        pss=used.pss / MIB,
        peak=used.peak / MIB,
        bench_busy=used.own_cpu / seconds,
        sends_per_answer=used.sends / answers,
        people_in_per_second=len(people.everybody) / tally.coming_in,
        whole=used.whole,
        seen=sum(max(person.answered, person.receipts) for person in people.everybody),
        kept=kept,
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(runs: Sequence[Figures]) -> Figures:
    """The run in the middle by its rate: figures that belong together."""
    rate = median(run.rate for run in runs)
    return min(runs, key=lambda run: abs(run.rate - rate))
