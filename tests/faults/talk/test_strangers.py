"""Floods and false names: who takes part hears as quickly as before, and a person is a number and nothing else."""

import asyncio
from collections.abc import Callable

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, heard, message, newest, said_by_bot, until
from tests.chats.test_coming_in import EN, NOT_INVITED, rows, without_transport

STRANGERS = 1000
LINES = 300
TORRENT = 1000
FAR = 10**9
"""Update ids that the sandbox does not give."""


async def slowest(region: Region, person: Person, texts: int) -> float:
    """The seconds after which the slowest of so many texts of a person was answered."""
    took = []
    for number in range(texts):
        began = asyncio.get_running_loop().time()
        person.says(f"answer {number}")
        await person.sees(lambda message: message.from_bot, timeout=60)
        took.append(asyncio.get_running_loop().time() - began)
    return max(took)


async def test_fault_65_a_thousand_strangers_hold_nobody_up_and_cost_no_row(
    region: Region, layla: Person, measured: Callable[[str], None]
) -> None:
    before = rows(region)
    alone = await slowest(region, layla, 5)
    strangers = [region.sandbox.person(f"Stranger {number}", "en") for number in range(STRANGERS)]
    for person in strangers:
        person.starts()
    beside = await slowest(region, layla, 3)
    await until(lambda: all(said_by_bot(person) for person in strangers), 60)
    measured(
        f"a text answered in {alone:.2f} s, behind {STRANGERS:,} strangers' first word in {beside:.2f} s"
    )
    assert newest(strangers[-1]) == EN.gettext(NOT_INVITED)
    after = rows(region)
    assert after["person"] == before["person"]
    of_layla = {"sqlite_sequence", "outbox", "answer_revision", "interview", "submission"}
    grown = {name for name in without_transport(after) if after[name] > before[name]}
    assert grown <= of_layla


async def test_fault_65_a_torrent_of_one_person_delays_nobody_else_at_the_webhook(
    region: Region, layla: Person
) -> None:
    """Telegram calls for each chat in its own line, so a torrent meets the lanes; by polling all share one line."""
    omar = await region.focal_point("JO", "en", "Omar Saleh")
    await region.opens(omar, OPEN)
    clerk = region.house.clerk
    lines = [{"update_id": FAR + number, **message(omar, text=f"line {number}")} for number in range(LINES)]
    torrent = clerk.submit(lines)
    began = asyncio.get_running_loop().time()
    (heard_at,) = clerk.submit([{"update_id": 2 * FAR, **message(layla, text="a word")}])
    await asyncio.wait_for(heard_at, 30)
    took = asyncio.get_running_loop().time() - began
    waiting = sum(not future.done() for future in torrent)
    assert waiting > LINES // 2, f"the torrent was over before the word was heard, {took:.2f} s later"
    await asyncio.wait_for(asyncio.gather(*torrent), 60)
    assert await region.parts(OPEN, "JO") == [f"line {number}" for number in range(LINES)]
    assert await region.parts(OPEN) == ["a word"]


async def test_fault_65_by_polling_a_torrent_is_joined_and_those_behind_it_hear_soon(
    region: Region, layla: Person, measured: Callable[[str], None]
) -> None:
    """All share Telegram's one line: what is in hand at once is one transaction, one card, one receipt."""
    omar = await region.focal_point("JO", "en", "Omar Saleh")
    await region.opens(omar, OPEN)
    before = len(said_by_bot(omar))
    alone = await slowest(region, layla, 3)
    for number in range(TORRENT):
        omar.says(f"line {number}")
    behind = await slowest(region, layla, 1)
    await region.rests()
    measured(f"a text answered in {alone:.2f} s, behind {TORRENT} texts of one person in {behind:.2f} s")
    assert await region.parts(OPEN, "JO") == [f"line {number}" for number in range(TORRENT)]
    assert len(said_by_bot(omar)) - before <= TORRENT // 10
    assert f"{TORRENT} messages" in newest(omar) or heard(omar, "Saved")
    assert behind < 5 + alone * TORRENT / 100


async def test_fault_64_a_shared_contact_or_a_borrowed_username_makes_nobody_else(
    region: Region, layla: Person
) -> None:
    layla.renames(username="layla_haddad")
    await region.says(layla, "by the right hand")
    impostor = region.sandbox.person("Layla Haddad", "en")
    impostor.renames(username="layla_haddad")
    impostor.starts()
    impostor.sends_contact("+9611234567", own=False, name="Layla Haddad")
    impostor.says("by the wrong hand")
    impostor.says("/continue")
    layla.sends_contact("+9610000000", own=False, name="Somebody Else")
    layla.renames("Another Name", username="another_name")
    await region.says(layla, "still by the right hand")
    assert len({message.text for message in said_by_bot(impostor)}) == 1
    assert heard(impostor, EN.gettext(NOT_INVITED))
    assert await region.parts(OPEN) == ["by the right hand", "still by the right hand"]
