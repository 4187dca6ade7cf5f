"""Judges a template's text and says all that is wrong with it at once, where, and what would put it right."""

from pathlib import Path

from pydantic import ValidationError

from workflows.marked import Fault, fault_of_shape, read
from workflows.review.cycle_rules import faults_of_cycles
from workflows.review.rules import faults_of_meaning
from workflows.review.template import Template


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
        faults += [fault_of_shape(root, details) for details in error.errors(include_url=False)]
    faults += [*faults_of_meaning(root), *faults_of_cycles(root)]
    if template is not None and not faults:
        return template
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))
