"""Organisations from a file into the register: matched by identifier, added, brought up to date, tied together."""

from collections.abc import Iterable, Mapping, Sequence

from register.clock import today
from register.exchange.arrivals.organisation_differences import new_names, told_otherwise
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import aliases_of, namesakes, organisations_with, owners
from register.exchange.bringing.undo_changes import restored
from register.exchange.readers.councils import Councils
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import Identifier, OrganisationRow
from register.partnerships.organisation_changes import (
    add_organisation,
    close_organisation,
    edit_organisation,
    join_organisation,
    name_successor,
)
from register.partnerships.organisation_models import Organisation

NOT_ADDED = "not in the register, and this import adds nothing"


def bring_councils(errand: Errand, councils: Councils) -> None:
    """Keep the organisations of a register of councils. Flushes and never commits."""
    keep_organisations(errand, councils.rows, councils.findings, overrules=True)
    errand.summary.take_over(councils.findings, "organisations")


Arrived = list[int | None]
"""The organisations of a file as the register has them now, in the file's order; None for one that was not kept."""


def keep_organisations(
    errand: Errand,
    rows: Sequence[OrganisationRow],
    findings: Findings,
    *,
    overrules: bool,
    met: Mapping[int, int] | None = None,
) -> Arrived:
    """Add the organisations that the register does not have, and bring the others up to date.

    One is had when it carries an identifier of the row; never by its name alone. `met` says of rows, by place, which
    organisation they are known to be by other means. An `overrules` file is the authority on names and dates; any other
    only adds identifiers to what is there.
    """
    known = owners(identifier for row in rows for identifier in _identifiers(row))
    keeper = _Keeper(errand, known, findings, met or {}, overrules=overrules)
    keeper.prepare(rows)
    for place, row in enumerate(rows):
        keeper.keep(place, row)
        errand.step()
    for row, organisation_id in zip(rows, keeper.ids, strict=True):
        if organisation_id:
            keeper.tie(row, organisation_id)
    keeper.tell()
    return keeper.ids


def _identifiers(row: OrganisationRow) -> Iterable[Identifier]:
    return (*row.identifiers, *row.successors, *row.memberships)


