"""Places for each view of the map, and measures of parts and past days of a large network.

What is measured is a cache that is made anew; the places of the whole network are kept, so that nobody moves.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WHOLE = hashlib.blake2b(b"", digest_size=16).hexdigest()
"""The name of the view that leaves nothing out."""


def upgrade() -> None:
    """Bring the tables to this version."""
    layouts = op.create_table(
        "network_layout",
        sa.Column("view", sa.String(length=32), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("spots", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("laid_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("view", name=op.f("pk_network_layout")),
    )
    rows = op.get_bind().execute(sa.text("SELECT organisation_id, x, y FROM node_position ORDER BY organisation_id"))
    columns = list(zip(*rows, strict=True))
    if columns:
        spots = json.dumps(dict(zip(("ids", "x", "y"), columns, strict=True)), separators=(",", ":"))
        mark = hashlib.blake2b(spots.encode(), digest_size=16).hexdigest()
        at = sa.func.current_timestamp()
        op.execute(layouts.insert().values(view=WHOLE, query="", spots=spots, mark=mark, laid_out_at=at))
    op.drop_table("node_position")
    _measures_by("clearance", "part")


def downgrade() -> None:
    """Bring the tables back to the version before."""
    places = op.create_table(
        "node_position",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_node_position_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_node_position")),
    )
    kept = op.get_bind().scalar(sa.text("SELECT spots FROM network_layout WHERE view = :view"), {"view": WHOLE})
    if kept is not None:
        found = json.loads(kept)
        there = set(op.get_bind().scalars(sa.text("SELECT id FROM organisation")))
        rows = zip(found["ids"], found["x"], found["y"], strict=True)
        op.bulk_insert(places, [{"organisation_id": one, "x": x, "y": y} for one, x, y in rows if one in there])
    op.drop_table("network_layout")
    _measures_by("clearance")


def _measures_by(*key: str) -> None:
    """Make the table of measures anew, one row for each value of a key."""
    op.drop_index("ix_network_measures_fingerprint", "network_measures")
    op.drop_table("network_measures")
    op.create_table(
        "network_measures",
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in key),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("carriers", sa.Text(), nullable=True),
        sa.Column("carriers_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_network_measures")),
    )
    op.create_index("ix_network_measures_fingerprint", "network_measures", ["fingerprint"])
