"""A country's self-assessment: the mark and the note it gave each guiding principle, with who and when."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """From the schema that tidied the rest; what is there stays as it is."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("principle", sa.String, nullable=False),
        sa.Column("mark", sa.String, nullable=False),
        sa.Column("marked_by", sa.BigInteger, nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.LargeBinary, nullable=True),
        sa.Column("noted_by", sa.BigInteger, nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_assessment_cycle_id"),
        sa.ForeignKeyConstraint(["marked_by"], ["person.id"], name="fk_assessment_marked_by"),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name="fk_assessment_noted_by"),
        sa.UniqueConstraint(
            "cycle_id", "country", "principle", name="uq_assessment_cycle_id_country_principle"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_marked_by", "assessment", ["marked_by"])
    op.create_index("ix_assessment_noted_by", "assessment", ["noted_by"])
