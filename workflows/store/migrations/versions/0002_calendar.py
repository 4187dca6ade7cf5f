"""The calendar: plans, preferences, who takes part, workshops and reminders."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PLANNED = "state = 'planned'"


def upgrade() -> None:
    """From the first schema; what is there stays as it is."""
    _plans()
    _people()
    _workshops()
    _reminders()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False)


def _big(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=optional)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _sealed(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=True)


def _flag(name: str, *, optional: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=optional)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _plans() -> None:
    op.create_table(
        "calendar_revision",
        _id(),
        *_words("cycle_id"),
        _count("number"),
        *_words("calendar", "calendar_hash", "policy", "policy_hash"),
        _big("author_id", optional=True),
        *_words("act", "milestone"),
        _moment("at"),
        _key("calendar_revision", "id"),
        _points("calendar_revision", "cycle_id", "cycle"),
        _points("calendar_revision", "author_id", "person"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_calendar_revision_cycle_id_number"),
        sqlite_autoincrement=True,
    )


def _people() -> None:
    op.create_table(
        "preference",
        _big("person_id"),
        sa.Column("hour", sa.Time, nullable=True),
        _flag("hijri"),
        _flag("paused"),
        _moment("snoozed_until", optional=True),
        _flag("morning"),
        _key("preference", "person_id"),
        _points("preference", "person_id", "person"),
    )
    op.create_table(
        "taking_part",
        *_words("cycle_id", "country", "answer"),
        _big("author_id", optional=True),
        _moment("at"),
        _key("taking_part", "cycle_id", "country"),
        _points("taking_part", "cycle_id", "cycle"),
        _points("taking_part", "author_id", "person"),
    )


def _workshops() -> None:
    op.create_table(
        "registration",
        *_words("cycle_id", "session"),
        _big("person_id"),
        *_words("country", "attendance"),
        _count("discussion_group"),
        _flag("presents", optional=True),
        _count("place"),
        _flag("attended", optional=True),
        _moment("at"),
        _key("registration", "cycle_id", "session", "person_id"),
        _points("registration", "cycle_id", "cycle"),
        _points("registration", "person_id", "person"),
    )
    op.create_index("ix_registration_person_id", "registration", ["person_id"])
    op.create_table(
        "minute",
        _id(),
        *_words("cycle_id", "session", "kind", "country"),
        _big("author_id", optional=True),
        _sealed("text"),
        _sealed("owner"),
        sa.Column("due", sa.Date, nullable=True),
        *_words("state", "taken_by", "marks"),
        _moment("at"),
        _key("minute", "id"),
        _points("minute", "cycle_id", "cycle"),
        _points("minute", "author_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_minute_session", "minute", ["cycle_id", "session"])
    op.create_index("ix_minute_author_id", "minute", ["author_id"])
    op.create_table(
        "hosting",
        *_words("cycle_id", "session", "country"),
        _flag("is_open"),
        _moment("at"),
        _key("hosting", "cycle_id", "session", "country"),
        _points("hosting", "cycle_id", "cycle"),
    )


def _reminders() -> None:
    op.create_table(
        "reminder",
        _id(),
        *_words("key", "cycle_id"),
        _big("person_id"),
        *_words("country", "milestone"),
        _count("sequence"),
        *_words("rung", "content"),
        sa.Column("nominal", sa.Date, nullable=False),
        _moment("planned_for"),
        _moment("due_at"),
        *_words("shifted", "state", "reason", "letter"),
        _moment("planned_at"),
        _moment("settled_at", optional=True),
        _key("reminder", "id"),
        _points("reminder", "cycle_id", "cycle"),
        _points("reminder", "person_id", "person"),
        sa.UniqueConstraint("key", name="uq_reminder_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminder_person_id_due_at", "reminder", ["person_id", "due_at"])
    op.create_index(
        "ix_reminder_planned",
        "reminder",
        ["due_at", "person_id"],
        sqlite_where=sa.text(PLANNED),
        postgresql_where=sa.text(PLANNED),
    )
