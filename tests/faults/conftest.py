"""Faults are provoked where the bot really runs: the parts, the sandbox and the engines of the transport's tests."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Sandbox
from bot.settings import Settings
from tests.store.conftest import migrated_database
from tests.transport.conftest import Place, bot, nursery, place, placed, quiet_logs, sandbox, settings

__all__ = ["bot", "nursery", "place", "quiet_logs", "sandbox", "settings"]


@pytest.fixture
async def on_postgres(settings: Settings, sandbox: Sandbox, postgres: str) -> AsyncIterator[Place]:
    """A bot with its parts joined, on a database of a real PostgreSQL."""
    url = await migrated_database(postgres)
    async with placed(settings.model_copy(update={"database_url": url}), sandbox) as here:
        yield here
