"""One word for one thing in the catalogs: terms that were mixed once, and must not be mixed again."""

import re

import pytest

from bot.render import Voice, moves, render
from tests.render.samples import TEMPLATE, all_notices
from tests.render.test_catalogs import forms, messages
from workflows.languages import LANGUAGES, Language, Text
from workflows.notices import Notice
from workflows.notices.exchange import DecisionAsk
from workflows.notices.scheduling import EventState, ScheduleDone
from workflows.notices.steering import AnnounceProgress
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
