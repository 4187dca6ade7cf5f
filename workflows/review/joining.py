"""Two entries of a list that are one: a client has cut a long message, or somebody says so by a key."""

from collections.abc import Sequence

from workflows.notices import ProblemCode
from workflows.review import cards
from workflows.review.answers import ENDED, Record, RecordList
from workflows.review.events import Focus, Pressed, Said
from workflows.review.parts import BULLET, is_cut, writer_of
from workflows.review.talk import Talk
from workflows.review.template import AnswerType, RecordField


def goes_on(answer_type: AnswerType, records: Sequence[Record], said: Said) -> bool:
    """Whether a message is the rest of the one that gave the last record: theirs, long, and broken off in a sentence.

    Only where a message is a record as a whole. What begins with a bullet or a number is a record of its own.
    """
    if answer_type.kind != "records" or answer_type.splits != "message" or not records:
        return False
    last = records[-1]
    is_theirs = writer_of(last.source) == writer_of(said.source)
    return is_theirs and _is_cut(answer_type, last) and not BULLET.match(said.text)


def with_the_rest(answer_type: AnswerType, kept: RecordList, said: Said) -> RecordList:
    """The list with a message put behind the words of its last record."""
    last, words = kept.records[-1], said.text.strip()
    field = _growing(answer_type, last)
    joined = last.model_copy(
        update={
            "fields": {**last.fields, field: f"{last.fields[field]} {words}"},
            "source": _source(last.source, said.source),
        }
    )
    return kept.model_copy(
        update={"records": (*kept.records[:-1], joined if is_cut(words) else joined.ended)}
    )


def after_typing(answer_type: AnswerType, record: Record) -> Record:
    """The record after a detail of it was typed: whatever it looks like now, no message of a list was cut there."""
    return record.ended if _is_cut(answer_type, record) else record


def join(talk: Talk, press: Pressed) -> Talk:
    """Put a record's words behind those of the record before it, and their details together.

    Where a date or a choice differs nothing is done, and the card says so.
    """
    prompt = talk.interview.focus.prompt
    kept = cards.records_of(talk.review.answers.get(prompt))
    ids = [str(record.id) for record in kept.records]
    at = ids.index(press.arg) if press.arg in ids else 0
    turn = talk.interview.turn
    if not at:  # joined already by a first tap, or removed
        return talk.redraw(cards.ask(talk.review, turn, prompt), Focus(prompt)).tell("stale")
    first, second = kept.records[at - 1], kept.records[at]
    joined = _joined(talk, prompt, first, second)
    if joined is not None:
        records = (*kept.records[: at - 1], joined, *kept.records[at + 1 :])
        talk = talk.record(prompt, kept.model_copy(update={"records": records}))
    shown = joined or second
    problem: ProblemCode | None = "details_differ" if joined is None else None
    card = cards.record_card(talk.review, turn, prompt, shown.id, problem=problem)
    assert card is not None  # noqa: S101 - it is there
    return talk.redraw(card, Focus(prompt, shown.id, "card"))


def _is_cut(answer_type: AnswerType, record: Record) -> bool:
    return not record.source.endswith(ENDED) and is_cut("\n".join(_typed(answer_type, record)))


def _typed(answer_type: AnswerType, record: Record) -> list[str]:
    """What was typed as a message: the name and, where there is one, the body."""
    names = (answer_type.fields[0].id, answer_type.body_field)
    return [record.fields[name] for name in dict.fromkeys(names) if name and record.fields.get(name)]


def _growing(answer_type: AnswerType, record: Record) -> str:
    """The field in which a record goes on: its body where it has one, else its name."""
    body = answer_type.body_field
    return body if body and record.fields.get(body) else answer_type.fields[0].id


def _joined(talk: Talk, prompt: str, first: Record, second: Record) -> Record | None:
    """One record of two: the words of the second follow those of the first; None where details cannot be both."""
    answer_type = talk.review.template.type_of(prompt)
    field = _growing(answer_type, first)
    joint = " " if _is_cut(answer_type, first) else "\n"
    words = joint.join([first.fields.get(field, ""), "\n".join(_typed(answer_type, second))])
    fields = {**second.fields, **first.fields, field: words}
    preset = talk.review.template.prompts[prompt].preset
    for detail in talk.review.template.fields_of(prompt):
        ours, theirs = first.fields.get(detail.id, ""), second.fields.get(detail.id, "")
        if detail.id in (answer_type.fields[0].id, answer_type.body_field, *preset) or not (ours and theirs):
            continue
        both = _both(detail, ours, theirs)
        if both is None:
            return None
        fields[detail.id] = both
    source = _source(first.source, second.source)
    return first.model_copy(update={"fields": fields, "source": source}).ended


def _both(detail: RecordField, ours: str, theirs: str) -> str | None:
    """Two values of one detail as one; None where it can have only one of them."""
    if ours == theirs:
        return ours
    match detail.type:
        case "text":
            return f"{ours}\n{theirs}"
        case "choices":
            return " ".join(dict.fromkeys([*ours.split(), *theirs.split()]))
        case _:
            return None


def _source(first: str, second: str) -> str:
    """Both messages by name. Of two people's records the second's is left unnamed: the record is the first one's."""
    first, second = first.removesuffix(ENDED), second.removesuffix(ENDED)
    same = writer_of(first) == writer_of(second)
    return f"{first}+{second.rpartition(':')[2] if same else ''}"
