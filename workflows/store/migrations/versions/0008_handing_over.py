"""What the secretariat handed over: on which day, and who noted it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """From the schema with self-assessments; what is there stays as it is."""
    op.create_table(
        "hand_over",
        sa.Column("cycle_id", sa.String, nullable=False),
        sa.Column("milestone", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "milestone", name="pk_hand_over"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_hand_over_cycle_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_hand_over_author_id"),
    )
