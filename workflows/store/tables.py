"""The tables, in plain columns: ids, states, words and times lie open, what people say is sealed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

OPEN = "state IN ('queued', 'claimed', 'uncertain')"
"""The states in which a row of the outbox is not settled; written out, so that the engines use the index."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time in UTC, aware on both engines; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class House(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """What all tables belong to."""


def _id() -> Any:
    """A number that is never given twice, even after its row is gone."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Field(default=None, sa_type=kind, primary_key=True)


def _given(kind: Any) -> Any:
    """A number that comes from outside."""
    return Field(sa_type=kind, primary_key=True, sa_column_kwargs={"autoincrement": False})


def _big(**more: Any) -> Any:
    return Field(sa_type=BigInteger, **more)


def _moment(**more: Any) -> Any:
    return Field(sa_type=Moment, **more)


_SQLITE = {"sqlite_autoincrement": True}


class Person(House, table=True):
    """Somebody who has come in; forgotten people keep their number only."""

    __table_args__ = (_SQLITE,)
    id: int | None = _id()
    telegram_id: int | None = _big(unique=True)
    name: bytes | None = None
    language: str
    digits: str
    reach: str
    created_at: datetime = _moment()
    erased_at: datetime | None = _moment()


class Cycle(House, table=True):
    """A review cycle and the template pinned to it, word for word."""

    id: str = Field(primary_key=True)
    template: str
    template_hash: str
    opened_at: datetime = _moment()


