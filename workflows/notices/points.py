"""What is said of the minutes of a session: points in words, of the whole session or of a discussion group."""

from typing import Literal

from pydantic import Field

from workflows.notices.saying import Saying
from workflows.notices.workshops import PointSort, SessionSaying


class PointNote(Saying):
    """A point; `group` is 0 for the whole session, `released` says that everybody of the states may read it."""

    id: int
    text: str
    group: int = 0
    sort: PointSort = "said"
    released: bool = False


class AskPoint(SessionSaying):
    """Every text that follows is a point, of a group or of the whole session."""

    topic: Literal["ask_point"] = "ask_point"
    group: int = 0
    names: dict[int, str] = Field(default_factory=dict)


class PointKept(SessionSaying):
    """A point as it is kept, with the keys to say what it is; further texts are further points."""

    topic: Literal["point_kept"] = "point_kept"
    point: PointNote
    names: dict[int, str] = Field(default_factory=dict)


class WorkshopPoints(SessionSaying):
    """The points of a session: all to the secretariat (`runs`), to the states those that were released.

    `groups` is how many discussion groups there are, `names` what they are called beside their number.
    """

    topic: Literal["session_points"] = "session_points"
    runs: bool
    points: tuple[PointNote, ...]
    groups: int = 0
    names: dict[int, str] = Field(default_factory=dict)
    page: int = 0


class PointsFile(SessionSaying):
    """The points as a Word document, as they were at a moment (UTC)."""

    topic: Literal["session_points_file"] = "session_points_file"
    points: tuple[PointNote, ...]
    names: dict[int, str] = Field(default_factory=dict)
    at: str


PointsNotice = AskPoint | PointKept | WorkshopPoints | PointsFile
"""Everything in this module that can be said."""
