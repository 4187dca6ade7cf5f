"""Kill the bot at any moment: no accepted text is lost or doubled, none is in the wrong question, none unconfirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kill.campaign import Campaign
from tests.kill.modes import FOUR, REPLICAS, Mode, Sum
from tests.kill.seeds import KILLS, SEED, campaigns, times
from tests.store.conftest import migrated_database
from tests.transport.nursery import Nursery

Say = Callable[[str], None]

MODES = [
    pytest.param(mode, id=str(mode), marks=[pytest.mark.postgres] if mode.kind == "postgresql" else [])
    for mode in (*FOUR, REPLICAS)
]
REPETITIONS = 100
"""How often the stop with a backlog is repeated in each mode beside a thousand kills."""
IN_PEACE = 120
"""So many messages are said by three replicas of which nobody is killed."""


@pytest.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path, mode: Mode) -> str:
    """The address of an empty database of the mode's kind."""
    if mode.kind == "postgresql":
        return await migrated_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"


@pytest.fixture
def campaign(tmp_path: Path, nursery: Nursery, mode: Mode, url: str, seed: int) -> Campaign:
    """The people and the bot of one campaign."""
    return Campaign(tmp_path, nursery, seed, mode, url)


@pytest.fixture(scope="module")
def sums() -> dict[Mode, Sum]:
    """What the campaigns of each mode have come to."""
    return {mode: Sum() for mode in (*FOUR, REPLICAS)}


@pytest.mark.kill
@pytest.mark.timeout(240 + 20 * KILLS)
@pytest.mark.parametrize(("seed", "kills"), campaigns(), ids=map(str, range(len(campaigns()))))
@pytest.mark.parametrize("mode", MODES)
async def test_fault_8_a_killed_bot_keeps_its_promises(
    campaign: Campaign, mode: Mode, kills: int, sums: dict[Mode, Sum], measured: Say
) -> None:
    async with campaign.opened():
        report = await campaign.runs(kills)
    measured(f"G1 {report.told()}")
    sums[mode] = sums[mode].plus(report)
    if 1 < len(campaigns()) == len(sums[mode].reports):
        measured(f"G1 in all {sums[mode].told()}")
    assert not report.verdict.faults, report.failure()
    assert report.verdict.most <= 2


@pytest.mark.kill
@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", range(SEED, SEED + times(REPETITIONS)))
@pytest.mark.parametrize("mode", MODES)
async def test_fault_9_asked_to_stop_with_a_backlog_and_killed_soon_after_it_loses_nothing(
    campaign: Campaign, measured: Say
) -> None:
    async with campaign.opened():
        report = await campaign.stops_with_a_backlog(17)
    measured(f"G3 {report.told()}")
    assert report.verdict.texts == 102
    assert not report.verdict.faults, report.failure()


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [SEED])
@pytest.mark.parametrize("mode", [REPLICAS], ids=str)
async def test_fault_60_replicas_that_nobody_kills_say_everything_once(
    campaign: Campaign, measured: Say
) -> None:
    async with campaign.opened():
        report = await campaign.runs_in_peace(IN_PEACE)
    measured(f"in peace {report.told()}; requests dealt {sorted(campaign.fleet.balancer.dealt.values())}")
    assert not report.verdict.faults, report.failure()
    assert report.verdict.extra == 0
    assert min(campaign.fleet.balancer.dealt.values()) > 0
