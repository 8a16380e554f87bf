"""What takes long to work out of the network, kept; and whose turn it is to work it out."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "network_measures",
        sa.Column("clearance", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("clearance", name=op.f("pk_network_measures")),
    )
    op.create_index("ix_network_measures_fingerprint", "network_measures", ["fingerprint"])
    op.create_table(
        "network_turn",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_turn")),
    )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("network_turn")
    op.drop_index("ix_network_measures_fingerprint", "network_measures")
    op.drop_table("network_measures")
