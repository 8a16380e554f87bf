"""The sheets of organisations and contacts, into the register."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from register.database import db
from register.exchange.arrivals.sheet_differences import Difference, changed_facts, differences, given_facts, settled
from register.exchange.arrivals.sheet_rows import Keeper, folded, needed, told_between
from register.exchange.bringing.lookups import owners
from register.exchange.sheets.cell_values import CLEAR
from register.exchange.sheets.layouts import CONTACTS, ORGANISATIONS
from register.exchange.sheets.reading import SheetRow
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.organisation_changes import (
    add_organisation,
    close_organisation,
    edit_organisation,
    join_organisation,
    name_successor,
    reopen_organisation,
)
from register.partnerships.organisation_models import (
    Contact,
    Organisation,
    OrganisationMembership,
    OrganisationSuccessor,
)
from register.refusals import Refusal

FACTS = ("name", "short_name", "sector", "kind", "place", "opened_on")
AGAIN = "An import says that it goes on"
REPLACED = frozenset((*FACTS, "other_names", "closed_on", "part_of"))
NAMED_ALREADY = "its name is that of an organisation here; write that one’s number, or an identifier of its own"
IDENTITY = ("role", "name", "email")
DETAILS = ("role", "name", "email", "phone", "left_on")


class OrganisationKeeper(Keeper):
    """Keeps organisations: one without a number is found by its identifiers, and never by its name alone."""

    sheet = ORGANISATIONS
    noun = "organisations"
    ended = "closed_on"

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Narrow to organisations."""
        return "organisations", (Organisation.id.in_(keys),)

    def prepare(self, portion: Sequence[SheetRow]) -> None:
        """Ask for the organisations with the rows' numbers and identifiers."""
        told = {row.number: given_facts(row, ["identifiers"]).get("identifiers", ()) for row in portion}
        self.owners = owners(one for some in told.values() for one in some)
        numbered = {row.own_key for row in portion if isinstance(row.own_key, int)}
        named = {key for row in portion if (key := self.namesake(row))}
        self.current = self.rows_of(numbered | named | set(self.owners.values()))

    def alike(self, row: SheetRow) -> int | None:
        """Find an organisation by its identifiers."""
        told = given_facts(row, ["identifiers"]).get("identifiers", ())
        found = {self.owners[one] for one in told if one in self.owners}
        if len(found) > 1:
            raise Refusal("These identifiers are those of different organisations here.", "identifiers")
        return next(iter(found), None)

    def left_out(self, row: SheetRow, key: int | None) -> str:
        """Leave out a new one that has nothing but the name of another; other sheets may mean that one by it."""
        alike = self.book.numbers["organisations"].get(folded(str(row.values.get("name", ""))), [])
        if key is not None or not alike or row.values.get("identifiers"):
            return ""
        self.book.add("organisations", row, alike[0])
        return NAMED_ALREADY

    def make(self, row: SheetRow) -> int:
        """Add an organisation."""
        needed(self.sheet, row)
        given = given_facts(row, (*FACTS, "other_names", "identifiers", "closed_on"))
        aliases, numbers = given.pop("other_names", ()), given.pop("identifiers", ())
        closed_on, parent = given.pop("closed_on", None), self._parent(row)
        made = add_organisation(self.errand.actor, **given, parent_id=parent, aliases=aliases, identifiers=numbers)
        if closed_on:
            close_organisation(self.errand.actor, made, closed_on)
        self.book.add("organisations", row, made.id, made.name)
        self._tie(row, made)
        return made.id

    def _parent(self, row: SheetRow) -> int | None:
        if row.values.get("part_of_id", CLEAR) is CLEAR and row.values.get("part_of", CLEAR) is CLEAR:
            return None
        return self.book.of("organisations", row, "part_of_id")

    def _tie(self, row: SheetRow, organisation: Organisation) -> None:
        for other in self.book.several("organisations", row, "successors") or ():
            if not organisation.is_closed:
                raise Refusal("Only one that ended has successors. Write the day it ended.", "successors")
            name_successor(self.errand.actor, organisation, other)
        for other in self.book.several("organisations", row, "belongs_to") or ():
            join_organisation(self.errand.actor, organisation, other)

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Compare facts, names, identifiers, and what stands around."""
        current = self.current[key]
        found = differences(self.sheet, row, current)
        names = self.book.names["organisations"]
        is_told = row.values.get("part_of_id") is not None or row.values.get("part_of") is not None
        parent = self._parent(row) if is_told else current["part_of_id"]
        if parent != current["part_of_id"]:
            column = self.sheet.by_key["part_of"]
            found.append(Difference(column, current["part_of"], names.get(parent) if parent else None))
        for name, had in (("successors", _successors(key)), ("belongs_to", _memberships(key))):
            given = self.book.several("organisations", row, name)
            found += told_between(self.sheet, name, had, had | set(given or ()), names)
        return settled(found, row, self.met.setdefault(key, row.number), REPLACED)

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:
        """Change an organisation."""
        organisation = db.session.get_one(Organisation, key)
        facts = changed_facts(found, FACTS)
        by_key = {one.column.key: one.given for one in found}
        if "part_of" in by_key:
            facts["parent_id"] = self._parent(row)
        ends = by_key.get("closed_on")
        if "closed_on" in by_key and organisation.is_closed and ends:
            facts["closed_on"] = ends
        aliases = (by_key["other_names"] or ()) if "other_names" in by_key else None
        numbers = by_key.get("identifiers") or ()
        if facts or aliases is not None or numbers:
            edit_organisation(self.errand.actor, organisation, facts, aliases=aliases, identifiers=numbers)
        if "closed_on" in by_key and not organisation.is_closed:
            close_organisation(self.errand.actor, organisation, ends)
        elif "closed_on" in by_key and not ends:
            reopen_organisation(self.errand.actor, organisation, AGAIN)
        self._tie(row, organisation)


def _successors(key: int) -> set[int]:
    asked = select(OrganisationSuccessor.successor_id).where(OrganisationSuccessor.organisation_id == key)
    return set(db.session.scalars(asked))


def _memberships(key: int) -> set[int]:
    asked = select(OrganisationMembership.of_id).where(OrganisationMembership.organisation_id == key)
    return set(db.session.scalars(asked))


class ContactKeeper(Keeper):
    """Keeps contacts: one without a number is found by its organisation, role, name and address, all the same."""

    sheet = CONTACTS
    noun = "contacts"
    ended = "left_on"

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Narrow to the organisations of the contacts."""
        return "organisations", (Organisation.id.in_(select(Contact.organisation_id).where(Contact.id.in_(keys))),)

    def name_of(self, row: SheetRow) -> str:
        """Tell a contact by name and role."""
        return ", ".join(str(one) for one in given_facts(row, ("name", "role")).values()) or f"row {row.number}"

    def alike(self, row: SheetRow) -> int | None:
        """Find the contact that is the same but for a telephone number or a last day."""
        given = given_facts(row, IDENTITY)
        wanted = [folded(given.get(key, "")) for key in IDENTITY]
        asked = select(Contact.id, *(getattr(Contact, key) for key in IDENTITY))
        rows = db.session.execute(asked.where(Contact.organisation_id == self._organisation(row)).order_by(Contact.id))
        found = next((key for key, *had in rows if [folded(one or "") for one in had] == wanted), None)
        if found is not None and found not in self.current:
            self.current |= self.rows_of({found})
        return found

    def _organisation(self, row: SheetRow) -> int:
        return self.book.of("organisations", row, "organisation_id")

    def make(self, row: SheetRow) -> int:
        """Add a contact."""
        needed(self.sheet, row)
        given = given_facts(row, DETAILS)
        left_on = given.pop("left_on", None)
        made = add_contact(self.errand.actor, organisation_id=self._organisation(row), **given)
        if left_on:
            self._edit(made, {"left_on": left_on})
        return made.id

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Compare details; a contact stays at its organisation."""
        moved = row.values.get("organisation_id")
        if moved not in (None, CLEAR) and self._organisation(row) != self.current[key]["organisation_id"]:
            raise Refusal("A contact stays at its organisation. Say when it left, and add another.", "organisation_id")
        return differences(self.sheet, row, self.current[key])

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:  # noqa: ARG002 - the others' shape
        """Change a contact."""
        self._edit(db.session.get_one(Contact, key), changed_facts(found, DETAILS))

    def _edit(self, contact: Contact, facts: dict[str, Any]) -> None:
        edit_contact(self.errand.actor, contact, **{key: getattr(contact, key) for key in DETAILS} | facts)
