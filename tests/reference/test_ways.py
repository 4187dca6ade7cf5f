"""What people type in their own words leads where they would expect, or to an honest word and somebody to ask."""

from pathlib import Path

import pytest
import yaml

from bot.buttons import Did, read, write
from tests.review.playing import GCM
from workflows.languages import LANGUAGES
from workflows.reference import ways
from workflows.reference.process import look_up
from workflows.review.naming import named_place
from workflows.review.template import Question

CYCLE = "gcm-arab-2020"
STATE: dict[str, str] = {
    "ما المطلوب مني الآن؟": "way now",
    "كم كلمة بقيت في القسم الثاني؟": "way words_left, section:policy_environment",
    "انتقل إلى ثالثاً (ج)": "way go_to, question:3c",
    "أنشأنا لجنة وطنية برئاسة وزارة الخارجية": "a person",
    "لا، لم نُنشئ آلية، وزارة الداخلية هي المسؤولة": "a person",
    "أسند السؤال ٢ج إلى وزارة العمل": "way assign, question:2c",
    "سأحضر من مكتب المنظمة في عمّان": "way attend",
    "À quelle heure est la session pour Nouakchott ?": "note session1_date",
    "Nous n'avons pas de plan national": "a person",
    "أرسل النص للوزير للموافقة": "way clearing",
    "ما معنى نهج المجتمع بأكمله؟": "note whole_of_society",
    "أعد صياغة الجواب بأقل من 100 كلمة": "way shorten",
    "تراجع": "way undo",
    "أوقف التذكير حتى بعد العيد": "way rest",
}
"""Phrases of a focal point, typed where a question is asked; at a question of the template they are its answer."""
OFFICER: dict[str, str] = {
    "من لم يسمِّ نقطة اتصال؟": "way without_focal_point",
    "من لم يفتح النموذج؟": "way not_begun",
    "قسّم المشاركين إلى مجموعتين": "way grouping",
    "انقل اليمن إلى المجموعة الثانية": "way grouping",
    "أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً": "way postponing",
    "كم دولة اختارت الهدف 6 أولوية؟": "way contents",
    "list the states whose review mentions data gaps, with quotations": "way contents",
    "prépare l'ordre du jour de la session 2": "way agenda",
    "ما المدخلات المكتوبة التي لم يُوافَق على نشرها؟": "way inputs",
}
PLACES = {
    "2c": "question:2c",
    "go to 3c, please": "question:3c",
    "question III (c)": "question:3c",
    "السؤال ٢-هـ": "question:2e",
    "السؤال ٢-ه": "question:2e",
    "أولاً (و)": "question:1f",
    "٥ب": "question:5b",
    "section 2": "section:policy_environment",
    "القسم الثالث": "section:progress",
    "la deuxième partie": "section:policy_environment",
    "1 و 2": "",
    "9c": "",
    "5h": "",
    "القسم السابع": "",
    "law 24 of 2018": "",
    "in 2 days and a half": "",
    "المجموعة الثانية": "",
    "": "",
}
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_bytes())


def led(phrase: str) -> str:
    """Where a focal point's words lead, by the rules of the help desk."""
    _, entries = look_up(phrase, CYCLE)
    _, way = ways.find(phrase, "state")
    if entries and not (way and ways.is_worded_so(phrase, way)):
        return f"note {entries[0].id}"
    place = named_place(GCM, phrase)
    if way is None and not place:
        return "a person"
    at = f", {place}" if place and (way is None or way.place) else ""
    return f"way {way.id if way else 'go_to'}{at}"


@pytest.mark.parametrize(("phrase", "expected"), STATE.items())
def test_a_focal_points_words_lead_where_they_would_expect(phrase: str, expected: str) -> None:
    assert led(phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), OFFICER.items())
def test_an_officers_words_lead_where_they_would_expect(phrase: str, expected: str) -> None:
    _, way = ways.find(phrase, "secretariat")
    assert f"way {way.id if way else ''}" == expected


def test_what_the_notes_answer_is_not_taken_from_them() -> None:
    taken = [
        each["q"]
        for each in QUESTIONS
        if each["is"] and each.get("cycle", CYCLE) == CYCLE and led(each["q"]).startswith("way")
    ]
    assert taken == ["ما المطلوب مني الآن؟"], "the next open question says more than the steps of the process"


@pytest.mark.parametrize(("phrase", "place"), PLACES.items())
def test_a_place_is_named_by_its_number_and_letter(phrase: str, place: str) -> None:
    assert named_place(GCM, phrase) == place


@pytest.mark.parametrize("question", GCM.questions.values(), ids=list(GCM.questions))
def test_every_question_is_named_in_both_scripts(question: Question) -> None:
    number = GCM.sections.index(GCM.section_of[question.id]) + 1
    for letter in (question.letter, f"-{question.letter_ar}", f" ({question.letter_ar})"):
        assert named_place(GCM, f"السؤال {number}{letter}") == f"question:{question.id}"


def test_every_wording_finds_its_own_way_and_every_way_has_its_key() -> None:
    for each in ways.ways():
        for language in LANGUAGES:
            for wording in each.ask.of(language):
                assert ways.find(wording, each.side)[1] == each, wording
            assert each.answer.in_language(language).strip()
        assert read(write(Did(each.verb, each.argument))) == Did(each.verb, each.argument)
