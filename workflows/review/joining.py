"""Two entries of a list that are one: a client has cut a long message, or somebody says so by a key."""

import re
from collections.abc import Sequence

from workflows.review import cards
from workflows.review.answers import Record, RecordList
from workflows.review.events import Focus, Pressed, Said
from workflows.review.parts import is_cut, put_together
from workflows.review.talk import Talk
from workflows.review.template import AnswerType, Template

BULLET = re.compile(r"^\s*(?:[-–—•*▪●]|\(?[0-9٠-٩]{1,2}[.)\-–])\s+")
"""A bullet or number at the head of a line of a pasted list."""


def goes_on(answer_type: AnswerType, records: Sequence[Record], said: Said) -> bool:
    """Whether a message is the rest of the one that gave the last record: theirs, long, and broken off in a sentence.

    Only where a message is a record as a whole. What begins with a bullet or a number is a record of its own.
    """
    if answer_type.kind != "records" or answer_type.splits != "message" or not records:
        return False
    last = records[-1]
    words = "\n".join(_typed(answer_type, last))
    is_theirs = last.source.rpartition(":")[0] == said.source.rpartition(":")[0]
    return is_theirs and is_cut(words) and not BULLET.match(said.text)


def with_the_rest(template: Template, prompt: str, kept: RecordList, said: Said) -> RecordList:
    """The list with a message put behind the words of its last record."""
    rest = Record(id=0, fields={template.fields_of(prompt)[0].id: said.text.strip()}, source=said.source)
    joined = _joined(template.type_of(prompt), kept.records[-1], rest)
    return kept.model_copy(update={"records": (*kept.records[:-1], joined)})


def join(talk: Talk, press: Pressed) -> Talk:
    """Put a record's words behind those of the record before it; details that the first one lacks come along."""
    prompt = talk.interview.focus.prompt
    kept = cards.records_of(talk.review.answers.get(prompt))
    ids = [str(record.id) for record in kept.records]
    at = ids.index(press.arg) if press.arg in ids else 0
    turn = talk.interview.turn
    if not at:  # joined already by a first tap, or removed
        return talk.redraw(cards.ask(talk.review, turn, prompt), Focus(prompt)).tell("stale")
    joined = _joined(talk.review.template.type_of(prompt), kept.records[at - 1], kept.records[at])
    records = (*kept.records[: at - 1], joined, *kept.records[at + 1 :])
    talk = talk.record(prompt, kept.model_copy(update={"records": records}))
    card = cards.record_card(talk.review, turn, prompt, joined.id)
    assert card is not None  # noqa: S101 - it was put there a moment ago
    return talk.redraw(card, Focus(prompt, joined.id, "card"))


def _typed(answer_type: AnswerType, record: Record) -> list[str]:
    """What was typed as a message: the name and, where there is one, the body."""
    names = (answer_type.fields[0].id, answer_type.body_field)
    return [record.fields[name] for name in dict.fromkeys(names) if name and record.fields.get(name)]


def _joined(answer_type: AnswerType, first: Record, second: Record) -> Record:
    """One record of two: the words of the second follow those of the first in the longer of its fields."""
    name, body = answer_type.fields[0].id, answer_type.body_field
    field = body if body and first.fields.get(body) else name
    words = put_together([first.fields.get(field, ""), "\n".join(_typed(answer_type, second))])
    others = {key: value for key, value in second.fields.items() if key not in (name, body)}
    return first.model_copy(
        update={"fields": {**others, **first.fields, field: words}, "source": _source(first, second)}
    )


def _source(first: Record, second: Record) -> str:
    """Both messages by name. Of two people's records the second's is left unnamed: the record is the first one's."""
    writer, _, numbers = second.source.rpartition(":")
    return f"{first.source}+{numbers if first.source.rpartition(':')[0] == writer else ''}"
