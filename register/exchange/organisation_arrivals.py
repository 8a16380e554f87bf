"""Organisations from a file into the register: matched by identifier, added, brought up to date, tied together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from register.clock import today
from register.exchange.arrivals import Step, Summary, Tally, aliases_of, namesakes, organisations_with, owners
from register.exchange.councils import Councils
from register.exchange.differences import new_names, told_otherwise
from register.exchange.findings import Findings, Problem
from register.exchange.names import fingerprint
from register.exchange.rows import Identifier, OrganisationRow
from register.partnerships.organisation_changes import (
    add_organisation,
    close_organisation,
    edit_organisation,
    join_organisation,
    name_successor,
)
from register.partnerships.organisation_models import Organisation


def bring_councils(actor: str, councils: Councils, step: Step) -> Summary:
    """Keep the organisations of a register of councils, and return what was done.

    Raise Refusal, with every problem, when any of them cannot be kept. Flushes and never commits: whoever calls keeps
    it all or nothing.
    """
    councils.findings.refuse()
    arrived = keep_organisations(actor, councils.rows, councils.findings, step, overrules=True)
    summary = Summary(organisations=arrived.tally)
    summary.take_over(councils.findings)
    return summary


@dataclass
class Arrived:
    """The organisations of a file as the register has them now, in the file's order."""

    ids: list[int]
    tally: Tally


def keep_organisations(
    actor: str,
    rows: Sequence[OrganisationRow],
    findings: Findings,
    step: Step,
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
    matched = [_match(row, known, findings) or (met or {}).get(place) for place, row in enumerate(rows)]
    findings.refuse()
    had = {organisation_id for organisation_id in matched if organisation_id}
    names = [row.name for row, organisation_id in zip(rows, matched, strict=True) if not organisation_id]
    keeper = _Keeper(actor, known, findings, namesakes(names), had, overrules=overrules)
    for row, organisation_id in zip(rows, matched, strict=True):
        keeper.keep(row, organisation_id)
        step()
    for row, organisation_id in zip(rows, keeper.ids, strict=True):
        keeper.tie(row, organisation_id)
    return Arrived(keeper.ids, keeper.tally())


def _identifiers(row: OrganisationRow) -> Iterable[Identifier]:
    return (*row.identifiers, *row.successors, *row.memberships)


def _match(row: OrganisationRow, known: Mapping[Identifier, int], findings: Findings) -> int | None:
    """Return the organisation with the row's identifiers; two of them are a problem that only a person can settle."""
    found = {known[identifier]: identifier for identifier in row.identifiers if identifier in known}
    if len(found) > 1:
        described = " and ".join(f"{scheme} {value}" for scheme, value in found.values())
        reason = f"the register has {described} at {len(found)} different organisations"
        findings.add_problem(Problem(findings.sheet, row.row, "", row.name, reason))
    return next(iter(found), None)


class _Keeper:
    """Adds and edits row by row, remembering what each row came to."""

    def __init__(
        self,
        actor: str,
        known: dict[Identifier, int],
        findings: Findings,
        alike: Mapping[str, int],
        had: set[int],
        *,
        overrules: bool,
    ) -> None:
        self.actor, self.known, self.findings, self.overrules = actor, known, findings, overrules
        self.alike = alike
        self.organisations = organisations_with(had)
        self.aliases = aliases_of(had) if overrules else {}
        self.ids: list[int] = []
        self.created: set[int] = set()
        self.changed: set[int] = set()

    def keep(self, row: OrganisationRow, organisation_id: int | None) -> None:
        """Add or edit the organisation of one row."""
        with self.findings.placed(row.row, row.name):
            if organisation_id is None:
                organisation = self._add(row)
                self.created.add(organisation.id)
            else:
                organisation = self.organisations[organisation_id]
                self._edit(row, organisation)
        self.ids.append(organisation.id)
        self.known |= dict.fromkeys(row.identifiers, organisation.id)

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
        self.organisations[organisation.id] = organisation
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
            self.changed.add(organisation.id)
        if ended_on and is_over:
            close_organisation(self.actor, organisation, ended_on)
            self.changed.add(organisation.id)

    def tie(self, row: OrganisationRow, organisation_id: int) -> None:
        """Name who took over from a row's organisation, and what it belongs to."""
        organisation = self.organisations[organisation_id]
        successors = self._others(row, row.successors) if organisation.is_closed else []
        memberships = self._others(row, row.memberships)
        with self.findings.placed(row.row, row.name):
            ties = [name_successor(self.actor, organisation, other) for other in successors]
            ties += [join_organisation(self.actor, organisation, other) for other in memberships]
        if any(ties):
            self.changed.add(organisation_id)

    def _others(self, row: OrganisationRow, identifiers: Iterable[Identifier]) -> list[int]:
        found = []
        for scheme, value in identifiers:
            if (scheme, value) in self.known:
                found.append(self.known[scheme, value])
            else:
                reason = "neither the file nor the register has an organisation with this code, so the tie was left out"
                self.findings.add_note(Problem(self.findings.sheet, row.row, "", f"{scheme} {value}", reason))
        return found

    def tally(self) -> Tally:
        """Count what each organisation came to, once however many rows it has."""
        tally = Tally()
        for organisation_id in dict.fromkeys(self.ids):
            is_new = organisation_id in self.created
            tally.count(is_new=is_new, is_changed=organisation_id in self.changed)
        return tally
