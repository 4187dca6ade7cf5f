"""Judges a template's text and says all that is wrong with it at once, where, and what would put it right."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workflows.review.marked import Fault, Marked, read
from workflows.review.rules import faults_of_meaning
from workflows.review.template import Template

LANGUAGE_NAMES = {"ar": "Arabic", "en": "English", "fr": "French"}


class FaultyTemplateError(ValueError):
    """A template that cannot be asked; `faults` are all of its faults."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        lines = "\n".join(f"- {fault}" for fault in faults)
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The template {name} has {number}:\n{lines}")
        self.faults = faults


def load_template(path: Path) -> Template:
    """The template of a file.

    Raises FaultyTemplateError with all faults, OSError where the file cannot be read.
    """
    verdict = judge(path.read_bytes().decode("utf-8-sig", errors="replace"))
    if isinstance(verdict, Template):
        return verdict
    raise FaultyTemplateError(path.name, verdict)


def judge(text: str) -> Template | tuple[Fault, ...]:
    """The template of a YAML text, or all of its faults in the order of its lines."""
    root, faults = read(text)
    if root.value is None:
        return tuple(faults)
    template: Template | None = None
    try:
        template = Template.model_validate(root.plain())
    except ValidationError as error:
        faults += [_fault_of_shape(root, details) for details in error.errors(include_url=False)]
    faults += faults_of_meaning(root)
    if template is not None and not faults:
        return template
    return tuple(sorted(dict.fromkeys(faults), key=_line))


def _line(fault: Fault) -> int:
    return int(fault.place.rpartition("(line ")[2].rstrip(")"))


# --- shape --------------------------------------------------------------------------------------------------

SHAPES = {
    "missing": ("`{key}` is missing.", "Please add `{key}`."),
    "extra_forbidden": ("`{key}` is not known here.", "Please check its spelling, or remove it."),
    "literal_error": ("`{key}` cannot be `{given}`.", "Please write {expected}."),
    "int_parsing": ("`{key}` should be a whole number.", "Please write it in digits, such as 500."),
    "bool_parsing": ("`{key}` should be true or false.", "Please write true or false."),
    "model_type": ("`{key}` should hold named entries.", "Please write `name: value` lines under it."),
    "dict_type": ("`{key}` should hold named entries.", "Please write `name: value` lines under it."),
    "tuple_type": ("`{key}` should be a list.", "Please begin each element with a dash."),
    "string_type": ("`{key}` should be a text.", "Please write one text after the colon."),
}
OTHER_SHAPE = ("`{key}` does not fit: {message}.", "Please correct it.")


def _fault_of_shape(root: Marked, details: ErrorDetails) -> Fault:
    """What pydantic found, in words for somebody who writes templates."""
    node = root
    for key in details["loc"]:
        node = node[key]
    name = str(details["loc"][-1]) if details["loc"] else "the file"
    if details["type"] == "missing" and name in LANGUAGE_NAMES:
        words = f"The {LANGUAGE_NAMES[name]} text is missing."
        return node.fault(words, f"Please add `{name}:` with the text.")
    fault, remedy = SHAPES.get(details["type"], OTHER_SHAPE)
    expected = str(details.get("ctx", {}).get("expected", "")).replace("'", "`")
    values = {"key": name, "given": node.text, "expected": expected, "message": details["msg"]}
    return node.fault(fault.format_map(values), remedy.format_map(values))
