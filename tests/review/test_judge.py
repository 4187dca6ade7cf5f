"""A template is judged as a whole: each fault is named with its place, its line and its remedy, all at once."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.marked import Fault
from workflows.review.judge import FaultyTemplateError, judge, load_template
from workflows.review.template import Template

TINY = (Path(__file__).parents[1] / "templates" / "tiny.yaml").read_text("utf-8")


def spoiled(old: str, new: str) -> str:
    """The tiny template with one thing wrong; what is exchanged must be there exactly once."""
    assert TINY.count(old) == 1, f"{TINY.count(old)} times: {old}"
    return TINY.replace(old, new)


def faults_of(text: str) -> tuple[Fault, ...]:
    verdict = judge(text)
    assert not isinstance(verdict, Template)
    return verdict


def line_of(text: str, words: str) -> int:
    """The line of the first of some words in a text."""
    return text[: text.index(words)].count("\n") + 1


@dataclass(frozen=True)
class Slip:
    """One thing exchanged in the tiny template, and what the judge says of it."""

    old: str
    new: str
    place: str
    fault: str
    remedy: str


SLIPS = {
    name: Slip(**slip)
    for name, slip in yaml.safe_load((Path(__file__).parent / "slips.yaml").read_text("utf-8")).items()
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_fault_is_named_with_its_place_and_its_remedy(name: str) -> None:
    slip = SLIPS[name]
    found = faults_of(spoiled(slip.old, slip.new))
    assert any(
        each.place.rpartition(" (line ")[0] == slip.place
        and slip.fault in each.fault
        and slip.remedy in each.remedy
        for each in found
    ), "\n".join(map(str, found))


TWICE = {"a mapping is a text"}  # it is an empty text besides


@pytest.mark.parametrize("name", sorted(set(SLIPS) - TWICE))
def test_one_slip_is_one_fault(name: str) -> None:
    assert len(faults_of(spoiled(SLIPS[name].old, SLIPS[name].new))) == 1


def test_the_line_is_that_of_the_slip() -> None:
    text = spoiled("scale: state\n", "scale: states\n")
    (fault,) = faults_of(text)
    assert fault.place.endswith(f"(line {line_of(text, 'scale: states')})")
    text = spoiled("fr: Examen annuel", "fr: TBD")
    (fault,) = faults_of(text)
    assert fault.place == f"heading.fr (line {line_of(text, 'fr: TBD')})"


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    text = spoiled("fr: Examen annuel", "fr: TBD").replace("kind: matrix", "kind: table")
    text = text.replace("word_limit: 20", "word_limit: 0").replace(
        '"1a.1", value: "no"', '"9z.1", value: "no"'
    )
    found = faults_of(text)
    lines = [int(fault.place.rpartition("(line ")[2].rstrip(")")) for fault in found]
    assert lines == sorted(lines)
    assert [fault.fault for fault in found] == [
        "A placeholder was left behind: `TBD`.",
        "`kind` cannot be `table`.",
        "The word limit is not positive.",
        "There is no prompt `9z.1`.",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TINY.replace("  en: Yearly review", "  en: Yearly: review"), line_of(TINY, "en: Yearly review")),
        (TINY.replace("heading:", "heading: [", 1), None),
        ("id: \x07", None),
        ("", 1),
        ("# nothing but a remark\n", 1),
    ],
)
def test_what_is_no_yaml_is_said_with_its_line(text: str, line: int | None) -> None:
    (fault,) = faults_of(text)
    assert "cannot be read as YAML" in fault.fault
    assert "indentation" in fault.remedy
    assert line is None or fault.place == f"the whole file (line {line})"


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words"])
def test_what_is_no_mapping_is_no_template(text: str) -> None:
    (fault,) = faults_of(text)
    assert fault.place == "the whole file (line 1)"
    assert "named entries" in fault.fault


def test_an_alias_is_refused_even_one_without_end() -> None:
    found = faults_of("id: &a {again: *a}\n")
    assert any("alias" in fault.fault and "write the part out" in fault.remedy for fault in found)


def test_a_file_with_faults_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "spoiled.yaml"
    path.write_text(spoiled("fr: Examen annuel", "fr: TBD"), "utf-8")
    with pytest.raises(
        FaultyTemplateError, match=r"(?s)spoiled\.yaml has 1 fault:.*heading\.fr \(line \d+\)"
    ) as raised:
        load_template(path)
    assert len(raised.value.faults) == 1


def test_a_file_in_another_encoding_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(TINY.replace("Examen annuel", "Examen détaillé").encode("cp1256", errors="replace"))
    with pytest.raises(FaultyTemplateError):
        load_template(path)


def test_every_remedy_is_a_courteous_sentence() -> None:
    for slip in SLIPS.values():
        for fault in faults_of(spoiled(slip.old, slip.new)):
            assert fault.remedy.startswith("Please ")
            assert fault.remedy.endswith(".")
            assert fault.fault.endswith(".")


@given(st.data())
@settings(max_examples=150)
def test_no_text_however_spoiled_makes_the_judge_stumble(data: st.DataObject) -> None:
    lines = TINY.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        spoil = data.draw(st.sampled_from(["drop", "double", "indent", "cut", "empty"]))
        match spoil:
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "indent":
                lines[at] = "  " + lines[at]
            case "cut":
                lines[at] = lines[at][: len(lines[at]) // 2]
            case _:
                lines[at] = lines[at].partition(":")[0] + ":"
    verdict = judge("\n".join(lines))
    assert isinstance(verdict, Template) or all(fault.place and fault.remedy for fault in verdict)
