"""One word for one thing in the catalogs: terms that were mixed once, and must not be mixed again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.render import Voice, moves, render
from bot.render.status_words import movement
from tests.render.samples import TEMPLATE, all_notices
from tests.render.test_catalogs import forms, messages
from workflows.languages import LANGUAGES, Language, Text
from workflows.notices import Hub, Notice, SectionView
from workflows.notices.documents import DocumentsView
from workflows.notices.exchange import ConsentView, DecisionAsk
from workflows.notices.scheduling import EventState, Moved, ScheduleDone
from workflows.notices.standing import Movement
from workflows.notices.steering import AnnounceProgress
from workflows.reference.documents import documents
from workflows.when import Unstated


def entries(language: Language) -> list[tuple[str, str]]:
    """Every form of every message with the English words it stands for."""
    return [(english, form) for (_, english), each in messages(language).items() for form in forms(each)]


def test_in_french_only_a_review_is_submitted() -> None:
    other = [
        form
        for english, form in entries("fr")
        if re.search("soumi|soumet", form, re.IGNORECASE)
        and not re.search("submi|review|rate", english, re.IGNORECASE)
    ]
    assert other == []


def test_a_message_of_the_secretariat_is_delivered_in_french() -> None:
    voice = Voice.of("fr")
    ways = [notice for notice in all_notices() if isinstance(notice, AnnounceProgress)]
    said = [render(notice, voice, TEMPLATE).text for notice in ways if notice.state != "scheduled"]
    assert said
    assert all("Remis\u00a0: " in text for text in said)


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "يخص هذا البلد وحده: "), ("fr", "Pour ce seul pays\u00a0: ")]
)
def test_a_countrys_name_governs_no_other_word(language: Language, words: str) -> None:
    """Names of countries are of two genders and some need an article, so no verb or pronoun hangs on the name."""
    voice = Voice.of(language)
    title, when = Text(ar="المنتدى", en="The forum", fr="Le forum"), Unstated()
    for country in ("LB", "SD", "TN", "AE"):
        said = moves.changed(title, EventState(when=when), EventState(when=when), country, voice)
        assert f"{words}{voice.country_name(country)}" in "\n".join(said)
    hung = r"\{country\} (?:وحد|a |partage|participe|present)|pour \{country\}"
    assert [form for _, form in entries(language) if re.search(hung, form)] == []


@pytest.mark.parametrize(
    ("language", "change", "letter"),
    [
        ("ar", "التراجع عن التغيير", "سحب الرسالة"),
        ("en", "Take back the change", "Take it back"),
        ("fr", "Annuler ce changement", "Retirer le message"),
    ],
)
def test_a_change_of_a_date_is_taken_back_in_other_words_than_a_message(
    language: Language, change: str, letter: str
) -> None:
    assert {labels(notice, language, "take_back") for notice in all_notices() if isinstance(notice, ScheduleDone)} == {
        (change,), (),
    }  # fmt: skip
    scheduled = [
        each for each in all_notices() if isinstance(each, AnnounceProgress) and each.state == "scheduled"
    ]
    assert {labels(notice, language, "announce_back") for notice in scheduled} == {(letter,)}


@pytest.mark.parametrize(
    ("decision", "key"), [("accept", "نعم، تُقبل"), ("return", "نعم، تُعاد"), ("reopen", "نعم، يُعاد فتحها")]
)
def test_the_yes_agrees_with_the_version_it_is_about(decision: str, key: str) -> None:
    asked = [each for each in all_notices() if isinstance(each, DecisionAsk) and each.decision == decision]
    assert asked
    assert {
        labels(notice, "ar", "sure" if decision == "reopen" else f"review_{decision}") for notice in asked
    } >= {(key,)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_notes_are_switched_off_is_named_as_on_its_key(language: Language) -> None:
    voice = Voice.of(language)
    name = voice.gettext("🔔 Notes").removeprefix("🔔 ")
    sentence = voice.gettext("This note can be switched off under “Notes”.").replace("\u00a0", "")
    assert any(f"{opens}{name}{closes}" in sentence for opens, closes in ("“”", "«»"))


def labels(notice: Notice, language: Language, action: str) -> tuple[str, ...]:
    """What the keys of a notice say whose data name an action."""
    drawn = render(notice, Voice.of(language), TEMPLATE)
    return tuple(key.label for row in drawn.keyboard for key in row if action in key.data)


@pytest.mark.parametrize(
    ("english", "shunned"),
    [
        ("frozen|froze", "fig[ée]"),
        ("concept note", "conceptuel"),
        ("remark", "[Rr]emarque"),
        ("session", r"\bsessions?\b(?!\})"),
        ("submi", "[Pp]résenter|remettez"),
    ],
)
def test_french_has_one_word_for_one_thing(english: str, shunned: str) -> None:
    about = [form for words, form in entries("fr") if re.search(english, words, re.IGNORECASE)]
    assert about
    assert [form for form in about if re.search(shunned, form)] == []


SPELLED = {"تيليغرام": "تلغرام|تليغرام", "يُرجى": r"\bيرجى", "تنوين": "ًا", "ضغطات": "نقر(?:ة|ات)"}


@pytest.mark.parametrize("spelled", SPELLED)
def test_arabic_has_one_spelling_of_a_word(spelled: str) -> None:
    assert [form for _, form in entries("ar") if re.search(SPELLED[spelled], form)] == []


REPLIES = (
    "office|[Rr]equest|two working days|^Nothing was sent: |^✍️ Answer$|^✔ This answers it$",  # of the help desk
    "[Qq]uestions and answers|list of answers|answer to a question|as everybody is to read it",  # kept for everybody
    "^Ask: |^Rafiq does not know",  # from the notes
)
"""What is said of a reply to somebody who asks, not of an answer of the review."""
OF_REVIEW = "أجوبتكم|(?:جواب|أجوبة) (?:من|أي) استعراض"
"""The help desk names what goes along from a review, too."""


def test_an_answer_of_the_review_is_called_otherwise_in_arabic_than_a_reply() -> None:
    named = [(english, form) for english, form in entries("ar") if re.search("جواب|أجوب", form)]
    assert all(any(re.search(said, english) for english, _ in named) for said in REPLIES)
    other = [
        form
        for english, form in named
        if not re.search("|".join(REPLIES), english) or re.search(OF_REVIEW, form)
    ]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_commas_is_named_by_its_kind(language: Language) -> None:
    assert "CSV" in Voice.of(language).gettext("⬇ CSV")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("ar", ["(ملاحظة واحدة)", "(ملاحظتان)"]),
        ("en", ["(1 remark)", "(2 remarks)"]),
        ("fr", ["(1 observation)", "(2 observations)"]),
    ],
)
def test_remarks_on_a_question_are_counted_in_words(language: Language, lines: list[str]) -> None:
    asked = [each for each in all_notices() if isinstance(each, DecisionAsk) and len(each.on) > 1]
    assert [each.on for each in asked] == [{"1f.2": 2, "2c.4": 1}]
    text = render(asked[0], Voice.of(language), TEMPLATE).text
    assert sorted(line[line.rindex("(") :] for line in text.split("\n") if line.endswith(")")) == sorted(
        lines
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_of_documents_end_with_a_whole_word(language: Language) -> None:
    voice = Voice.of(language, "auto", "LB")
    titles = [voice.words(each.title) for each in documents()]
    listed = DocumentsView(documents=tuple(each.id for each in documents()))
    cut = [key.label for row in render(listed, voice, TEMPLATE).keyboard for key in row]
    shortened = [label.removesuffix("…") for label in cut if label.endswith("…")]
    assert shortened
    assert all(any(re.match(rf"{re.escape(words)}\W", title) for title in titles) for words in shortened)


def french(node: object) -> Iterator[str]:
    """Every French text of a file of ours."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from (
                map(str, value if isinstance(value, list) else [value]) if key == "fr" else french(value)
            )
    elif isinstance(node, list):
        for value in node:
            yield from french(value)


