"""The secretariat writes to many: for whom, a preview, once to everybody, taken back, corrected; nobody else may."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import loads, sandbox_at
from tests.chats.telling import CYCLE, Region, bare, data_of, first_card, heard, newest, said_by_bot

MORNING = datetime(2020, 6, 9, 8, 0, tzinfo=UTC)
"""A Tuesday, at ten in Cairo."""


@pytest.fixture
def sandbox() -> Sandbox:
    return sandbox_at(MORNING)


async def goes_out(region: Region) -> None:
    """Let the heartbeat's job post what is due, and wait until it has arrived."""
    await region.house.beats.announce()
    await region.house.courier.collect()
    await region.rests()
    await region.house.beats.announce()
    await region.rests()


async def begins(region: Region, officer: Person, whom: str) -> str:
    """The officer says for whom; gives the draft's number."""
    await region.says(officer, f"/announce {whom}")
    assert "This is a draft." in newest(officer), newest(officer)
    return next(d for d in data_of(officer.last_message) if ".announce_drop." in d).rpartition(".")[2]


async def test_a_message_reaches_those_it_is_for_and_nobody_else(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    amal = await region.focal_point("JO", "ar", "Amal")
    other = await region.focal_point("MA", "fr", "Nadia")
    await begins(region, sam, "focal points of Jordan and Lebanon")
    assert "2 people get it." in newest(sam)
    assert "Jordan 1, Lebanon 1" in newest(sam)
    await region.says(sam, "The forum moves to <b>Beirut</b> & online.")
    seen = newest(sam)
    assert "Readers of English: 1" in seen
    assert "Readers of Arabic: 1\nThey get the English text, which was given first." in seen
    await region.presses(sam, "✅ Send at decent hours")
    await goes_out(region)
    for reader in (layla, amal):
        assert "The forum moves to <b>Beirut</b> & online." in newest(reader)
    assert newest(layla).startswith("📣 From the secretariat:")
    assert not heard(other, "Beirut")
    assert "✅ It has gone out." in newest(sam)
    assert "Delivered: 2 of 2" in newest(sam)
