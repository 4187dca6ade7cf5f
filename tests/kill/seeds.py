"""How many kills are asked for, in how many campaigns, and with which seeds people play."""

import os
import secrets
from typing import Final

IN_EVERY_RUN: Final = 20
"""Kills in each mode where nobody asks for more."""
KILLS: Final = int(os.environ.get("RAFIQ_KILLS", "0")) or IN_EVERY_RUN
"""In each mode; `make kill N=…` sets it."""
# One seed for every ordinary run, so that a red one is the change's doing; `make kill` draws a new one each time.
_DRAWN: Final = secrets.randbelow(10**6) + 1 if "RAFIQ_KILLS" in os.environ else 568409
SEED: Final = int(os.environ.get("RAFIQ_KILL_SEED", "0")) or _DRAWN
AT_ONCE: Final = 100
"""Kills of one campaign at most; the next one begins with new people, another seed and an empty database."""


def campaigns() -> list[tuple[int, int]]:
    """The seed of each campaign of a mode and the kills in it."""
    full, rest = divmod(KILLS, AT_ONCE)
    return [(SEED + number, kills) for number, kills in enumerate([AT_ONCE] * full + [rest] * bool(rest))]


def times(most: int) -> int:
    """How often something is done that is done so many times beside a thousand kills, once beside a few."""
    return max(1, most * KILLS // 1000) if KILLS >= AT_ONCE else 1
