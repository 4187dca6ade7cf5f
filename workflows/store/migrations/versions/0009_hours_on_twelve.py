"""On which clock a person reads hours: nothing where they chose none, which is 24 hours."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """From the schema with what was handed over; everybody reads 24 hours as before."""
    op.add_column("person", sa.Column("clock", sa.String, nullable=True))
