"""The hourly tidying finds what is due without looking at all that it has emptied before, or is to keep."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

FULL = "settled_at IS NOT NULL AND payload IS NOT NULL"
KEYED = "settled_at IS NOT NULL AND key IS NOT NULL AND bulk IS {false}"


def upgrade() -> None:
    """From the keeping's schema; no row is touched."""
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_index(
        "ix_outbox_full",
        "outbox",
        ["settled_at"],
        sqlite_where=sa.text(FULL),
        postgresql_where=sa.text(FULL),
    )
    op.create_index(
        "ix_outbox_keyed",
        "outbox",
        ["settled_at"],
        sqlite_where=sa.text(KEYED.format(false=0)),
        postgresql_where=sa.text(KEYED.format(false="false")),
    )
