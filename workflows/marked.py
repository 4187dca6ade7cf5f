"""A YAML text as a tree of strings in which every node knows its place and line, for pointing at faults."""

from collections.abc import Iterator

import yaml
from pydantic_core import ErrorDetails, PydanticCustomError

from workflows.immutable import Immutable

LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 50


class Fault(Immutable):
    """What is wrong where, and what would put it right."""

    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.fault} {self.remedy}"

    @property
    def line(self) -> int:
        """The line of the file that the place names."""
        return int(self.place.rpartition("(line ")[2].rstrip(")"))


class Marked(Immutable):
    """A node: a string, a mapping or a list; what is not there has no value and its parent's line."""

    place: str
    line: int
    value: "str | dict[str, Marked] | list[Marked] | None" = None

    def __getitem__(self, key: str | int) -> "Marked":
        if isinstance(self.value, dict) and key in self.value:
            return self.value[str(key)]
        if isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            return self.value[key]
        return Marked(inside(self.place, key), self.line)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    @property
    def text(self) -> str:
        """The string, empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def entries(self) -> dict[str, "Marked"]:
        """The mapping, empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def elements(self) -> list["Marked"]:
        """The list, empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def leaves(self) -> Iterator["Marked"]:
        """All strings in and under this node, in the order of the text."""
        if isinstance(self.value, str):
            yield self
        for child in (*self.entries.values(), *self.elements):
            yield from child.leaves

    def plain(self) -> object:
        """The same as ordinary strings, dicts and lists."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def fault(self, fault: str, remedy: str) -> Fault:
        """A fault of this node."""
        return Fault(f"{self.place or 'the whole file'} (line {self.line})", fault, remedy)


def inside(place: str, key: str | int) -> str:
    """The place of a child: `sections[1].questions`."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key


def read(text: str) -> tuple[Marked, list[Fault]]:
    """The tree of a YAML text, with what YAML itself or a doubled key makes faulty."""
    try:
        if line := _too_deep(text):
            return Marked("", line), [_unreadable(line, f"more than {_DEEPEST} levels stand in each other")]
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Marked("", line), [_unreadable(line, error.problem or "the text breaks off")]
    except yaml.YAMLError as error:
        return Marked("", 1), [_unreadable(1, str(error).splitlines()[0])]
    if node is None:
        return Marked("", 1), [_unreadable(1, "the file is empty")]
    faults: list[Fault] = []
    return _mark(node, "", set(), faults), faults


def _too_deep(text: str) -> int:
    """The line from which a text is nested deeper than any of ours, 0 for none; composing it could end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


def _unreadable(line: int, problem: str) -> Fault:
    return Marked("", line).fault(
        f"The file cannot be read as YAML: {problem}.",
        "Please check the indentation, the quotes and the colons of this line and the one before it.",
    )


def _mark(node: yaml.Node, place: str, seen: set[int], faults: list[Fault]) -> Marked:
    """The node with its place; `seen` are nodes met before: an alias repeats them, perhaps without end."""
    here = Marked(place, node.start_mark.line + 1)
    if id(node) in seen:
        faults.append(
            here.fault("An alias (*) repeats another part of the file.", "Please write the part out.")
        )
        return here
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return Marked(place, here.line, _mapping(node, place, seen, faults))
    if isinstance(node, yaml.SequenceNode):
        elements = [_mark(child, inside(place, at), seen, faults) for at, child in enumerate(node.value)]
        return Marked(place, here.line, elements)
    return Marked(place, here.line, str(node.value))


def _mapping(node: yaml.MappingNode, place: str, seen: set[int], faults: list[Fault]) -> dict[str, Marked]:
    entries: dict[str, Marked] = {}
    for key_node, child in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        at = Marked(inside(place, key), key_node.start_mark.line + 1)
        if key in entries:
            faults.append(at.fault(f"`{key}` is given twice.", "Please keep one of the two."))
        entries[key] = _mark(child, at.place, seen, faults)
        if isinstance(entries[key].value, str):
            entries[key] = Marked(at.place, at.line, entries[key].value)
    return entries


LANGUAGE_NAMES = {"ar": "Arabic", "en": "English", "fr": "French"}
SHAPES = {
    "missing": ("`{key}` is missing.", "Please add `{key}`."),
    "extra_forbidden": ("`{key}` is not known here.", "Please check its spelling, or remove it."),
    "literal_error": ("`{key}` cannot be `{given}`.", "Please write {expected}."),
    "int_parsing": ("`{key}` should be a whole number.", "Please write it in digits, such as 500."),
    "bool_parsing": ("`{key}` should be true or false.", "Please write true or false."),
    "model_type": ("`{key}` should hold named entries.", "Please write `name: value` lines under it."),
    "dict_type": ("`{key}` should hold named entries.", "Please write `name: value` lines under it."),
    "date_from_datetime_parsing": ("`{key}` is no date.", "Please write year-month-day, such as 2020-06-25."),
    "date_parsing": ("`{key}` is no date.", "Please write year-month-day, such as 2020-06-25."),
    "time_parsing": ("`{key}` is no hour.", 'Please write hours and minutes in quotes, such as "10:00".'),
    "tuple_type": ("`{key}` should be a list.", "Please begin each element with a dash."),
    "string_type": ("`{key}` should be a text.", "Please write one text after the colon."),
}
OTHER_SHAPE = ("`{key}` does not fit: {message}.", "Please correct it.")


def refusal(fault: str, remedy: str) -> PydanticCustomError:
    """What a model's own validator raises where values that fit one by one do not fit together."""
    return PydanticCustomError("refusal", "{fault}", {"fault": fault, "remedy": remedy})


def fault_of_shape(root: Marked, details: ErrorDetails) -> Fault:
    """What pydantic found in the tree's plain values, in words for somebody who writes such files."""
    node = root
    for key in details["loc"]:
        node = node[key]
    if details["type"] == "refusal":
        return node.fault(details["ctx"]["fault"], details["ctx"]["remedy"])
    name = str(details["loc"][-1]) if details["loc"] else "the file"
    if details["type"] == "missing" and name in LANGUAGE_NAMES:
        words = f"The {LANGUAGE_NAMES[name]} text is missing."
        return node.fault(words, f"Please add `{name}:` with the text.")
    fault, remedy = SHAPES.get(details["type"], OTHER_SHAPE)
    expected = str(details.get("ctx", {}).get("expected", "")).replace("'", "`")
    values = {"key": name, "given": node.text, "expected": expected, "message": details["msg"]}
    return node.fault(fault.format_map(values), remedy.format_map(values))
