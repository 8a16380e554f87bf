"""Batches of imports; a hidden partnership may carry the same identifier as one that an import starts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("header", sa.String(length=64), nullable=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("first_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_batch_person_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_import_batch_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index("ix_import_batch_source", ["kind", "header"], unique=False)
        batch_op.create_index("ix_import_batch_person_id", ["person_id", "id"], unique=False)

    with op.batch_alter_table("partnership_identifier", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_partnership_identifier_scheme_value"), type_="unique")
        batch_op.create_index("ix_partnership_identifier_scheme_value", ["scheme", "value"], unique=False)


def downgrade() -> None:
    """Bring the tables back to the version before; it stops where two partnerships carry one identifier by now."""
    with op.batch_alter_table("partnership_identifier", schema=None) as batch_op:
        batch_op.drop_index("ix_partnership_identifier_scheme_value")
        batch_op.create_unique_constraint(op.f("uq_partnership_identifier_scheme_value"), ["scheme", "value"])

    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_import_batch_person_id")
        batch_op.drop_index("ix_import_batch_source")

    op.drop_table("import_batch")
