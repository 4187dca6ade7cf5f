"""Whoever had a place and has it no more: their language and their own data stay theirs, and nothing else."""

import json

import pytest

from bot.sandbox import Person
from tests.chats.telling import Region, bare, data_of, newest, newest_file, voice

ENDED = (
    "Your place in the review has ended, and what you sent now was not kept. To take part again, please ask "
    "whoever invited you for a new link. What is kept about you stays open to you: /help"
)


@pytest.fixture
async def layla(region: Region) -> Person:
    """Somebody whose place has passed to Nadia, after two texts, one of them corrected by Nadia."""
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1f.2")
    await region.says(layla, "first words")
    await region.says(layla, "second words")
    await region.opens(layla, "3b.1")
    await region.says(layla, "other words")
    sam = await region.officer()
    await region.says(sam, "/replace LB")
    await region.presses(sam, "In the place of Layla Haddad")
    token = sam.last_message.text.partition("?start=")[2].split()[0]
    nadia = await region.comes_in(token, "en", "Nadia Khoury")
    await region.opens(nadia, "3b.1")
    await region.presses(nadia, "🔄 Replace the text")
    await region.says(nadia, "words of Nadia")
    return layla


async def test_help_language_and_privacy_stay_open(region: Region, layla: Person) -> None:
    await region.says(layla, "/help")
    assert "Your place in the review has ended." in newest(layla)
    for command in ("/language", "/privacy", "/mydata", "/erase"):
        assert command in newest(layla)
    assert "/continue" not in newest(layla)
    await region.says(layla, "/privacy")
    assert newest(layla).startswith("What is kept, and who reads it")
    assert "/erase" in newest(layla)
    await region.says(layla, "/language")
    assert data_of(layla.last_message) == ["do.language.ar", "do.language.en", "do.language.fr"]
    await region.presses(layla, "Français")
    await region.says(layla, "/help")
    said = voice("fr").gettext(
        "Your place in the review has ended. What is kept about you stays open to you."
    )
    assert bare(said) in newest(layla)


async def test_fault_74_everything_else_is_a_strangers(region: Region, layla: Person) -> None:
    for words in ("/start", "/continue", "/settings", "/colleagues", "more words"):
        await region.says(layla, words)
        assert newest(layla) == ENDED
    assert await region.text("3b.1") == "words of Nadia"


async def test_mydata_holds_the_place_that_has_ended(region: Region, layla: Person) -> None:
    await region.says(layla, "/mydata")
    document = newest_file(layla)
    content = json.loads(document.content)
    (place,) = content["places"]
    assert (place["country"], place["role"]) == ("LB", "focal_point")
    assert place["since"] < place["until"]
    assert [item["prompt"] for item in content["answers_written"]] == ["1f.2", "1f.2", "3b.1"]
    assert "words of Nadia" not in json.dumps(content)


async def test_erasure_counts_the_answers_that_carry_own_words_now(region: Region, layla: Person) -> None:
    """Two versions of one answer are one, and what Nadia has replaced is no longer Layla's."""
    await region.says(layla, "/erase")
    assert "1 answer that you gave for your country stays with it, without your name." in newest(layla)


async def test_what_was_written_for_another_country_is_in_the_file_too(region: Region, layla: Person) -> None:
    layla.starts(await region.invitation("focal_point", "JO"))
    await region.rests()
    await region.opens(layla, "1f.2")
    await region.says(layla, "words for Jordan")
    await region.says(layla, "/mydata")
    document = newest_file(layla)
    content = json.loads(document.content)
    assert [(place["country"], place["until"] is None) for place in content["places"]] == [
        ("LB", False),
        ("JO", True),
    ]
    assert {item["country"] for item in content["answers_written"]} == {"LB", "JO"}
