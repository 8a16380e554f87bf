"""What is asked of organisations: which there are, what stands around one, and who works there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from register.clock import Clocks, clocks_now
from register.database import db
from register.history.known import changed_since, rows_as_known
from register.partnerships.lookups import taking_part_on
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationMembership,
    OrganisationSuccessor,
)


def organisations_to_choose(but: int | None = None) -> list[tuple[int, str, str | None]]:
    """Return (id, name, place) of the organisations that have not ended, by name, for a list to choose from."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.place)
        .where(Organisation.closed_on.is_(None))
        .order_by(func.lower(Organisation.name), Organisation.id),
    )
    return [(row.id, row.name, row.place) for row in rows if row.id != but]


class Surroundings(NamedTuple):
    """The organisations around one."""

    units: Sequence[Organisation]
    successors: Sequence[Organisation]
    predecessors: Sequence[Organisation]
    belongs_to: Sequence[Organisation]
    members: Sequence[Organisation]


def surroundings_of(organisation_id: int) -> Surroundings:
    """Return an organisation's own units, who took over from it and from whom it took over, and its memberships."""
    follows, belongs = OrganisationSuccessor, OrganisationMembership
    return Surroundings(
        units=_organisations(Organisation.parent_id == organisation_id),
        successors=_organisations(
            Organisation.id.in_(select(follows.successor_id).where(follows.organisation_id == organisation_id))
        ),
        predecessors=_organisations(
            Organisation.id.in_(select(follows.organisation_id).where(follows.successor_id == organisation_id))
        ),
        belongs_to=_organisations(
            Organisation.id.in_(select(belongs.of_id).where(belongs.organisation_id == organisation_id))
        ),
        members=_organisations(
            Organisation.id.in_(select(belongs.organisation_id).where(belongs.of_id == organisation_id))
        ),
    )


def _organisations(condition: ColumnElement[bool]) -> Sequence[Organisation]:
    return db.session.scalars(select(Organisation).where(condition).order_by(Organisation.name, Organisation.id)).all()


def aliases_of(organisation_id: int, clocks: Clocks | None = None) -> list[str]:
    """Return the other names of an organisation, as they were known."""
    rows = _known_of(OrganisationAlias, organisation_id, clocks or clocks_now())
    return sorted(row.name for row in rows if not row.is_withdrawn)


def identifiers_of(organisation_id: int, clocks: Clocks | None = None) -> list[OrganisationIdentifier]:
    """Return an organisation's numbers in the registers of others, as they were known."""
    rows = _known_of(OrganisationIdentifier, organisation_id, clocks or clocks_now())
    return sorted(rows, key=lambda row: (row.scheme, row.value))


def _known_of(
    table: type[OrganisationAlias] | type[OrganisationIdentifier], organisation_id: int, clocks: Clocks,
) -> list[Any]:
    """Return what an organisation had; what it had then and a merge gave to another since is found as well."""
    wanted = table.organisation_id == organisation_id
    if clocks.known_before is not None:
        held = changed_since(table.__tablename__, clocks.known_before)
        had = [number for number, was in held.items() if was and was.get("organisation_id") == organisation_id]
        wanted = or_(wanted, table.id.in_(had))
    rows: list[Any] = rows_as_known(db.session.scalars(select(table).where(wanted)), clocks)
    return [row for row in rows if row.organisation_id == organisation_id]


def contacts_at(organisation_id: int, clocks: Clocks) -> Sequence[Contact]:
    """Return who works at an organisation, then who has left it, by role."""
    rows = db.session.scalars(
        select(Contact)
        .where(Contact.organisation_id == organisation_id)
        .order_by(func.lower(Contact.role), Contact.id),
    ).all()
    return sorted(rows_as_known(rows, clocks), key=lambda row: row.left_on is not None and row.left_on < clocks.on)


def participations_of(
    organisation_id: int,
    visible: ColumnElement[bool],
    clocks: Clocks,
) -> list[tuple[Participation, Partnership]]:
    """Return in which of the visible partnerships an organisation takes or took part; those at work first."""
    rows = db.session.execute(
        select(Participation, Partnership)
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .where(
            Participation.organisation_id == organisation_id,
            visible,
        )
        .order_by(func.lower(Partnership.name), Participation.id),
    ).all()
    pairs = [pair for pair in _pairs_known(rows, clocks) if pair[0].joined_on is None or pair[0].joined_on <= clocks.on]
    return sorted(pairs, key=lambda pair: not takes_part(pair[0], pair[1], clocks))


def _pairs_known(
    rows: Iterable[Row[Participation, Partnership]], clocks: Clocks,
) -> list[tuple[Participation, Partnership]]:
    """Return participations with their partnerships as they were known, without those that were recorded later."""
    pairs = [(participation, partnership) for participation, partnership in rows]
    parts = {part.id for part in rows_as_known((part for part, _ in pairs), clocks)}
    partnerships = {row.id for row in rows_as_known({one for _, one in pairs}, clocks)}
    return [pair for pair in pairs if pair[0].id in parts and pair[1].id in partnerships]


def takes_part(participation: Participation, partnership: Partnership, clocks: Clocks) -> bool:
    """Say whether a part lasted on a day, in a partnership that had not closed."""
    return (participation.left_on is None or participation.left_on > clocks.on) and (
        partnership.closed_on is None or partnership.closed_on > clocks.on
    )


def counts_of_partnerships(
    organisation_ids: Sequence[int],
    visible: ColumnElement[bool],
    clocks: Clocks,
) -> dict[int, int]:
    """Return in how many visible partnerships, open on a day, some organisations took part."""
    if clocks.known_before is not None:
        return _counts_known(organisation_ids, visible, clocks)
    rows = db.session.execute(
        select(Participation.organisation_id, func.count(func.distinct(Participation.partnership_id)).label("number"))
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .where(
            Participation.organisation_id.in_(organisation_ids),
            visible,
            taking_part_on(clocks),
            or_(Partnership.closed_on.is_(None), Partnership.closed_on > clocks.on),
        )
        .group_by(Participation.organisation_id),
    )
    return {row.organisation_id: row.number for row in rows}


def _counts_known(
    organisation_ids: Sequence[int], visible: ColumnElement[bool], clocks: Clocks,
) -> dict[int, int]:
    """Return the same counts from participations and partnerships as they were known."""
    rows = db.session.execute(
        select(Participation, Partnership).join(Partnership, Partnership.id == Participation.partnership_id)
        .where(Participation.organisation_id.in_(organisation_ids), visible),
    ).all()
    live = {
        (part.organisation_id, partnership.id)
        for part, partnership in _pairs_known(rows, clocks) if takes_part(part, partnership, clocks)
        and (part.joined_on is None or part.joined_on <= clocks.on)
    }
    return Counter(organisation_id for organisation_id, _ in live)


def existing_organisations(clocks: Clocks) -> ColumnElement[bool]:
    """Return the condition for organisations that the register knew of, and that had begun, on a day."""
    begun = or_(Organisation.opened_on.is_(None), Organisation.opened_on <= clocks.on)
    before = clocks.known_before
    return begun if before is None else and_(begun, Organisation.created_at < before)
