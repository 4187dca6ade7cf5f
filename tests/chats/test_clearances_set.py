"""The number of clearances of a country set by the secretariat, and what becomes of a text when a clearer goes."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    voice,
)
from tests.chats.test_clearance import asks_for, clearer, sends
from tests.chats.test_not_sent_any_more import twenty_minutes_later
from tests.chats.test_submission import STALE, UNKNOWN_COMMAND, documents, editions, noted
from workflows.languages import LANGUAGES, Language


async def steps(region: Region, country: str = "LB") -> int:
    """How many clearances a country asks for, on disk."""
    async with region.store.reading() as work:
        return await work.clearance.steps(CYCLE, country)


async def test_the_secretariat_sets_it_from_the_country_after_a_preview(
    region: Region, layla: Person
) -> None:
    rana = await clearer(region, layla)
    sam, ana = await region.officer(), await region.officer("en", "Ana Costa")
    await region.says(sam, "/country LB")
    assert "Clearances asked for: 0" in newest(sam)
    await region.presses(sam, "Clearances")
    assert "The country asks for no clearance: its lead focal point submits." in newest(sam)
    assert "• Rana Saad: first clearance" in newest(sam)
    await region.presses(sam, "Two")
    seen = newest(sam)
    assert "Set it to two clearances?" in seen
    assert "Nobody is invited yet for: second clearance" in seen
    assert "1 focal point is told, and can change it again." in seen
    assert "1 clearing authority is told." in seen
    assert await steps(region) == 0
    assert not heard(layla, "The secretariat has set it.")
    await region.presses(sam, "Yes, set it")
    assert await steps(region) == 2
    for person in (layla, rana):
        assert "From now on your country asks for two clearances." in newest(person)
        assert "The secretariat has set it." in newest(person)
    assert labels_of(layla.last_message) == ["Clearances"]
    assert labels_of(rana.last_message) == []
    assert await noted(region, "set_clearing") == [("clearing", "2 steps")]
    await region.forges(sam, sam.last_message.message_id, "do.clearing.LB.steps.2.yes")
    assert len(await noted(region, "set_clearing")) == 1
    await region.forges(sam, sam.last_message.message_id, "do.clearing.LB.invite.2")
    assert "To be asked for: second clearance" in newest(sam)
    await region.says(sam, "/people LB")
    assert "1. Clearing authority (second clearance): link of" in newest(sam)
    await region.says(layla, "/clearing")
    await region.presses(layla, "None")
    assert await steps(region) == 0
    assert not heard(ana, "clearance")


@pytest.mark.parametrize("typed", ["JO 2", "الأردن ٢", "jordanie 2"])
async def test_it_can_be_typed_and_is_asked_about_first(region: Region, typed: str) -> None:
    sam = await region.officer()
    await region.says(sam, f"/clearing {typed}")
    assert "Set it to two clearances?" in newest(sam)
    assert "The country has no focal point yet who could be told." in newest(sam)
    await region.presses(sam, "Leave it as it is")
    assert await steps(region, "JO") == 0
    await region.says(sam, f"/clearing {typed}")
    await region.presses(sam, "Yes, set it")
    assert await steps(region, "JO") == 2


async def test_what_is_typed_wrongly_is_answered_and_changes_nothing(region: Region, layla: Person) -> None:
    sam = await region.officer()
    for typed in ("", "nowhere14 2", "2", "JO 3", "JO -1", "JO 22", "JO two", "x" * 3000):
        await region.says(sam, f"/clearing {typed}")
        assert not heard(sam, "Set it to")
        assert "Clearances: Jordan" in newest(sam) or "country" in newest(sam).casefold(), typed
    await region.says(sam, "/clearing jordn 2")
    assert "Was one of these meant?" in newest(sam)
    for person in (sam, layla):
        told = await region.forges(person, first_card(person).message_id, "do.clearing.ZZ.steps.2.yes")
        assert told.startswith(STALE)
        before = len(said_by_bot(person))
        await region.forges(person, first_card(person).message_id, "do.clearing.ZZ.invite.1")
        assert not any("?start=" in message.text for message in said_by_bot(person)[before:])


async def test_an_officer_who_names_no_country_chooses_one_and_stays_in_the_room(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/clearing")
    assert "/clearing JO 2" in newest(sam)
    keys = data_of(sam.last_message)
    assert keys
    assert all(key.startswith("do.clearing.") for key in keys)
    await region.presses(sam, labels_of(sam.last_message)[-1])
    assert data_of(sam.last_message) != keys
    await region.forges(sam, sam.last_message.message_id, "do.clearing.JO")
    assert "Clearances: Jordan" in newest(sam)
    assert "two clearances at most" not in newest(sam)
    await region.says(sam, "/clearing JO 3")
    assert "A country can ask for two clearances at most." in newest(sam)


@pytest.mark.parametrize("forged", ["do.clearing.steps.2", "do.clearing.steps.2.yes"])
async def test_a_forged_key_that_names_no_country_sets_nothing(region: Region, forged: str) -> None:
    sam = await region.officer()
    await region.says(sam, "/clearing")
    await region.forges(sam, sam.last_message.message_id, forged)
    keys = data_of(sam.last_message)
    assert len(keys) > 1
    assert all(key.startswith("do.clearing.") for key in keys)
    assert await steps(region, "") == 0
    assert await noted(region, "set_clearing") == []


async def test_nobody_sets_it_for_another_country(region: Region, layla: Person) -> None:
    amal = await region.focal_point("JO", "en", "Amal Haddad")
    karim = await region.contributor("LB", "en")
    rana = await clearer(region, layla)
    for person in (amal, karim, rana):
        for data in ("LB", "LB.steps.2", "LB.steps.2.yes", "LB.invite.1"):
            if person is amal or data != "LB":
                before = len(said_by_bot(person))
                told = await region.forges(person, first_card(person).message_id, f"do.clearing.{data}")
                links = [each for each in said_by_bot(person)[before:] if "?start=" in each.text]
                assert told.startswith(STALE) or not links
    for person in (karim, rana):
        await region.says(person, "/clearing LB 2")
        assert newest(person).startswith(UNKNOWN_COMMAND)
    assert await steps(region) == 0
    assert ("clearing", "denied") in await noted(region, "set_clearing")


async def test_while_a_text_is_on_its_way_it_stays(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    await clearer(region, layla)
    await region.says(layla, "our text")
    await sends(region, layla)
    sam = await region.officer()
    await region.says(sam, "/clearing LB 0")
    assert "A text is on its way, so the number of clearances stays as it is" in newest(sam)
    assert not any("steps" in data for data in data_of(sam.last_message))
    await region.forges(sam, sam.last_message.message_id, "do.clearing.LB.steps.0.yes")
    assert await steps(region) == 1


# --- letters that no longer hold, and people who go ------------------------------------------------------------------


async def test_what_waits_about_a_text_that_was_followed_is_not_sent(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla)
    nabil = await clearer(region, layla, 2, name="Nabil Farah")
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.opens(layla, OPEN)
    await region.says(layla, "the first words")
    for person, method in ((rana, "sendDocument"), (omar, "sendMessage")):
        region.sandbox.faults.add("flood", method=method, chat_id=person.user_id, retry_after=600)
    await sends(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "and more", "/submit")
    await region.presses(layla, "Send the new text to be cleared")
    await twenty_minutes_later(region)
    ((_, text),) = documents(rana)
    assert "and more" in text
    assert sum("The text was sent to be cleared." in each.text for each in said_by_bot(omar)) == 1
    assert documents(nabil) == []


async def test_a_clearer_who_erases_themselves_is_told_of(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.says(layla, "our text")
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "a reason that was never sent")
    await region.says(rana, "/erase")
    yes = next(data for data in data_of(rana.last_message) if data.endswith(".yes"))
    await region.forges(rana, rana.last_message.message_id, yes)
    assert "nobody else is invited for that clearance" in newest(layla)
    assert "a reason that was never sent" not in everything([layla])
    (edition,) = await editions(region)
    async with region.store.reading() as work:
        assert [act.act for act in await work.clearance.acts(edition.id)] == ["send"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_country_is_told_in_its_language(region: Region, language: Language) -> None:
    speech = voice(language, "LB")
    layla = await region.focal_point("LB", language)
    sam = await region.officer(language)
    await region.says(sam, "/clearing LB 1")
    assert speech.gettext("Set it to one clearance?") in newest(sam)
    await region.presses(sam, speech.gettext("Yes, set it"))
    assert speech.gettext("From now on your country asks for one clearance.") in newest(layla)
    assert speech.gettext("The secretariat has set it.") in newest(layla)
