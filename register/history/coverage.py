"""Which tables and columns the history covers: all but those that say why not."""

import re

from sqlalchemy import Column, Table

from register.database import Base
from register.history.envelope import Plain, digest, plain

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
"""What `envelope.digest` makes of a secret."""


def is_recorded(table: Table) -> bool:
    """Say whether each change of this table has to stand in the history."""
    return "unrecorded" not in table.info


def recorded_tables() -> dict[str, Table]:
    """Return the covered tables by name."""
    return {name: table for name, table in Base.metadata.tables.items() if is_recorded(table)}


def covered_columns(table: Table) -> tuple[Column[object], ...]:
    """Return every column but the id, which the entry itself names."""
    return tuple(column for column in table.columns if column.name != "id")


def as_recorded(column: Column[object], value: object) -> Plain:
    """Return a column's value as the history keeps it: secrets only as a digest.

    A register restored from an archive has but the digest in the secret's place, which opens nothing: it stays itself.
    """
    if column.info.get("secret") and isinstance(value, str):
        return value if DIGEST.fullmatch(value) else digest(value)
    return plain(value)
