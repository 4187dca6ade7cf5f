"""How a command refuses: in a line or two for people, without a trace of the program."""

import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TypeVar

REFUSED: Final = 2

T = TypeVar("T")


def refuse(*lines: object) -> NoReturn:
    """Say why not, on standard error, and end with exit code 2."""
    from bot.logs import masked  # noqa: PLC0415 - only who refuses needs it

    for line in lines:
        sys.stderr.write(f"{masked(str(line))}\n")
    raise SystemExit(REFUSED)


@contextmanager
def courteous() -> Iterator[None]:
    """Turn every expected refusal within the block into lines for people."""
    try:
        yield
    except Exception as error:
        lines = _told(error)
        if not lines:
            raise
        refuse(*lines)


def _told(error: Exception) -> tuple[object, ...]:
    """What an expected refusal says, nothing for any other error."""
    from bot.ingress.refusals import CannotReceive  # noqa: PLC0415 - loaded when something was refused
    from bot.settings import SettingsRefused  # noqa: PLC0415 - the same
    from bot.watching.doors import PortTaken  # noqa: PLC0415 - the same
    from workflows.store.cipher import KeyRefused  # noqa: PLC0415 - the same
    from workflows.store.values import StoreAway, StoreRefused  # noqa: PLC0415 - the same

    match error:
        case SettingsRefused():
            return error.faults
        case StoreRefused():
            return (error,)
        case KeyRefused():
            return (f"{error}.",)
        case StoreAway():
            return (f"The database cannot be written to now ({error}). Wait a moment, then try again.",)
        case CannotReceive() | PortTaken() | ValueError():
            return (error,)
        case _:
            return ()


def done(main: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end, refusing courteously."""
    from bot.app import begin  # noqa: PLC0415 - the coroutine has loaded it, or is about to

    with courteous():
        return begin(main)
