"""What is said to people about themselves: coming in, leaving, settings, their data, invitations."""

from typing import Literal

from workflows.notices.saying import Line, Saying


class Welcome(Saying):
    """The first words to somebody who has come in by invitation."""

    topic: Literal["welcome"] = "welcome"
    role: str
    country: str = ""
    lead: bool = False
    cycle: str = ""
    scope: str = ""


class Handover(Saying):
    """To a successor: what is there, who wrote it and what waits, so that nothing is asked again.

    The detail of a writer is how many answers; `requests` and `remarks` are those that are open. `waiting` counts the
    former holder's messages that are in no answer: only who wrote them knows where they belong.
    """

    topic: Literal["handover"] = "handover"
    country: str
    settled: int
    total: int
    words: int
    last_activity: str = ""
    writers: tuple[Line, ...] = ()
    requests: int = 0
    remarks: int = 0
    waiting: int = 0


class AccessEnded(Saying):
    """To somebody whose place was handed to a successor; `role` is what they are from now on.

    `waiting` counts their messages that are in no answer, as they have not said which one they belong to.
    """

    topic: Literal["access_ended"] = "access_ended"
    country: str
    role: str = "former"
    waiting: int = 0


class SomebodyCameIn(Saying):
    """To the secretariat and the country's other focal points: who has come in, and in what role."""

    topic: Literal["came_in"] = "came_in"
    name: str
    role: str
    country: str = ""


DoorCode = Literal[
    "not_invited", "used", "expired", "unknown", "own_place", "too_many_tries", "other_country", "undecided",
    "ended",
]  # fmt: skip


class Door(Saying):
    """Why somebody does not come in, said politely; costs no row."""

    topic: Literal["door"] = "door"
    code: DoorCode


class ChooseLanguage(Saying):
    """The three languages, the present one marked."""

    topic: Literal["choose_language"] = "choose_language"
    current: str


class LanguageSet(Saying):
    """The language has been changed; `role` is the person's, "former" for somebody whose place has ended."""

    topic: Literal["language_set"] = "language_set"
    role: str = "former"


class Settings(Saying):
    """Language, digits and hours, with buttons to change them.

    `digits` is latn, arab or auto (the country's habit), `clock` the hours of the day that are counted, 24 or 12.
    """

    topic: Literal["settings"] = "settings"
    language: str
    digits: str
    clock: str = "24"


class Help(Saying):
    """What can be done here, by role."""

    topic: Literal["help"] = "help"
    role: str
    country: str = ""


class Privacy(Saying):
    """What is kept, where, for how long, and who reads it."""

    topic: Literal["privacy"] = "privacy"
    role: str = ""


class MyData(Saying):
    """One's own data as a file, sent with this line. `document` names the stored export."""

    topic: Literal["my_data"] = "my_data"
    name: str
    content: str


class EraseAsk(Saying):
    """Is asked before erasure, saying what goes and what stays: `answers` carry the person's words now.

    `inputs` are written inputs that go along, `published` those of which others keep a copy.
    """

    topic: Literal["erase_ask"] = "erase_ask"
    turn: int
    country: str = ""
    answers: int = 0
    inputs: int = 0
    published: int = 0


class Erased(Saying):
    """The last words to somebody whose data are gone. Sent to the chat, not to a person: there is none any more."""

    topic: Literal["erased"] = "erased"


class EraseCancelled(Saying):
    """Nothing was erased."""

    topic: Literal["erase_cancelled"] = "erase_cancelled"


class InviteWhom(Saying):
    """The secretariat is asked for the country and role of a new invitation, or in which country a place passes on.

    `suggestions` are states with a name like what was `given`.
    """

    topic: Literal["invite_whom"] = "invite_whom"
    replacing: bool = False
    problem: Literal["", "country_unknown"] = ""
    given: str = ""
    suggestions: tuple[str, ...] = ()


class ReplaceWhom(Saying):
    """The secretariat chooses whose place a successor takes; each person's id is that of their membership."""

    topic: Literal["replace_whom"] = "replace_whom"
    country: str
    people: tuple[Line, ...] = ()


class InvitationMade(Saying):
    """A single-use link for somebody, with the day it ends (UTC, ISO 8601)."""

    topic: Literal["invitation_made"] = "invitation_made"
    role: str
    country: str = ""
    link: str
    expires: str
    replaces: str = ""
    scope: str = ""
