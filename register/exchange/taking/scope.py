"""What an export is to hold: whose eyes it is for, and what it was narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, select, true

from register.accounts.models import Person
from register.clock import Clocks, clocks_now
from register.exchange.sheets.columns import Sheet
from register.exchange.sheets.happening_layouts import INTERACTIONS, READINGS
from register.exchange.sheets.layouts import CONTACTS, ORGANISATIONS, SHEETS
from register.interactions.models import Interaction
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import visible_to

SHEETS_OF: dict[str, tuple[Sheet, ...]] = {
    "": SHEETS,
    "partnerships": SHEETS,
    "organisations": (ORGANISATIONS, CONTACTS),
    "interactions": (INTERACTIONS, READINGS),
}
"""Which sheets an export holds that was narrowed in a list: what the list is of."""


@dataclass(frozen=True)
class Scope:
    """What an export holds."""

    visible: ColumnElement[bool]
    """The condition for partnerships, that of `visible_to` in it."""
    person: Person | None = None
    """Whose eyes it is for; None sees the whole register, as the command line does."""
    narrowed: str = ""
    """The list that it was narrowed in: a key of `SHEETS_OF`."""
    conditions: Sequence[ColumnElement[bool]] = ()
    """What that list was narrowed to."""
    words: str = ""
    """The same, for people."""
    clocks: Clocks = field(default_factory=clocks_now)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets that it holds."""
        return SHEETS_OF[self.narrowed]

    def partnerships(self) -> ColumnElement[bool]:
        """Return the condition for its partnerships."""
        if self.narrowed != "partnerships" or not self.conditions:
            return self.visible
        return self.visible & Partnership.id.in_(_by_itself(select(Partnership.id), self.conditions))

    def partnership_ids(self) -> Select[int]:
        """Return the query for the ids of its partnerships."""
        return select(Partnership.id).where(self.partnerships())

    def organisations(self) -> ColumnElement[bool]:
        """Return the condition for its organisations: of narrowed partnerships, those that take or took part."""
        if self.narrowed == "partnerships":
            parts = select(Participation.organisation_id)
            return Organisation.id.in_(parts.where(Participation.partnership_id.in_(self.partnership_ids())))
        if self.narrowed != "organisations" or not self.conditions:
            return true()
        return Organisation.id.in_(_by_itself(select(Organisation.id), self.conditions))

    def interactions(self) -> ColumnElement[bool]:
        """Return the condition for its interactions, to which their partnership is joined: the versions that stand."""
        standing = self.partnerships() & Interaction.superseded_at.is_(None)
        if self.narrowed != "interactions" or not self.conditions:
            return standing
        asked = select(Interaction.id).join(Interaction.partnership)
        return standing & Interaction.id.in_(_by_itself(asked, self.conditions))


def _by_itself(asked: Select[int], conditions: Sequence[ColumnElement[bool]]) -> Select[int]:
    """Return what a list was narrowed to as a question of its own.

    A list's conditions ask for partners and the like; inside a query of partners they would take its rows for theirs.
    """
    return asked.where(*conditions).correlate(None)


def seen_by(person: Person) -> Scope:
    """Return all that a person may see."""
    return Scope(visible_to(person), person)


def whole_register() -> Scope:
    """Return everything, for whoever holds the server."""
    return Scope(true())
