"""What is said of the list of speakers of a session: who has the floor, who is next, who waits in which order."""

from typing import Literal

from workflows.notices.saying import Saying
from workflows.notices.workshops import SessionSaying


class FloorTold(SessionSaying):
    """The reader's delegation has the floor, or is the next one."""

    topic: Literal["floor_told"] = "floor_told"
    code: Literal["given", "next"]


class SpeakerLine(Saying):
    """A delegation on the list; `name` is who asked for it, "" where it asked in the room."""

    id: int
    country: str
    name: str = ""


class WorkshopSpeakers(SessionSaying):
    """The list of speakers as the secretariat keeps it; a delegation can be added, or put at a place, in words."""

    topic: Literal["workshop_speakers"] = "workshop_speakers"
    speaking: SpeakerLine | None = None
    waiting: tuple[SpeakerLine, ...] = ()
    spoken: tuple[str, ...] = ()
    problem: Literal["", "country_unknown"] = ""


SpeakingNotice = FloorTold | WorkshopSpeakers
"""Everything in this module that can be said."""