@pytest.mark.parametrize("file", sorted(Path("workflows/data").rglob("*.yaml")), ids=lambda file: file.stem)
def test_french_texts_of_our_files_have_one_kind_of_space_before_a_double_mark(file: Path) -> None:
    found = list(french(yaml.safe_load(file.read_text("utf-8"))))
    assert [words for words in found if re.search(r"[ \u202f][;:?!»]|«[^\u00a0]", words)] == []


def test_a_section_that_is_counted_is_named_without_an_article() -> None:
    voice = Voice.of("fr")
    said = [render(each, voice, TEMPLATE).text for each in all_notices() if isinstance(each, ConsentView)]
    lines = [line for text in said for line in text.split("\n") if "· citation" in line]
    assert lines
    assert all(re.match(r"Section [IVX]+\u00a0: \d+ réponses? · publication \d+", line) for line in lines)


@pytest.mark.parametrize(
    ("language", "other"),
    [
        ("fr", r"\bsa touche\b|^Il vaut|répondre avec l'un|peut le lire dans un groupe"),
        ("ar", r"جميع الدول$|كل من شخصين"),
    ],
)
def test_what_read_badly_when_it_was_played_is_not_said_again(language: Language, other: str) -> None:
    assert [form for _, form in entries(language) if re.search(other, form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_that_have_commas_of_their_own_are_set_apart_as_the_language_does(language: Language) -> None:
    between = {"ar": "؛ ", "en": "; ", "fr": "\N{NO-BREAK SPACE}; "}[language]
    moved = Movement(country="LB", prompts=2, came_in=3)
    assert movement(Voice.of(language), moved).count(between) == 1


@pytest.mark.parametrize("kind", [Hub, SectionView])
def test_no_middle_dot_stands_beside_arabic_digits_in_the_lists_of_places(kind: type[Notice]) -> None:
    """It reads as a zero there: «من ١٠ · الكلمات»."""
    voice = Voice("ar", "arab")
    said = [render(each, voice, TEMPLATE).text for each in all_notices() if isinstance(each, kind)]
    assert any(re.search("[٠-٩]،", text) for text in said)
    assert [text for text in said if re.search("[٠-٩] ·|· [٠-٩]", text)] == []


@pytest.mark.parametrize(
    ("language", "put", "moves_too"),
    [
        ("ar", "افتحوا الملف لإضافة الموعد إلى تقويمكم.", "افتحوا الملف ليتغيّر الموعد في تقويمكم أيضاً."),
        (
            "en",
            "Open the file to put it into your own calendar.",
            "Open the file, and it moves in your own calendar too.",
        ),
        (
            "fr",
            "Ouvrez le fichier pour ajouter cette date à votre propre agenda.",
            "Ouvrez le fichier pour que la date change aussi dans votre propre agenda.",
        ),
    ],
)
def test_a_first_date_is_put_into_a_calendar_where_nothing_can_move_yet(
    language: Language, put: str, moves_too: str
) -> None:
    letters = [
        (each, bool(each.file.events[0].earlier))
        for each in all_notices()
        if isinstance(each, Moved) and each.file is not None
    ]
    first = [each for each, dated in letters if each.step == "fixed" and not dated]
    again = [each for each, dated in letters if each.step == "fixed" and dated]
    moved = [each for each, _ in letters if each.step == "postponed"]
    assert first
    assert again
    assert moved
    voice = Voice.of(language)
    assert all(last_words(each, voice) == put for each in first)
    assert all(last_words(each, voice) == moves_too for each in (*again, *moved))


def last_words(notice: Notice, voice: Voice) -> str:
    return render(notice, voice, TEMPLATE).text.split("\n")[-1].replace("\N{RIGHT-TO-LEFT MARK}", "")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ar",
            [
                "لا تذكيرات جديدة، ولا تذكيرات ملغاة.",
                "تذكير جديد واحد، وتذكيران ملغيان.",
                "٩ تذكيرات جديدة، و١١ تذكيراً ملغى.",
            ],
        ),
        (
            "en",
            [
                "0 new reminders, 0 reminders cancelled.",
                "1 new reminder, 2 reminders cancelled.",
                "9 new reminders, 11 reminders cancelled.",
            ],
        ),
        (
            "fr",
            [
                "0 nouveau rappel, 0 rappel annulé.",
                "1 nouveau rappel, 2 rappels annulés.",
                "9 nouveaux rappels, 11 rappels annulés.",
            ],
        ),
    ],
)
def test_reminders_that_come_and_go_are_counted_in_words(language: Language, lines: list[str]) -> None:
    done = next(each for each in all_notices() if isinstance(each, ScheduleDone))
    voice = Voice.of(language, "arab" if language == "ar" else "auto")
    for line, (planned, cancelled) in zip(lines, [(0, 0), (1, 2), (9, 11)], strict=True):
        counted = done.model_copy(update={"planned": planned, "cancelled": cancelled})
        assert line in render(counted, voice, TEMPLATE).text.replace("\N{RIGHT-TO-LEFT MARK}", "")
