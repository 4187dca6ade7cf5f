"""The lines of one passage as an answer, of the kind that its prompt takes."""

import re
from collections.abc import Sequence
from typing import Final

from workflows.immutable import Immutable
from workflows.languages import LANGUAGES
from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection, Value
from workflows.review.dates import read_date
from workflows.review.filled.landmarks import OurWords
from workflows.review.filled.placing import Line, Passage
from workflows.review.parts import BULLET
from workflows.review.reading import all_named, named, read_option, values
from workflows.review.template import Option, RecordField, Template
from workflows.spelling import plain

LONGEST: Final = 30_000
"""So many letters of a document can be one answer: ten times what a section is to have."""
_MOST: Final = 400
"""So many lines can be entries, options or a matrix."""
_SAID: Final = re.compile(r"(\w+)\s*[,،.;؛:–-]\s*(\S.*)")
"""A line that begins with one word and goes on, such as "Yes, by decree"."""
_COLONS: Final = (":", "\uff1a")


class Read(Immutable):
    """What a passage says as an answer to a prompt; `unread` are lines that such an answer has no place for."""

    prompt: str
    answer: Answer | None
    unread: tuple[str, ...] = ()


def likeliest(template: Template, ours: OurWords, passage: Passage, source: str) -> Read:
    """A passage read at the prompt that it fits best: one that takes all of it, a long text before all others.

    Where no long text is asked for, what begins with yes or no, or with an option, answers that.
    """
    found = [read(template, ours, passage, prompt, source) for prompt in passage.prompts]
    whole = [each for each in found if each.answer is not None and not each.unread]
    texts = [each for each in whole if template.type_of(each.prompt).kind == "text"]
    chosen = [
        each for each in found if each.answer and template.type_of(each.prompt).kind in ("yes_no", "choice")
    ]
    return (texts or chosen or whole or found)[0]


def read(template: Template, ours: OurWords, passage: Passage, prompt: str, source: str) -> Read:
    """A passage as the answer to one of its prompts; `source` names whose words they are."""
    lines = [line for line in passage.lines if line.text.strip()]
    if len(lines) == 1 and (state := ours.states.get(plain(lines[0].text))):
        return Read(prompt, Answer(state=state))
    value, unread = _value(template, ours, lines, prompt, source)
    return Read(prompt, Answer(state="answered", value=value) if value is not None else None, tuple(unread))


def _value(
    template: Template, ours: OurWords, lines: Sequence[Line], prompt: str, source: str
) -> tuple[Value | None, list[str]]:
    texts = [line.text.strip() for line in lines]
    is_text = template.type_of(prompt).kind == "text"
    if sum(map(len, texts)) > LONGEST or (len(lines) > _MOST and not is_text):
        return None, texts
    match template.type_of(prompt).kind:
        case "text":
            return Prose(parts=(Part(text="\n".join(texts), source=source),)), []
        case "yes_no" | "choice":
            first, *rest = texts
            chosen = read_option(template, prompt, first) or read_option(template, prompt, _unnumbered(first))
            if chosen is None and (found := _SAID.match(first)):
                chosen, rest = read_option(template, prompt, found[1]), [found[2], *rest]
            return (Selection(values=(chosen,)), rest) if chosen else (None, texts)
        case "choices":
            return _choices(template, ours, texts, prompt)
        case "matrix":
            return _matrix(template, texts, prompt)
        case "record" | "records":
            return _records(template, lines, prompt, source)
    return None, texts


def _unnumbered(text: str) -> str:
    return BULLET.sub("", text).strip()


def _choices(
    template: Template, ours: OurWords, texts: list[str], prompt: str
) -> tuple[Value | None, list[str]]:
    """Options by their words or numbers; other words stand beside them where the prompt has room for such."""
    options = template.options_of(prompt)
    chosen: set[str] = set()
    others: list[str] = []
    for text in texts:
        found = named(options, text) or named(options, _unnumbered(text))
        several = frozenset({found}) if found else all_named(options, text)
        if several:
            chosen |= several
        elif plain(text) not in ours.other:
            others.append(text)
    allowed = template.type_of(prompt).allow_other
    ordered = tuple(value for value in values(template, prompt) if value in chosen)
    if not ordered and not (allowed and others):
        return None, texts
    return Selection(values=ordered, other="\n".join(others) if allowed else ""), [] if allowed else others


