"""A later cycle asks the same template in its own words: ids stay, the forum and the heading are of the cycle."""

from pathlib import Path

import pytest

from tests.review.test_judge import TINY
from workflows.languages import LANGUAGES
from workflows.marked import Fault
from workflows.review.cycle_words import as_asked_in
from workflows.review.judge import judge, load_template
from workflows.review.template import Template

FILE = Path(__file__).parents[2] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"
FIRST = load_template(FILE)
SECOND = as_asked_in(FIRST, "gcm-arab-2024")


def spoken(template: Template) -> str:
    """Everything the template asks, in all languages."""
    return "\n".join(words for said in _said(template).values() for words in said)


def _said(template: Template) -> dict[str, list[str]]:
    """The words of every question and prompt in all languages, by its id."""
    questions = {
        id_: [each.words(tongue) for tongue in LANGUAGES] for id_, each in template.questions.items()
    }
    prompts = {id_: [each.words(tongue) for tongue in LANGUAGES] for id_, each in template.prompts.items()}
    return questions | prompts


def test_the_second_review_asks_about_the_second_forum() -> None:
    words = spoken(SECOND)
    assert "2022" not in words
    for each in ("المنتدى الثاني", "second International Migration Review Forum in 2026", "deuxième Forum"):
        assert words.count(each) == 2, "in the question and in its prompt"
    assert SECOND.parameters == {**FIRST.parameters, "next_imrf": "2026"}
    assert SECOND.heading.en.startswith("Second regional review")


def test_the_pandemic_is_asked_about_in_the_first_review_only() -> None:
    assert "COVID" in spoken(FIRST)
    assert "COVID" not in spoken(SECOND)
    assert "كوفيد" not in spoken(SECOND)
    assert set(FIRST.prompts) - set(SECOND.prompts) == {"2c.5", "2c.6"}


def test_all_else_stays_to_the_letter() -> None:
    before, after = _said(FIRST), _said(SECOND)
    changed = [place for place, words in after.items() if words != before[place]]
    assert changed == ["2c", "5b", "5b.2"]
    kept = [
        pair
        for place in changed
        for pair in zip(before[place], after[place], strict=True)
        if len(set(pair)) == 1
    ]
    assert kept == [], "in all three languages"
    assert [section.word_limit for section in SECOND.sections] == [500, 1500, 2000, 500, 500]


def test_it_is_pinned_without_the_words_of_other_cycles() -> None:
    pinned = Template.model_validate_json(SECOND.model_dump_json(exclude_none=True))
    assert pinned == SECOND
    assert pinned.cycles == {}


@pytest.mark.parametrize("cycle", ["gcm-arab-2020", "somebody-elses"])
def test_a_cycle_without_words_of_its_own_asks_the_template_as_it_is(cycle: str) -> None:
    assert as_asked_in(FIRST, cycle) is FIRST


# --- the judge ----------------------------------------------------------------------------------------------


def faults(said: str) -> list[str]:
    """What the judge says of the tiny template with words of a cycle."""
    verdict = judge(f"{TINY.rstrip()}\ncycles:\n  next:\n    {said}\n")
    return [] if isinstance(verdict, Template) else [plainly(each) for each in verdict]


def plainly(fault: Fault) -> str:
    return f"{fault.place.partition(' (line')[0]}: {fault.fault}"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("parameters: {no_such: '1'}", "cycles.next.parameters.no_such: There is no parameter `no_such`."),
        (
            "texts: {9z: {ar: نص, en: words, fr: mots}}",
            "cycles.next.texts.9z: There is no question or prompt `9z`.",
        ),
        ("left_out: [9z]", "cycles.next.left_out[0]: There is no prompt `9z`."),
    ],
)
def test_words_for_what_is_not_there_are_a_fault(said: str, fault: str) -> None:
    assert faults(said) == [fault]


def test_what_something_needs_is_not_left_out() -> None:
    template = judge(TINY)
    assert isinstance(template, Template)
    hanging = next(prompt for prompt in template.prompts.values() if prompt.when)
    assert hanging.when is not None
    found = faults(f"left_out: [{hanging.when.prompt}]")
    assert f"cycles.next.left_out[0]: It is needed by `{hanging.id}`." in found


def test_a_question_keeps_something_to_ask() -> None:
    template = judge(TINY)
    assert isinstance(template, Template)
    question = next(
        each for each in template.questions.values() if not any(prompt.when for prompt in each.prompts)
    )
    found = faults(f"left_out: [{', '.join(prompt.id for prompt in question.prompts)}]")
    assert f"cycles.next.left_out[0]: Nothing is left of question `{question.id}`." in found
