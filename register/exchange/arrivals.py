"""What an import did, counted, and the questions every import asks of the register."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from register.database import db
from register.exchange.findings import Findings
from register.exchange.names import fingerprint
from register.exchange.rows import Identifier
from register.partnerships.organisation_models import Organisation, OrganisationAlias, OrganisationIdentifier

T = TypeVar("T")

Step = Callable[[], object]
"""Called once for each row that is done, so that whoever waits sees it move."""

AT_ONCE = 500
"""Values asked of the database in one question: below the limits of both databases."""


@dataclass
class Tally:
    """How many records of one sort an import made, changed, found the same, left out and refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        """Count one record that is kept."""
        if is_new:
            self.created += 1
        elif is_changed:
            self.updated += 1
        else:
            self.unchanged += 1

    @property
    def total(self) -> int:
        """How many records the file had something to say about."""
        return sum(asdict(self).values())


@dataclass
class Summary:
    """What an import did, to say to a person."""

    organisations: Tally = field(default_factory=Tally)
    partnerships: Tally = field(default_factory=Tally)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why something was skipped, and how often."""
    notes: list[str] = field(default_factory=list)
    """What was borne, one sentence each."""
    unled: int = 0
    """Partnerships of the file that nobody looks after, so that nobody can log against them."""

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts as plain values."""
        return {"organisations": asdict(self.organisations), "partnerships": asdict(self.partnerships)}

    def take_over(self, findings: Findings) -> None:
        """Carry over what the reading of the file left out and bore."""
        self.reasons += findings.skipped
        self.notes += [note.sentence() for note in findings.notes]


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
