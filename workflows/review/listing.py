"""Lists of records: one stop on the path, with a small room inside to add, complete, correct and remove."""

from msgspec.structs import replace

from workflows.notices import Explained, ProblemCode
from workflows.review import cards
from workflows.review.answers import Record, RecordList
from workflows.review.dates import read_date
from workflows.review.events import Focus, Pressed, Said
from workflows.review.joining import after_typing, goes_on, with_the_rest
from workflows.review.parts import BULLET, writer_of
from workflows.review.reading import all_named, named
from workflows.review.talk import Talk, takes_one
from workflows.review.template import AnswerType, RecordField

# --- adding and correcting by text --------------------------------------------------------------------------


def hear(talk: Talk, prompt: str, said: Said) -> Talk:
    """New records from a message: one a line, or one in all, as the answer type says. A single entity is replaced."""
    kept = cards.records_of(talk.review.answers.get(prompt))
    if any(said.source in record.sources for record in kept.records):
        return talk
    if goes_on(talk.review.template.type_of(prompt), kept.records, said):
        value = with_the_rest(talk.review.template.type_of(prompt), kept, said)
        return _list_anew(talk.record(prompt, value, source=said.source), prompt, problem="joined")
    new = _records(talk, prompt, said, max(kept.last_id, talk.review.last_ids.get(prompt, 0)))
    if not new:
        return _list_anew(talk, prompt, problem="empty")
    single = takes_one(talk.review, prompt)
    if single and kept.records and _takes_anothers_place(talk, prompt, kept.records[0], said):
        return talk.hold_beside(Focus(prompt), said)
    records = tuple(new) if single else (*kept.records, *new)
    value = RecordList(records=records, last_id=new[-1].id)
    return _list_anew(talk.record(prompt, value, source=said.source), prompt)


def _takes_anothers_place(talk: Talk, prompt: str, there: Record, said: Said) -> bool:
    """Whether a single entity would go that somebody else has given and the person may not have seen."""
    if talk.interview.focus.prompt == prompt:
        return talk.is_unseen(Focus(prompt), said)
    return not said.instead and writer_of(there.source) != writer_of(said.source)


def correct(talk: Talk, said: Said) -> Talk | None:
    """The records that came from an edited message, made anew from its words; None when none came from it.

    A line keeps its record, with the details given since, also when it moves; a line that is gone takes its record
    with it. Records from other messages stay where they are.
    """
    for prompt, answer in talk.review.answers.items():
        kept = cards.records_of(answer)
        if any("+" in record.source and said.source in record.sources for record in kept.records):
            return talk.say(Explained(code="edit_of_joined", prompt=prompt))
        old = [record for record in kept.records if said.source in record.sources]
        if not old:
            continue
        name = talk.review.template.fields_of(prompt)[0].id
        new = _carried_over(old, _records(talk, prompt, said, kept.last_id), name)
        at = kept.records.index(old[0])
        after = [record for record in kept.records[at:] if said.source not in record.sources]
        records = (*kept.records[:at], *new, *after)
        value = RecordList(records=records, last_id=max([kept.last_id, *(record.id for record in new)]))
        talk = talk.record(prompt, value, source=said.source) if records else talk.clear(prompt)
        return _list_anew(talk, prompt)
    return None


def _carried_over(old: list[Record], new: list[Record], name: str) -> list[Record]:
    """The new lines, each with the record it had before: the one of its name, else the one in its place."""
    left = list(old)
    by_name = [_take(left, [r for r in left if r.fields.get(name) == line.fields[name]]) for line in new]
    return [
        _merged(kept or _take(left, [r for r in left if r.line == line.line]), line)
        for kept, line in zip(by_name, new, strict=True)
    ]


def _take(left: list[Record], fitting: list[Record]) -> Record | None:
    if not fitting:
        return None
    left.remove(fitting[0])
    return fitting[0]


def _merged(kept: Record | None, new: Record) -> Record:
    if kept is None:
        return new
    return kept.model_copy(update={"fields": {**kept.fields, **new.fields}, "line": new.line})


