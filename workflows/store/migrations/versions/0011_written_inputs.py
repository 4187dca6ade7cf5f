"""Calls for written inputs, and what stakeholders write to them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """From the schema with lists of speakers; what is there stays as it is."""
    op.create_table(
        "input_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.String, nullable=False),
        sa.Column("token_hash", sa.String, nullable=False),
        sa.Column("category", sa.String, nullable=False),
        sa.Column("follows", sa.String, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_input_call"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_input_call_cycle_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_input_call_author_id"),
        sa.UniqueConstraint("token_hash", name="uq_input_call_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_input_call_cycle_id", "input_call", ["cycle_id"])
    op.create_table(
        "written_input",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.String, nullable=False),
        sa.Column("call_id", sa.BigInteger, nullable=False),
        sa.Column("person_id", sa.BigInteger, nullable=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("category", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=True),
        sa.Column("pieces", sa.LargeBinary, nullable=True),
        sa.Column("consent", sa.String, nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.LargeBinary, nullable=True),
        sa.Column("removal_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_written_input"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_written_input_cycle_id"),
        sa.ForeignKeyConstraint(["call_id"], ["input_call.id"], name="fk_written_input_call_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_written_input_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_written_input_cycle_id", "written_input", ["cycle_id"])
    op.create_index("ix_written_input_person_id", "written_input", ["person_id"])
