"""The hourly tidying finds old reminders and updates that were given up by an index too, not by looking at all."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

FULL = "payload IS NOT NULL"
UNPARKED = "parked IS {false}"


def upgrade() -> None:
    """From the first tidying's schema; no row is touched."""
    op.create_index("ix_reminder_settled_at", "reminder", ["settled_at"])
    op.create_index("ix_dead_letter_at", "dead_letter", ["at"])
    op.create_index(
        "ix_dead_letter_full",
        "dead_letter",
        ["at"],
        sqlite_where=sa.text(FULL),
        postgresql_where=sa.text(FULL),
    )
    op.create_index(
        "ix_dead_letter_unparked",
        "dead_letter",
        ["at"],
        sqlite_where=sa.text(UNPARKED.format(false=0)),
        postgresql_where=sa.text(UNPARKED.format(false="false")),
    )
