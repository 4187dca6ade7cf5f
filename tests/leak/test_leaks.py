"""No country's words ever reach another's people, whatever everybody does: 100,000 actions here, more by command."""

import os
import sys
import time
from pathlib import Path

import pytest
import structlog

from bot import logs
from tests.leak.canaries import canaries_in
from tests.leak.play import town
from tests.leak.town import TEMPLATE
from workflows.review.judge import load_template
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, migrate

ACTIONS = int(os.environ.get("RAFIQ_LEAK_ACTIONS", "100000"))
PLAYS = 4
SEED = int(os.environ.get("RAFIQ_LEAK_SEED", "20270301"))


@pytest.mark.timeout(0)
@pytest.mark.parametrize("play_number", range(PLAYS))
async def test_fault_62_no_word_reaches_whom_it_is_not_for(
    tmp_path: Path, play_number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("DEBUG", terminal=False)
    url = f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"
    await migrate(url)
    store = await Store.open(url, Cipher.from_settings(generate_key()))
    play = await town(store, load_template(TEMPLATE), SEED + play_number)
    began = time.perf_counter()
    await play.run(ACTIONS // PLAYS)
    await store.close()
    logged = capsys.readouterr()
    assert not any(canaries_in(logged.out + logged.err))
    structlog.reset_defaults()
    sys.stdout.write(
        f"\nseed {SEED + play_number}: {sum(play.actions.values())} actions {dict(play.actions)}, "
        f"seen {dict(play.seen)}, opened {len(play.openness.opened)}, {time.perf_counter() - began:.0f} s\n"
    )
    assert play.seen["canaries"] > ACTIONS // PLAYS // 10
    assert play.seen["earlier answers"] >= ACTIONS // PLAYS // 2000
    assert play.seen["passages of documents"] > 0
    assert play.seen["answers of documents"] > 0
    assert play.seen["written inputs"] > 0
