"""The bots that are compared: how each is prepared, started, understood, and looked at after it was killed."""

import asyncio
import os
import pickle
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from bench.people import Reading, any_message, numbered, rafiq_says
from bench.telegram import TOKEN

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATE: Final = Path(__file__).with_name("template.yaml")

Environment = Mapping[str, str]


class Failed(Exception):
    """A bot, or what prepares it, did not do what it should; the text ends with what it said last."""


@dataclass(frozen=True)
class Place:
    """Where one run of one bot happens: a folder of its own and the address of the Bot API."""

    folder: Path
    api: str

    @property
    def environment(self) -> dict[str, str]:
        """What every bot is told; nothing of Rafiq's own comes from outside."""
        outside = {
            name: value for name, value in os.environ.items() if not name.startswith(("RAFIQ_", "BENCH_"))
        }
        return {
            **outside,
            "BENCH_API": self.api,
            "BENCH_TOKEN": TOKEN,
            "BENCH_DATA": str(self.folder),
            "BENCH_QUESTIONS": "\n".join(questions()),
            "PYTHONPATH": str(ROOT),
        }


async def _no_tokens(_place: Place, people: int) -> Sequence[str]:
    return [""] * people


async def _nothing(_place: Place) -> int | None:
    return None


@dataclass(frozen=True)
class Contender:
    """One bot: a Python module with its arguments.

    `prepare` gives a token for each of so many people; `kept` counts the answers on disk after SIGKILL.
    """

    name: str
    title: str
    program: tuple[str, ...]
    reading: Reading
    prepare: Callable[[Place, int], Awaitable[Sequence[str]]] = _no_tokens
    kept: Callable[[Place], Awaitable[int | None]] = _nothing
    settings: Callable[[Place], Environment] = field(default=lambda _: {})

    def environment(self, place: Place) -> dict[str, str]:
        """The environment of this bot's process."""
        return {**place.environment, **self.settings(place)}


def questions() -> list[str]:
    """The Arabic words of the 24 questions."""
    sections = yaml.safe_load(TEMPLATE.read_bytes())["sections"]
    return [question["text"]["ar"] for section in sections for question in section["questions"]]


async def output_of(arguments: Sequence[str], environment: Environment) -> str:
    """What a Python program of ours prints; raises Failed when it does not end well."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=environment, stdout=-1, stderr=-1
    )
    said, complained = await process.communicate()
    if process.returncode:
        raise Failed(f"{' '.join(arguments)} ended with {process.returncode}:\n{complained.decode()[-2000:]}")
    return said.decode()


# --- Rafiq -----------------------------------------------------------------------------------------------------------


def _rafiq_settings(place: Place) -> Environment:
    return {
        "RAFIQ_BOT_TOKEN": TOKEN,
        "RAFIQ_TELEGRAM_API": place.api,
        "RAFIQ_DATA": str(place.folder),
        "RAFIQ_KEY": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoyMzQ1Njc=",  # seals nothing but what the bench types
        "RAFIQ_LOG_LEVEL": "WARNING",
    }


async def _invite(place: Place, people: int) -> Sequence[str]:
    environment = {**place.environment, **_rafiq_settings(place)}
    printed = await output_of(["-m", "bench.reviews", "invite", str(people)], environment)
    return printed.split()


async def _answers_in_store(place: Place) -> int | None:
    environment = {**place.environment, **_rafiq_settings(place)}
    return int(await output_of(["-m", "bench.reviews", "count"], environment))


async def _answers_in_pickle(place: Place) -> int | None:
    path = place.folder / "conversation.pickle"
    if not path.exists():
        return 0
    try:
        kept = pickle.loads(path.read_bytes())  # noqa: S301 - written by the bot that was just started
    except (EOFError, pickle.UnpicklingError):
        return 0  # it was killed while it wrote the file anew: nothing of it can be read
    return sum(len(data.get("answers", ())) for data in kept.get("user_data", {}).values())


LIMIT: Final = Contender("limit", "Raw sockets (the limit)", ("bench.bots.bare",), any_message)
ECHO: Final = Contender("echo", "PTB echo", ("bench.bots.echo",), any_message)
CONVERSATION: Final = Contender(
    "conversation",
    "PTB ConversationHandler",
    ("bench.bots.conversation",),
    numbered,
    kept=_answers_in_pickle,
)
RAFIQ: Final = Contender(
    "rafiq",
    "Rafiq, SQLite",
    ("bot", "poll"),
    rafiq_says,
    prepare=_invite,
    kept=_answers_in_store,
    settings=_rafiq_settings,
)
CONTENDERS: Final = {one.name: one for one in (LIMIT, ECHO, CONVERSATION, RAFIQ)}
