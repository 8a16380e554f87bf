"""The questions every import asks of the register, for thousands of rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from register.database import db
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import Identifier
from register.partnerships.organisation_models import Organisation, OrganisationAlias, OrganisationIdentifier

T = TypeVar("T")

AT_ONCE = 500
"""Values asked of the database in one question: below the limits of both databases."""


def in_portions(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values in portions that one question to the database can carry."""
    remaining = iter(values)
    while portion := list(islice(remaining, AT_ONCE)):
        yield portion


def owners(identifiers: Iterable[Identifier]) -> dict[Identifier, int]:
    """Return which organisation has each identifier, for those that one has."""
    wanted = set(identifiers)
    found: dict[Identifier, int] = {}
    for values in in_portions(sorted({value for _, value in wanted})):
        rows = db.session.execute(
            select(
                OrganisationIdentifier.scheme, OrganisationIdentifier.value, OrganisationIdentifier.organisation_id
            ).where(OrganisationIdentifier.value.in_(values))
        )
        found |= {(scheme, value): owner for scheme, value, owner in rows if (scheme, value) in wanted}
    return found


def organisations_with(ids: Iterable[int]) -> dict[int, Organisation]:
    """Return organisations by id, however many."""
    rows: list[Organisation] = []
    for portion in in_portions(sorted(set(ids))):
        rows += db.session.scalars(select(Organisation).where(Organisation.id.in_(portion)))
    return {row.id: row for row in rows}


def aliases_of(ids: Iterable[int]) -> dict[int, Sequence[OrganisationAlias]]:
    """Return the other names of organisations, withdrawn ones too."""
    found: dict[int, list[OrganisationAlias]] = {}
    for portion in in_portions(sorted(set(ids))):
        rows = db.session.scalars(select(OrganisationAlias).where(OrganisationAlias.organisation_id.in_(portion)))
        for row in rows:
            found.setdefault(row.organisation_id, []).append(row)
    return dict(found)


def namesakes(names: Iterable[str]) -> dict[str, int]:
    """Return which organisation has each name already, by fingerprint, for those names that one has."""
    wanted = {fingerprint(name) for name in names}
    if not wanted:
        return {}
    rows = db.session.execute(select(Organisation.name, Organisation.id).order_by(Organisation.id.desc()))
    return {mark: owner for name, owner in rows if (mark := fingerprint(name)) in wanted}
