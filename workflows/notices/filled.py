"""What is said of a document that was filled in or corrected outside the chat and sent to the bot."""

from typing import Literal

from workflows.notices.hands import Given
from workflows.notices.saying import Saying

FilledStanding = Literal["open", "differs", "asleep", "beyond", "unread", "same"]
"""How a passage of the document stands to the draft.

The prompt is open, has another answer, does not apply with the answers given, is none that the reader was asked for,
takes no answer of this form, or has the same answer already.
"""


class FilledLine(Saying):
    """A passage of the document by its place in it (from 1), with the words that it begins with.

    `is_sure` where it can answer one prompt only, and was read whole.
    """

    number: int
    prompt: str
    standing: FilledStanding
    begins: str
    is_sure: bool = True


class FilledView(Saying):
    """What a document holds, passage by passage; nothing of the draft is touched by it.

    `file` is its id, `same` counts what stands in the draft already, `astray` the paragraphs without a place, `beside`
    pictures, footnotes, comments and inserted files. `question` is where the file would have been kept as evidence.
    `locked`: the review is submitted, so that nothing can be taken in.
    """

    topic: Literal["filled_view"] = "filled_view"
    file: int
    name: str
    lines: tuple[FilledLine, ...] = ()
    same: int = 0
    astray: int = 0
    beside: int = 0
    question: str = ""
    locked: bool = False


class FilledText(Saying):
    """One passage beside what the draft has, with the ways to take it in.

    `given` is how it was read, `text` its words where it was not, `left` lines of it that such an answer has no place
    for. `present` is the draft's answer and `version` its number; `total` counts the passages that differ, of which
    this is `position` (from 1), with the numbers of those before and after, 0 for none. `others` are prompts that it
    may answer as well. `room_below`: it can follow the present answer; `changed`: that one has just changed.
    `evidence_of` is the question whose evidence the whole file is.
    """

    topic: Literal["filled_text"] = "filled_text"
    file: int
    name: str
    number: int
    prompt: str
    standing: FilledStanding
    is_sure: bool
    given: Given
    text: str = ""
    left: tuple[str, ...] = ()
    present: Given
    version: int
    position: int
    total: int
    before: int = 0
    after: int = 0
    others: tuple[str, ...] = ()
    room_below: bool = False
    locked: bool = False
    changed: bool = False
    evidence_of: str = ""


class FilledTaken(Saying):
    """Passages of the document are in the draft now, at these prompts; `left` of them still differ or wait.

    `evidence_of` is the question whose evidence the whole file is.
    """

    topic: Literal["filled_taken"] = "filled_taken"
    file: int
    name: str
    prompts: tuple[str, ...]
    left: int
    evidence_of: str = ""


class FilledAstray(Saying):
    """The paragraphs of a document that stand under no question; `more` counts those that are not shown."""

    topic: Literal["filled_astray"] = "filled_astray"
    file: int
    name: str
    texts: tuple[str, ...]
    more: int = 0


class FilledNone(Saying):
    """A document in which no question of the review was found, sent while none was open: it is not kept."""

    topic: Literal["filled_none"] = "filled_none"
    name: str


class FilledEnded(Saying):
    """A document was removed; what was taken from it stays. `question`: it is kept as evidence there instead.

    `is_full`: it was to be, and the question has as many files as can be kept; the document is where it was.
    """

    topic: Literal["filled_ended"] = "filled_ended"
    name: str
    question: str = ""
    is_full: bool = False


FilledNotice = FilledView | FilledText | FilledTaken | FilledAstray | FilledNone | FilledEnded
"""Everything in this module that can be said."""