def _matrix(template: Template, texts: list[str], prompt: str) -> tuple[Value | None, list[str]]:
    """Rows under the status that stands before them, as our documents write them."""
    cells: dict[str, str] = {}
    unread: list[str] = []
    for text in texts:
        status, rows = _labelled(_unnumbered(text), {o.value: _labels(o) for o in template.scale_of(prompt)})
        listed = _listed(template.options_of(prompt), rows) if status else None
        if listed is None:
            unread.append(text)
        else:
            cells |= dict.fromkeys(listed, status)
    return (Matrix(cells=cells) if cells else None), unread


def _records(
    template: Template, lines: Sequence[Line], prompt: str, source: str
) -> tuple[Value | None, list[str]]:
    """Entries: each line begins one, or is a detail of the one before it where it begins with the detail's name."""
    first, *others = template.fields_of(prompt)
    kind, preset = template.type_of(prompt), template.prompts[prompt].preset
    labels = {
        field.id: {plain(field.label.in_language(each)) for each in LANGUAGES} for field in (first, *others)
    }
    by_id = {field.id: field for field in (first, *others)}
    entries: list[dict[str, str]] = []
    unread: list[str] = []
    body = kind.body_field if kind.splits == "message" and kind.body_field in by_id else None
    in_points = any(line.is_point or BULLET.match(line.text) for line in lines)
    for line in lines:
        text = _unnumbered(line.text)
        name, value = _labelled(text, labels)
        is_new = line.is_point or bool(BULLET.match(line.text)) or not (in_points or body)
        if name and name != first.id and entries:
            detail = _detail(template, prompt, by_id[name], value)
            if detail is None:
                unread.append(line.text.strip())
            else:
                entries[-1][name] = detail
        elif entries and (kind.kind == "record" or not is_new):
            at = body or first.id
            entries[-1][at] = f"{entries[-1][at]}\n{text}" if entries[-1].get(at) else text
        elif text:
            entries.append({**preset, first.id: value if name == first.id else text})
    records = tuple(
        Record(id=n, fields=each, source=source, line=n - 1) for n, each in enumerate(entries, start=1)
    )
    return (RecordList(records=records, last_id=len(records)) if records else None), unread


def _detail(template: Template, prompt: str, field: RecordField, value: str) -> str | None:
    """A detail as it is kept: a plain date as ISO 8601, options by their values; None where no option is named."""
    match field.type:
        case "choice" | "choices":
            options = template.field_options(prompt, field)
            listed = _listed(options, value)
            return None if listed is None else " ".join(o.value for o in options if o.value in listed)
        case "date":
            return read_date(value) or value
    return value


def _labelled(text: str, labels: dict[str, set[str]]) -> tuple[str, str]:
    """Which name a line begins with, before a colon, and what follows it; nothing where it begins with none."""
    longest = 2 * max(len(words) for known in labels.values() for words in known)
    for at, letter in enumerate(text[:longest]):
        if letter in _COLONS:
            words = plain(text[:at])
            found = next((name for name, known in labels.items() if words in known), "")
            if found:
                return found, text[at + 1 :].strip()
    return "", text


def _labels(option: Option) -> set[str]:
    return {plain(words.in_language(each)) for words in (option.text, option.label) for each in LANGUAGES}


def _listed(options: Sequence[Option], text: str) -> frozenset[str] | None:
    """The options that a line lists, also where a name has a comma in it; None where it says anything else."""
    found: set[str] = set()
    said, at = f"{plain(text)} ", 0
    known = sorted(
        ((f"{words} ", o.value) for o in options for words in _labels(o)),
        reverse=True,
        key=lambda o: len(o[0]),
    )
    while at < len(said.rstrip()):
        match = next(((words, value) for words, value in known if said.startswith(words, at)), None)
        if match is None:
            return all_named(options, text) or None
        found.add(match[1])
        at += len(match[0])
    return frozenset(found) or None
