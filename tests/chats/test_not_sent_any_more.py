"""What waits to be sent when the right to read it ends is not sent; and who leads when whoever led has gone."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    data_of,
    everything,
    first_card,
    newest,
    said_by_bot,
    voice,
)
from tests.chats.test_clearance import asks_for, clearer
from tests.chats.test_submission import documents, editions
from workflows.people.roles import Membership

WORDS = "words of Lebanon"
STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")


async def twenty_minutes_later(region: Region) -> None:
    """What was put off has been tried again."""
    await region.later(timedelta(minutes=20))
    await asyncio.sleep(1)
    await region.rests()


def holds_back_documents(region: Region) -> None:
    """Telegram takes no document for ten minutes, once."""
    region.sandbox.faults.add("flood", method="sendDocument", retry_after=600)


async def presses_first(region: Region, person: Person, data: str) -> str:
    return await region.forges(person, first_card(person).message_id, data)


async def place(region: Region, person: Person) -> Membership:
    async with region.store.reading() as work:
        found = await work.people.by_telegram(person.user_id)
    assert found is not None
    assert found.membership is not None
    return found.membership


async def waits_for_clearance(region: Region, layla: Person) -> Person:
    """A text is on its way to a clearer whom it has not reached."""
    rana = await clearer(region, layla)
    await asks_for(region, layla, 1)
    await region.opens(layla, OPEN)
    await region.says(layla, WORDS, "/submit")
    holds_back_documents(region)
    await region.presses(layla, "Send to be cleared")
    assert not documents(rana)
    return rana


@pytest.mark.parametrize("how", ["nothing", "ended", "taken_back"])
async def test_a_text_goes_to_who_may_read_it_when_it_goes(region: Region, layla: Person, how: str) -> None:
    sam = await region.officer()
    rana = await waits_for_clearance(region, layla)
    (edition,) = await editions(region)
    if how == "ended":
        await presses_first(region, sam, f"do.end_place.{(await place(region, rana)).id}.yes")
    elif how == "taken_back":
        await presses_first(region, layla, f"do.recall.{edition.id}")
    await twenty_minutes_later(region)
    assert any(WORDS in text for _, text in documents(rana)) is (how == "nothing")
    if how == "ended":
        assert "Lebanon" in newest(rana)  # the word that the place has ended did arrive


async def test_a_reason_that_is_on_its_way_arrives_although_the_text_is_frozen_anew(
    region: Region, layla: Person
) -> None:
    rana = await clearer(region, layla)
    await asks_for(region, layla, 1)
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.says(layla, "/submit")
    await region.presses(layla, "Send to be cleared")
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "The figures of 2019 are missing.")
    region.sandbox.faults.add("flood", method="sendMessage", chat_id=omar.user_id, retry_after=600)
    await region.presses(rana, "Yes, ask for changes")
    assert "The figures of 2019" not in everything([omar])
    await region.says(layla, "/submit")
    await region.presses(layla, "Send the new text to be cleared")
    await twenty_minutes_later(region)
    assert "The figures of 2019 are missing." in everything([omar])


@pytest.mark.parametrize("taken_back", [False, True])
async def test_a_draft_goes_to_the_secretariat_only_while_it_is_shared(
    region: Region, layla: Person, *, taken_back: bool
) -> None:
    sam = await region.officer()
    await region.says(layla, WORDS)
    await presses_first(region, layla, "do.share.on.all")
    await region.says(sam, "/review LB")
    holds_back_documents(region)
    await region.forges(sam, sam.last_message.message_id, "do.review_file.LB")
    if taken_back:
        await presses_first(region, layla, "do.share.off.all")
    await twenty_minutes_later(region)
    assert any(WORDS in text for _, text in documents(sam)) is not taken_back


# --- who leads -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ended", "erased"])
async def test_the_lead_passes_to_the_oldest_focal_point_left(
    region: Region, layla: Person, how: str
) -> None:
    sam = await region.officer()
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    later = await region.focal_point("LB", "en", "Huda Issa")
    if how == "ended":
        await presses_first(region, sam, f"do.end_place.{(await place(region, layla)).id}.yes")
    else:
        await region.says(layla, "/erase")
        await region.presses(
            layla, next(each for each in data_of(layla.last_message) if each.endswith(".yes"))
        )
    assert (await place(region, omar)).lead
    assert not (await place(region, later)).lead
    for person in (omar, later):
        assert "Omar Khoury now leads the focal points: Lebanon." in newest(person)


async def test_where_no_focal_point_is_left_the_secretariat_hears_of_it(
    region: Region, layla: Person
) -> None:
    sam = await region.officer()
    kim = await region.officer(name="Kim Vale")
    await presses_first(region, sam, f"do.end_place.{(await place(region, layla)).id}.yes")
    assert newest(kim).startswith("No focal point is left: Lebanon.")
    async with region.store.reading() as work:
        assert await work.people.of_country(CYCLE, "LB") == []


# --- keys of others --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["do.invite.secretariat", "do.reminder_log.LB", "do.taking_part.no"])
async def test_a_key_of_another_role_is_as_if_it_were_not_there(region: Region, data: str) -> None:
    karim = await region.contributor("LB", "en")
    before = len(said_by_bot(karim))
    assert await presses_first(region, karim, data) == STALE
    assert len(said_by_bot(karim)) == before


async def test_the_audit_of_no_state_is_no_key(region: Region) -> None:
    sam = await region.officer()
    before = len(said_by_bot(sam))
    assert await presses_first(region, sam, "do.audit.ZZ") == STALE
    assert len(said_by_bot(sam)) == before


# --- nothing is cut --------------------------------------------------------------------------------------------------


async def test_a_note_as_long_as_a_message_is_kept_whole(region: Region, layla: Person) -> None:
    await presses_first(region, layla, "do.note.1f")
    typed = "n" * 4_087 + "ENDOFNOTE"
    await region.says(layla, typed)
    async with region.store.reading() as work:
        (note,) = await work.notes.of_question(CYCLE, "LB", "1f")
    assert note.text == typed
    assert "ENDOFNOTE" in everything([layla])
