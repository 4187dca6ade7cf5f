"""A YAML text as a tree of strings in which every node knows its place and line, for pointing at faults."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Fault:
    """What is wrong where, and what would put it right."""

    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.fault} {self.remedy}"


@dataclass(frozen=True)
class Marked:
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
