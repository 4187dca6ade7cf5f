"""The bots that are compared: how each is prepared, started, understood, and looked at after it was killed."""

import asyncio
import os
import pickle
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import yaml

from bench.people import Reading, any_message, numbered, rafiq_says
from bench.telegram import TOKEN

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATE: Final = Path(__file__).with_name("template.yaml")
PEERS: Final = ROOT / ".venv" / "peers" / "bin" / "python"
"""The environment of peers whose libraries do not fit beside ours; `make bench` makes it from its own lock."""

Environment = Mapping[str, str]


class Failed(Exception):
    """A bot, or what prepares it, did not do what it should; the text ends with what it said last."""


@dataclass(frozen=True)
class Place:
    """Where one run of one bot happens: a folder of its own and the address of the Bot API.

    Where the bot needs them, also the address of a database of a server, and the port of each of its processes.
    """

    folder: Path
    api: str
    database: str = ""
    ports: Sequence[int] = ()

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
    """One bot: a Python module with its arguments, run by `python` as so many processes.

    `prepare` gives a token for each of so many people; `kept` counts the answers on disk after SIGKILL. A bot that is
    called gets its updates at a webhook, the others ask for them.
    """

    name: str
    title: str
    program: tuple[str, ...]
    reading: Reading
    prepare: Callable[[Place, int], Awaitable[Sequence[str]]] = _no_tokens
    kept: Callable[[Place], Awaitable[int | None]] = _nothing
    settings: Callable[[Place], Environment] = field(default=lambda _: {})
    is_called: bool = False
    needs_server: bool = False
    replicas: int = 1
    python: Path = Path(sys.executable)

    def environment(self, place: Place, number: int) -> dict[str, str]:
        """The environment of this bot's process with this number."""
        port = str(place.ports[number]) if self.is_called else ""
        own = {"BENCH_PORT": port} | ({"RAFIQ_LISTEN_PORT": port} if self.name.startswith("rafiq") else {})
        return {**place.environment, **self.settings(place), **(own if port else {})}


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
    found = {
        "RAFIQ_BOT_TOKEN": TOKEN,
        "RAFIQ_TELEGRAM_API": place.api,
        "RAFIQ_DATA": str(place.folder),
        "RAFIQ_KEY": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoyMzQ1Njc=",  # seals nothing but what the bench types
        "RAFIQ_LOG_LEVEL": "WARNING",
    }
    if place.database:
        found["RAFIQ_DATABASE_URL"] = place.database
    if place.ports:
        found["RAFIQ_WEBHOOK_URL"] = f"http://127.0.0.1:{place.ports[0]}/updates"
        found["RAFIQ_WEBHOOK_SECRET"] = "the-bench-calls-with-this"  # noqa: S105 - opens nothing
    return found


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
ECHO_CALLED: Final = replace(ECHO, name="echo-webhook", is_called=True)
CONVERSATION: Final = Contender(
    "conversation",
    "PTB ConversationHandler",
    ("bench.bots.conversation",),
    numbered,
    kept=_answers_in_pickle,
)
STATES: Final = Contender("fsm", "aiogram FSM, memory", ("bench.bots.fsm",), numbered, python=PEERS)
STATES_CALLED: Final = replace(STATES, name="fsm-webhook", is_called=True)
DIALOG: Final = Contender("dialog", "aiogram-dialog, memory", ("bench.bots.dialog",), numbered, python=PEERS)
DIALOG_CALLED: Final = replace(DIALOG, name="dialog-webhook", is_called=True)
RAFIQ: Final = Contender(
    "rafiq",
    "Rafiq, SQLite",
    ("bot", "poll"),
    rafiq_says,
    prepare=_invite,
    kept=_answers_in_store,
    settings=_rafiq_settings,
)
RAFIQ_CALLED: Final = replace(RAFIQ, name="rafiq-webhook", program=("bot", "serve"), is_called=True)
RAFIQ_ON_SERVER: Final = replace(RAFIQ, name="rafiq-pg", title="Rafiq, PostgreSQL", needs_server=True)
RAFIQ_CALLED_ON_SERVER: Final = replace(
    RAFIQ_CALLED, name="rafiq-pg-webhook", title="Rafiq, PostgreSQL", needs_server=True
)
RAFIQ_THRICE: Final = replace(
    RAFIQ_CALLED_ON_SERVER, name="rafiq-pg-three", title="Rafiq, PostgreSQL, three replicas", replicas=3
)
CONTENDERS: Final = {
    one.name: one
    for one in (
        LIMIT,
        ECHO,
        CONVERSATION,
        DIALOG,
        STATES,
        RAFIQ,
        RAFIQ_ON_SERVER,
        ECHO_CALLED,
        DIALOG_CALLED,
        STATES_CALLED,
        RAFIQ_CALLED,
        RAFIQ_CALLED_ON_SERVER,
        RAFIQ_THRICE,
    )
}
