"""Places on a session's list of speakers, and the discussion group that a point of its minutes belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """From the schema with clocks of 12 hours; what is there stays as it is."""
    op.add_column("minute", sa.Column("place", sa.Integer, nullable=True))
    op.add_column("minute", sa.Column("discussion_group", sa.Integer, nullable=True))
    op.add_column("minute", sa.Column("sort", sa.String, nullable=True))
    op.add_column("minute", sa.Column("message_id", sa.BigInteger, nullable=True))
