"""What the store gives out and takes in about announcements, their recipients, and claims to a place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from msgspec import field

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.people.roles import Reach, Role, Speech

AnnouncementKind = Literal["announcement", "correction", "nudge"]
AnnouncementState = Literal["draft", "scheduled", "posting", "posted", "withdrawn", "discarded"]
"""A draft is scheduled (also for now), then posted person by person; "posted" is when nobody is left to be posted."""
RecipientState = Literal["planned", "posted", "sent", "failed", "unreachable", "spared", "withdrawn"]
"""Planned for a time, posted to the outbox, and what came of it; "spared" had been written to enough already."""
WITH_TEMPLATE: Final = "template"
"""What an announcement is `about` with which the guiding template goes to everybody, in their own language."""
ClaimState = Literal["waiting", "beside", "replaced", "refused", "over"]


class Announcement(Immutable):
    """Something told to many at once; times are UTC, `author_id` is None once the author is forgotten.

    `audience` is the JSON of an audience. `about` says what a nudge is about, or what
    goes along with an announcement (`WITH_TEMPLATE`); `corrects` is the number of the
    announcement that a correction is sent after. `first` is the language given first: who reads another one than those
    of `texts` gets that. `decent` lets it wait for a decent hour of each country. `card` is the author's message in
    which the progress is shown, `told_at` when that was last done. `recipients` counts whom it was for.
    """

    id: int
    cycle_id: str
    author_id: int | None
    kind: AnnouncementKind
    about: str
    corrects: int | None
    audience: str
    at: datetime
    texts: Mapping[Language, str] = field(default_factory=dict)
    first: Language = "ar"
    decent: bool = True
    state: AnnouncementState = "draft"
    due_at: datetime | None = None
    posted_at: datetime | None = None
    told_at: datetime | None = None
    card: int | None = None
    recipients: int = 0


class Placed(Immutable):
    """One held place of a cycle, without a name: for counting and choosing."""

    person_id: int
    role: Role
    country: str
    reach: Reach
    language: Speech


class Recipient(Immutable):
    """One person to whom an announcement goes; times are UTC."""

    announcement_id: int
    person_id: int
    country: str
    due_at: datetime
    state: RecipientState = "planned"
    reason: str = ""
    settled_at: datetime | None = None


class Claim(Immutable):
    """Somebody who came with an invitation as focal point while another one had come in; an officer decides.

    `person_id` and `decided_by` are None once they are forgotten; times are UTC.
    """

    id: int
    cycle_id: str
    country: str
    person_id: int | None
    invitation_id: int
    state: ClaimState
    at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
