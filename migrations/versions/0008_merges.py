"""Who is who: what people said of organisations that look alike, and which were found to be one."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "organisation_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["person.id"], name=op.f("fk_organisation_match_judged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["organisation.id"], name=op.f("fk_organisation_match_one_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organisation.id"], name=op.f("fk_organisation_match_other_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_match")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_organisation_match_one_id_other_id")),
    )
    op.create_index(op.f("ix_organisation_match_other_id"), "organisation_match", ["other_id"])
    op.create_table(
        "organisation_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["organisation.id"], name=op.f("fk_organisation_merge_kept_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["person.id"], name=op.f("fk_organisation_merge_merged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["organisation.id"], name=op.f("fk_organisation_merge_merged_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merge")),
    )
    op.create_index(op.f("ix_organisation_merge_kept_id"), "organisation_merge", ["kept_id"])
    op.create_index(op.f("ix_organisation_merge_merged_id"), "organisation_merge", ["merged_id"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_index(op.f("ix_organisation_merge_merged_id"), table_name="organisation_merge")
    op.drop_index(op.f("ix_organisation_merge_kept_id"), table_name="organisation_merge")
    op.drop_table("organisation_merge")
    op.drop_index(op.f("ix_organisation_match_other_id"), table_name="organisation_match")
    op.drop_table("organisation_match")
