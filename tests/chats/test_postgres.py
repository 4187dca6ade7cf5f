"""One whole chat on a real PostgreSQL: coming in, answering, correcting, handing over, being forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Clock, opened
from bot.sandbox import Sandbox, serving
from tests.chats.telling import CYCLE, Region, card, data_of, newest, settings_for
from tests.store.conftest import migrated_database
from workflows.review.template import Template
from workflows.use_cases.opening import open_cycle

OPEN = "1f.2"

pytestmark = pytest.mark.postgres


@pytest.fixture
async def region(  # takes the place of the folder's own
    tmp_path: Path, sandbox: Sandbox, postgres: str, template: Template
) -> AsyncIterator[Region]:
    settings = settings_for(tmp_path, await migrated_database(postgres))
    async with opened(settings) as store, store.transaction() as work:
        await open_cycle(work, CYCLE, template, Clock().now())
    async with serving(sandbox) as address:
        region = Region(settings, sandbox, address, template)
        await region.begins()
        yield region
        await region.ends()


async def test_a_whole_short_chat(region: Region) -> None:
    assert region.store.kind == "postgresql"
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await region.presses(layla, "Begin ▶")
    await region.presses(layla, "No")
    await region.says(layla, "Ministry of Labour")
    await region.presses(layla, "✔ Done")
    await region.opens(layla, OPEN)
    sent = await region.says(layla, "first part with a \u202e turn", "second part")
    layla.edits(sent, "second part, corrected")
    layla.duplicate()
    await region.rests()
    assert await region.parts(OPEN) == ["first part with a \u202e turn", "second part, corrected"]

    await region.ends()
    layla.says("while it was away")
    await region.begins()
    await region.rests()
    assert (await region.parts(OPEN))[2:] == ["while it was away"]

    await region.says(sam, "/status")
    assert "Begun: 1 of 22" in newest(sam)
    await region.says(sam, "/replace LB")
    await region.presses(sam, data_of(sam.last_message)[0])
    token = sam.last_message.text.partition("?start=")[2].split()[0]
    nadia = await region.comes_in(token, "fr", "Nadia Khoury")
    await region.opens(nadia, OPEN)
    assert "second part, corrected" in card(nadia).text
    review = await region.review()
    await region.says(layla, "too late")
    assert newest(layla).startswith("Your place in the review has ended, and what you sent now was not kept.")
    assert await region.review() == review

    await region.says(nadia, "/erase")
    await region.presses(nadia, next(data for data in data_of(nadia.last_message) if data.endswith("yes")))
    async with region.store.reading() as work:
        assert await work.people.by_telegram(nadia.user_id) is None
        assert await work.people.of_country(CYCLE, "LB") == []
    assert await region.review() == review
    assert region.sandbox.violations == []
