"""The passage of a review from draft to acceptance, the desks of support and announcements, and the audit's chain."""

import hashlib
import json
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """From the calendar's schema; what is there stays as it is."""
    for table in ("membership", "invitation"):
        op.add_column(table, sa.Column("scope", sa.String, nullable=False, server_default=""))
    op.add_column("interview", sa.Column("seen", sa.Integer, nullable=False, server_default="0"))
    op.add_column("preference", sa.Column("digest", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("preference", _moment("status_seen_at", optional=True))
    _chain()
    _editions()
    _remarks()
    _consents()
    _notes()
    _evidence()
    _support()
    _support_rooms()
    _answers_and_announcements()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False)


def _big(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=optional)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _sealed(name: str, *, optional: bool = True) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=optional)


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _cycle_and(table: str, *people: str) -> list[sa.ForeignKeyConstraint]:
    return [_points(table, "cycle_id", "cycle"), *(_points(table, column, "person") for column in people)]


def _chain() -> None:
    """Bind the lines that are there to each other, as the house does with every new one."""
    op.add_column("audit", sa.Column("previous_hash", sa.String, nullable=False, server_default=""))
    op.add_column("audit", sa.Column("line_hash", sa.String, nullable=False, server_default=""))
    head = op.create_table(
        "audit_head",
        *_counts("id"),
        _big("lines"),
        *_words("line_hash"),
        _key("audit_head", "id"),
    )
    audit = sa.table(
        "audit",
        *(sa.column(name) for name in ("id", "person_id", "act", "country", "thing", "outcome")),
        sa.column("at", sa.DateTime(timezone=True)),
        *(sa.column(name) for name in ("previous_hash", "line_hash")),
    )
    connection, last, lines = op.get_bind(), "", 0
    for row in connection.execute(sa.select(audit).order_by(audit.c.id)).all():
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        content = [
            last,
            at.astimezone(UTC).isoformat(),
            row.person_id,
            row.act,
            row.country,
            row.thing,
            row.outcome,
        ]
        bound = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
        this = sa.update(audit).where(audit.c.id == row.id)
        connection.execute(this.values(previous_hash=last, line_hash=bound))
        last, lines = bound, lines + 1
    connection.execute(head.insert().values(id=1, lines=lines, line_hash=last))


