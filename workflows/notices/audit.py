"""What is said of the audit: who did what where, and what came of it."""

from typing import Literal

from workflows.languages import Text
from workflows.notices.saying import Saying


class AuditEntry(Saying):
    """One line of the audit; `at` is UTC. `name` is empty for the system, and for somebody who was forgotten.

    `known` says whether a person did it. `act` and `outcome` are the audit's own words, `country` may be empty. `event`
    is the title of the event of the calendar that it was about, None for none. `unnamed`: a stakeholder, whose name
    is not kept.
    """

    id: int
    at: str
    name: str
    known: bool
    act: str
    country: str
    thing: str
    outcome: str
    event: Text | None = None
    unnamed: bool = False


class AuditView(Saying):
    """The newest lines first, of a country or of all; `older` is the line to go on before, 0 at the end.

    `given`, a name that was not recognised, is said in a card of its own now, and stays empty.
    """

    topic: Literal["audit"] = "audit"
    country: str = ""
    given: str = ""
    entries: tuple[AuditEntry, ...] = ()
    older: int = 0
    is_newest: bool = True
