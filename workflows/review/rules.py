"""What a template must keep to beyond its shape: ids that fit, references and conditions that can hold."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, get_args

from workflows.languages import LANGUAGES
from workflows.marked import Fault, Marked
from workflows.review.template import PROMPT_OPTIONS, Kind

BUTTON_BYTES: Final = 64
# The longest buttons that join two ids. A turn has seven digits once a backup was restored, a frozen text's number too.
_STATUS: Final = "9999999.status.{}:{}"
_ONE: Final = "9999999.value.999:{}:{}"
_ONE_OF_MANY: Final = "9999999.value.999:{}:+{}"
_CONSENT: Final = "do.agree.9999999.publish.sure.99.{}:{}"
NAMES = {  # each alone; two on one button are judged together
    "section": re.compile(r"[a-z0-9_.]{1,24}"),
    "question": re.compile(r"[a-z0-9_.]{1,16}"),
    "prompt": re.compile(r"[a-z0-9_.]{1,16}"),
    "field": re.compile(r"[a-z0-9_]{1,20}"),
    "option": re.compile(r"[a-z0-9_]{1,25}"),
    "contradiction": re.compile(r"[a-z0-9_]{1,24}"),
}
PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|lorem ipsum)\b|\{[^{}]*\}|%\(\w+\)s|<[^<>]*>"
    r"|\?\?\?|_{3}|\ufffd|^(?:null|~)$",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
WITH_RECORDS = ("record", "records")
WITH_OPTIONS = ("choice", "choices", "matrix")
KINDS: tuple[str, ...] = get_args(Kind)


def faults_of_meaning(root: Marked) -> list[Fault]:
    """All such faults; what is missing or misshapen is passed over, its shape is judged elsewhere."""
    faults = [
        *_texts(root),
        *_option_sets(root["option_sets"]),
        *_answer_types(root),
        *_sections(root["sections"]),
    ]
    outline = _Outline(root)
    faults += dict.fromkeys(_pairs(outline))
    for question in outline.questions:
        if "when" in question:
            faults += outline.condition(question["when"], before=question["prompts"][0])
    for prompt in outline.prompts:
        faults += outline.prompt(prompt)
        if "when" in prompt:
            faults += outline.condition(prompt["when"], before=prompt)
    return [*faults, *_contradictions(root["contradictions"], outline)]


# --- texts and names ----------------------------------------------------------------------------------------


def _texts(root: Marked) -> Iterator[Fault]:
    for leaf in root.leaves:
        if not leaf.text.strip():
            yield leaf.fault("This text is empty.", "Please write the text, or remove the line.")
        elif found := PLACEHOLDER.search(leaf.text):
            yield leaf.fault(f"A placeholder was left behind: `{found[0]}`.", "Please write the final words.")


def _name(node: Marked, sort: str) -> Iterator[Fault]:
    rule = NAMES[sort]
    if node.text and not rule.fullmatch(node.text):
        yield node.fault(
            f"`{node.text}` cannot be carried by a button.",
            f"Please give the {sort} an id that matches {rule.pattern}.",
        )


def _no_doubles(nodes: Iterable[Marked], what: str) -> Iterator[Fault]:
    first: dict[str, Marked] = {}
    for node in nodes:
        if node.text and node.text in first:
            where = f"it was given first in line {first[node.text].line}"
            yield node.fault(
                f"The {what} `{node.text}` is used twice; {where}.", "Please change one of the two."
            )
        first.setdefault(node.text, node)


def _option_sets(sets: Marked) -> Iterator[Fault]:
    for options in sets.entries.values():
        if not options.elements and options.value is not None:
            yield options.fault(
                "This option set has no options.", "Please add at least one option, or remove it."
            )
        yield from _no_doubles((option["value"] for option in options.elements), "option value")
        for option in options.elements:
            yield from _name(option["value"], "option")
        for language in LANGUAGES:
            labels = (
                option["short" if "short" in option else "text"][language] for option in options.elements
            )
            yield from _no_doubles(labels, "label")


def _sections(sections: Marked) -> Iterator[Fault]:
    yield from _filled(sections, "section")
    yield from _no_doubles((section["id"] for section in sections.elements), "section id")
    questions = [question for section in sections.elements for question in section["questions"].elements]
    prompts = [prompt for question in questions for prompt in question["prompts"].elements]
    yield from _no_doubles((node["id"] for node in (*questions, *prompts)), "id")
    for section in sections.elements:
        yield from _name(section["id"], "section")
        yield from _filled(section["questions"], "question")
        if re.fullmatch(r"\s*(0+|-\d+)\s*", section["word_limit"].text):
            yield section["word_limit"].fault(
                "The word limit is not positive.", "Please write 1 or more words."
            )
    for question in questions:
        yield from _name(question["id"], "question")
        yield from _filled(question["prompts"], "prompt")
    for prompt in prompts:
        yield from _name(prompt["id"], "prompt")


def _filled(nodes: Marked, what: str) -> Iterator[Fault]:
    if isinstance(nodes.value, list) and not nodes.value:
        yield nodes.fault(f"There is no {what} here.", f"Please add at least one {what}.")


# --- answer types -------------------------------------------------------------------------------------------


def _answer_types(root: Marked) -> Iterator[Fault]:
    for name, answer_type in root["answer_types"].entries.items():
        fields = answer_type["fields"].elements
        takes_records = answer_type["kind"].text in WITH_RECORDS
        if takes_records and not fields:
            yield answer_type.fault(
                f"The records of `{name}` have no field.", "Please add a first field: their name."
            )
        if fields and not takes_records:
            yield answer_type["fields"].fault(
                "Only records have fields.", "Please remove them, or correct `kind`."
            )
        if fields and fields[0]["type"].text not in {"", "text"}:
            yield fields[0].fault(
                "The first field names the record.", "Please put a field of type text first."
            )
        yield from _no_doubles((field["id"] for field in fields), "field id")
        for field in fields:
            yield from _name(field["id"], "field")
            yield from _field_options(field, root["option_sets"])
        yield from _body(answer_type["body_field"], fields)


def _field_options(field: Marked, sets: Marked) -> Iterator[Fault]:
    named = field["options"]
    if field["type"].text in {"choice", "choices"}:
        if "options" not in field:
            remedy = f"Please name an option set, or {PROMPT_OPTIONS} for that of the prompt."
            yield field.fault("This field is chosen but has no `options`.", remedy)
        elif named.text not in {"", PROMPT_OPTIONS}:
            yield from _known(named, sets, "option set")
    elif "options" in field:
        yield named.fault(
            "Only a chosen field has options.", "Please write `type: choice`, or remove `options`."
        )


def _body(body: Marked, fields: list[Marked]) -> Iterator[Fault]:
    texts = [field["id"].text for field in fields if field["type"].text in {"", "text"}]
    if body.text and body.text not in texts:
        yield body.fault(
            f"`{body.text}` is no text field of these records.", f"Please name one of: {', '.join(texts)}."
        )


def _known(node: Marked, names: Iterable[str] | Marked, what: str) -> Iterator[Fault]:
    known = list(names.entries if isinstance(names, Marked) else names)
    if node.text and node.text not in known:
        yield node.fault(
            f"There is no {what} `{node.text}`.", f"Please write one of: {', '.join(known) or 'none yet'}."
        )


# --- prompts and conditions ---------------------------------------------------------------------------------


class _Outline:
    """The prompts of a tree in order, with what can be asked and chosen at each."""

    def __init__(self, root: Marked) -> None:
        sections = root["sections"].elements
        self.root = root
        self.questions = [question for section in sections for question in section["questions"].elements]
        self.prompts = [prompt for question in self.questions for prompt in question["prompts"].elements]
        self.order: dict[str, Marked] = {}
        for prompt in self.prompts:
            self.order.setdefault(prompt["id"].text, prompt)

    def type_of(self, prompt: Marked) -> Marked:
        return self.root["answer_types"][prompt["type"].text]

    def options(self, named: Marked) -> list[Marked]:
        return [option["value"] for option in self.root["option_sets"][named.text].elements]

    def values(self, options: Marked) -> list[str]:
        return [value.text for value in self.options(options)]

    def condition(self, when: Marked, before: Marked) -> Iterator[Fault]:
        """Faults of a condition that decides on the prompt `before`."""
        named = when["prompt"]
        earlier = self.prompts[: self.prompts.index(before)] if before in self.prompts else self.prompts
        ids = [prompt["id"].text for prompt in earlier]
        if not named.text:
            return
        if named.text not in self.order:
            yield named.fault(
                f"There is no prompt `{named.text}`.", "Please name a prompt that comes before this one."
            )
        elif named.text not in ids:
            yield named.fault(f"`{named.text}` does not come before this.", "Please name an earlier prompt.")
        else:
            yield from self.possible(when["value"], self.order[named.text])

    def possible(self, value: Marked, prompt: Marked) -> Iterator[Fault]:
        """Faults of a value that a condition waits for at a prompt."""
        kind = self.type_of(prompt)["kind"].text
        if kind in {"text", "record", "records", "matrix", "guidance"}:
            what = f"`{prompt['id'].text}` has no values to choose from, so the condition can never hold."
            yield value.fault(what, "Please name a prompt that is answered by a choice.")
            return
        values = ["yes", "no"] if kind == "yes_no" else self.values(prompt["options"])
        if values and value.text and value.text not in values:
            what = f"`{prompt['id'].text}` cannot have the value `{value.text}`."
            yield value.fault(what, f"Please write one of: {', '.join(values)}.")

    def prompt(self, prompt: Marked) -> Iterator[Fault]:
        """Faults of what a prompt refers to."""
        yield from _known(prompt["type"], self.root["answer_types"], "answer type")
        yield from _known(prompt["options"], self.root["option_sets"], "option set")
        yield from _known(prompt["scale"], self.root["option_sets"], "scale")
        yield from _known(prompt["parameter"], self.root["parameters"], "parameter")
        kind = self.type_of(prompt)["kind"].text
        if kind in KINDS:
            yield from self.choices(prompt, kind)
            yield from self.records(prompt)
        if "ordered_by" in prompt:
            yield from self.ordering(prompt)

    def choices(self, prompt: Marked, kind: str) -> Iterator[Fault]:
        if kind in WITH_OPTIONS and "options" not in prompt:
            yield prompt.fault(
                "There is nothing to choose from here.", "Please name an option set in `options`."
            )
        if kind == "matrix" and "scale" not in prompt:
            yield prompt.fault("The rows have no values.", "Please name an option set in `scale`.")
        if kind != "matrix" and "scale" in prompt:
            yield prompt["scale"].fault("Only a matrix has a scale.", "Please remove `scale`.")
        fields = self.type_of(prompt)["fields"].elements
        used = kind in WITH_OPTIONS or PROMPT_OPTIONS in [field["options"].text for field in fields]
        if "options" in prompt and not used:
            remedy = f"Please remove them, or give the type a field with `options: {PROMPT_OPTIONS}`."
            yield prompt["options"].fault("These options are never offered.", remedy)

    def records(self, prompt: Marked) -> Iterator[Fault]:
        """Faults of presets and checks, which speak of the fields of the prompt's records."""
        fields = {field["id"].text: field for field in self.type_of(prompt)["fields"].elements}
        for name, value in prompt["preset"].entries.items():
            if name not in fields:
                remedy = f"Please write one of: {', '.join(fields) or 'none'}."
                yield value.fault(f"There is no field `{name}` to preset.", remedy)
            elif "options" in fields[name]:
                own = fields[name]["options"]
                offered = self.values(prompt["options"] if own.text == PROMPT_OPTIONS else own)
                if offered:
                    yield from _known(value, offered, "option")
        for check in prompt["checks"].elements:
            if check["value"].text and not DATE.fullmatch(check["value"].text):
                yield check["value"].fault("This is no date.", "Please write 2018, 2018-12 or 2018-12-10.")
            if "date" not in [field["type"].text for field in fields.values()]:
                yield check.fault(
                    "There is no date here to check.", "Please remove the check, or add a date field."
                )

    def ordering(self, prompt: Marked) -> Iterator[Fault]:
        named = prompt["ordered_by"]
        earlier = self.order.get(named.text)
        if earlier is None or self.prompts.index(earlier) >= self.prompts.index(prompt):
            yield named.fault(f"There is no earlier prompt `{named.text}`.", "Please name an earlier prompt.")
        elif earlier["options"].text != prompt["options"].text:
            what = f"`{named.text}` offers other options than this prompt."
            yield named.fault(what, "Please name a prompt with the same option set.")


