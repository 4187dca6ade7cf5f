"""Lists of records: one stop on the path, with a small room inside to add, complete, correct and remove."""

import re
from dataclasses import replace

from workflows.notices import Explained, ProblemCode
from workflows.review import cards
from workflows.review.answers import Record, RecordList
from workflows.review.dates import read_date
from workflows.review.events import Focus, Pressed, Said
from workflows.review.talk import Talk
from workflows.review.template import RecordField

_BULLET = re.compile(r"^\s*(?:[-–—•*▪●]|\(?[0-9٠-٩]{1,2}[.)\-–])\s+")
"""A bullet or number at the head of a line of a pasted list."""

# --- adding and correcting by text ---------------------------------------------------------------------------------------


def hear(talk: Talk, prompt: str, said: Said) -> Talk:
    """New records from a message: one a line, or one in all, as the answer type says. A single entity is replaced."""
    kept = cards.records_of(talk.review.answers.get(prompt))
    if any(record.source == said.source for record in kept.records):
        return talk
    new = _records(talk, prompt, said, kept.last_id)
    if not new:
        return _list_anew(talk, prompt, problem="empty")
    single = talk.review.template.type_of(prompt).kind == "record"
    records = new[:1] if single else (*kept.records, *new)
    value = RecordList(records=records, last_id=new[-1].id)
    return _list_anew(talk.record(prompt, value, source=said.source), prompt)


def correct(talk: Talk, said: Said) -> Talk | None:
    """The records that came from an edited message, made anew from its words; None when none came from it.

    A line keeps its record, with the details given since; a line that is gone takes its record with it.
    """
    for prompt, answer in talk.review.answers.items():
        kept = cards.records_of(answer)
        if not any(record.source == said.source for record in kept.records):
            continue
        by_line = {record.line: record for record in kept.records if record.source == said.source}
        new = [_merged(by_line.pop(r.line, None), r) for r in _records(talk, prompt, said, kept.last_id)]
        others = [record for record in kept.records if record.source != said.source]
        value = RecordList(records=(*others, *new), last_id=max([kept.last_id, *(record.id for record in new)]))
        talk = talk.record(prompt, value, source=said.source) if value.records else talk.clear(prompt)
        return _list_anew(talk, prompt)
    return None


def _merged(kept: Record | None, new: Record) -> Record:
    return kept.model_copy(update={"fields": {**kept.fields, **new.fields}}) if kept else new


def _records(talk: Talk, prompt: str, said: Said, last_id: int) -> list[Record]:
    answer_type = talk.review.template.type_of(prompt)
    name, body = answer_type.fields[0].id, answer_type.body_field
    preset = talk.review.template.prompts[prompt].preset
    lines = [_BULLET.sub("", line).strip() for line in said.text.splitlines()]
    lines = [line for line in lines if line]
    if answer_type.splits == "message" and body and len(lines) > 1:
        return [Record(id=last_id + 1, fields={**preset, name: lines[0], body: "\n".join(lines[1:])}, source=said.source)]
    return [
        Record(id=last_id + 1 + number, fields={**preset, name: line}, source=said.source, line=number)
        for number, line in enumerate(lines)
    ]


# --- the card of one record ----------------------------------------------------------------------------------------------


def show_list(talk: Talk, _press: Pressed) -> Talk:
    """Back from a record to its list."""
    prompt = talk.interview.focus.prompt
    talk = _focused(talk, Focus(prompt))
    return talk.redraw(cards.ask(talk.review, talk.interview.turn, prompt), Focus(prompt))


def open_record(talk: Talk, press: Pressed) -> Talk:
    """One record, field by field."""
    return _redraw_record(talk, _number(press.arg))


def ask_removal(talk: Talk, press: Pressed) -> Talk:
    """Removing is confirmed first."""
    return _redraw_record(talk, _number(press.arg), confirm=True)


def remove(talk: Talk, press: Pressed) -> Talk:
    """Take a record off the list; the answer is open again when it was the last."""
    prompt = talk.interview.focus.prompt
    kept = cards.records_of(talk.review.answers.get(prompt))
    records = tuple(record for record in kept.records if record.id != _number(press.arg))
    if records:
        talk = talk.record(prompt, RecordList(records=records, last_id=kept.last_id))
    elif kept.records:
        talk = talk.clear(prompt)
    return show_list(talk, press)


def _redraw_record(talk: Talk, record: int, *, confirm: bool = False) -> Talk:
    prompt = talk.interview.focus.prompt
    card = cards.record_card(talk.review, talk.interview.turn, prompt, record, confirm=confirm)
    if card is None:
        return show_list(talk, Pressed(talk.interview.turn, "list")).tell("stale")
    return talk.redraw(card, Focus(prompt, record, "card"))


# --- one field -----------------------------------------------------------------------------------------------------------


