"""Where bot processes are born: the imports are made once, each command runs in a fork, and dies for itself."""

import json
import os
import select
import signal
import sys
import warnings
from pathlib import Path

BEAT = 0.02


def main() -> None:
    """Read one command a line as JSON, say its process id and, when it has ended, its exit status.

    A process under way is killed when the line to whoever commands is cut.
    """
    import bot.app  # noqa: PLC0415 - what takes so long, and is done once
    import bot.handlers  # noqa: F401, PLC0415 - the same: a command loads it only when it runs
    from bot.commands import app  # noqa: PLC0415 - the same

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(order)
            warnings.resetwarnings()
            app(args=order["args"])
            os._exit(0)  # not reached: the command line ends by SystemExit
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{_status(child)}\n")
        sys.stdout.flush()


def _become(order: dict[str, str]) -> None:
    """Take the environment of the order, and let what is said go into its files."""
    os.environ.clear()
    os.environ.update(json.loads(json.dumps(order["env"])))
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    for number, name in ((1, "out"), (2, "err")):
        file = os.open(Path(order[name]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)


def _status(child: int) -> int:
    """The exit status of a process, negative for a signal; kills it when nobody listens any more."""
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        readable, _, _ = select.select([sys.stdin], [], [], BEAT)
        if readable:  # nothing is ordered while a process runs: the line was cut
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
