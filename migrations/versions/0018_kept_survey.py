"""The lists of risks of a large register, made off the request."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "kept_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("known", sa.Date(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule_set", sa.Integer(), nullable=False),
        sa.Column("exposure_line", sa.Double(), nullable=True),
        sa.Column("cut_offs", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_survey")),
    )
    op.create_index("ix_kept_survey_day", "kept_survey", ["day", "known"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_index("ix_kept_survey_day", "kept_survey")
    op.drop_table("kept_survey")
