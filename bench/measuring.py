"""One bot under one load: start it, let everybody in, measure while they answer, kill it, look what is on disk."""

import asyncio
import contextlib
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.contenders import ROOT, Contender, Failed, Place
from bench.people import QUESTIONS, People
from bench.telegram import Telegram

RESULTS: Final = Path(__file__).with_name("results")
STARTS_WITHIN: Final = 30.0  # seconds until a bot asks for updates
COMES_IN_WITHIN: Final = 120.0  # seconds until everybody has the first question
REST: Final = 0.5  # seconds between the last one in and the first answer
MIB: Final = 2**20


@dataclass(frozen=True)
class Load:
    """How many people answer how many questions each, all at once; and how far away Telegram is (seconds).

    A run that is not done after the longest time (seconds) is cut.
    """

    people: int
    questions: int = QUESTIONS
    longest: float = 60.0
    latency: float = 0.0


@dataclass(frozen=True)
class Figures:
    """What one run gave. Times in milliseconds where the name says so, memory in MiB.

    `whole` says whether everybody answered everything in the time given. `kept` of `seen` answers, of which the
    person has seen the receipt or the next question, were on disk after SIGKILL; None where nothing is to be stored.
    """

    answers: int
    seconds: float
    rate: float
    p50_ms: float
    p95_ms: float
    saved_p50_ms: float | None
    saved_p95_ms: float | None
    cpu_ms: float
    rss: float
    peak: float
    bench_busy: float
    sends_per_answer: float
    people_in_per_second: float
    whole: bool
    seen: int
    kept: int | None


async def measure(contender: Contender, load: Load, profile: Path | None = None) -> Figures:
    """Measure one bot once, sampled into `profile` where one is given.

    Raises Failed when it does not start, does not answer, or asks the wrong question.
    """
    RESULTS.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=RESULTS))  # on the disk of the checkout, not in memory
    telegram = Telegram(load.latency)
    try:
        place = Place(folder, await telegram.start())
        tokens = await contender.prepare(place, load.people)
        people = People(telegram, tokens, contender.reading, load.questions)
        async with running(contender, place, profile) as process:
            await _let_in(telegram, people, process, folder)
            if profile is not None:
                process.send_signal(signal.SIGUSR2)
            seen = await _watch(people, telegram, process, load)
        return await _figures(contender, place, people, seen)
    finally:
        await telegram.stop()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def running(
    contender: Contender, place: Place, profile: Path | None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process; it is killed in the middle of whatever it does."""
    with (place.folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *(("bench.sampled", str(profile)) if profile else ()),
            *contender.program,
            cwd=ROOT,
            env=contender.environment(place),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()


async def _let_in(
    telegram: Telegram, people: People, process: asyncio.subprocess.Process, folder: Path
) -> None:
    await _unless_it_ends(telegram.polled, process, folder, STARTS_WITHIN, "did not ask for updates")
    began = time.perf_counter()
    people.come_in()
    await _unless_it_ends(people.all_in, process, folder, COMES_IN_WITHIN, "did not let everybody in")
    people.tally.coming_in = time.perf_counter() - began
    await asyncio.sleep(REST)


async def _unless_it_ends(
    event: asyncio.Event, process: asyncio.subprocess.Process, folder: Path, seconds: float, fault: str
) -> bool:
    """Wait for something, and say whether it happened in time.

    Raises Failed when the bot ends before, or, where a `fault` is given, when it does not happen in time.
    """
    waits = [asyncio.create_task(event.wait()), asyncio.create_task(process.wait())]
    done, _ = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waits:
        task.cancel()
    if waits[1] in done:
        raise Failed(f"the bot ended with {process.returncode}:\n{_last_words(folder)}")
    if not done and fault:
        raise Failed(f"the bot {fault} within {seconds:.0f} s:\n{_last_words(folder)}")
    return bool(done)


def _last_words(folder: Path) -> str:
    return (folder / "said").read_text("utf-8", "replace")[-3000:]


@dataclass(frozen=True)
class _Seen:
    """What the process and the bench itself used while it was measured; seconds and bytes."""

    cpu: float
    rss: int
    peak: int
    own_cpu: float
    sends: int
    whole: bool


async def _watch(
    people: People, telegram: Telegram, process: asyncio.subprocess.Process, load: Load
) -> _Seen:
    bot = psutil.Process(process.pid)
    cpu, own, sends = _cpu(bot), time.process_time(), _sends(telegram)
    people.go()
    whole = await _unless_it_ends(people.all_done, process, Path(), load.longest, "")
    seen = _Seen(
        cpu=_cpu(bot) - cpu,
        rss=bot.memory_info().rss,
        peak=_peak(bot),
        own_cpu=time.process_time() - own,
        sends=_sends(telegram) - sends,
        whole=whole,
    )
    people.stop()
    return seen


def _cpu(bot: Any) -> float:
    times = bot.cpu_times()
    return float(times.user + times.system)


def _peak(bot: Any) -> int:
    """The most memory it ever had, where the system says; else what it has now."""
    try:
        lines = Path(f"/proc/{bot.pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return int(bot.memory_info().rss)
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _sends(telegram: Telegram) -> int:
    return telegram.calls[b"sendMessage"] + telegram.calls[b"editMessageText"]


async def _figures(contender: Contender, place: Place, people: People, seen: _Seen) -> Figures:
    if people.fault is not None:
        raise Failed(f"{contender.title}: {people.fault}")
    tally = people.tally
    if not tally.latencies:
        raise Failed(f"{contender.title}: nobody got a second question:\n{_last_words(place.folder)}")
    seconds, answers = tally.ended - tally.began, len(tally.latencies)
    return Figures(
        answers=answers,
        seconds=seconds,
        rate=answers / seconds,
        p50_ms=quantile(tally.latencies, 0.5) * 1000,
        p95_ms=quantile(tally.latencies, 0.95) * 1000,
        saved_p50_ms=quantile(tally.receipts, 0.5) * 1000 if tally.receipts else None,
        saved_p95_ms=quantile(tally.receipts, 0.95) * 1000 if tally.receipts else None,
        cpu_ms=seen.cpu / answers * 1000,
        rss=seen.rss / MIB,
        peak=seen.peak / MIB,
        bench_busy=seen.own_cpu / seconds,
        sends_per_answer=seen.sends / answers,
        people_in_per_second=len(people.everybody) / tally.coming_in,
        whole=seen.whole,
        seen=sum(max(person.answered, person.receipts) for person in people.everybody),
        kept=await contender.kept(place),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(runs: Sequence[Figures]) -> Figures:
    """The run in the middle by its rate: figures that belong together."""
    rate = median(run.rate for run in runs)
    return min(runs, key=lambda run: abs(run.rate - rate))
