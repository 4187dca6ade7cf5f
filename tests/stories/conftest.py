"""A story for each module: the real bot, its database and its Telegram on the first day that the module names."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import logs
from bot.sandbox import serving
from tests.chats.telling import load
from tests.stories.telling import Story, morning, sandbox_at
from workflows.cycle.files.judging import shipped_calendar


@pytest.fixture
async def story(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Story]:
    """The cycle that ships under the name of the module's CYCLE, opened on the morning of its BEGINS."""
    logs.configure("CRITICAL", terminal=False)
    cycle, begins = request.module.CYCLE, request.module.BEGINS
    calendar = shipped_calendar(cycle)
    assert calendar is not None
    sandbox = sandbox_at(morning(begins))
    async with serving(sandbox) as address:
        story = Story(tmp_path, load(), cycle, sandbox, address)
        await story.region.begins()
        await story.opens(calendar)
        yield story
        await story.region.ends()
