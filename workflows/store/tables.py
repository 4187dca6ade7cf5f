"""The tables of the house, in plain columns: ids, states, words and times lie open, what people say is sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field

from workflows.store.columns import (
    NUMBERED,
    House,
    big_column,
    given_column,
    index_where,
    later_column,
    moment_column,
    number_column,
    table_of,
)
from workflows.store.tables_calendar import MINUTES
from workflows.store.tables_desk import SEALED_DESK
from workflows.store.tables_inputs import SEALED_INPUTS
from workflows.store.tables_passage import SEALED_PASSAGE

OPEN = "state IN ('queued', 'claimed', 'uncertain')"
"""The states in which a row of the outbox is not settled; written out, so that the engines use the index."""
FULL = "settled_at IS NOT NULL AND payload IS NOT NULL"
KEYED = "settled_at IS NOT NULL AND key IS NOT NULL AND bulk IS {false}"
"""The settled rows of the outbox that still hold something; an engine writes `false` in its own way."""
HELD = "payload IS NOT NULL"
UNPARKED = "parked IS {false}"
"""The dead letters that still hold something, and those that were not given up."""


class Person(House, table=True):
    """Somebody who has come in; forgotten people keep their number only."""

    __table_args__ = (NUMBERED,)
    id: int | None = number_column()
    telegram_id: int | None = big_column(unique=True)
    name: bytes | None = None
    language: str
    digits: str
    reach: str
    created_at: datetime = moment_column()
    erased_at: datetime | None = moment_column()
    clock: str | None = None


class Cycle(House, table=True):
    """A review cycle and the template pinned to it, word for word."""

    id: str = Field(primary_key=True)
    template: str
    template_hash: str
    opened_at: datetime = moment_column()


class Membership(House, table=True):
    """A person's place in a cycle; one at a time."""

    __table_args__ = (
        Index("ix_membership_country", "cycle_id", "country"),
        index_where("ended_at IS NULL", "uq_membership_held", "person_id", "cycle_id", unique=True),
        NUMBERED,
    )
    id: int | None = number_column()
    person_id: int = big_column(foreign_key="person.id")
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    role: str
    scope: str = later_column(text("''"))
    lead: bool
    began_at: datetime = moment_column()
    ended_at: datetime | None = moment_column()
    end_reason: str


class Invitation(House, table=True):
    """An invitation; of the token only the hash is kept."""

    __table_args__ = (NUMBERED,)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    role: str
    scope: str = later_column(text("''"))
    country: str
    token_hash: str = Field(unique=True)
    made_by: int | None = big_column(foreign_key="person.id")
    made_at: datetime = moment_column()
    expires_at: datetime = moment_column()
    replaces: int | None = big_column(foreign_key="membership.id")
    used_at: datetime | None = moment_column()
    used_by: int | None = big_column()


