"""Kill the bot at any moment: no accepted text is lost or doubled, none is in the wrong question, none unconfirmed."""

import os
import secrets
import sys
from pathlib import Path

import pytest

from tests.kill.campaign import Campaign, Mode, Report

KILLS = int(os.environ.get("RAFIQ_KILLS", "50"))
# One seed for every ordinary run, so that a red one is the change's doing; `make kill` draws a new one each time.
_DRAWN = secrets.randbelow(10**6) + 1 if "RAFIQ_KILLS" in os.environ else 568409
SEED = int(os.environ.get("RAFIQ_KILL_SEED", "0")) or _DRAWN
MODES = [pytest.param(Mode("poll"), id="polling-sqlite")]


@pytest.mark.kill
@pytest.mark.timeout(60 + 20 * KILLS)
@pytest.mark.parametrize("mode", MODES)
async def test_a_killed_bot_keeps_its_promises(tmp_path: Path, mode: Mode) -> None:
    campaign = Campaign(tmp_path, SEED, mode)
    async with campaign.opened():
        report = await campaign.runs(KILLS)
    sys.stdout.write(told(report))
    assert not report.verdict.faults, failure(report)


@pytest.mark.kill
@pytest.mark.parametrize("mode", MODES)
async def test_asked_to_stop_with_a_backlog_and_killed_soon_after_it_loses_nothing(
    tmp_path: Path, mode: Mode
) -> None:
    campaign = Campaign(tmp_path, SEED, mode)
    async with campaign.opened():
        report = await campaign.stops_with_a_backlog(17)
    sys.stdout.write(told(report))
    assert report.verdict.texts == 102
    assert not report.verdict.faults, failure(report)


def told(report: Report) -> str:
    """The figures of a campaign."""
    verdict = report.verdict
    share = 100 * verdict.extra / max(1, verdict.messages)
    points = ", ".join(f"{name} {count}" for name, count in sorted(report.kills.items()))
    return (
        f"\nseed {report.seed} (again: RAFIQ_KILL_SEED={report.seed})\nkills {len(report.lives)} ({points})\n"
        f"texts {verdict.texts}, messages {verdict.messages}, faults {len(verdict.faults)}, "
        f"extra copies {verdict.extra} ({share:.1f} %), most copies of one message {verdict.most}, "
        f"letters whose fate stayed unknown {verdict.given_up}, presses with no word back {verdict.silent}, "
        f"{report.seconds:.0f} s\n"
    )


def failure(report: Report) -> str:
    """What went wrong, to whom, and what that person saw."""
    lines = [f"seed {report.seed}; {len(report.verdict.faults)} faults"]
    lines += [f"{player.country if player else '-'}: {fault}" for player, fault in report.verdict.faults[:20]]
    for player in list(dict.fromkeys(player for player, _ in report.verdict.faults if player))[:2]:
        lines += [f"what the person of {player.country} saw:", *player.transcript()]
    return "\n".join(lines)
