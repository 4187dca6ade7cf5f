"""The demo: a pretend Telegram with a ready cycle and three people, and the bot beside it; Ctrl-C ends both."""

import asyncio
import json
import os
import secrets
import shutil
import signal
import socket
import sys
from asyncio.subprocess import Process
from datetime import timedelta
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot import app
from bot.sandbox import Clock, Sandbox, serving
from bot.sandbox import Settings as SandboxSettings
from bot.settings import DataSettings
from workflows.cycle.files.judging import FOLDER, load_calendar
from workflows.cycle.files.shifting import shifted
from workflows.immutable import Immutable
from workflows.people.roles import Role
from workflows.review.judge import load_template
from workflows.store.cipher import generate_key
from workflows.use_cases.calendar.loading import load
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

CYCLE: Final = "gcm-arab-2020"
TOKEN: Final = "1000000001:demo-token-that-opens-only-the-sandbox"  # noqa: S105 - it opens only the sandbox
IDS_A_RUN: Final = 10_000
RESTART_PAUSE: Final = 2.0
_MARK: Final = "This folder belongs to the demo of Rafiq and may be deleted.\n"
_CALENDAR: Final = FOLDER / f"{CYCLE}.yaml"
_TEMPLATE: Final = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"


class Guest(Immutable):
    """Somebody in the demo: who they are on the page, and the place they are invited to."""

    user_id: int
    name: str
    language: str
    title: str
    role: Role
    country: str = ""


GUESTS: Final = (
    Guest(1001, "ليلى حداد", "ar", "نقطة الاتصال · لبنان", "focal_point", "LB"),
    Guest(1002, "Yasmine Alaoui", "fr", "Point focal · Maroc", "focal_point", "MA"),
    Guest(1003, "Sam Rivers", "en", "Secretariat", "secretariat"),
)


class DemoRefused(ValueError):
    """The demo cannot begin; the text says where and what to do."""


def play(port: int, folder: Path, *, fresh: bool) -> int:
    """Run the demo until Ctrl-C; returns the exit code. Raises DemoRefused with place and remedy."""
    os.umask(0o077)
    require_free(port)
    try:
        run = prepare(folder, fresh=fresh)
    except OSError as error:
        raise DemoRefused(
            f"The folder {folder} cannot be written to ({error.strerror}). Name a folder of yours with --folder."
        ) from None
    return asyncio.run(_play(port, folder.resolve(), run))


def require_free(port: int) -> None:
    """See that the page's port can be had before anything in the folder is touched; raises DemoRefused."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise _port_refused(port, error) from None


def _port_refused(port: int, error: OSError) -> DemoRefused:
    return DemoRefused(
        f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}). End what uses it, or choose another "
        "with --port."
    )


def prepare(folder: Path, *, fresh: bool) -> int:
    """Make the folder ready and count this run in it; a folder that is not the demo's own is left alone."""
    mark, runs = folder / "demo.txt", folder / "runs.txt"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise DemoRefused(f"{folder} holds other things. Name an empty folder with --folder.")
    if fresh and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(_MARK)
    counted = runs.read_text().strip() if runs.exists() else "0"
    if not counted.isdecimal():
        raise DemoRefused(f"{runs} is damaged. Begin anew with --fresh.")
    run = int(counted) + 1
    runs.write_text(str(run))
    return run


async def _play(port: int, folder: Path, run: int) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = _clock(folder)
    tokens = await _invitations(folder, clock)
    # Numbers go up from run to run, as Telegram's do: the bot remembers those it has seen.
    sandbox = Sandbox(TOKEN, SandboxSettings(first_update_id=run * IDS_A_RUN), clock)
    for guest, token in zip(GUESTS, tokens, strict=True):
        person = sandbox.person(guest.name, guest.language, guest.user_id, title=guest.title, start=token)
        for _ in range((run - 1) * IDS_A_RUN):
            person.next_id()
    try:
        async with serving(sandbox, port) as address:
            _say(f"Rafiq's demo: {address}", f"Answers are kept in {folder}. Ctrl-C ends everything.")
            return await _keep_alive(_environment(folder, address), stop)
    except OSError as error:
        raise _port_refused(port, error) from None


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _key(folder: Path) -> str:
    kept = folder / "key.txt"
    if not kept.exists():
        kept.write_text(generate_key())
    return kept.read_text().strip()


def _clock(folder: Path) -> Clock:
    """The demo's clock, as far ahead as an earlier run has left it: what was said tomorrow lies in no future."""
    kept = folder / "clock.txt"
    clock = Clock()
    try:
        clock.advance(float(kept.read_text()) if kept.exists() else 0)
    except (ValueError, OverflowError):
        raise DemoRefused(f"{kept} is damaged. Begin anew with --fresh.") from None

    def keep() -> None:
        fresh = kept.with_suffix(".new")
        fresh.write_text(str(clock.offset_seconds))
        fresh.replace(kept)

    clock.on_change(keep)
    return clock


async def _invitations(folder: Path, clock: Clock) -> list[str]:
    """The guests' invitations, made at the first run together with the cycle and a calendar that begins today."""
    kept = folder / "invitations.json"
    if kept.exists():
        tokens: list[str] = json.loads(kept.read_text())
        return tokens
    settings = DataSettings(data=folder, key=SecretStr(_key(folder)))
    now = clock.now()
    async with app.opened(settings, make=True) as store, store.transaction() as work:
        await open_cycle(work, CYCLE, load_template(_TEMPLATE), now)
        await load(work, CYCLE, shifted(load_calendar(_CALENDAR), now.date()), None, now)
        wanted = [Wanted(CYCLE, guest.role, guest.country, now + timedelta(days=365)) for guest in GUESTS]
        tokens = [await make(work, place, secrets.token_bytes, now) for place in wanted]
    kept.write_text(json.dumps(tokens))
    return tokens


def _environment(folder: Path, address: str) -> dict[str, str]:
    """What the bot is told: everything is in the demo's folder, and no real setting counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
    return kept | {
        "RAFIQ_BOT_TOKEN": TOKEN,
        "RAFIQ_TELEGRAM_API": address,
        "RAFIQ_CLOCK_URL": f"{address}/sim/clock",
        "RAFIQ_DATA": str(folder),
        "RAFIQ_KEY": _key(folder),
        "RAFIQ_LOG_LEVEL": "WARNING",
    }


async def _keep_alive(environment: dict[str, str], stop: asyncio.Event) -> int:
    """Run the bot, again where it ends by accident; stop it in peace when the demo ends."""
    while True:
        # A session of its own: Ctrl-C reaches the bot once, from here.
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "poll", env=environment, start_new_session=True
        )
        if await _ends_first(bot, stop):
            return 0
        if bot.returncode in {0, 2}:
            return bot.returncode or 0
        _say(f"The bot ended with exit code {bot.returncode}; it starts again.")
        await asyncio.sleep(RESTART_PAUSE)


async def _ends_first(bot: Process, stop: asyncio.Event) -> bool:
    """Wait for the demo's end or the bot's; True after the demo's, with the bot stopped."""
    ended, stopped = asyncio.ensure_future(bot.wait()), asyncio.ensure_future(stop.wait())
    await asyncio.wait([ended, stopped], return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        stopped.cancel()
        return False
    if bot.returncode is None:
        bot.terminate()
    await ended
    return True
