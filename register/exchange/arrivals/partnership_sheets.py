"""The sheets of partnerships and participations, into the register."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_

from register.accounts.changes import find_person
from register.database import db
from register.exchange.arrivals.arrangements import NOT_YOURS, active_officers
from register.exchange.arrivals.sheet_differences import Difference, changed_facts, differences, given_facts
from register.exchange.arrivals.sheet_rows import Keeper, folded, needed
from register.exchange.bringing.lookups import in_portions
from register.exchange.sheets.cell_values import CLEAR
from register.exchange.sheets.layouts import PARTICIPATIONS, PARTNERSHIPS
from register.exchange.sheets.reading import SheetRow
from register.partnerships.changes import (
    add_participation,
    close_partnership,
    edit_participation,
    edit_partnership,
    start_partnership,
)
from register.partnerships.member_changes import set_member
from register.partnerships.models import Participation, Partnership, PartnershipIdentifier
from register.refusals import Refusal
from register.trust.schemes import scheme_for_kind

FACTS = (
    "name", "kind", "purpose", "theme", "significance", "stage", "scheme", "is_restricted", "cadence_days",
    "senior_owner", "started_on", "ends_on",
)  # fmt: skip
ENDS = ("closed_on", "close_reason")
NAMED_ALREADY = "its name is that of a partnership here; write that one’s number to change it, or another name"


class PartnershipKeeper(Keeper):
    """Keeps partnerships: one without a number is found by what other systems call it, never by its name alone."""

    sheet = PARTNERSHIPS
    noun = "partnerships"
    ended = "closed_on"

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Narrow to partnerships."""
        return "partnerships", (Partnership.id.in_(keys),)

    def prepare(self, portion: Sequence[SheetRow]) -> None:
        """Ask for the partnerships with the rows' numbers and identifiers."""
        told = {one for row in portion for one in given_facts(row, ["identifiers"]).get("identifiers", ())}
        self.called: dict[tuple[str, str], int] = {}
        one = PartnershipIdentifier
        for some in in_portions(sorted(told)):
            asked = select(one.scheme, one.value, one.partnership_id).join(
                Partnership, Partnership.id == one.partnership_id
            )
            rows = db.session.execute(asked.where(tuple_(one.scheme, one.value).in_(some), self.errand.seen()))
            self.called |= {(scheme, value): key for scheme, value, key in rows}
        numbered = {row.own_key for row in portion if isinstance(row.own_key, int)}
        named = {key for row in portion if (key := self.namesake(row))}
        self.current = self.rows_of(numbered | named | set(self.called.values()))
        self.editable = set(db.session.scalars(select(Partnership.id).where(self.errand.editable())))

    def alike(self, row: SheetRow) -> int | None:
        """Find a partnership by what other systems call it."""
        told = given_facts(row, ["identifiers"]).get("identifiers", ())
        return next((self.called[one] for one in told if one in self.called), None)

    def left_out(self, row: SheetRow, key: int | None) -> str:
        """Leave out a new one that has the name of another; other sheets may mean that one by it."""
        alike = self.book.numbers["partnerships"].get(folded(str(row.values.get("name", ""))), [])
        if key is not None or not alike or row.values.get("identifiers"):
            return ""
        self.book.add("partnerships", row, alike[0])
        return NAMED_ALREADY

    def may_return(self, key: int, actor: str) -> bool:
        """Let whoever undid the import bring it again, although they look after it no more."""
        return actor == self.errand.actor or self.errand.may_touch(key)

    def make(self, row: SheetRow) -> int:
        """Start a partnership, looked after by whom the import names."""
        needed(self.sheet, row)
        given: dict[str, Any] = given_facts(row, (*FACTS, *ENDS, "lead_officer", "identifiers"))
        ends = {key: given.pop(key, None) for key in ENDS}
        numbers = dict(given.pop("identifiers", ()))
        lead = _officer(given.pop("lead_officer", None))
        is_closed = given.get("stage") == "closed" or ends["closed_on"] is not None
        facts = {**given, "lead_officer_id": lead, "stage": "running" if is_closed else given.get("stage", "running")}
        scheme = scheme_for_kind(given["kind"]).key
        made = start_partnership(self.errand.actor, facts, identifiers=numbers, default_scheme=scheme)
        self._look_after(made, lead)
        if is_closed:
            close_partnership(self.errand.actor, made, ends["closed_on"], ends["close_reason"])
        self.book.add("partnerships", row, made.id, made.name)
        return made.id

    def _look_after(self, partnership: Partnership, lead: int | None) -> None:
        errand = self.errand
        mine = [errand.person.id] if errand.person and errand.person.role == "officer" else []
        chosen = [*([lead] if lead else []), *(errand.choices.leads or mine)]
        people = list(dict.fromkeys(chosen)) or active_officers()
        self.errand.summary.unled += not people
        for person_id in people:
            set_member(errand.actor, partnership, person_id, "lead")

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Compare facts; what has a page of its own is refused."""
        found = differences(self.sheet, row, self.current[key])
        if found and key not in self.editable and not self.errand.may_touch(key):
            raise Refusal(f"{NOT_YOURS[0].upper()}{NOT_YOURS[1:]}.")
        for one in found:
            if one.column.key == "is_restricted":
                raise Refusal("Restrict or open it on its page of members, where the reason is asked.", "is_restricted")
            if one.column.key == "identifiers":
                raise Refusal("Identifiers are taken for a new partnership only.", "identifiers")
        return found

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:
        """Change a partnership, and close it where the row says so."""
        partnership = db.session.get_one(Partnership, key)
        facts = changed_facts(found, FACTS)
        by_key = {one.column.key: one.given for one in found}
        if "lead_officer" in by_key:
            facts["lead_officer_id"] = _officer(by_key["lead_officer"])
        closes = facts.get("stage") == "closed" or by_key.get("closed_on") is not None
        if closes and not partnership.is_closed:
            facts.pop("stage", None)
        elif "closed_on" in by_key or "close_reason" in by_key:
            raise Refusal("The end of a closed partnership is changed on its own page.", "closed_on")
        if facts:
            edit_partnership(self.errand.actor, partnership, facts)
        if closes and not partnership.is_closed:
            told = given_facts(row, ENDS)
            close_partnership(self.errand.actor, partnership, told.get("closed_on"), told.get("close_reason"))


def _officer(email: str | None) -> int | None:
    """Return the officer with an address. Refuses one that nobody has."""
    if email is None:
        return None
    person = find_person(email)
    if person is None:
        raise Refusal(f"There is no officer with the address {email}.", "lead_officer")
    return person.id


class ParticipationKeeper(Keeper):
    """Keeps who takes part: a row without a number is found by its partnership and organisation."""

    sheet = PARTICIPATIONS
    noun = "participations"
    ended = "left_on"

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Narrow to the partnerships of the parts."""
        parts = select(Participation.partnership_id).where(Participation.id.in_(keys))
        return "partnerships", (Partnership.id.in_(parts),)

    def prepare(self, portion: Sequence[SheetRow]) -> None:
        """Ask which partnerships may be touched, too."""
        super().prepare(portion)
        self.editable = set(db.session.scalars(select(Partnership.id).where(self.errand.editable())))

    def name_of(self, row: SheetRow) -> str:
        """Tell a part by both names where the file has them."""
        told = given_facts(row, ("organisation", "partnership"))
        return " in ".join(str(one) for one in told.values()) or f"row {row.number}"

    def alike(self, row: SheetRow) -> int | None:
        """Find the part that the organisation has now, or else its last."""
        partnership, organisation = self._ends(row)
        asked = select(Participation.id, Participation.left_on).where(
            Participation.partnership_id == partnership, Participation.organisation_id == organisation
        )
        rows = db.session.execute(asked.order_by(Participation.id)).all()
        given = given_facts(row, ("joined_on",))
        live = [key for key, left_on in rows if left_on is None] or ([] if given else [key for key, _ in rows[-1:]])
        if live and live[0] not in self.current:
            self.current |= self.rows_of({live[0]})
        return live[0] if live else None

    def _ends(self, row: SheetRow) -> tuple[int, int]:
        partnership = self.book.of("partnerships", row, "partnership_id")
        return partnership, self.book.of("organisations", row, "organisation_id")

    def may_return(self, key: int, actor: str) -> bool:
        """Let whoever undid the import bring it again."""
        return actor == self.errand.actor or self.errand.may_touch(self.current[key]["partnership_id"])

    def make(self, row: SheetRow) -> int:
        """Let an organisation take part."""
        needed(self.sheet, row)
        partnership, organisation = self._ends(row)
        if partnership not in self.editable and not self.errand.may_touch(partnership):
            raise Refusal(f"{NOT_YOURS[0].upper()}{NOT_YOURS[1:]}.", "partnership_id")
        given = given_facts(row, ("role", "joined_on", "left_on"))
        made = add_participation(
            self.errand.actor, db.session.get_one(Partnership, partnership), organisation, **given
        )
        db.session.flush()
        return made.id

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Compare role and dates; a part stays where it is."""
        current = self.current[key]
        for column, of in (("partnership_id", "partnerships"), ("organisation_id", "organisations")):
            if row.values.get(column) not in (None, CLEAR) and self.book.of(of, row, column) != current[column]:
                raise Refusal("A part stays with its partnership and organisation. Add another row.", column)
        found = differences(self.sheet, row, current)
        if found and not self.errand.may_touch(current["partnership_id"]):
            raise Refusal(f"{NOT_YOURS[0].upper()}{NOT_YOURS[1:]}.", "partnership_id")
        return found

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:  # noqa: ARG002 - the others' shape
        """Change a part."""
        part = db.session.get_one(Participation, key)
        facts = {"role": part.role, "joined_on": part.joined_on, "left_on": part.left_on}
        edit_participation(self.errand.actor, part, **facts | changed_facts(found, facts))
