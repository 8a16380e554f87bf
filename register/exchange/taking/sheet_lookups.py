"""The rows of our own sheets as the register has them, portion by portion, so that memory stays small."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from register.accounts.models import Person
from register.exchange.sheets.cells import marked
from register.exchange.taking.portion_lookups import AnyRow, Key, Rows, grouped, portions
from register.exchange.taking.scope import Scope
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.models import Participation, Partnership, PartnershipIdentifier
from register.partnerships.organisation_models import (
    Contact,
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationMembership,
    OrganisationSuccessor,
)


def organisations(scope: Scope) -> Rows:
    """Yield organisations with all their names and numbers, and who stands around them."""
    parent = aliased(Organisation)
    asked = (
        select(
            Organisation.id, Organisation.name, Organisation.short_name, Organisation.sector, Organisation.kind,
            Organisation.place, Organisation.parent_id, parent.name, Organisation.opened_on, Organisation.closed_on,
        )
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .where(scope.organisations())
    )  # fmt: skip
    for rows in portions(asked, Organisation.id):
        ids = [row[0] for row in rows]
        names, numbers = _aliases(ids), _identifiers(ids)
        later = _named(OrganisationSuccessor.organisation_id, OrganisationSuccessor.successor_id, ids)
        above = _named(OrganisationMembership.organisation_id, OrganisationMembership.of_id, ids)
        for key, name, short, *facts in rows:
            told = [key, name, short, names.get(key), *facts]
            yield [*told, numbers.get(key), later.get(key), above.get(key)]


def _aliases(ids: Sequence[int]) -> dict[int, list[Any]]:
    asked = select(OrganisationAlias.organisation_id, OrganisationAlias.name).where(
        OrganisationAlias.organisation_id.in_(ids), OrganisationAlias.is_withdrawn.is_(False)
    )
    return {key: sorted(names) for key, names in grouped(asked).items()}


def _identifiers(ids: Sequence[int]) -> dict[int, list[Any]]:
    numbers = OrganisationIdentifier
    asked = select(numbers.organisation_id, numbers.scheme, numbers.value).where(numbers.organisation_id.in_(ids))
    return {key: sorted(pairs) for key, pairs in grouped(asked).items()}


def _named(of: Key, other: Key, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return the organisations that stand in a table beside some, as `#12 Name`."""
    asked = select(of, other, Organisation.name).join(Organisation, Organisation.id == other)
    found = grouped(asked.where(of.in_(ids)).order_by(other))
    return {key: [marked(*pair) for pair in pairs] for key, pairs in found.items()}


def contacts(scope: Scope) -> Rows:
    """Yield contacts, also those who have left."""
    asked = (
        select(
            Contact.id, Contact.organisation_id, Organisation.name, Contact.role, Contact.name, Contact.email,
            Contact.phone, Contact.left_on,
        )
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(scope.organisations())
    )  # fmt: skip
    yield from _plainly(portions(asked, Contact.id))


def _plainly(found: Iterable[Sequence[AnyRow]]) -> Rows:
    for rows in found:
        for row in rows:
            yield list(row)


def partnerships(scope: Scope) -> Rows:
    """Yield partnerships with what other systems call them."""
    asked = (
        select(
            Partnership.id, Partnership.name, Partnership.kind, Partnership.purpose, Partnership.theme,
            Partnership.significance, Partnership.stage, Partnership.scheme, Partnership.is_restricted,
            Partnership.cadence_days, Person.email, Partnership.senior_owner, Partnership.started_on,
            Partnership.ends_on, Partnership.closed_on, Partnership.close_reason,
        )
        .outerjoin(Person, Person.id == Partnership.lead_officer_id)
        .where(scope.partnerships())
    )  # fmt: skip
    called = PartnershipIdentifier
    for rows in portions(asked, Partnership.id):
        ids = [row[0] for row in rows]
        numbers = grouped(
            select(called.partnership_id, called.scheme, called.value).where(called.partnership_id.in_(ids))
        )
        for row in rows:
            yield [*row, sorted(numbers[row[0]]) if row[0] in numbers else None]


def participations(scope: Scope) -> Rows:
    """Yield who takes or took part."""
    asked = (
        select(
            Participation.id, Participation.partnership_id, Partnership.name, Participation.organisation_id,
            Organisation.name, Participation.role, Participation.joined_on, Participation.left_on,
        )
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(scope.partnerships())
    )  # fmt: skip
    yield from _plainly(portions(asked, Participation.id))


def deals(scope: Scope) -> Rows:
    """Yield the terms in force."""
    terms = DealRevision
    asked = (
        select(
            terms.partnership_id, Partnership.name, terms.revision, terms.reference, terms.legal_form,
            terms.agreed_on, terms.value_pence, terms.value_basis, terms.starts_on, terms.review_on, terms.notice_on,
            terms.ends_on, terms.extension, terms.exit_arrangement, terms.benefits_expected, terms.benefits_realised,
            terms.documents,
        )
        .join(Partnership, Partnership.id == terms.partnership_id)
        .where(scope.partnerships(), terms.superseded_at.is_(None))
    )  # fmt: skip
    for row in _plainly(portions(asked, terms.partnership_id)):
        yield [*row[:-1], row[-1].split(",") if row[-1] else None]


def contributions(scope: Scope) -> Rows:
    """Yield what each side puts in under the terms in force."""
    asked = (
        select(
            DealRevision.partnership_id, DealShare.organisation_id, Partnership.name, Organisation.name,
            DealShare.money_pence, DealShare.in_kind,
        )
        .join(DealRevision, DealRevision.id == DealShare.deal_revision_id)
        .join(Partnership, Partnership.id == DealRevision.partnership_id)
        .join(Organisation, Organisation.id == DealShare.organisation_id)
        .where(scope.partnerships(), DealRevision.superseded_at.is_(None))
    )  # fmt: skip
    for rows in portions(asked, DealRevision.partnership_id, DealShare.organisation_id):
        for key, organisation_id, name, organisation, *rest in rows:
            yield [key, name, organisation_id, organisation, *rest]
