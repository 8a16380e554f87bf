"""Column types and shorthands that keep one meaning on both databases."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC: `timestamptz` on PostgreSQL, text on SQLite, which has no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; hand SQLite the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "An instant without a time zone cannot be kept."
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give back aware UTC."""
        if value is None:
            return None
        aware: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
"""A row's id."""
Line = Annotated[str, mapped_column(String(200))]
Word = Annotated[str, mapped_column(String(60))]
"""A key of a vocabulary row."""
Paragraphs = Annotated[str, mapped_column(Text)]
Pence = Annotated[int, mapped_column(BigInteger)]
"""Money in whole pence: exact on both databases."""
Recorded = Annotated[datetime, mapped_column(Instant)]
