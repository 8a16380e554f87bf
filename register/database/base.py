"""The base of all tables, and the session that every part uses."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a migration can find them again on every database."""


class Base(DeclarativeBase):
    """Base of every table.

    A table is recorded in the history unless its `info` says why not:
    `__table_args__ = ({"info": {"unrecorded": "a cache, made anew by ..."}},)`.
    A column whose `info` has `"secret": True` goes into the history only as a digest.
    """

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(
    model_class=Base,
    session_options={
        # A test's outer transaction holds back the commit at the edge; elsewhere this changes nothing.
        "join_transaction_mode": "create_savepoint",
        # A page may be drawn from rows after the commit without asking for each of them again.
        "expire_on_commit": False,
    },
)
