"""The tables of a review's passage: frozen texts, who cleared what, remarks, sharing, consent; notes, evidence."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from workflows.store.columns import NUMBERED, House, big_column, moment_column, number_column, table_of


class Clearing(House, table=True):
    """How many clearances a country asks for before it submits; no row: none."""

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    country: str = Field(primary_key=True)
    steps: int
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class Edition(House, table=True):
    """A country's whole text, frozen; `version` is 0 until it is submitted."""

    __table_args__ = (UniqueConstraint("cycle_id", "country", "number"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    number: int
    version: int
    content: bytes
    content_hash: str
    state: str
    step: int
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    state_at: datetime = moment_column()


class EditionAct(House, table=True):
    """What somebody decided about a frozen text, with the reason that was given."""

    __tablename__ = "edition_act"
    __table_args__ = (Index("ix_edition_act_edition_id", "edition_id"), NUMBERED)
    id: int | None = number_column()
    edition_id: int = big_column(foreign_key="edition.id")
    act: str
    step: int
    author_id: int | None = big_column(foreign_key="person.id")
    reason: bytes | None = None
    at: datetime = moment_column()


class Remark(House, table=True):
    """A comment or a proposed wording of the secretariat on one submitted answer, and what the state made of it."""

    __table_args__ = (
        Index("ix_remark_country", "cycle_id", "country"),
        Index("ix_remark_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    edition_id: int = big_column(foreign_key="edition.id")
    prompt: str
    kind: str
    text: bytes | None = None
    round: int
    state: str
    reply: bytes | None = None
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    settled_by: int | None = big_column(foreign_key="person.id")
    settled_at: datetime | None = moment_column()


class Sharing(House, table=True):
    """What of its draft a country shares with the secretariat now; an empty section is the whole."""

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    country: str = Field(primary_key=True)
    section: str = Field(primary_key=True)
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class Consent(House, table=True):
    """A country's consent to one use of one answer of one submitted version, until it is revoked."""

    __table_args__ = (Index("ix_consent_country", "cycle_id", "country"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    edition_id: int = big_column(foreign_key="edition.id")
    prompt: str
    use: str
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    revoked_by: int | None = big_column(foreign_key="person.id")
    revoked_at: datetime | None = moment_column()


class Note(House, table=True):
    """A note of a country's people on one of its questions, never part of the answer."""

    __table_args__ = (
        Index("ix_note_country", "cycle_id", "country"),
        Index("ix_note_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    prompt: str
    text: bytes | None = None
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    removed_at: datetime | None = moment_column()


class Assessment(House, table=True):
    """What a country says of one guiding principle in its self-assessment; an empty mark is none."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "country", "principle", name="uq_assessment_cycle_id_country_principle"),
        Index("ix_assessment_marked_by", "marked_by"),
        Index("ix_assessment_noted_by", "noted_by"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    principle: str
    mark: str
    marked_by: int | None = big_column(foreign_key="person.id")
    marked_at: datetime | None = moment_column()
    note: bytes | None = None
    noted_by: int | None = big_column(foreign_key="person.id")
    noted_at: datetime | None = moment_column()
    edition: int


class Consultation(House, table=True):
    """A consultation with stakeholders or local authorities that a country has held."""

    __table_args__ = (
        Index("ix_consultation_country", "cycle_id", "country"),
        Index("ix_consultation_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    day: date | None = None
    category: str
    with_whom: bytes | None = None
    subject: bytes | None = None
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    removed_at: datetime | None = moment_column()


class Evidence(House, table=True):
    """A file that was sent: `prompt` is its question, empty for a document to be read for answers.

    Its content lies under a random key.
    """

    __table_args__ = (
        Index("ix_evidence_country", "cycle_id", "country"),
        Index("ix_evidence_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    prompt: str
    file_key: str = Field(unique=True)
    name: bytes | None = None
    media_type: str
    size: int
    content_hash: str
    state: str
    telegram_file: str
    tries: int
    reason: str
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    due_at: datetime = moment_column()
    removed_at: datetime | None = moment_column()


class EvidenceContent(House, table=True):
    """The sealed bytes of a file; gone once the file is removed."""

    __tablename__ = "evidence_content"
    file_key: str = Field(primary_key=True)
    content: bytes


CLEARINGS = table_of(Clearing)
EDITIONS = table_of(Edition)
EDITION_ACTS = table_of(EditionAct)
REMARKS = table_of(Remark)
SHARINGS = table_of(Sharing)
CONSENTS = table_of(Consent)
NOTES = table_of(Note)
ASSESSMENTS = table_of(Assessment)
CONSULTATIONS = table_of(Consultation)
EVIDENCE = table_of(Evidence)
EVIDENCE_CONTENTS = table_of(EvidenceContent)
SEALED_PASSAGE = (
    EDITIONS.c.content,
    EDITION_ACTS.c.reason,
    REMARKS.c.text,
    REMARKS.c.reply,
    NOTES.c.text,
    ASSESSMENTS.c.note,
    CONSULTATIONS.c.with_whom,
    CONSULTATIONS.c.subject,
    EVIDENCE.c.name,
    EVIDENCE_CONTENTS.c.content,
)
"""The columns of these tables that hold sealed bytes."""
