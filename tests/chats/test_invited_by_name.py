"""`/invite` and `/replace` ask for a country and hear the name that is typed, where they are the newest to ask."""

import pytest

from bot.sandbox import Person
from tests.chats.calendars import loads
from tests.chats.telling import Region, bare, data_of, newest, said_by_bot, voice
from workflows.languages import LANGUAGES, Language

CARD = "How far: not yet invited"
"""What a country's own card says, which its name alone opens where nothing is asked."""


def links(person: Person) -> int:
    """How many invitations somebody was given."""
    return sum("?start=" in message.text for message in said_by_bot(person))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["الاردن", "Jordan", "jordanie", "JO"])
async def test_a_country_that_is_typed_gets_its_link(region: Region, language: Language, typed: str) -> None:
    sam = await region.officer(language)
    speaks = voice(language)
    await region.says(sam, "/invite")
    assert speaks.gettext("You can also type the name of the country in your next message.") in newest(sam)
    await region.says(sam, typed)
    assert links(sam) == 1
    assert speaks.country_name("JO") in newest(sam)
    await region.says(sam, "Lebanon")
    assert links(sam) == 1, "what was asked is answered"
    assert newest(sam).startswith(bare(f"{speaks.country_name('LB')}\n")), (
        "its card is shown, and nothing done"
    )


async def test_a_name_that_is_nearly_right_is_offered_and_asked_for_again(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/invite")
    await region.says(sam, "Libanon")
    assert "“Libanon” was not recognised as a country of the region." in newest(sam)
    assert "do.invite.focal_point.LB" in data_of(sam.last_message)
    assert not links(sam), "it is never taken by itself"
    await region.says(sam, "Lebanon", "Jordan")
    assert links(sam) == 2, "two names sent at once are two answers"
    await region.says(sam, "/invite")
    await region.presses(sam, "Morocco")
    await region.says(sam, "Tunisia")
    assert links(sam) == 3, "a key answers it as well"
    assert newest(sam).startswith(f"Tunisia\n{CARD}")


async def test_the_newest_card_that_asks_is_the_one_that_hears(region: Region) -> None:
    sam = await region.officer("ar")
    await loads(region)
    await region.says(sam, "/schedule forum 24-25 February 2021 online")
    await region.says(sam, "/invite")
    await region.says(sam, "لبنان")
    assert links(sam) == 1
    await region.says(sam, "/invite")
    await region.says(sam, "/schedule")
    await region.says(sam, "لبنان")
    assert links(sam) == 1


async def test_a_draft_that_is_written_is_not_disturbed_by_an_invitation_in_passing(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/announce the secretariat")
    await region.says(sam, "/invite JO")
    await region.says(sam, "Jordan comes in.")
    assert "What you write now is added to the English text." in newest(sam)
    assert links(sam) == 1


async def test_a_country_that_is_typed_shows_whose_place_passes_on(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("LB", "en")
    await region.says(sam, "/replace")
    await region.says(sam, "Atlantis")
    assert "“Atlantis” was not recognised as a country of the region." in newest(sam)
    await region.says(sam, "لبنان")
    assert "Focal points are already in: Lebanon." in newest(sam)
    await region.says(sam, "Jordan")
    assert newest(sam).startswith(f"Jordan\n{CARD}")
    await region.presses(sam, "In the place of Layla Haddad")
    assert links(sam) == 1