class Membership(House, table=True):
    """A person's place in a cycle; one at a time."""

    __table_args__ = (
        Index("ix_membership_country", "cycle_id", "country"),
        Index(
            "uq_membership_held",
            "person_id",
            "cycle_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        _SQLITE,
    )
    id: int | None = _id()
    person_id: int = _big(foreign_key="person.id")
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    role: str
    lead: bool
    began_at: datetime = _moment()
    ended_at: datetime | None = _moment()
    end_reason: str


class Invitation(House, table=True):
    """An invitation; of the token only the hash is kept."""

    __table_args__ = (_SQLITE,)
    id: int | None = _id()
    cycle_id: str = Field(foreign_key="cycle.id")
    role: str
    country: str
    token_hash: str = Field(unique=True)
    made_by: int | None = _big(foreign_key="person.id")
    made_at: datetime = _moment()
    expires_at: datetime = _moment()
    replaces: int | None = _big(foreign_key="membership.id")
    used_at: datetime | None = _moment()
    used_by: int | None = _big()


class Submission(House, table=True):
    """One country's answers in one cycle; `version` grows with every change to them."""

    __table_args__ = (UniqueConstraint("cycle_id", "country"), _SQLITE)
    id: int | None = _id()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    version: int
    last_activity_at: datetime | None = _moment()


class AnswerRevision(House, table=True):
    """One version of one prompt's answer; nothing sealed means that the prompt was opened again."""

    __tablename__ = "answer_revision"
    __table_args__ = (
        UniqueConstraint("submission_id", "prompt", "number"),
        Index(
            "ix_answer_revision_newest",
            "submission_id",
            sqlite_where=text("newest"),
            postgresql_where=text("newest"),
        ),
        Index("ix_answer_revision_author_id", "author_id"),
        _SQLITE,
    )
    id: int | None = _id()
    submission_id: int = _big(foreign_key="submission.id")
    prompt: str
    number: int
    newest: bool
    value: bytes | None = None
    words: int
    author_id: int | None = _big(foreign_key="person.id")
    at: datetime = _moment()
    source: str


class AdaptationRevision(House, table=True):
    """One version of how a state fits a question to its context."""

    __tablename__ = "adaptation_revision"
    __table_args__ = (
        UniqueConstraint("submission_id", "question", "number"),
        Index(
            "ix_adaptation_revision_newest",
            "submission_id",
            sqlite_where=text("newest"),
            postgresql_where=text("newest"),
        ),
        Index("ix_adaptation_revision_author_id", "author_id"),
        _SQLITE,
    )
    id: int | None = _id()
    submission_id: int = _big(foreign_key="submission.id")
    question: str
    number: int
    newest: bool
    left_out: bool
    wording: bytes | None = None
    author_id: int | None = _big(foreign_key="person.id")
    at: datetime = _moment()


class Interview(House, table=True):
    """The pointer of one person in one country's review; texts that still look for their place are sealed."""

    person_id: int = _big(foreign_key="person.id", primary_key=True)
    submission_id: int = _big(foreign_key="submission.id", primary_key=True)
    turn: int
    focus: str
    previous: str
    replacing: str
    held: bytes | None = None


class Outbox(House, table=True):
    """What is to be said: a sealed notice, to whom, and what became of it."""

    __table_args__ = (
        Index("ix_outbox_person_id_id", "person_id", "id"),
        Index("ix_outbox_open", "chat_id", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_outbox_settled_at", "settled_at"),
        _SQLITE,
    )
    id: int | None = _id()
    key: str | None = Field(default=None, unique=True)
    person_id: int | None = _big(foreign_key="person.id")
    chat_id: int | None = _big()
    topic: str
    payload: bytes | None = None
    language: str
    cycle_id: str
    country: str
    turn: int
    edits: int | None = _big()
    focus: str | None = None
    bulk: bool
    state: str
    attempts: int
    parts_sent: int
    doubtful: bool
    begun_again: bool
    message_id: int | None = _big()
    reason: str
    posted_at: datetime = _moment()
    due_at: datetime = _moment()
    claim_owner: str
    claim_until: datetime | None = _moment()
    settled_at: datetime | None = _moment()


class Seen(House, table=True):
    """An update that was handled."""

    update_id: int = _given(BigInteger)
    at: datetime = _moment()


class DeadLetter(House, table=True):
    """An update that could not be handled, sealed, with how often it was tried and whether it was given up."""

    __tablename__ = "dead_letter"
    update_id: int = _given(BigInteger)
    telegram_id: int | None = _big(index=True)
    attempts: int
    parked: bool
    payload: bytes | None = None
    error: str
    at: datetime = _moment()


class Audit(House, table=True):
    """A line of the audit: who did what where, and what came of it; no texts, and no way back to a name."""

    __table_args__ = (_SQLITE,)
    id: int | None = _id()
    at: datetime = _moment()
    person_id: int | None = _big()
    act: str
    country: str
    thing: str
    outcome: str


class Lease(House, table=True):
    """Something that one process at a time may do."""

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = _moment()


class Canary(House, table=True):
    """A sealed word by which a wrong key is told from the right one before anything is written with it."""

    id: int = _given(Integer)
    sealed: bytes


METADATA = House.metadata


def _table(model: type[House]) -> Table:
    name = str(model.__tablename__)
    return METADATA.tables[name]


PEOPLE = _table(Person)
CYCLES = _table(Cycle)
MEMBERSHIPS = _table(Membership)
INVITATIONS = _table(Invitation)
SUBMISSIONS = _table(Submission)
ANSWERS = _table(AnswerRevision)
ADAPTATIONS = _table(AdaptationRevision)
INTERVIEWS = _table(Interview)
OUTBOX = _table(Outbox)
SEEN = _table(Seen)
DEAD_LETTERS = _table(DeadLetter)
AUDIT = _table(Audit)
LEASES = _table(Lease)
CANARY = _table(Canary)
SEALED: tuple[Column[Any], ...] = (
    PEOPLE.c.name,
    ANSWERS.c.value,
    ADAPTATIONS.c.wording,
    INTERVIEWS.c.held,
    OUTBOX.c.payload,
    DEAD_LETTERS.c.payload,
    CANARY.c.sealed,
)
"""Every column that holds sealed bytes."""
