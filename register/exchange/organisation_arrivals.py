"""Organisations from a file into the register: matched by identifier, added, brought up to date, tied together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.clock import today
from register.exchange.arrivals import Step, Summary, Tally, aliases_of, organisations_with, owners
from register.exchange.councils import Councils
from register.exchange.findings import Findings, Problem
from register.exchange.names import distinct, fingerprint
from register.exchange.rows import Identifier, OrganisationRow
from register.partnerships.organisation_changes import (
    add_organisation,
    close_organisation,
    edit_organisation,
    join_organisation,
    name_successor,
)
from register.partnerships.organisation_models import Organisation, OrganisationAlias
from register.refusals import Refusal

TOLD = ("short_name", "place", "opened_on", "closed_on")
"""What an authoritative file overrules beside the name; sector and kind stay as people set them."""


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
    keeper = _Keeper(actor, known, findings, {place for place in matched if place}, overrules=overrules)
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
        findings.add_problem(Problem("", row.row, "", row.name, reason))
    return next(iter(found), None)


class _Keeper:
    """Adds and edits row by row, remembering what each row came to."""

    def __init__(
        self, actor: str, known: dict[Identifier, int], findings: Findings, had: set[int], *, overrules: bool
    ) -> None:
        self.actor, self.known, self.findings, self.overrules = actor, known, findings, overrules
        self.organisations = organisations_with(had)
        self.aliases = aliases_of(had) if overrules else {}
        self.ids: list[int] = []
        self.created: set[int] = set()
        self.changed: set[int] = set()

    def keep(self, row: OrganisationRow, organisation_id: int | None) -> None:
        """Add or edit the organisation of one row."""
        try:
            if organisation_id is None:
                organisation = self._add(row)
                self.created.add(organisation.id)
            else:
                organisation = self.organisations[organisation_id]
                self._edit(row, organisation)
        except Refusal as refusal:
            # The database has part of the row by now: the first refusal ends the import, and the caller undoes it.
            self.findings.add_problem(Problem("", row.row, "", row.name, refusal.message.rstrip(".")))
            self.findings.refuse()
            raise
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
        return organisation

    def _has_come(self, row: OrganisationRow) -> bool:
        """Whether the row's end is past; one still to come is noted, since a body works until its last day."""
        if row.closed_on is None or row.closed_on <= today():
            return True
        reason = "the end is still to come, so the organisation stays open; bring the file again after that day"
        self.findings.add_note(Problem("", row.row, "", f"{row.name}, {row.closed_on.isoformat()}", reason))
        return False

    def _edit(self, row: OrganisationRow, organisation: Organisation) -> None:
        aliases = self.aliases.get(organisation.id, ())
        facts = self._facts(row, organisation, aliases) if self.overrules else {}
        identifiers = [one for one in row.identifiers if self.known.get(one) != organisation.id]
        names = self._new_names(row, organisation, aliases, facts) if self.overrules else ()
        closed_on = facts.pop("closed_on", None)
        if facts or identifiers or names:
            live = [alias.name for alias in aliases if not alias.is_withdrawn]
            edit_organisation(
                self.actor,
                organisation,
                facts,
                aliases=[*live, *names] if names else None,
                identifiers=identifiers,
            )
            self.changed.add(organisation.id)
        if closed_on:
            close_organisation(self.actor, organisation, closed_on)
            self.changed.add(organisation.id)

    def _facts(
        self, row: OrganisationRow, organisation: Organisation, aliases: Iterable[OrganisationAlias]
    ) -> dict[str, Any]:
        """Return what the file says otherwise than the register; what it leaves blank stays.

        A name that the register knows as another name was changed here on purpose, and stays as well.
        """
        told = {key: value for key in TOLD if (value := getattr(row, key)) and value != getattr(organisation, key)}
        if not self._has_come(row):
            told.pop("closed_on", None)
        others = {fingerprint(alias.name) for alias in aliases}
        if row.name != organisation.name and fingerprint(row.name) not in others:
            told["name"] = row.name
        return told

    def _new_names(
        self,
        row: OrganisationRow,
        organisation: Organisation,
        aliases: Iterable[OrganisationAlias],
        facts: dict[str, Any],
    ) -> tuple[str, ...]:
        """Return the other names that are new, the former name among them; one that was withdrawn stays withdrawn."""
        former = (organisation.name,) if "name" in facts else ()
        had = [alias.name for alias in aliases]
        return distinct(
            (*former, *row.aliases), (*had, row.name, row.short_name or "", *(() if former else (organisation.name,)))
        )

    def tie(self, row: OrganisationRow, organisation_id: int) -> None:
        """Name who took over from a row's organisation, and what it belongs to."""
        organisation = self.organisations[organisation_id]
        successors = self._others(row, row.successors) if organisation.is_closed else []
        ties = [name_successor(self.actor, organisation, other) for other in successors]
        ties += [join_organisation(self.actor, organisation, other) for other in self._others(row, row.memberships)]
        if any(ties):
            self.changed.add(organisation_id)

    def _others(self, row: OrganisationRow, identifiers: Iterable[Identifier]) -> list[int]:
        found = []
        for scheme, value in identifiers:
            if (scheme, value) in self.known:
                found.append(self.known[scheme, value])
            else:
                reason = "neither the file nor the register has an organisation with this code, so the tie was left out"
                self.findings.add_note(Problem("", row.row, "", f"{scheme} {value}", reason))
        return found

    def tally(self) -> Tally:
        """Count what each organisation came to, once however many rows it has."""
        tally = Tally()
        for organisation_id in dict.fromkeys(self.ids):
            is_new = organisation_id in self.created
            tally.count(is_new=is_new, is_changed=organisation_id in self.changed)
        return tally
