"""One word for one thing in the catalogs: terms that were mixed once, and must not be mixed again."""

import re

from bot.render import Voice, render
from tests.render.samples import TEMPLATE, all_notices
from tests.render.test_catalogs import forms, messages
from workflows.languages import Language
from workflows.notices.steering import AnnounceProgress


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