def open_field(talk: Talk, press: Pressed) -> Talk:
    """Ask for one detail: chosen ones on the same card, typed ones in a message of their own."""
    prompt = talk.interview.focus.prompt
    record_id, _, field_id = press.arg.partition(":")
    record, field = _find(talk, prompt, _number(record_id), field_id)
    if record is None or field is None:
        return talk.tell("unreadable")
    if field.type in ("choice", "choices"):
        return talk.redraw(cards.ask_field(talk.interview.turn, prompt, record, field.id), Focus(prompt))
    focus = Focus(prompt, record.id, field.id)
    return _focused(talk, focus).say(cards.ask_field(talk.interview.turn, prompt, record, field.id), focus)


def choose_value(talk: Talk, press: Pressed) -> Talk:
    """A chosen detail: one of several closes the field, several of many are set and unset."""
    prompt = talk.interview.focus.prompt
    record_id, _, rest = press.arg.partition(":")
    field_id, _, option = rest.partition(":")
    record, field = _find(talk, prompt, _number(record_id), field_id)
    options = talk.review.template.field_options(prompt, field) if field else ()
    allowed = {choice.value for choice in options}
    if record is None or field is None or option.lstrip("+-") not in allowed:
        return talk.tell("unreadable")
    if field.type == "choice":
        return _redraw_record(_set(talk, prompt, record, field, option.lstrip("+-")), record.id)
    chosen = set(record.fields.get(field.id, "").split())
    chosen = chosen - {option[1:]} if option.startswith("-") else chosen | {option.lstrip("+")}
    ordered = [choice.value for choice in options if choice.value in chosen]
    talk = _set(talk, prompt, record, field, " ".join(ordered))
    record, _ = _find(talk, prompt, record.id, field.id)
    assert record is not None
    return talk.redraw(cards.ask_field(talk.interview.turn, prompt, record, field.id), Focus(prompt))


def blank_field(talk: Talk, press: Pressed) -> Talk:
    """Empty a detail; the record's name stays."""
    prompt = talk.interview.focus.prompt
    record_id, _, field_id = press.arg.partition(":")
    record, field = _find(talk, prompt, _number(record_id), field_id)
    if record is None or field is None or field == talk.review.template.fields_of(prompt)[0]:
        return talk.tell("unreadable")
    return _redraw_record(_set(talk, prompt, record, field, ""), record.id)


def hear_field(talk: Talk, focus: Focus, said: Said) -> Talk:
    """A typed detail of a record; words typed at a record's card are asked to name the detail first."""
    record, field = _find(talk, focus.prompt, focus.record, focus.field)
    here = talk.interview.focus.prompt == focus.prompt
    turn = talk.interview.turn if here else 0
    if record is None:
        return talk.say(Explained(code="no_question_open", prompt=focus.prompt))
    if field is None or field.type in ("choice", "choices"):
        return _show_record(talk, focus, turn, problem="press_a_button")
    text = read_date(said.text) or said.text if field.type == "date" else said.text
    return _show_record(_set(talk, focus.prompt, record, field, text, said.source), focus, turn)


def _show_record(talk: Talk, focus: Focus, turn: int, problem: ProblemCode | None = None) -> Talk:
    card = cards.record_card(talk.review, turn, focus.prompt, focus.record, problem=problem)
    assert card is not None
    if not turn:
        return talk.say(card)
    at_card = Focus(focus.prompt, focus.record, "card")
    return _focused(talk, Focus(focus.prompt)).say(card, at_card)


def _set(  # noqa: PLR0913 a detail's whole address
    talk: Talk, prompt: str, record: Record, field: RecordField, text: str, source: str = ""
) -> Talk:
    kept = cards.records_of(talk.review.answers.get(prompt))
    fields = {**record.fields, field.id: text}
    new = record.model_copy(update={"fields": {key: value for key, value in fields.items() if value}})
    records = tuple(new if r.id == record.id else r for r in kept.records)
    return talk.record(prompt, kept.model_copy(update={"records": records}), source=source)


def _find(talk: Talk, prompt: str, record: int, field: str) -> tuple[Record | None, RecordField | None]:
    kept = cards.records_of(talk.review.answers.get(prompt))
    found = next((r for r in kept.records if r.id == record), None)
    return found, next((f for f in talk.review.template.fields_of(prompt) if f.id == field), None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _focused(talk: Talk, focus: Focus) -> Talk:
    return talk.with_interview(replace(talk.interview, focus=focus))


def _list_anew(talk: Talk, prompt: str, problem: ProblemCode | None = None) -> Talk:
    """The list below what was typed; late words for another prompt do not move the talk."""
    if talk.interview.focus.prompt != prompt:
        return talk.say(cards.ask(talk.review, 0, prompt, problem=problem))
    talk = _focused(talk, Focus(prompt))
    return talk.say(cards.ask(talk.review, talk.interview.turn, prompt, problem=problem), Focus(prompt))
