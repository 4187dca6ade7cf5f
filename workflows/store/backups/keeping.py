"""Which backups stay: all of the last two days, then the newest of days, weeks and months, for a year. Pure."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
LATELY: Final = timedelta(hours=48)
"""Whoever looks for a mistake of today or yesterday may need any backup of these."""
A_YEAR: Final = timedelta(days=366)
"""What was erased is in no backup after so long, as docs/privacy.md says."""
_NAME = re.compile(r"rafiq-(\d{8}T\d{6}Z)\.backup")
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def name_of(moment: datetime) -> str:
    """The file's name of a backup made at this moment (UTC), such as `rafiq-20270301T010000Z.backup`."""
    return f"rafiq-{moment.astimezone(UTC):{_STAMP}}.backup"


def moment_of(name: str) -> datetime | None:
    """When the backup of this name was made (UTC); None for a name that is none of ours."""
    found = _NAME.fullmatch(name)
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def kept(moments: Collection[datetime]) -> frozenset[datetime]:
    """Of backups made at these moments (UTC), those that stay, as seen from the newest, which always stays.

    All of the 48 hours before it; of 7 days, 4 weeks and 12 months the newest each; none older than 366 days.
    """
    newest = max(moments, default=None)
    if newest is None:
        return frozenset()
    stay = (
        *(moment for moment in moments if newest - moment <= LATELY),
        *_newest_of_each(moments, datetime.date, DAYS),
        *_newest_of_each(moments, lambda moment: moment.isocalendar()[:2], WEEKS),
        *_newest_of_each(moments, lambda moment: (moment.year, moment.month), MONTHS),
    )
    return frozenset(moment for moment in stay if newest - moment <= A_YEAR)


def kept_apart(strands: Collection[Collection[datetime]]) -> frozenset[datetime]:
    """Of backups of several databases in one folder, those that stay: none of one displaces another's.

    A year after the newest of all of them every one is gone, whosever it is.
    """
    newest = max((moment for strand in strands for moment in strand), default=None)
    if newest is None:
        return frozenset()
    stay = frozenset[datetime]().union(*map(kept, strands))
    return frozenset(moment for moment in stay if newest - moment <= A_YEAR)


def last_due(now: datetime, hour: int) -> datetime:
    """The newest moment up to `now` at which the clock showed this hour (UTC)."""
    today = now.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _newest_of_each(
    moments: Iterable[datetime], span_of: Callable[[datetime], Hashable], most: int
) -> list[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in sorted(moments, reverse=True):
        newest.setdefault(span_of(moment), moment)
    return list(newest.values())[:most]
