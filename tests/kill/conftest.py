"""What the kill tests share: the place where bot processes are born, and the region of the chats in one process."""

from collections.abc import Iterator

import pytest

from tests.chats.conftest import opened_cycle, region, sandbox, template
from tests.store.conftest import cipher, key, other, sqlite_url, store, url
from tests.transport.nursery import Nursery

__all__ = [
    "cipher",
    "key",
    "opened_cycle",
    "other",
    "region",
    "sandbox",
    "sqlite_url",
    "store",
    "template",
    "url",
]


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where the imports are made, once for all of these tests."""
    nursery = Nursery(tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.closes()
