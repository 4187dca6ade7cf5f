"""How many kills are asked for, and with which seed people play."""

import os
import secrets
from typing import Final

KILLS: Final = int(os.environ.get("RAFIQ_KILLS", "60"))
"""Over all modes; `make kill N=…` sets it."""
# One seed for every ordinary run, so that a red one is the change's doing; `make kill` draws a new one each time.
_DRAWN: Final = secrets.randbelow(10**6) + 1 if "RAFIQ_KILLS" in os.environ else 568409
SEED: Final = int(os.environ.get("RAFIQ_KILL_SEED", "0")) or _DRAWN
_MODES: Final = 5


def share(kills: int) -> int:
    """The part of one mode."""
    return max(1, kills // _MODES)


def times(most: int) -> int:
    """How often something is done that is done so many times in a campaign of a thousand kills, once in a short one."""
    return max(1, most * KILLS // 1000) if KILLS >= 100 else 1
