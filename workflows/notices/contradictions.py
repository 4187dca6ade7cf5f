"""What is said where answers do not go together: one kind question, and that it will not be asked again."""

from typing import Literal

from workflows.notices.saying import Saying


class ClaimLine(Saying):
    """What one prompt says: a chosen `value`, or what `holds` of the whole answer.

    `excerpt` is the beginning of the text that is there; `asleep`: the prompt does not apply now, its text is kept.
    """

    prompt: str
    value: str = ""
    holds: Literal["", "filled", "empty", "all"] = ""
    excerpt: str = ""
    asleep: bool = False


class ContradictionAsk(Saying):
    """Answers that do not go together, all of them kept. `settled`: the person has said that all are right."""

    topic: Literal["contradiction"] = "contradiction"
    id: str
    claims: tuple[ClaimLine, ...]
    settled: bool = False


class ContradictionMark(Saying):
    """A contradiction named by its prompts, in the look before a review goes on its way."""

    id: str
    prompts: tuple[str, ...]
