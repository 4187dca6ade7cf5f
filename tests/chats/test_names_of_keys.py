"""Whoever types what a key is called, instead of pressing it, does not find it in the country's answer."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, bare, labels_of, newest, voice
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import RecordList
from workflows.review.reading import is_name_of_a_key

TOLD = (
    "⚠️ This is the name of a button, so it was not put into the answer. "
    "To go on, please press one of the buttons below."
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["Next", "Back", "Skip", "Continue"])
def test_every_key_that_leads_on_or_back_is_known_by_its_name(language: Language, key: str) -> None:
    label = voice(language).gettext(key)
    assert is_name_of_a_key(label)
    assert is_name_of_a_key(f" {label.upper()}! ")


@pytest.mark.parametrize(
    "words", ["Done", "تم", "No", "", "5", "The next census is in 2022.", "الجلسة التالية"]
)
def test_what_could_be_an_answer_is_one(words: str) -> None:
    assert not is_name_of_a_key(words)


@pytest.mark.parametrize("typed", ["next", "التالي", "Suivant ▶"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_keeps_only_what_was_meant_for_it(
    region: Region, language: Language, typed: str
) -> None:
    person, told = await region.focal_point("LB", language), bare(voice(language).gettext(TOLD))
    await region.opens(person, OPEN)
    await region.says(person, typed)
    assert newest(person).startswith(told)
    await region.says(person, "our words", typed)
    assert await region.text(OPEN) == "our words"
    assert newest(person).startswith(told)
    await region.presses(
        person, next(k for k in labels_of(person.last_message) if voice(language).gettext("Next") in k)
    )
    assert (await region.interview(person)).focus.prompt != OPEN


async def test_a_list_gets_no_entry_of_it(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Labour", "next")
    assert newest(layla).startswith(TOLD)
    assert "✔ Done" in labels_of(layla.last_message)
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    assert [record.fields["name"] for record in value.records] == ["Ministry of Labour"]


async def test_a_text_that_is_written_anew_still_waits_for_its_new_words(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "old words")
    await region.presses(layla, "🔄 Replace the text")
    await region.says(layla, "next")
    await region.says(layla, "new words")
    assert await region.text(OPEN) == "new words"