# --- two ids on one button ----------------------------------------------------------------------------------


def _pairs(outline: _Outline) -> Iterator[Fault]:
    """Faults of ids that fit alone and not together; a card with such a button could never be sent."""
    for section in outline.root["sections"].elements:
        for question in section["questions"].elements:
            for prompt in question["prompts"].elements:
                yield from _together(_CONSENT, ("section", section["id"]), ("prompt", prompt["id"]))
    for prompt in outline.prompts:
        answer_type = outline.type_of(prompt)
        if answer_type["kind"].text == "matrix":
            statuses = outline.options(prompt["scale"])
            for row, status in product(outline.options(prompt["options"]), statuses):
                yield from _together(_STATUS, ("option", status), ("option", row))
        for field in answer_type["fields"].elements:
            named = field["options"]
            options = outline.options(prompt["options"] if named.text == PROMPT_OPTIONS else named)
            button = _ONE_OF_MANY if field["type"].text == "choices" else _ONE
            for option in options:
                yield from _together(button, ("field", field["id"]), ("option", option))


def _together(button: str, first: tuple[str, Marked], second: tuple[str, Marked]) -> Iterator[Fault]:
    """The fault of the second of two ids where a button has no room for both; one alone is judged elsewhere."""
    if not all(NAMES[sort].fullmatch(node.text) for sort, node in (first, second)):
        return
    (one, before), (sort, node) = first, second
    room = BUTTON_BYTES - len(button.format("", ""))
    if len(before.text) + len(node.text) > room:
        yield node.fault(
            f"`{node.text}` cannot be carried by a button together with the {one} `{before.text}`.",
            f"Please shorten this {sort} or that {one}: both together have at most {room} characters.",
        )


