"""What a state has answered: typed values, and why there is none."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from workflows.languages import Frozen
from workflows.review.parts import put_together

ENDED = "."
"""Stands behind the source of a record in which nothing goes on."""

State = Literal["answered", "not_applicable", "declined", "not_known"]


class Part(Frozen):
    """One message of a text; `source` names it (person and message id), so that an edit finds its part."""

    text: str
    source: str


class Held(Part):
    """A text that waits until the person has said where it belongs; `candidates` are the prompts it may answer.

    `instead_of` is where it would have taken the place of what somebody else has written meanwhile, as `str(Focus)`;
    `seen` is the number of the newest revision of that which the person was shown beside it.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore"
    )  # a release beside a newer one reads what that one keeps

    candidates: tuple[str, ...] = ()
    instead_of: str = ""
    seen: int = 0


class Prose(Frozen):
    """A long text in the parts it was sent in."""

    kind: Literal["prose"] = "prose"
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return put_together(self.parts)


class Selection(Frozen):
    """Chosen option values in the order of the template; `other` is what was typed beside them."""

    kind: Literal["selection"] = "selection"
    values: tuple[str, ...] = ()
    other: str = ""


class Record(Frozen):
    """One thing in a list; its id is never used again there. Chosen fields hold option values, joined by spaces.

    `source` names the message as that of a part does; of a record that was put together from several messages it
    names all of them, their numbers joined by "+". A full stop behind it says that nothing goes on in this record.
    """

    id: int
    fields: dict[str, str]
    source: str = ""
    line: int = 0

    @property
    def sources(self) -> frozenset[str]:
        """The messages it came in, each named as a part's is."""
        writer, colon, numbers = self.source.removesuffix(ENDED).rpartition(":")
        return frozenset(f"{writer}{colon}{number}" for number in numbers.split("+"))

    @property
    def ended(self) -> "Record":
        """The same record, in which nothing goes on that comes after it."""
        if self.source.endswith(ENDED):
            return self
        return self.model_copy(update={"source": self.source + ENDED})


class RecordList(Frozen):
    """The records of one prompt in the order they were given (a single entity is a list of one)."""

    kind: Literal["records"] = "records"
    records: tuple[Record, ...] = ()
    last_id: int = 0


class Matrix(Frozen):
    """A status per row, by option value of the rows."""

    kind: Literal["matrix"] = "matrix"
    cells: dict[str, str] = Field(default_factory=dict)


Value = Annotated[Prose | Selection | RecordList | Matrix, Field(discriminator="kind")]


class Answer(Frozen):
    """One prompt's answer, or the reason given for having none; no answer at all means open."""

    state: State
    value: Value | None = None


Answers = Mapping[str, Answer]

ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


def chosen(answers: Answers, prompt_id: str) -> tuple[str, ...]:
    """The option values chosen at a prompt; empty when it is open or has another kind of answer."""
    answer = answers.get(prompt_id)
    if answer is None or not isinstance(answer.value, Selection):
        return ()
    return answer.value.values