class Submission(House, table=True):
    """One country's answers in one cycle; `version` grows with every change to them.

    `country` is "JO" for the official text and "JO/17" for what the colleague who holds place 17 writes beside it.
    """

    __table_args__ = (UniqueConstraint("cycle_id", "country"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    version: int
    last_activity_at: datetime | None = moment_column()


class AnswerRevision(House, table=True):
    """One version of one prompt's answer; nothing sealed means that the prompt was opened again."""

    __tablename__ = "answer_revision"
    __table_args__ = (
        UniqueConstraint("submission_id", "prompt", "number"),
        index_where("newest", "ix_answer_revision_newest", "submission_id"),
        Index("ix_answer_revision_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    submission_id: int = big_column(foreign_key="submission.id")
    prompt: str
    number: int
    newest: bool
    value: bytes | None = None
    words: int
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    source: str


class AdaptationRevision(House, table=True):
    """One version of how a state fits a question to its context."""

    __tablename__ = "adaptation_revision"
    __table_args__ = (
        UniqueConstraint("submission_id", "question", "number"),
        index_where("newest", "ix_adaptation_revision_newest", "submission_id"),
        Index("ix_adaptation_revision_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    submission_id: int = big_column(foreign_key="submission.id")
    question: str
    number: int
    newest: bool
    left_out: bool
    wording: bytes | None = None
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class Interview(House, table=True):
    """The pointer of one person in one country's review; texts that still look for their place are sealed."""

    person_id: int = big_column(foreign_key="person.id", primary_key=True)
    submission_id: int = big_column(foreign_key="submission.id", primary_key=True)
    turn: int
    focus: str
    previous: str
    replacing: str
    held: bytes | None = None
    seen: int = later_column(text("0"))


class Outbox(House, table=True):
    """What is to be said: a sealed notice, to whom, and what became of it."""

    __table_args__ = (
        Index("ix_outbox_person_id_id", "person_id", "id"),
        index_where(OPEN, "ix_outbox_open", "chat_id", "id"),
        Index("ix_outbox_settled_at", "settled_at"),
        index_where(FULL, "ix_outbox_full", "settled_at"),
        index_where(KEYED, "ix_outbox_keyed", "settled_at"),
        NUMBERED,
    )
    id: int | None = number_column()
    key: str | None = Field(default=None, unique=True)
    person_id: int | None = big_column(foreign_key="person.id")
    chat_id: int | None = big_column()
    topic: str
    payload: bytes | None = None
    language: str
    cycle_id: str
    country: str
    turn: int
    edits: int | None = big_column()
    focus: str | None = None
    bulk: bool
    state: str
    attempts: int
    parts_sent: int
    doubtful: bool
    begun_again: bool
    message_id: int | None = big_column()
    reason: str
    posted_at: datetime = moment_column()
    due_at: datetime = moment_column()
    claim_owner: str
    claim_until: datetime | None = moment_column()
    settled_at: datetime | None = moment_column()


class Seen(House, table=True):
    """An update that was handled."""

    __table_args__ = (Index("ix_seen_at", "at"),)
    update_id: int = given_column(BigInteger)
    at: datetime = moment_column()


class DeadLetter(House, table=True):
    """An update that could not be handled, sealed, with how often it was tried and whether it was given up."""

    __tablename__ = "dead_letter"
    __table_args__ = (
        Index("ix_dead_letter_at", "at"),
        index_where(HELD, "ix_dead_letter_full", "at"),
        index_where(UNPARKED, "ix_dead_letter_unparked", "at"),
    )
    update_id: int = given_column(BigInteger)
    telegram_id: int | None = big_column(index=True)
    attempts: int
    parked: bool
    payload: bytes | None = None
    error: str
    at: datetime = moment_column()


class Audit(House, table=True):
    """A line of the audit: who did what where, and what came of it; no texts, and no way back to a name.

    `cycle_id` is the cycle it was done in; empty for what belongs to none, and for lines of before cycles were noted.

    `line_hash` binds it to the line before, whose hash is `previous_hash`.
    """

    __table_args__ = (NUMBERED,)
    id: int | None = number_column()
    at: datetime = moment_column()
    person_id: int | None = big_column()
    act: str
    country: str
    thing: str
    outcome: str
    previous_hash: str = later_column(text("''"))
    line_hash: str = later_column(text("''"))
    cycle_id: str = later_column(text("''"))


class AuditHead(House, table=True):
    """Where the audit's chain ends, in one row: how many lines it has, and the hash of the last."""

    __tablename__ = "audit_head"
    id: int = given_column(Integer)
    lines: int = big_column()
    line_hash: str


class Lease(House, table=True):
    """Something that one process at a time may do."""

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = moment_column()


class Pause(House, table=True):
    """Letters to many are held back; no row: they are not. `restored_to` is the moment of a restored backup."""

    id: int = given_column(Integer)
    reason: str
    restored_to: datetime | None = moment_column()
    at: datetime = moment_column()


class Canary(House, table=True):
    """A sealed word by which a wrong key is told from the right one before anything is written with it."""

    id: int = given_column(Integer)
    sealed: bytes


METADATA = House.metadata
"""All tables, those of the calendar, the passage, the desks and the written inputs among them."""
PEOPLE = table_of(Person)
CYCLES = table_of(Cycle)
MEMBERSHIPS = table_of(Membership)
INVITATIONS = table_of(Invitation)
SUBMISSIONS = table_of(Submission)
ANSWERS = table_of(AnswerRevision)
ADAPTATIONS = table_of(AdaptationRevision)
INTERVIEWS = table_of(Interview)
OUTBOX = table_of(Outbox)
SEEN = table_of(Seen)
DEAD_LETTERS = table_of(DeadLetter)
AUDIT = table_of(Audit)
AUDIT_HEAD = table_of(AuditHead)
LEASES = table_of(Lease)
PAUSES = table_of(Pause)
CANARY = table_of(Canary)
SEALED: tuple[Column[Any], ...] = (
    CANARY.c.sealed,  # first: by it a running process sees that there is a key which it was not given
    PEOPLE.c.name,
    ANSWERS.c.value,
    ADAPTATIONS.c.wording,
    INTERVIEWS.c.held,
    OUTBOX.c.payload,
    DEAD_LETTERS.c.payload,
    MINUTES.c.text,
    MINUTES.c.owner,
    *SEALED_PASSAGE,
    *SEALED_DESK,
    *SEALED_INPUTS,
)
"""Every column that holds sealed bytes."""
