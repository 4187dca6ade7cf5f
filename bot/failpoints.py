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
    "after_election",  # this replica was just chosen for an office that only one may have
    "while_stopping",  # asked to stop: nothing more is taken, what is in hand is not given back yet
    "before_receiving",  # started and at the database, what others left is inherited, nothing is taken yet
    "before_handling",  # the people of a batch are locked, nothing is written
    "mid_batch",  # a turn of a batch is handled, others are not
    "before_answer",  # the webhook's update is on disk, its request has no answer
    "before_begin_again",  # a letter that may have arrived is about to be sent once more
    "after_parts_kept",  # a part of a long message is out and noted, the next one is not sent
    "after_bulk_claim",  # reminders or announcements are claimed, none is sent
    "after_plan",  # some people's reminders are planned anew, not on disk
    "after_reminders",  # reminders that are due are posted, not on disk
    "after_announcement_batch",  # an announcement is posted to some people, not on disk
    "after_freeze",  # a text is frozen, not on disk
    "after_submission",  # a review is submitted, not on disk
    "after_erasure",  # a person is erased, not on disk
    "after_file_fetched",  # a file has come, its row does not know
    "mid_migration",  # a step of a migration is done, not on disk
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
