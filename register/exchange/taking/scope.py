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
        return _and(self.visible, self.conditions if self.narrowed == "partnerships" else ())

    def partnership_ids(self) -> Select[int]:
        """Return the query for the ids of its partnerships."""
        return select(Partnership.id).where(self.partnerships())

    def organisations(self) -> ColumnElement[bool]:
        """Return the condition for its organisations: of narrowed partnerships, those that take or took part."""
        if self.narrowed == "partnerships":
            parts = select(Participation.organisation_id)
            return Organisation.id.in_(parts.where(Participation.partnership_id.in_(self.partnership_ids())))
        return _and(true(), self.conditions if self.narrowed == "organisations" else ())

    def interactions(self) -> ColumnElement[bool]:
        """Return the condition for its interactions, to which their partnership is joined: the versions that stand."""
        narrowed = self.conditions if self.narrowed == "interactions" else ()
        return _and(self.partnerships(), (Interaction.superseded_at.is_(None), *narrowed))


def _and(first: ColumnElement[bool], others: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    for other in others:
        first = first & other
    return first


def seen_by(person: Person) -> Scope:
    """Return all that a person may see."""
    return Scope(visible_to(person), person)


def whole_register() -> Scope:
    """Return everything, for whoever holds the server."""
    return Scope(true())