class _Keeper:
    """Adds and edits row by row, remembering what each row came to."""

    def __init__(
        self,
        errand: Errand,
        known: dict[Identifier, int],
        findings: Findings,
        met: Mapping[int, int],
        *,
        overrules: bool,
    ) -> None:
        self.errand, self.known, self.findings, self.met, self.overrules = errand, known, findings, met, overrules
        self.actor = errand.actor
        self.ids: Arrived = []
        self.records: dict[int, Record] = {}
        """By organisation: one that two rows tell of is one record."""
        self.lost: list[Record] = []
        """Rows that came to no organisation."""

    def prepare(self, rows: Sequence[OrganisationRow]) -> None:
        """Ask for what the register has of all rows at once."""
        found = [self._match(place, row) for place, row in enumerate(rows)]
        had = {organisation_id for ids in found for organisation_id in ids}
        self.organisations = organisations_with(had)
        self.aliases = aliases_of(had) if self.overrules else {}
        self.alike = namesakes(row.name for row, ids in zip(rows, found, strict=True) if not ids)

    def _match(self, place: int, row: OrganisationRow) -> list[int]:
        """Return the organisations with the row's identifiers; two are a problem that only a person can settle."""
        found = dict.fromkeys(self.known[one] for one in row.identifiers if one in self.known)
        return list(found) or ([self.met[place]] if place in self.met else [])

    def keep(self, place: int, row: OrganisationRow) -> None:
        """Add or edit the organisation of one row."""
        found = self._match(place, row)
        record = Record("organisations", row.name, self.findings.sheet, row.row)
        if len(found) > 1:
            record.refused = self._torn(row)
        elif found:
            record = self.records.setdefault(found[0], record)
            self._update(record, row, found[0])
        elif self.errand.choices.creates:
            found = self._create(record, row)
        else:
            record.skipped = NOT_ADDED
        self.ids.append(found[0] if len(found) == 1 else None)
        if len(found) != 1:
            self.lost.append(record)

    def _torn(self, row: OrganisationRow) -> Problem:
        at = {self.known[one]: one for one in row.identifiers if one in self.known}
        described = " and ".join(f"{scheme} {value}" for scheme, value in at.values())
        reason = f"the register has {described} at {len(at)} different organisations"
        return Problem(self.findings.sheet, row.row, "", row.name, reason)

    def _create(self, record: Record, row: OrganisationRow) -> list[int]:
        record.is_new = True
        with self.errand.part(record):
            organisation = self._add(row)
        if record.refused:
            return []
        self.organisations[organisation.id] = organisation
        self.records[organisation.id] = record
        self.known |= dict.fromkeys(row.identifiers, organisation.id)
        return [organisation.id]

    def _update(self, record: Record, row: OrganisationRow, organisation_id: int) -> None:
        if self.errand.choices.updates:
            organisation = self.organisations[organisation_id]
            with self.errand.part(record):
                if organisation.is_closed:
                    restored(self.actor, "organisation", organisation_id)
                self._edit(row, organisation)

    def _add(self, row: OrganisationRow) -> Organisation:
        organisation = add_organisation(
            self.actor,
            name=row.name,
            short_name=row.short_name,
            sector=row.sector,
            kind=row.kind,
            place=row.place,
            opened_on=row.opened_on,
            closed_on=row.closed_on if self._has_come(row) else None,
            aliases=row.aliases,
            identifiers=row.identifiers,
        )
        if namesake := self.alike.get(fingerprint(row.name)):
            reason = f"organisation {namesake} has this name; nothing but the name says they are one, so both are kept"
            self.findings.add_note(Problem(self.findings.sheet, row.row, "", row.name, reason))
        return organisation

    def _has_come(self, row: OrganisationRow) -> bool:
        """Whether the row's end is past; one still to come is noted, since a body works until its last day."""
        if row.closed_on is None or row.closed_on <= today():
            return True
        reason = "the end is still to come, so the organisation stays open; bring the file again after that day"
        self.findings.add_note(
            Problem(self.findings.sheet, row.row, "", f"{row.name}, {row.closed_on.isoformat()}", reason)
        )
        return False

    def _edit(self, row: OrganisationRow, organisation: Organisation) -> None:
        aliases = self.aliases.get(organisation.id, ())
        facts = told_otherwise(row, organisation, aliases) if self.overrules else {}
        names = new_names(row, organisation, aliases, renamed="name" in facts) if self.overrules else ()
        identifiers = [one for one in row.identifiers if self.known.get(one) != organisation.id]
        is_over = self._has_come(row)
        ended_on = None if organisation.is_closed and is_over else facts.pop("closed_on", None)
        if facts or identifiers or names:
            live = [alias.name for alias in aliases if not alias.is_withdrawn]
            everything = [*live, *names] if names else None
            edit_organisation(self.actor, organisation, facts, aliases=everything, identifiers=identifiers)
        if ended_on and is_over:
            close_organisation(self.actor, organisation, ended_on)

    def tie(self, row: OrganisationRow, organisation_id: int) -> None:
        """Name who took over from a row's organisation, and what it belongs to."""
        organisation, record = self.organisations[organisation_id], self.records[organisation_id]
        if record.refused or not (record.is_new or self.errand.choices.updates):
            return
        successors = self._others(row, row.successors) if organisation.is_closed else []
        memberships = self._others(row, row.memberships)
        with self.errand.part(record):
            for other in successors:
                name_successor(self.actor, organisation, other)
            for other in memberships:
                join_organisation(self.actor, organisation, other)

    def _others(self, row: OrganisationRow, identifiers: Iterable[Identifier]) -> list[int]:
        found = []
        for scheme, value in identifiers:
            if (scheme, value) in self.known:
                found.append(self.known[scheme, value])
            else:
                reason = "neither the file nor the register has an organisation with this code, so the tie was left out"
                self.findings.add_note(Problem(self.findings.sheet, row.row, "", f"{scheme} {value}", reason))
        return found

    def tell(self) -> None:
        """Count what each organisation came to, once however many rows it has."""
        for record in sorted([*self.records.values(), *self.lost], key=lambda record: record.row):
            self.errand.tell(record)
