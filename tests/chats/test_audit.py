"""The audit in chat: the secretariat reads who did what; to everybody else it is not there."""

import json
import re
from pathlib import Path

import pytest

from bot.render.audit import _ACTS
from tests.chats.telling import Region, newest, newest_file, voice
from workflows.languages import LANGUAGES, Language
from workflows.people.access import ACTS


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_officer_reads_who_did_what(region: Region, language: Language) -> None:
    officer = await region.officer(language)
    await region.focal_point("LB", "ar")
    await region.says(officer, "/audit لبنان")
    words = voice(language)
    assert words.gettext("Audit: {country}", country=words.country_name("LB")) in newest(officer)
    assert words.gettext("came in") in newest(officer)


async def test_pages_go_back_and_forth(region: Region) -> None:
    officer = await region.officer("en")
    for country in ("LB", "JO", "EG", "IQ", "MA", "TN", "YE", "OM"):
        person = await region.focal_point(country, "en")
        await region.says(person, "/audit")
    await region.says(officer, "/audit nowhere14")
    assert "“nowhere14” was not recognised" in newest(officer)
    await region.says(officer, "/audit")
    first = newest(officer)
    await region.presses(officer, "Older")
    assert "Oman" in first
    assert "Oman" not in newest(officer)
    assert "Lebanon" in newest(officer)
    await region.presses(officer, "Newest")
    assert newest(officer) == first


async def test_nobody_else_knows_that_there_is_one(region: Region) -> None:
    officer = await region.officer("en")
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/nothing_of_the_kind")
    unknown = newest(layla)
    await region.says(layla, "/audit")
    assert newest(layla) == unknown
    card = layla.last_message
    await region.forges(layla, card.message_id, "do.audit.JO")
    assert newest(layla) == unknown
    await region.says(officer, "/audit JO")
    assert "looked into the audit" in newest(officer)
    assert "⛔ refused" in newest(officer)


async def test_a_person_is_told_what_is_noted_of_them(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/audit")
    await region.says(layla, "/mydata")
    sent = newest_file(layla)
    acts = json.loads(sent.content)["acts"]
    assert [(each["act"], each["outcome"]) for each in acts] == [
        ("read_audit", "denied"),
        ("come_in", "done"),
    ]


def test_every_act_that_is_noted_has_its_words() -> None:
    root = Path(__file__).parents[2]
    noted = set()
    for folder in ("bot", "workflows"):
        for file in (root / folder).rglob("*.py"):
            noted |= set(re.findall(r'\.note\(\s*"([a-z_]+)"', file.read_text(encoding="utf-8")))
    assert noted
    assert noted - set(_ACTS) == set()
    assert set(ACTS) - set(_ACTS) == set()
