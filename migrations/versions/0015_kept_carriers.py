"""Who carries the ties of a large network, kept beside its measures."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    with op.batch_alter_table("network_measures") as batch:
        batch.add_column(sa.Column("carriers", sa.Text(), nullable=True))
        batch.add_column(sa.Column("carriers_read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Bring the tables back to the version before."""
    with op.batch_alter_table("network_measures") as batch:
        batch.drop_column("carriers_read_at")
        batch.drop_column("carriers")
