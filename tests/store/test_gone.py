"""A process that is gone without a word, or stands still, in the middle of a transaction on PostgreSQL."""

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.conftest import migrated_database
from tests.store.village import change, come_in, rows
from workflows.store import engine
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store

SPEAKS = "UPDATE person SET language = :language"


@pytest.mark.postgres
async def test_whoever_stands_still_in_a_transaction_lets_go_of_its_rows_and_goes_on_later(
    postgres: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL ends such a session; by its own habit it would keep it, with the rows that others wait for."""
    assert engine.GONE_SECONDS == 30
    monkeypatch.setattr(engine, "GONE_SECONDS", 2)
    url = await migrated_database(postgres)
    here, gone = await Store.open(url, cipher), await Store.open(url, cipher)
    await come_in(here, 1)

    async def stands_still() -> None:
        async with gone._engine.begin() as connection:
            await connection.execute(text(SPEAKS), {"language": "ar"})
            began = time.monotonic()
            await change(here, SPEAKS, language="fr")  # waits for the row, for less than lock_timeout
            assert 1 < time.monotonic() - began < 5
            await connection.execute(text(SPEAKS), {"language": "en"})

    with pytest.raises(DBAPIError) as caught:
        await stands_still()
    assert engine.is_away(caught.value)
    assert [row.language for row in await rows(gone, "SELECT language FROM person")] == ["fr"]
    await come_in(gone, 2)
    await gone.close()
    await here.close()
