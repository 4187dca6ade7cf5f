"""The glossary: every term and organization is found by each of its names, and no question is taken for one."""

import pytest

from tests.reference.test_process import CYCLES, QUESTIONS
from workflows.languages import LANGUAGES
from workflows.reference.process import entries
from workflows.reference.terms import PARTS, find_term, in_order, term, terms

EVERY = [each for part in PARTS for each in terms(part)]
ASKED = {
    "what is GCM": "gcm",
    "ما معنى الاتفاق العالمي": "gcm",
    "شو يعني الميثاق العالمي": "gcm",
    "IMRF": "imrf",
    "Que signifie FEMI ?": "imrf",
    "what does SDG stand for?": "sdgs",
    "الإقرار": "clearance",
    "ما هي الممارسات الجيده": "promising_practices",
    "qu'est-ce que la CESAO ?": "escwa",
    "منظمة الهجرة الدولية": "iom",
    "what was the Working Group on International Migration in the Arab Region?": "coalition",
    "مجموعة العمل المعنية بالهجرة الدولية في المنطقة العربية": "coalition",
    "شبكة الأمم المتحدة للهجرة": "unnm",
    "شبكة الأمم المتحدة الإقليمية للهجرة في المنطقة العربية": "regional_network",
    "الشبكة": "unnm",
}
NO_TERMS = (
    "is the review voluntary",
    "هل الاستعراض طوعي؟",
    "L'examen national est-il volontaire ?",
    "متى المنتدى؟",
    "هل الاتفاق العالمي ملزم قانونياً؟",
    "who chairs the IMRF next time",
    "what is",
    "",
)


@pytest.mark.parametrize(("question", "expected"), ASKED.items())
def test_a_term_is_found_in_any_language_and_spelling(question: str, expected: str) -> None:
    found = find_term(question)
    assert found is not None
    assert found.id == expected


def test_every_name_finds_its_own_term() -> None:
    wrong = [(name, each.id) for each in EVERY for name in each.names() if find_term(name) is not each]
    assert wrong == []
    assert [term(each.id) for each in EVERY] == EVERY


@pytest.mark.parametrize("question", NO_TERMS)
def test_what_asks_more_than_a_name_is_no_term(question: str) -> None:
    assert find_term(question) is None


def test_a_question_that_an_entry_answers_is_answered_by_it_as_a_term_too() -> None:
    wordings = [
        (one, each.id) for each in entries() for language in LANGUAGES for one in each.ask.of(language)
    ]
    wordings += [(each["q"], each["is"]) for each in QUESTIONS]
    wrong = [
        (wording, expected, found.id)
        for wording, expected in wordings
        if (found := find_term(wording)) is not None and found.entry != expected
    ]
    assert wrong == []


def test_terms_are_complete_and_name_entries_of_a_cycle() -> None:
    known = {each.id: each for each in entries()}
    for each in EVERY:
        for language in LANGUAGES:
            assert each.name.in_language(language).strip()
            assert each.meaning.in_language(language).strip()
        if each.entry:
            assert any(known[each.entry].is_for(cycle) for cycle in CYCLES)
    assert all(each.source for each in terms("organizations")), "no organization without a line of the notes"


def test_a_part_stands_in_the_readers_alphabet() -> None:
    english = [each.name.en for each in in_order("terms", "en")]
    assert english == sorted(english, key=str.casefold)
    arabic = [each.id for each in in_order("organizations", "ar")]
    assert arabic.index("escwa") < arabic.index("iom"), "لجنة, المنظمة: the article does not count"
