"""The one place that knows the engine and the session."""

from register.database.base import Base, db

__all__ = ["Base", "db"]
