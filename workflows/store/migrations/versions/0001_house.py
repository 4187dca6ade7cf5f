"""The first schema: people, cycles, answers with their revisions, the talk, the outbox, updates, audit and leases."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
HELD = "ended_at IS NULL"
OPEN = "state IN ('queued', 'claimed', 'uncertain')"


def upgrade() -> None:
    """From an empty database."""
    _people()
    _invitations()
    _answers()
    _talk()
    _outbox()
    _house()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False)


def _big(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=optional)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=optional)


def _sealed(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=True)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _people() -> None:
    op.create_table(
        "person",
        _id(),
        _big("telegram_id", optional=True),
        _sealed("name"),
        *_words("language", "digits", "reach"),
        _moment("created_at"),
        _moment("erased_at", optional=True),
        _key("person", "id"),
        sa.UniqueConstraint("telegram_id", name="uq_person_telegram_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cycle", *_words("id", "template", "template_hash"), _moment("opened_at"), _key("cycle", "id")
    )
    op.create_table(
        "membership",
        _id(),
        _big("person_id"),
        *_words("cycle_id", "country", "role"),
        _flag("lead"),
        _moment("began_at"),
        _moment("ended_at", optional=True),
        *_words("end_reason"),
        _key("membership", "id"),
        _points("membership", "person_id", "person"),
        _points("membership", "cycle_id", "cycle"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_membership_country", "membership", ["cycle_id", "country"])
    op.create_index(
        "uq_membership_held",
        "membership",
        ["person_id", "cycle_id"],
        unique=True,
        sqlite_where=sa.text(HELD),
        postgresql_where=sa.text(HELD),
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        _id(),
        *_words("cycle_id", "role", "country", "token_hash"),
        _big("made_by", optional=True),
        _moment("made_at"),
        _moment("expires_at"),
        _big("replaces", optional=True),
        _moment("used_at", optional=True),
        _big("used_by", optional=True),
        _key("invitation", "id"),
        _points("invitation", "cycle_id", "cycle"),
        _points("invitation", "made_by", "person"),
        _points("invitation", "replaces", "membership"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sqlite_autoincrement=True,
    )


def _answers() -> None:
    op.create_table(
        "submission",
        _id(),
        *_words("cycle_id", "country"),
        _count("version"),
        _moment("last_activity_at", optional=True),
        _key("submission", "id"),
        _points("submission", "cycle_id", "cycle"),
        sa.UniqueConstraint("cycle_id", "country", name="uq_submission_cycle_id_country"),
        sqlite_autoincrement=True,
    )
    _revisions("answer_revision", "prompt", _sealed("value"), _count("words"), *_words("source"))
    _revisions("adaptation_revision", "question", _flag("left_out"), _sealed("wording"))


def _revisions(table: str, thing: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _id(),
        _big("submission_id"),
        *_words(thing),
        _count("number"),
        _flag("newest"),
        _big("author_id", optional=True),
        _moment("at"),
        *columns,
        _key(table, "id"),
        _points(table, "submission_id", "submission"),
        _points(table, "author_id", "person"),
        sa.UniqueConstraint(
            "submission_id", thing, "number", name=f"uq_{table}_submission_id_{thing}_number"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        f"ix_{table}_newest",
        table,
        ["submission_id"],
        sqlite_where=sa.text("newest"),
        postgresql_where=sa.text("newest"),
    )
    op.create_index(f"ix_{table}_author_id", table, ["author_id"])


def _talk() -> None:
    op.create_table(
        "interview",
        _big("person_id"),
        _big("submission_id"),
        _count("turn"),
        *_words("focus", "previous", "replacing"),
        _sealed("held"),
        _key("interview", "person_id", "submission_id"),
        _points("interview", "person_id", "person"),
        _points("interview", "submission_id", "submission"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _id(),
        sa.Column("key", sa.String, nullable=True),
        _big("person_id", optional=True),
        _big("chat_id", optional=True),
        *_words("topic"),
        _sealed("payload"),
        *_words("language", "cycle_id", "country"),
        _count("turn"),
        _big("edits", optional=True),
        sa.Column("focus", sa.String, nullable=True),
        _flag("bulk"),
        *_words("state"),
        _count("attempts"),
        _count("parts_sent"),
        _flag("doubtful"),
        _flag("begun_again"),
        _big("message_id", optional=True),
        *_words("reason"),
        _moment("posted_at"),
        _moment("due_at"),
        *_words("claim_owner"),
        _moment("claim_until", optional=True),
        _moment("settled_at", optional=True),
        _key("outbox", "id"),
        _points("outbox", "person_id", "person"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_person_id_id", "outbox", ["person_id", "id"])
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["chat_id", "id"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_index("ix_outbox_settled_at", "outbox", ["settled_at"])


def _house() -> None:
    op.create_table("seen", _big("update_id"), _moment("at"), _key("seen", "update_id"))
    op.create_table(
        "dead_letter",
        _big("update_id"),
        _big("telegram_id", optional=True),
        _count("attempts"),
        _flag("parked"),
        _sealed("payload"),
        *_words("error"),
        _moment("at"),
        _key("dead_letter", "update_id"),
    )
    op.create_index("ix_dead_letter_telegram_id", "dead_letter", ["telegram_id"])
    op.create_table(
        "audit",
        _id(),
        _moment("at"),
        _big("person_id", optional=True),
        *_words("act", "country", "thing", "outcome"),
        _key("audit", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table("lease", *_words("name", "owner"), _moment("until"), _key("lease", "name"))
    op.create_table(
        "canary",
        _count("id"),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        _key("canary", "id"),
    )
