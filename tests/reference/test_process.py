"""What people type about the process finds its curated entry, in any spelling; what no entry answers finds none."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from workflows.languages import LANGUAGES
from workflows.reference.glossary import likeness, meanings
from workflows.reference.process import LAST_LINES, Wanted, cited, entries, entry, find

CYCLES = ("gcm-arab-2020", "gcm-arab-2024")
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_bytes())
KNOWN = [each for each in QUESTIONS if each["is"]]
UNKNOWN = [each for each in QUESTIONS if not each["is"]]


def answer(question: dict[str, str]) -> str:
    """The entry that is shown for a question, "" where it is said that there is none."""
    found = find(question["q"], question.get("cycle", CYCLES[0]))
    return found[0].id if found else ""


def test_typed_questions_find_their_entries(measured: Callable[[str], None]) -> None:
    given = {
        (question["q"], question.get("cycle", "")): (answer(question), question["is"])
        for question in QUESTIONS
    }
    shown = [pair for pair in given.values() if pair[0]]
    right = [pair for pair in shown if pair[0] == pair[1]]
    precision, recall = len(right) / len(shown), len(right) / len(KNOWN)
    measured(f"{len(given)} questions: precision {precision:.3f}, recall {recall:.3f}")
    assert len(KNOWN) >= 60
    assert precision >= 0.97, [(q, pair) for q, pair in given.items() if pair[0] and pair[0] != pair[1]]
    assert recall >= 0.95, [(q, pair) for q, pair in given.items() if pair[0] != pair[1]]


def test_what_nothing_answers_is_answered_by_nothing() -> None:
    assert len(UNKNOWN) >= 40
    assert {each["q"]: answer(each) for each in UNKNOWN if answer(each)} == {}


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_wording_finds_its_own_entry(cycle: str) -> None:
    wrong = [
        (wording, each.id, [one.id for one in find(wording, cycle)])
        for each in entries()
        if each.is_for(cycle)
        for language in LANGUAGES
        for wording in each.ask.of(language)
        if each.id not in [one.id for one in find(wording, cycle)[:1]]
    ]
    assert wrong == []


def test_an_entry_of_another_cycle_is_not_found() -> None:
    conference = "ما هي لغات الترجمة الفورية في المؤتمر؟"
    assert [each.id for each in find(conference, CYCLES[1])][:1] == ["conference_languages"]
    assert "conference_languages" not in [each.id for each in find(conference, CYCLES[0])]


def test_entries_are_complete_and_cite_lines_of_the_notes() -> None:
    assert len(entries()) >= 60
    assert sum(not each.stated for each in entries()) >= 15
    for each in entries():
        for language in LANGUAGES:
            assert each.answer.in_language(language).strip()
            assert len(each.ask.of(language)) >= 2, each.id
        for source in each.source:
            assert 1 <= cited(source).first <= cited(source).last <= LAST_LINES[cited(source).note]
    assert entry("voluntary") is not None
    assert entry("nothing") is None


def test_no_entry_invents_a_date_to_come() -> None:
    dated = [each for each in entries() if each.calendar is not None]
    assert len(dated) >= 8
    for each in dated:
        for language in LANGUAGES:
            assert not any(sign.isdigit() for sign in each.answer.in_language(language)), each.id


@pytest.mark.parametrize("source", ["S3:L1", "S1:L0", "S1:L162", "S2:L20-10", "L25", "S1:L25,26"])
def test_a_source_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"process\.yaml"):
        cited(source)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("هل المراجعة إلزامية؟", "هل المراجعه الزاميه"),
        ("المُراجَعَة", "مراجعة"),
        ("نقاط الاتصال", "نقطة اتصال"),
        ("الورشات", "ورشة"),
        ("L'examen", "examens"),
        ("the focal points", "point focal"),
        ("منتدى استعراض الهجرة الدولية", "IMRF"),
    ],
)
def test_one_meaning_in_several_spellings(one: str, other: str) -> None:
    assert meanings(one) == meanings(other)


def test_a_slip_is_like_the_word_and_another_word_is_not() -> None:
    assert likeness("استعراض", "استعراص") > 0.6
    assert likeness("contraignant", "contriagnant") > 0.6
    assert likeness("وزير", "وزيره") > 0.6
    assert likeness("مهاجر", "مؤتمر") == 0.0
    assert likeness("visa", "visas") > 0.6
    assert likeness("لا", "لم") == 0.0


def test_a_search_among_few_things() -> None:
    wanted = Wanted({"1": ["How is a residence law described?"], "2": ["Where is the data?"]})
    assert wanted.find("how is the residence law described")[0][1] == "1"
    assert wanted.find("") == []
    assert wanted.find("؟؟؟") == []
    assert Wanted({}).find("anything") == []
