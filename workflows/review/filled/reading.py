"""The lines of one passage as an answer, of the kind that its prompt takes."""

import re
from collections.abc import Sequence
from typing import Final

from workflows.immutable import Immutable
from workflows.review.answers import Answer, Matrix, Part, Prose, Selection, Value
from workflows.review.filled.entries import read_entries
from workflows.review.filled.labelling import labelled, listed, of_options
from workflows.review.filled.landmarks import OurWords
from workflows.review.filled.placing import Line, Passage
from workflows.review.filled.tables import in_rows
from workflows.review.parts import BULLET
from workflows.review.reading import all_named, named, read_option, values
from workflows.review.template import Template
from workflows.spelling import plain

LONGEST: Final = 30_000
"""So many letters of a document can be one answer: ten times what a section is to have."""
_MOST: Final = 400
"""So many lines can be entries, options or a matrix."""
_SAID: Final = re.compile(r"(\w+)\s*[,،.;؛:–-]\s*(\S.*)")
"""A line that begins with one word and goes on, such as "Yes, by decree"."""


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
    if sum(map(len, texts)) > LONGEST or (not is_text and len(list(in_rows(lines))) > _MOST):
        return None, texts
    match template.type_of(prompt).kind:
        case "text":
            return Prose(parts=(Part(text=_as_text(lines), source=source),)), []
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
            return read_entries(template, lines, prompt, source)
    return None, texts


def _as_text(lines: Sequence[Line]) -> str:
    """A text as it stands in a document: a row of a table in one line, and a sign before the points of a list.

    One point alone has none: whoever writes below our own points gets it from Word without a thought.
    """
    rows = list(in_rows(lines))
    is_list = sum(line.is_point for line in rows) > 1
    marked = ("• " if is_list and line.is_point and not BULLET.match(line.text) else "" for line in rows)
    return "\n".join(sign + line.text.strip() for sign, line in zip(marked, rows, strict=True))


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
    scale = of_options(template.scale_of(prompt))
    for text in texts:
        status, rows = labelled(_unnumbered(text), scale)
        found = listed(template.options_of(prompt), rows) if status else None
        if found is None:
            unread.append(text)
        else:
            cells |= dict.fromkeys(found, status)
    return (Matrix(cells=cells) if cells else None), unread
