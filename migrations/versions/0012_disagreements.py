"""Statements of disagreement beside opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "disagreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("ratee_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("manner", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_disagreement_contact_id")),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name=op.f("fk_disagreement_interaction_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_disagreement_partnership_id")),
        sa.ForeignKeyConstraint(["ratee_id"], ["organisation.id"], name=op.f("fk_disagreement_ratee_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["organisation.id"], name=op.f("fk_disagreement_rater_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_disagreement_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disagreement_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index(
            "ix_disagreement_relationship", ["partnership_id", "rater_id", "ratee_id"], unique=False
        )


def downgrade() -> None:
    """Bring the tables back to the version before; what the history tells of them stays."""
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.drop_index("ix_disagreement_relationship")
        batch_op.drop_index(batch_op.f("ix_disagreement_interaction_id"))

    op.drop_table("disagreement")
