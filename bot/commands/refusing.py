"""How a command refuses: in a line or two for people, without a trace of the program."""

import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TypeVar

from bot import app, logs
from bot.ingress.polling import CannotReceive
from bot.settings import SettingsRefused
from workflows.store.transaction import StoreRefused

REFUSED: Final = 2

T = TypeVar("T")


def refuse(*lines: object) -> NoReturn:
    """Say why not, on standard error, and end with exit code 2."""
    for line in lines:
        sys.stderr.write(f"{logs.masked(str(line))}\n")
    raise SystemExit(REFUSED)


@contextmanager
def courteous() -> Iterator[None]:
    """Turn every expected refusal within the block into lines for people."""
    try:
        yield
    except SettingsRefused as refusal:
        refuse(*refusal.faults)
    except StoreRefused as refusal:
        refuse(f"{refusal.place}: {refusal.remedy}")
    except CannotReceive as refusal:
        refuse(refusal)
    except ValueError as refusal:
        refuse(refusal)


def done(main: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end, refusing courteously."""
    with courteous():
        return app.begin(main)
