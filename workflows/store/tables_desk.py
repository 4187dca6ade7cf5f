"""The tables of the desks: requests for support, answered questions, and announcements."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from workflows.store.columns import NUMBERED, House, big_column, moment_column, number_column, table_of


class SupportRequest(House, table=True):
    """A request for support: who asks, about what, which office has it, and what became of it."""

    __tablename__ = "support_request"
    __table_args__ = (
        Index("ix_support_request_country", "cycle_id", "country"),
        Index("ix_support_request_asker_id", "asker_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    asker_id: int | None = big_column(foreign_key="person.id")
    kind: str
    prompt: str
    text: bytes | None = None
    state: str
    office: str
    holder_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    taken_at: datetime | None = moment_column()
    answered_at: datetime | None = moment_column()
    closed_at: datetime | None = moment_column()
    escalated_at: datetime | None = moment_column()


class SupportWord(House, table=True):
    """One thing said about a request, by who asks or by who answers."""

    __tablename__ = "support_word"
    __table_args__ = (
        Index("ix_support_word_request_id", "request_id"),
        Index("ix_support_word_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    request_id: int = big_column(foreign_key="support_request.id")
    author_id: int | None = big_column(foreign_key="person.id")
    said_by: str
    text: bytes | None = None
    at: datetime = moment_column()


class SupportGroup(House, table=True):
    """A Telegram group in which an office's supporters answer, a topic for each person who asks."""

    __tablename__ = "support_group"
    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    chat_id: int = big_column(primary_key=True)
    office: str
    country: str
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class SupportTopic(House, table=True):
    """The topic of one person in one group."""

    __tablename__ = "support_topic"
    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    chat_id: int = big_column(primary_key=True)
    person_id: int = big_column(foreign_key="person.id", primary_key=True)
    topic_id: int = big_column()


class AnsweredQuestion(House, table=True):
    """An entry of the list of questions and answers, made of an answered request."""

    __tablename__ = "answered_question"
    __table_args__ = (NUMBERED,)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    language: str
    question: bytes | None = None
    answer: bytes | None = None
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    withdrawn_at: datetime | None = moment_column()


class Announcement(House, table=True):
    """What the secretariat tells many at once: to whom, in three languages, when."""

    __table_args__ = (Index("ix_announcement_cycle_id", "cycle_id"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    author_id: int | None = big_column(foreign_key="person.id")
    kind: str
    about: str
    corrects: int | None = big_column(foreign_key="announcement.id")
    audience: str
    first_language: str
    decent: bool
    card: int | None = big_column()
    told_at: datetime | None = moment_column()
    text_ar: bytes | None = None
    text_en: bytes | None = None
    text_fr: bytes | None = None
    state: str
    due_at: datetime | None = moment_column()
    at: datetime = moment_column()
    posted_at: datetime | None = moment_column()
    recipients: int


class AnnouncementRecipient(House, table=True):
    """One person to whom an announcement goes: when, and what became of it."""

    __tablename__ = "announcement_recipient"
    __table_args__ = (
        Index("ix_announcement_recipient_due", "announcement_id", "state", "due_at"),
        Index("ix_announcement_recipient_person_id", "person_id"),
    )
    announcement_id: int = big_column(foreign_key="announcement.id", primary_key=True)
    person_id: int = big_column(foreign_key="person.id", primary_key=True)
    country: str
    due_at: datetime = moment_column()
    state: str
    reason: str
    settled_at: datetime | None = moment_column()


class Claim(House, table=True):
    """Somebody who came with an invitation while another person holds the place: an officer decides."""

    __table_args__ = (
        Index("ix_claim_cycle_id", "cycle_id"),
        Index("ix_claim_person_id", "person_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    country: str
    person_id: int | None = big_column(foreign_key="person.id")
    invitation_id: int = big_column(foreign_key="invitation.id")
    state: str
    at: datetime = moment_column()
    decided_by: int | None = big_column(foreign_key="person.id")
    decided_at: datetime | None = moment_column()


SUPPORT_REQUESTS = table_of(SupportRequest)
SUPPORT_WORDS = table_of(SupportWord)
SUPPORT_GROUPS = table_of(SupportGroup)
SUPPORT_TOPICS = table_of(SupportTopic)
ANSWERED_QUESTIONS = table_of(AnsweredQuestion)
ANNOUNCEMENTS = table_of(Announcement)
RECIPIENTS = table_of(AnnouncementRecipient)
CLAIMS = table_of(Claim)
SEALED_DESK = (
    SUPPORT_REQUESTS.c.text,
    SUPPORT_WORDS.c.text,
    ANSWERED_QUESTIONS.c.question,
    ANSWERED_QUESTIONS.c.answer,
    ANNOUNCEMENTS.c.text_ar,
    ANNOUNCEMENTS.c.text_en,
    ANNOUNCEMENTS.c.text_fr,
)
"""The columns of these tables that hold sealed bytes."""
