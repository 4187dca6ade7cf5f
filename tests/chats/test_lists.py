"""A growing list leaves one card with keys: those above it are closed as the list goes on below."""

import pytest

from bot.sandbox import Message, Person
from tests.chats.telling import Region, bare, card, data_of, newest, said_by_bot


@pytest.fixture
async def layla(region: Region) -> Person:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, "1c.1")
    return layla


def of_the_talk(person: Person) -> list[Message]:
    """The messages that still show a key of a turn."""
    return [m for m in said_by_bot(person) if any(data.split(".")[0].isdecimal() for data in data_of(m))]


async def test_one_card_of_a_list_has_keys(region: Region, layla: Person) -> None:
    first = card(layla).message_id
    for number, ministry in enumerate(("Interior", "Labour", "Health"), start=1):
        await region.says(layla, f"Ministry of {ministry}")
        (live,) = of_the_talk(layla)
        assert live is layla.last_message
        assert sum("Ministry" in label for row in live.rows for label in [row[0]["text"]]) == number
    closed = layla.get(first)
    assert closed is not None
    assert data_of(closed) == []
    assert "1c. Which government entities" in bare(closed.text)
    await region.presses(layla, "✔ Done")
    assert "1d. " in newest(layla)


async def test_the_cards_of_one_entry_are_closed_too(region: Region, layla: Person) -> None:
    await region.says(layla, "Ministry of Labour")
    await region.presses(layla, "1. Ministry of Labour")
    field = next(data for data in data_of(layla.last_message) if ".field." in data)
    await region.presses(layla, field)
    assert len(of_the_talk(layla)) == 1
    await region.says(layla, "A correction")
    (live,) = of_the_talk(layla)
    assert live is layla.last_message


async def test_a_reply_to_a_closed_card_still_finds_its_list(region: Region, layla: Person) -> None:
    first = card(layla).message_id
    await region.says(layla, "Ministry of Labour")
    await region.says(layla, "Ministry of Health", reply_to=first)
    answer = (await region.review()).answers["1c.1"].value
    assert len(getattr(answer, "records", ())) == 2


async def test_a_list_opened_anew_leaves_the_cards_of_an_earlier_turn_as_they_are(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "Ministry of Labour")
    await region.presses(layla, "✔ Done")
    done = next(m for m in reversed(said_by_bot(layla)) if "go.prompt:1c.1" in data_of(m))
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Health")
    kept = layla.get(done.message_id)
    assert kept is not None
    assert data_of(kept) == ["go.prompt:1c.1"]
