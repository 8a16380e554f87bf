"""Room for a digest in the place of a token's hash: what an archive keeps of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.alter_column("token_hash", existing_type=sa.String(length=64), type_=sa.String(length=200))


def downgrade() -> None:
    """Bring the tables back to the version before; the digests of an archive open nothing, and are cut."""
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.alter_column(
            "token_hash",
            existing_type=sa.String(length=200),
            type_=sa.String(length=64),
            postgresql_using="left(token_hash, 64)",
        )
