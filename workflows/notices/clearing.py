"""What is asked of those who clear a frozen text, and what they have decided."""

from typing import Literal

from workflows.notices.saying import Saying
from workflows.notices.submission import EditionMark


class ClearAsk(Saying):
    """Whether the text is cleared, asked once more."""

    topic: Literal["clear_ask"] = "clear_ask"
    mark: EditionMark


class ClearReason(Saying):
    """The next text says what is to be changed; `empty`: the one before had no words."""

    topic: Literal["clear_reason"] = "clear_reason"
    mark: EditionMark
    empty: bool = False


class ClearSure(Saying):
    """Whether changes are asked for with this reason; what is typed next is added to it."""

    topic: Literal["clear_sure"] = "clear_sure"
    mark: EditionMark
    reason: str


class ClearDone(Saying):
    """To the clearer: what was decided, and what follows."""

    topic: Literal["clear_done"] = "clear_done"
    mark: EditionMark
    reason: str = ""


class ClearLater(Saying):
    """To the clearer: nothing was decided, and the text waits."""

    topic: Literal["clear_later"] = "clear_later"
    mark: EditionMark


class ClearGone(Saying):
    """To a clearer who decides about a text that was taken back: nothing came of it, and where the present text is.

    `present` is the text that waits for them instead, None for none; `changed` are the questions in which it says
    something else. `text` is a reason that they typed, given back.
    """

    topic: Literal["clear_gone"] = "clear_gone"
    mark: EditionMark
    present: EditionMark | None = None
    changed: tuple[str, ...] = ()
    text: str = ""


class NothingToClear(Saying):
    """To a clearer: no text waits."""

    topic: Literal["nothing_to_clear"] = "nothing_to_clear"


ClearingNotice = ClearAsk | ClearReason | ClearSure | ClearDone | ClearLater | ClearGone | NothingToClear
"""Everything in this module that can be said."""
