"""Two focal points at one answer: the second sees the first's text and chooses; nothing goes in silence."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, bare, card, data_of, labels_of, newest, since, voice
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import chosen


@pytest.fixture
async def nour(region: Region, layla: Person) -> Person:
    """A second focal point of Lebanon, with the same question open."""
    person = await region.focal_point("LB", "en", "Nour Khoury")
    await region.opens(person, OPEN)
    return person


async def begins_anew(region: Region, person: Person) -> None:
    await region.opens(person, OPEN)
    await region.presses(person, "🔄 Replace the text")


async def test_two_texts_that_come_beside_each_other_are_both_kept(
    region: Region, layla: Person, nour: Person
) -> None:
    await region.says(layla, "words of Layla")
    await region.says(nour, "words of Nour")
    await region.says(layla, "more of Layla")
    assert await region.parts(OPEN) == ["words of Layla", "words of Nour", "more of Layla"]


async def test_case_27_the_second_sees_the_firsts_text_and_chooses(
    region: Region, layla: Person, nour: Person
) -> None:
    await region.says(layla, "words of Layla")
    await begins_anew(region, nour)
    await region.says(layla, "later words of Layla")
    await region.says(nour, "all anew by Nour")
    assert await region.parts(OPEN) == ["words of Layla", "later words of Layla"]
    seen = newest(nour)
    assert "⚠️ Layla Haddad has changed this meanwhile:" in seen
    assert "later words of Layla" in seen
    assert "all anew by Nour" in seen
    await region.presses(nour, "Mine in place of the other")
    assert await region.parts(OPEN) == ["all anew by Nour"]


async def test_what_waits_outlives_the_bot_and_is_put_below(
    region: Region, layla: Person, nour: Person
) -> None:
    await region.says(layla, "words of Layla")
    await begins_anew(region, nour)
    await region.says(layla, "later words")
    await region.says(nour, "all anew", "in two messages")
    await region.ends()
    await region.begins()
    await region.presses(nour, "➕ Below the other text")
    assert await region.parts(OPEN) == ["words of Layla", "later words", "all anew", "in two messages"]


async def test_the_other_text_can_stay_alone(region: Region, layla: Person, nour: Person) -> None:
    await region.says(layla, "words of Layla")
    await begins_anew(region, nour)
    await region.says(layla, "later words")
    await region.says(nour, "all anew")
    choice = card(nour, "theirs")
    instead = next(data for data in data_of(choice) if data.endswith(".instead"))
    await region.presses(nour, "Keep the other, drop mine")
    assert await region.parts(OPEN) == ["words of Layla", "later words"]
    await region.forges(nour, choice.message_id, instead)
    assert await region.parts(OPEN) == ["words of Layla", "later words"]


async def test_a_reason_for_no_answer_takes_no_text_away_unseen(
    region: Region, layla: Person, nour: Person
) -> None:
    await region.opens(layla, OPEN)
    await region.presses(layla, "⋯ More")
    await region.says(nour, "words of Nour")
    before = layla.last_message.message_id
    await region.presses(layla, "Not applicable to us")
    assert await region.parts(OPEN) == ["words of Nour"]
    seen = bare(next(m.text for m in layla.messages if m.message_id == before))
    assert "A colleague has changed this answer meanwhile." in seen
    assert "words of Nour" in seen


async def test_a_choice_is_not_overwritten_unseen(region: Region, layla: Person, nour: Person) -> None:
    await region.opens(layla, "1a.1")
    await region.opens(nour, "1a.1")
    await region.presses(nour, "Yes")
    await region.presses(layla, "No")
    assert chosen((await region.review()).answers, "1a.1") == ("yes",)
    await region.says(layla, "no")
    await region.presses(layla, "No")
    assert chosen((await region.review()).answers, "1a.1") == ("no",)


async def test_alone_nobody_is_asked(region: Region, layla: Person) -> None:
    await region.says(layla, "first words")
    await begins_anew(region, layla)
    sent = await region.says(layla, "all anew")
    assert await region.parts(OPEN) == ["all anew"]
    assert not any("meanwhile" in text for text in since(layla, sent))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_choice_is_put_in_three_languages(
    region: Region, layla: Person, language: Language
) -> None:
    nour = await region.focal_point("LB", language, "Nour Khoury")
    await region.says(layla, "نص أول")
    await region.opens(nour, OPEN)
    replace = next(data for data in data_of(card(nour)) if data.endswith(".replace"))
    await region.forges(nour, card(nour).message_id, replace)
    await region.says(layla, "نص ثان")
    await region.says(nour, "نص ثالث")
    speaks = voice(language, "LB")
    labels = [bare(label) for label in labels_of(nour.last_message)]
    assert labels[:3] == [
        bare(speaks.gettext(words))
        for words in ("➕ Below the other text", "Mine in place of the other", "Keep the other, drop mine")
    ]
