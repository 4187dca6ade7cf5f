"""Named places where a test may end the process without warning, armed by `RAFIQ_FAILPOINT=name:nth`."""

import os
import signal
from typing import Final, Literal, get_args

Failpoint = Literal[
    "before_commit",  # a batch is written, nothing of it is on disk
    "after_commit_before_ack",  # the batch is on disk, Telegram has not been told
    "after_ack_before_send",  # Telegram has been told, the replies are only in the outbox
    "after_claim",  # letters are claimed from the table, none is sent
    "before_send",  # a letter is rendered, the request has not begun
    "after_send_before_settle",  # Telegram has the message, the table does not know
    "mid_multi_part_send",  # some parts of a long message are out, others not
    "before_settle_commit",  # settlements are written, nothing of them is on disk
    "before_dead_letter",  # an update has failed for the last time and is not parked yet
]

NAMES: Final[tuple[str, ...]] = get_args(Failpoint)


class _Armed:
    name: str = ""
    left: int = 0


def arm(text: str) -> None:
    """Set the place and the visit at which the process is to end, as `name:nth`; empty disarms.

    Raises ValueError, naming the places there are, when the text is neither.
    """
    name, _, nth = text.partition(":")
    if name and (name not in NAMES or not (nth or "1").isdecimal()):
        raise ValueError(f"{text!r} is no failpoint; write name:nth with one of: {', '.join(NAMES)}")
    _Armed.name, _Armed.left = name, int(nth or 1)


def reach(name: Failpoint) -> None:
    """Pass a named place; ends the process by SIGKILL when it is the armed one and its turn has come."""
    if name != _Armed.name:
        return
    _Armed.left -= 1
    if _Armed.left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
