"""Names, descriptions and menus fit Telegram and speak three languages."""

import re

import pytest

from bot.menus import (
    DESCRIPTION_LIMIT,
    LANGUAGES,
    NAME_LIMIT,
    ROLES,
    SHORT_LIMIT,
    bot_commands,
    bot_description,
    bot_name,
    bot_short_description,
)
from workflows.languages import Language

COMMON = {"start", "language", "privacy", "help"}
OF_A_STATE = {
    "calendar",
    "agenda",
    "reminders",
    "documents",
    "continue",
    "sections",
    "progress",
    "ask",
    "requests",
    "answers",
    "offers",
    "settings",
    "mydata",
    "erase",
}
OF_THE_SECRETARIAT = {
    "calendar",
    "agenda",
    "reminders",
    "documents",
    "status",
    "country",
    "clearing",
    "review",
    "remarks",
    "requests",
    "supporters",
    "answers",
    "workshop",
    "schedule",
    "announce",
    "audit",
    "people",
    "told",
    "inputs",
    "invite",
    "replace",
    "settings",
    "mydata",
    "erase",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_commands_fit(role: str, language: Language) -> None:
    for command in bot_commands(role, language):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command["command"])
        assert 1 <= len(command["description"]) <= 256


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("", COMMON),
        ("former", COMMON - {"start"} | {"mydata", "erase"}),
        (
            "focal_point",
            COMMON
            | OF_A_STATE
            | {
                "colleagues",
                "consultations",
                "assess",
                "submit",
                "clearing",
                "editions",
                "export",
                "share",
                "remarks",
                "consent",
            },
        ),
        ("stakeholder", COMMON | {"mydata", "erase"}),
        ("contributor", COMMON | OF_A_STATE),
        (
            "supporter",
            COMMON | {"requests", "answers", "calendar", "documents", "settings", "mydata", "erase"},
        ),
        ("secretariat", COMMON | OF_THE_SECRETARIAT),
    ],
)
def test_each_role_has_its_own_commands(role: str, expected: set[str]) -> None:
    assert {command["command"] for command in bot_commands(role, "ar")} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bot_has_a_name_and_a_purpose(language: Language) -> None:
    assert bot_name(language) == ("رفيق" if language == "ar" else "Rafiq")
    assert len(bot_name(language)) <= NAME_LIMIT
    assert 0 < len(bot_short_description(language)) <= SHORT_LIMIT
    assert 0 < len(bot_description(language)) <= DESCRIPTION_LIMIT


@pytest.mark.parametrize("role", ROLES)
def test_descriptions_differ_between_languages(role: str) -> None:
    arabic, english, french = (
        [c["description"] for c in bot_commands(role, language)] for language in LANGUAGES
    )
    assert len({*arabic, *english, *french}) == 3 * len(arabic)
