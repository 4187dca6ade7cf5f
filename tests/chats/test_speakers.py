"""The list of speakers of a session: asked for and taken back, given in its order, told to whom it concerns."""

import pytest

from bot.sandbox import Sandbox
from tests.chats.calendars import NOTE, goes_to, loads, sandbox_at
from tests.chats.telling import (
    Region,
    bare,
    data_of,
    everything,
    labels_of,
    newest,
    said_by_bot,
    since,
    voice,
)
from tests.chats.test_workshops import STALE, audit, minutes, opens, opens_and_hears, registers
from workflows.languages import LANGUAGES, Language

FORUM = "forum"


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2020."""
    await loads(region)
    return region


async def listed(region: Region) -> list[tuple[str, str]]:
    """The places on the list in their order: country and state."""
    kept = [each for each in await minutes(region) if each.kind == "floor"]
    return [(each.country, each.state) for each in sorted(kept, key=lambda each: (each.place, each.id))]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_floor_is_asked_for_taken_back_and_given(region: Region, language: Language) -> None:
    speaks = voice(language, "JO")
    sam = await region.officer()
    rania = await region.focal_point("JO", language, "Rania")
    karim = await region.focal_point("LB", "en", "Karim")
    await registers(region, karim, "remote")
    await registers(region, rania, "remote")
    await region.presses(karim, "✋ I ask for the floor")
    assert "Your delegation has asked for the floor. It is next." in newest(karim)
    before = len(said_by_bot(rania))
    await region.presses(rania, "do.floor.session1.ask")
    assert len(said_by_bot(rania)) == before, "the card that was pressed is redrawn"
    assert "do.floor.session1.ask" not in data_of(rania.last_message)
    await region.presses(rania, "do.floor.session1.back")
    assert await listed(region) == [("LB", "open")]
    await region.presses(rania, "do.floor.session1.ask")
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Speakers: 2")
    assert "1. Lebanon · Karim\n2. Jordan · Rania" in newest(sam)
    seen, heard = karim.last_message.message_id, rania.last_message.message_id
    await region.presses(sam, "🎙 Lebanon")
    assert "Now speaking: Lebanon" in newest(sam)
    assert since(karim, seen)[0].startswith("🎙 Your delegation has the floor.")
    next_one = bare(speaks.gettext("✋ Your delegation is next to take the floor."))
    assert since(rania, heard)[0].startswith(next_one)
    await region.forges(rania, heard, "do.floor.session1.card")
    lebanon = bare(speaks.gettext("🎙 Now speaking: {country}", country=speaks.country_name("LB")))
    assert lebanon in everything([rania])
    assert "Karim" not in everything([rania])
    await region.presses(sam, "🎙 Jordan")
    assert bare(speaks.gettext("🎙 Your delegation has the floor.")) in newest(rania)
    assert await listed(region) == [("LB", "done"), ("JO", "speaking")]
    await region.presses(sam, "✅ Has spoken: Jordan")
    assert "Have spoken: Jordan, Lebanon" in newest(sam)
    assert "No delegation has asked for the floor." in newest(sam)


async def test_a_delegation_has_one_place_until_it_has_spoken(region: Region) -> None:
    sam = await region.officer()
    rania = await region.focal_point("JO", "en", "Rania")
    second = await region.contributor("JO", "en", "Second")
    for person in (rania, second):
        await registers(region, person, "remote")
    assert "do.floor.session1.ask" in data_of(second.last_message)
    await region.presses(rania, "✋ I ask for the floor")
    assert await region.presses(second, "✋ I ask for the floor") == "Already recorded."
    assert await listed(region) == [("JO", "open")]
    await opens(region, sam, "speakers.session1")
    await region.presses(sam, "🎙 Jordan")
    for person in (rania, second):
        assert newest(person).startswith("🎙 Your delegation has the floor.")
    assert await opens_and_hears(region, rania, "floor.session1.ask") == "Already recorded."
    await region.presses(sam, "✅ Has spoken: Jordan")
    await opens(region, rania, "floor.session1.ask")
    assert await listed(region) == [("JO", "done"), ("JO", "open")]


async def test_the_order_is_the_officers(region: Region) -> None:
    sam = await region.officer()
    for country in ("LB", "JO", "YE"):
        person = await region.focal_point(country, "en", f"Person of {country}")
        await registers(region, person, "remote")
        await region.presses(person, "✋ I ask for the floor")
    await opens(region, sam, "speakers.session1")
    await region.presses(sam, "▲")
    assert [country for country, _ in await listed(region)] == ["JO", "LB", "YE"]
    await region.says(sam, "Oman")
    assert "4. Oman" in newest(sam)
    assert "Oman ·" not in newest(sam), "nobody is named who asked in the room"
    await region.says(sam, "اليمن 1")
    assert [country for country, _ in await listed(region)] == ["YE", "JO", "LB", "OM"]
    await region.says(sam, "Atlantis")
    assert "No country of the region was recognised in this text." in newest(sam)
    number = next(each.id for each in await minutes(region) if each.country == "JO")
    await region.presses(sam, f"do.speaker.{number}.remove")
    assert [country for country, _ in await listed(region)] == ["YE", "LB", "OM"]
    assert await region.forges(sam, sam.last_message.message_id, f"do.speaker.{number}.give") == STALE
    assert ("run_session", "session/session1/speakers") in audit(region, "done")


async def test_who_does_not_come_asks_for_no_floor_and_nobody_after_the_end(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    karim = await region.focal_point("LB", "en", "Karim")
    assert await opens_and_hears(region, rania, "floor.session1.ask") == STALE
    await registers(region, rania, "away")
    assert "do.floor.session1.ask" not in data_of(rania.last_message)
    assert await opens_and_hears(region, rania, "floor.session1.ask") == STALE
    await registers(region, karim, "remote")
    await goes_to(region, 2020, 6, 25, 11, 0)
    assert await opens_and_hears(region, karim, "floor.session1.ask") == STALE
    assert await listed(region) == []


async def test_a_delegation_of_which_nobody_attends_any_more_leaves_the_list(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    second = await region.contributor("JO", "en", "Second")
    for person in (rania, second):
        await registers(region, person, "remote")
    await region.presses(rania, "✋ I ask for the floor")
    await registers(region, rania, "away")
    assert await listed(region) == [("JO", "open")]
    await registers(region, second, "away")
    assert await listed(region) == []


async def test_who_speaks_has_no_second_place(region: Region) -> None:
    sam = await region.officer()
    await opens(region, sam, "speakers.session1")
    await region.says(sam, "Jordan")
    await region.presses(sam, "🎙 Jordan")
    await region.says(sam, "Jordan")
    assert "Now speaking: Jordan" in newest(sam)
    assert await listed(region) == [("JO", "speaking")]


async def test_a_place_may_have_two_digits(region: Region) -> None:
    sam = await region.officer()
    await opens(region, sam, "speakers.session1")
    for state in ("LB", "OM", "YE", "IQ", "EG", "QA", "KW", "LY", "SD", "TN", "DZ", "MA"):
        await region.says(sam, state)
    await region.says(sam, "الأردن ١٠")
    assert [country for country, _ in await listed(region)].index("JO") == 9


async def test_only_the_secretariat_gives_the_floor(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "remote")
    await region.presses(rania, "✋ I ask for the floor")
    (place,) = await minutes(region)
    for forged in (f"speaker.{place.id}.give", f"speaker.{place.id}.done", "speakers.session1"):
        await opens(region, rania, forged)
        assert newest(rania).startswith("The secretariat keeps the list of a session")
    assert await listed(region) == [("JO", "open")]


async def test_the_conference_has_a_list_too(region: Region) -> None:
    rania = await region.focal_point("JO", "en", "Rania")
    await opens(region, rania, f"attend.{FORUM}")
    await region.presses(rania, labels_of(rania.last_message)[0])
    await region.presses(rania, "✋ I ask for the floor")
    assert [each.kind for each in await minutes(region, FORUM)] == ["floor"]


async def test_somebody_whose_place_has_ended_is_told_nothing_of_the_floor(region: Region) -> None:
    sam, rania = await region.officer(), await region.focal_point("JO", "en", "Rania")
    await registers(region, rania, "remote")
    await region.presses(rania, "✋ I ask for the floor")
    await region.says(sam, "/replace JO")
    await region.presses(sam, "In the place of Rania")
    await region.comes_in(sam.last_message.text.partition("?start=")[2].split()[0], "en", "Nadia")
    seen = rania.last_message.message_id
    await region.says(sam, "/workshop session1")
    await region.presses(sam, "Speakers: 1")
    await region.presses(sam, "🎙 Jordan")
    assert "Now speaking: Jordan" in newest(sam)
    assert since(rania, seen) == []
