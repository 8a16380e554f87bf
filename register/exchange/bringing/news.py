"""Whether a notice tells of a deal what the register does not know yet: in order of the notices, not of the files."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

Told = Mapping[str, str | int | date | None]
"""The terms that a notice tells, by their names."""


class Revision(Protocol):
    """Terms that the register has."""

    @property
    def told_at(self) -> datetime | None:
        """When the notice was released that told them; None for terms that a person entered."""


def is_told_anew(told: Told, at: datetime | None, known: Sequence[Revision]) -> bool:
    """Say whether terms are a further revision beside those that are known, newest first.

    Of dated notices only a later one counts, so that neither an older file nor the same again undoes what people put
    right since. Terms without a date that any revision had were told by an earlier file, and changed here since.
    """
    if not known or _has(known[0], told):
        return not known
    newest = _newest_told(known)
    if at is None or newest is None or newest.told_at == at:
        return not any(_has(one, told) for one in known)
    return is_after(at, newest) and not _has(newest, told)


def is_overtaken(told: Told, at: datetime | None, known: Sequence[Revision]) -> bool:
    """Say whether a notice comes after a later one, with terms that the register never had."""
    newest = _newest_told(known)
    if at is None or newest is None or at == newest.told_at or is_after(at, newest):
        return False
    return not any(_has(one, told) for one in known)


def is_after(at: datetime, newest: Revision) -> bool:
    """Say whether a notice was released after the one that told some terms."""
    return newest.told_at is None or at > newest.told_at


def _newest_told(known: Sequence[Revision]) -> Revision | None:
    return next((one for one in known if one.told_at is not None), None)


def _has(revision: Revision, told: Told) -> bool:
    return all(getattr(revision, name) == value for name, value in told.items())
