"""Accounts with a last day, and the log of what was read or taken away, which is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("person", sa.Column("last_day", sa.Date(), nullable=True))
    op.create_table(
        "access_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_entry_person_id")),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["restricted_access.id"], name=op.f("fk_access_entry_opening_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_entry")),
    )
    op.create_index("ix_access_entry_person", "access_entry", ["person_id", "id"])
    op.create_index("ix_access_entry_kind", "access_entry", ["kind", "id"])
    protect_access_log()


def protect_access_log() -> None:
    """Let the log be added to and refuse every change of what it holds."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION access_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the access log is append-only'; END $$",
        )
        op.execute(
            "CREATE TRIGGER access_entry_append_only BEFORE UPDATE OR DELETE ON access_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION access_log_is_append_only()",
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER access_entry_no_{verb.lower()} BEFORE {verb} ON access_entry "
            "BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END",
        )
    op.execute(
        "CREATE TRIGGER access_entry_no_replace BEFORE INSERT ON access_entry "
        "WHEN EXISTS (SELECT 1 FROM access_entry WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END",
    )


def downgrade() -> None:
    """Bring the tables back to the version before; what the log held goes with it."""
    op.drop_table("access_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION access_log_is_append_only()")
    op.drop_column("person", "last_day")