def _editions() -> None:
    op.create_table(
        "clearing",
        *_words("cycle_id", "country"),
        *_counts("steps"),
        _big("author_id", optional=True),
        _moment("at"),
        _key("clearing", "cycle_id", "country"),
        *_cycle_and("clearing", "author_id"),
    )
    op.create_table(
        "edition",
        _id(),
        *_words("cycle_id", "country"),
        *_counts("number", "version"),
        _sealed("content", optional=False),
        *_words("content_hash", "state"),
        *_counts("step"),
        _big("author_id", optional=True),
        _moment("at"),
        _moment("state_at"),
        _key("edition", "id"),
        *_cycle_and("edition", "author_id"),
        sa.UniqueConstraint("cycle_id", "country", "number", name="uq_edition_cycle_id_country_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition_act",
        _id(),
        _big("edition_id"),
        *_words("act"),
        *_counts("step"),
        _big("author_id", optional=True),
        _sealed("reason"),
        _moment("at"),
        _key("edition_act", "id"),
        _points("edition_act", "edition_id", "edition"),
        _points("edition_act", "author_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edition_act_edition_id", "edition_act", ["edition_id"])


def _remarks() -> None:
    op.create_table(
        "remark",
        _id(),
        *_words("cycle_id", "country"),
        _big("edition_id"),
        *_words("prompt", "kind"),
        _sealed("text"),
        *_counts("round"),
        *_words("state"),
        _sealed("reply"),
        _big("author_id", optional=True),
        _moment("at"),
        _big("settled_by", optional=True),
        _moment("settled_at", optional=True),
        _key("remark", "id"),
        _points("remark", "edition_id", "edition"),
        *_cycle_and("remark", "author_id", "settled_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_remark_country", "remark", ["cycle_id", "country"])
    op.create_index("ix_remark_author_id", "remark", ["author_id"])


def _consents() -> None:
    op.create_table(
        "sharing",
        *_words("cycle_id", "country", "section"),
        _big("author_id", optional=True),
        _moment("at"),
        _key("sharing", "cycle_id", "country", "section"),
        *_cycle_and("sharing", "author_id"),
    )
    op.create_table(
        "consent",
        _id(),
        *_words("cycle_id", "country"),
        _big("edition_id"),
        *_words("prompt", "use"),
        _big("author_id", optional=True),
        _moment("at"),
        _big("revoked_by", optional=True),
        _moment("revoked_at", optional=True),
        _key("consent", "id"),
        _points("consent", "edition_id", "edition"),
        *_cycle_and("consent", "author_id", "revoked_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_country", "consent", ["cycle_id", "country"])


def _notes() -> None:
    op.create_table(
        "note",
        _id(),
        *_words("cycle_id", "country", "prompt"),
        _sealed("text"),
        _big("author_id", optional=True),
        _moment("at"),
        _moment("removed_at", optional=True),
        _key("note", "id"),
        *_cycle_and("note", "author_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consultation",
        _id(),
        *_words("cycle_id", "country"),
        sa.Column("day", sa.Date, nullable=True),
        *_words("category"),
        _sealed("with_whom"),
        _sealed("subject"),
        _big("author_id", optional=True),
        _moment("at"),
        _moment("removed_at", optional=True),
        _key("consultation", "id"),
        *_cycle_and("consultation", "author_id"),
        sqlite_autoincrement=True,
    )
    for table in ("note", "consultation"):
        op.create_index(f"ix_{table}_country", table, ["cycle_id", "country"])
        op.create_index(f"ix_{table}_author_id", table, ["author_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        _id(),
        *_words("cycle_id", "country", "prompt", "file_key"),
        _sealed("name"),
        *_words("media_type"),
        *_counts("size"),
        *_words("content_hash", "state", "telegram_file"),
        *_counts("tries"),
        *_words("reason"),
        _big("author_id", optional=True),
        *map(_moment, ("at", "due_at")),
        _moment("removed_at", optional=True),
        _key("evidence", "id"),
        *_cycle_and("evidence", "author_id"),
        sa.UniqueConstraint("file_key", name="uq_evidence_file_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_country", "evidence", ["cycle_id", "country"])
    op.create_index("ix_evidence_author_id", "evidence", ["author_id"])
    op.create_table(
        "evidence_content",
        *_words("file_key"),
        _sealed("content", optional=False),
        _key("evidence_content", "file_key"),
    )


def _support() -> None:
    op.create_table(
        "support_request",
        _id(),
        *_words("cycle_id", "country"),
        _big("asker_id", optional=True),
        *_words("kind", "prompt"),
        _sealed("text"),
        *_words("state", "office"),
        _big("holder_id", optional=True),
        _moment("at"),
        *(_moment(name, optional=True) for name in ("taken_at", "answered_at", "closed_at", "escalated_at")),
        _key("support_request", "id"),
        *_cycle_and("support_request", "asker_id", "holder_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_request_country", "support_request", ["cycle_id", "country"])
    op.create_index("ix_support_request_asker_id", "support_request", ["asker_id"])
    op.create_table(
        "support_word",
        _id(),
        _big("request_id"),
        _big("author_id", optional=True),
        *_words("said_by"),
        _sealed("text"),
        _moment("at"),
        _key("support_word", "id"),
        _points("support_word", "request_id", "support_request"),
        _points("support_word", "author_id", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_word_request_id", "support_word", ["request_id"])
    op.create_index("ix_support_word_author_id", "support_word", ["author_id"])


def _support_rooms() -> None:
    op.create_table(
        "support_group",
        *_words("cycle_id"),
        _big("chat_id"),
        *_words("office", "country"),
        _big("author_id", optional=True),
        _moment("at"),
        _key("support_group", "cycle_id", "chat_id"),
        *_cycle_and("support_group", "author_id"),
    )
    op.create_table(
        "support_topic",
        *_words("cycle_id"),
        _big("chat_id"),
        _big("person_id"),
        _big("topic_id"),
        _key("support_topic", "cycle_id", "chat_id", "person_id"),
        *_cycle_and("support_topic", "person_id"),
    )


def _answers_and_announcements() -> None:
    op.create_table(
        "answered_question",
        _id(),
        *_words("cycle_id", "language"),
        _sealed("question"),
        _sealed("answer"),
        _big("author_id", optional=True),
        _moment("at"),
        _moment("withdrawn_at", optional=True),
        _key("answered_question", "id"),
        *_cycle_and("answered_question", "author_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "announcement",
        _id(),
        *_words("cycle_id"),
        _big("author_id", optional=True),
        *_words("kind", "about"),
        _big("corrects", optional=True),
        *_words("audience", "first_language"),
        sa.Column("decent", sa.Boolean, nullable=False),
        _big("card", optional=True),
        _moment("told_at", optional=True),
        *(_sealed(name) for name in ("text_ar", "text_en", "text_fr")),
        *_words("state"),
        _moment("due_at", optional=True),
        _moment("at"),
        _moment("posted_at", optional=True),
        *_counts("recipients"),
        _key("announcement", "id"),
        _points("announcement", "corrects", "announcement"),
        *_cycle_and("announcement", "author_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcement_cycle_id", "announcement", ["cycle_id"])
    _recipients_and_claims()


def _recipients_and_claims() -> None:
    op.create_table(
        "announcement_recipient",
        _big("announcement_id"),
        _big("person_id"),
        *_words("country"),
        _moment("due_at"),
        *_words("state", "reason"),
        _moment("settled_at", optional=True),
        _key("announcement_recipient", "announcement_id", "person_id"),
        _points("announcement_recipient", "announcement_id", "announcement"),
        _points("announcement_recipient", "person_id", "person"),
    )
    op.create_index(
        "ix_announcement_recipient_due", "announcement_recipient", ["announcement_id", "state", "due_at"]
    )
    op.create_index("ix_announcement_recipient_person_id", "announcement_recipient", ["person_id"])
    op.create_table(
        "claim",
        _id(),
        *_words("cycle_id", "country"),
        _big("person_id", optional=True),
        _big("invitation_id"),
        *_words("state"),
        _moment("at"),
        _big("decided_by", optional=True),
        _moment("decided_at", optional=True),
        _key("claim", "id"),
        _points("claim", "invitation_id", "invitation"),
        *_cycle_and("claim", "person_id", "decided_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claim_cycle_id", "claim", ["cycle_id"])
    op.create_index("ix_claim_person_id", "claim", ["person_id"])