# --- contradictions -----------------------------------------------------------------------------------------


def _contradictions(contradictions: Marked, outline: _Outline) -> Iterator[Fault]:
    """Faults of claims that are said not to go together."""
    yield from _no_doubles((each["id"] for each in contradictions.elements), "contradiction id")
    for each in contradictions.elements:
        yield from _name(each["id"], "contradiction")
        claims = each["claims"].elements
        if isinstance(each["claims"].value, list) and len({claim["prompt"].text for claim in claims}) < 2:  # noqa: PLR2004 two of them
            yield each.fault("One prompt does not contradict itself.", "Please name two prompts or more.")
        for claim in claims:
            yield from _claim(claim, outline)


def _claim(claim: Marked, outline: _Outline) -> Iterator[Fault]:
    named = claim["prompt"]
    yield from _known(named, outline.order, "prompt")
    if claim.value is not None and ("value" in claim) == ("holds" in claim):
        what = "A claim is one value, or what holds of the whole answer."
        yield claim.fault(what, "Please write either `value` or `holds`.")
    prompt = outline.order.get(named.text)
    if prompt is None:
        return
    if "value" in claim:
        yield from outline.possible(claim["value"], prompt)
    if claim["holds"].text == "all" and outline.type_of(prompt)["kind"].text not in ("choices", "matrix"):
        yield claim["holds"].fault("Not everything can be ticked here.", "Please write `filled` or `empty`.")
