"""One word for one thing in the catalogs: terms that were mixed once, and must not be mixed again."""

import re

import pytest

from bot.render import Voice, moves, render
from tests.render.samples import TEMPLATE, all_notices
from tests.render.test_catalogs import forms, messages
from workflows.languages import Language, Text
from workflows.notices.scheduling import EventState
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


@pytest.mark.parametrize(("language", "words"), [("ar", "يخص هذا البلد وحده: "), ("fr", "Pour ce seul pays\u00a0: ")])
def test_a_countrys_name_governs_no_other_word(language: Language, words: str) -> None:
    """Names of countries are of two genders and some need an article, so no verb or pronoun hangs on the name."""
    voice = Voice.of(language)
    title, when = Text(ar="المنتدى", en="The forum", fr="Le forum"), Unstated()
    for country in ("LB", "SD", "TN", "AE"):
        said = moves.changed(title, EventState(when=when), EventState(when=when), country, voice)
        assert f"{words}{voice.country_name(country)}" in "\n".join(said)
    hung = r"\{country\} (?:وحد|a |partage|participe|present)|pour \{country\}"
    assert [form for _, form in entries(language) if re.search(hung, form)] == []