def _records(talk: Talk, prompt: str, said: Said, last_id: int) -> list[Record]:
    """What a message says as records, none when it says nothing."""
    answer_type = talk.review.template.type_of(prompt)
    preset = talk.review.template.prompts[prompt].preset
    lines = [BULLET.sub("", line).strip() for line in said.text.splitlines()]
    told = [{answer_type.fields[0].id: line} for line in lines if line]
    if told and answer_type.kind == "record":
        told = [{answer_type.fields[0].id: " ".join(filter(None, lines))}]
    elif told and answer_type.splits == "message":
        told = [_whole(answer_type, said.text.strip())]
    return [
        Record(id=last_id + 1 + number, fields={**preset, **fields}, source=said.source, line=number)
        for number, fields in enumerate(told)
    ]


def _whole(answer_type: AnswerType, text: str) -> dict[str, str]:
    """A message as one record: its first line the name and the rest, as typed, the body; else all of it the name."""
    name, body = answer_type.fields[0].id, answer_type.body_field
    first, _, rest = text.partition("\n")
    if body in (None, name) or not rest.strip():
        return {name: text}
    return {name: BULLET.sub("", first).strip() or first.strip(), body: rest.strip()}


# --- the card of one record ---------------------------------------------------------------------------------


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


# --- one field ----------------------------------------------------------------------------------------------


def open_field(talk: Talk, press: Pressed) -> Talk:
    """Ask for one detail: chosen ones on the same card, typed ones in a message of their own."""
    prompt = talk.interview.focus.prompt
    record_id, _, field_id = press.arg.partition(":")
    record, field = _find(talk, prompt, _number(record_id), field_id)
    if record is None or field is None:
        return talk.tell("unreadable")
    focus = Focus(prompt, record.id, field.id)
    card = cards.ask_field(talk.interview.turn, prompt, record, field.id)
    chosen = field.type in ("choice", "choices")
    return talk.redraw(card, focus) if chosen else _focused(talk, focus).say(card, focus)


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
    now, _ = _find(talk, prompt, record.id, field.id)
    card = cards.ask_field(talk.interview.turn, prompt, now or record, field.id)
    return talk.redraw(card, Focus(prompt, record.id, field.id))


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
    if record is None:
        return talk.say(Explained(code="no_question_open", prompt=focus.prompt))
    text = _read(talk, focus.prompt, record, field, said.text) if field else None
    if field is None or text is None:
        return _show_record(talk, focus, problem="press_a_button")
    if record.fields.get(field.id, text) != text and talk.is_unseen(focus, said):
        return talk.hold_beside(focus, said)
    return _show_record(_set(talk, focus.prompt, record, field, text, said.source), focus)


def let_go(talk: Talk, focus: Focus) -> Talk:
    """The record as it is, where a detail of it was asked and nothing is given."""
    return _show_record(talk, focus, problem="called_off")


def _read(talk: Talk, prompt: str, record: Record, field: RecordField, text: str) -> str | None:
    """A detail as it is kept: a plain date as ISO 8601, options by their values; None where no option is named."""
    options = talk.review.template.field_options(prompt, field)
    match field.type:
        case "choice":
            return named(options, text)
        case "choices":
            found = all_named(options, text)
            both = found.union(record.fields.get(field.id, "").split())
            return " ".join(o.value for o in options if o.value in both) if found else None
        case "date":
            return read_date(text) or text
        case "text":
            return text


def _show_record(talk: Talk, focus: Focus, problem: ProblemCode | None = None) -> Talk:
    turn = talk.interview.turn if talk.interview.focus.prompt == focus.prompt else 0
    card = cards.record_card(talk.review, turn, focus.prompt, focus.record, problem=problem)
    if card is None:
        return _list_anew(talk, focus.prompt)
    if not turn:
        return talk.say(card)
    at_card = Focus(focus.prompt, focus.record, "card")
    return _focused(talk, Focus(focus.prompt)).say(card, at_card)


def _set(talk: Talk, prompt: str, record: Record, field: RecordField, text: str, source: str = "") -> Talk:
    kept = cards.records_of(talk.review.answers.get(prompt))
    fields = {**record.fields, field.id: text}
    new = record.model_copy(update={"fields": {key: value for key, value in fields.items() if value}})
    new = after_typing(talk.review.template.type_of(prompt), new)
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
