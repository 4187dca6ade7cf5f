"""Runs a Python program and samples, by the processor time it uses, where its main thread is.

`python -m bench.sampled OUTPUT MODULE [ARGUMENT]...`; the counts are written to OUTPUT over and over, as JSON, since
the program will be killed. SIGUSR2 begins the count anew: the time before the measurement is left out.
"""

import json
import runpy
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Final

EVERY: Final = 0.002  # seconds of processor time, of all threads together
PAUSE: Final = 0.5  # seconds between writing


class Samples:
    """How often each function was at work itself, and how often it or what it called was."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.taken = 0

    def begin_anew(self, _signal: int, _frame: FrameType | None) -> None:
        """Forget what was counted."""
        self.taken = 0
        self.own.clear()
        self.total.clear()

    def take(self, _signal: int, frame: FrameType | None) -> None:
        """Count the stack of this moment."""
        self.taken += 1
        if frame is not None:
            self.own[_name(frame)] += 1
        seen = set()
        while frame is not None:
            seen.add(_name(frame))
            frame = frame.f_back
        self.total.update(seen)

    def keep(self, path: Path) -> None:
        """Write the counts again and again; the file is whole at any moment."""
        unfinished = path.with_suffix(".part")
        while True:
            counts = {"taken": self.taken, "own": dict(self.own), "total": dict(self.total)}
            unfinished.write_text(json.dumps(counts), "utf-8")
            unfinished.replace(path)
            time.sleep(PAUSE)


def _name(frame: FrameType) -> str:
    code = frame.f_code
    place = code.co_filename.rpartition("site-packages/")[2].rpartition("/python3")[2]
    return f"{'/'.join(place.split('/')[-3:])} {code.co_qualname}"


def main() -> None:
    """Sample the program that the arguments name."""
    output, module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    samples = Samples()
    signal.signal(signal.SIGPROF, samples.take)
    signal.signal(signal.SIGUSR2, samples.begin_anew)
    threading.Thread(target=samples.keep, args=(Path(output),), daemon=True).start()
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
