"""Run the sandbox as a process of its own: `python -m bot.sandbox --port 0 --token … --seed people.json`."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

import uvloop

from bot.sandbox.sandbox import DEFAULT_TOKEN, Sandbox, Settings
from bot.sandbox.serving import serving

CANNOT_START = 2


class CannotStartError(Exception):
    """A sentence that names the place and the remedy."""


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit status."""
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_run(_parsed(arguments)))
    except CannotStartError as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_START
    return 0


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the port on loopback; 0 takes a free one")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token that the bot must use")
    parser.add_argument("--seed", type=Path, help="a JSON file with the people to begin with")
    parser.add_argument("--transcript-cap", type=int, help="keep this many messages of each chat")
    parser.add_argument(
        "--webhook-time-scale", type=float, default=1.0, help="multiply the pauses between retries"
    )
    return parser.parse_args(arguments)


async def _run(options: argparse.Namespace) -> None:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    settings = Settings(transcript_cap=options.transcript_cap, webhook_time_scale=options.webhook_time_scale)
    try:
        sandbox = Sandbox(options.token, settings)
        seat_all(sandbox, options.seed)
        async with serving(sandbox, options.port) as address:
            sys.stdout.write(json.dumps({"address": address}) + "\n")
            sys.stdout.flush()
            await ending.wait()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "a port is at most 65535"
        raise CannotStartError(
            f"Port {options.port} on 127.0.0.1 cannot be used ({reason}): "
            "end what uses it, or give another with --port (0 takes a free one)."
        ) from error
    except ValueError as error:
        raise CannotStartError(str(error)) from error


def seat_all(sandbox: Sandbox, seed: Path | None) -> None:
    """Bring the people of a seed file; raise CannotStartError that names the file and the entry."""
    if seed is None:
        return
    try:
        people = json.loads(seed.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotStartError(f"The seed file {seed} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CannotStartError(f"The seed file {seed} is not JSON: {error}.") from error
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise CannotStartError(f"The seed file {seed} must hold a list of objects, one for each person.")
    for number, person in enumerate(people, start=1):
        try:
            sandbox.seat(person)
        except ValueError as error:
            raise CannotStartError(f"Person {number} in the seed file {seed}: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
