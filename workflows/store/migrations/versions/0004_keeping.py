"""The house's keeping: whether letters to many are held back, and since when; the cycle of each line of the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """From the passage's schema; what is there stays as it is."""
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("restored_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.add_column("audit", sa.Column("cycle_id", sa.String, nullable=False, server_default=""))
