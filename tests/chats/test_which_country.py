"""Wherever a country is asked for, its name may be typed: as after the command, once, and by whoever may see it."""

from typing import Final

import pytest

from bot.sandbox import Person
from tests.chats.calendars import loads
from tests.chats.telling import Region, data_of, heard, newest, voice
from tests.chats.test_announcing import number_of
from tests.chats.test_invited_by_name import CARD
from tests.chats.test_support import supporter
from workflows.languages import LANGUAGES, Language

MAY_BE_TYPED: Final = "You can also type the name of the country in your next message"
ASKED: Final = (
    "/country",
    "/review Atlantis",
    "/audit Atlantis",
    "/remarks Atlantis",
    "/requests Atlantis",
    "/clearing",
    "/reminders Atlantis",
    "/people",
)
"""What leaves every one of these rooms with the question which country is meant."""


def shows_jordan(person: Person, language: Language) -> bool:
    """Whether the newest card is about Jordan, and asks for no country any more."""
    return voice(language).country_name("JO") in newest(person) and (
        voice(language).gettext("Which country?") not in newest(person)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["الأردن", "jordanie", "JO"])
@pytest.mark.parametrize("asks", ASKED[:3])
async def test_a_country_that_is_typed_opens_the_room_that_asked(
    region: Region, language: Language, typed: str, asks: str
) -> None:
    sam = await region.officer(language)
    await loads(region)
    await region.says(sam, asks)
    await region.says(sam, typed)
    assert shows_jordan(sam, language)


@pytest.mark.parametrize("asks", ASKED)
async def test_each_card_that_asks_for_a_country_says_that_it_hears_one_and_hears_it_once(
    region: Region, asks: str
) -> None:
    sam = await region.officer()
    await loads(region)
    await region.says(sam, asks)
    assert MAY_BE_TYPED in newest(sam)
    await region.says(sam, "Jordan")
    assert shows_jordan(sam, "en")
    await region.says(sam, "Lebanon")
    assert newest(sam).startswith(f"Lebanon\n{CARD}"), (
        "what was asked is answered: this is the country's own card"
    )


async def test_the_reminders_of_a_country_are_asked_for_by_a_key_and_typed(region: Region) -> None:
    sam = await region.officer()
    await loads(region)
    await region.says(sam, "/reminders")
    await region.presses(sam, "Reminders of a country")
    assert MAY_BE_TYPED in newest(sam)
    await region.says(sam, "Jordan")
    assert shows_jordan(sam, "en")


async def test_how_many_clearances_may_be_typed_with_the_country(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("JO", "en")
    await region.says(sam, "/clearing")
    await region.says(sam, "Jordan 2")
    assert any(data.startswith("do.clearing.JO.steps.2") for data in data_of(sam.last_message))


async def test_a_name_that_is_none_is_named_back_and_asked_for_again(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/country")
    await region.says(sam, "Libanon")
    assert "“Libanon” was not recognised as a country of the region." in newest(sam)
    assert "do.country.LB" in data_of(sam.last_message)
    await region.says(sam, "Lebanon")
    assert newest(sam).startswith("Lebanon")


@pytest.mark.parametrize("command", ["/country", "/people", "/review", "/invite"])
async def test_a_wish_is_understood_where_a_country_was_asked_for(region: Region, command: str) -> None:
    sam = await region.officer()
    await region.says(sam, command)
    await region.says(sam, "من لم يسمِّ نقطة اتصال؟")
    assert "do.people.missing" in data_of(sam.last_message)


async def test_a_draft_goes_on_after_a_look_at_a_country_that_was_named(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/announce the secretariat")
    number = number_of(sam)
    await region.says(sam, "/country JO")
    await region.says(sam, "Good morning.")
    assert number_of(sam) == number
    assert "Good morning." in newest(sam)


async def test_a_supporter_types_whose_requests_are_shown(region: Region) -> None:
    hana = await supporter(region, "un_team")
    await region.says(hana, "/requests Atlantis")
    await region.says(hana, "Lebanon")
    assert not heard(hana, "Nothing was being asked")
    assert voice("en").gettext("Which country?") not in newest(hana)
