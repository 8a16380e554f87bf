"""The promises of a log form: rows of who promised what to whom by when, and open ones that were kept."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any, NamedTuple

from wtforms import Field, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from register.interactions.commitment_changes import NewCommitment
from register.interactions.commitment_lookups import CommitmentState
from register.web.days import short
from register.web.forms import DayField
from register.web.sides import Sides, number_of

FIRST_ROWS = 3
MOST_ROWS = 15
FEW = 4
"""Up to so many organisations, promises between any two of them are offered; beyond that, those with ours."""


class PromiseRow(NamedTuple):
    """One row as typed."""

    number: int
    who: Field
    what: Field
    due_on: Field

    @property
    def is_blank(self) -> bool:
        """Whether nothing was promised in it."""
        return not (self.what.data or "").strip() and not "".join(self.due_on.raw_data or []).strip()

    @property
    def has_errors(self) -> bool:
        """Whether the row needs the person."""
        return bool(self.who.errors or self.what.errors or self.due_on.errors)


def promise_fields(sides: Sides, rows: int) -> dict[str, Any]:
    """Return the form's fields for a number of rows, by name."""
    pairs = promise_choices(sides)
    fields: dict[str, Any] = {}
    for number in range(rows):
        default = pairs[number % 2].value if len(sides.organisations) == 2 else ""  # noqa: PLR2004 - both directions
        fields[f"promise-{number}-who"] = SelectField(
            "Who promised", choices=pairs, default=default, validate_choice=False,
        )
        fields[f"promise-{number}-what"] = StringField("What")
        fields[f"promise-{number}-due_on"] = DayField("By when")
    return fields


def promise_choices(sides: Sides) -> list[SelectChoice]:
    """Return who can promise to whom, ours first: "Council, to Ferncote" has the value "1-7"."""
    bodies = sorted(sides.organisations.values(), key=lambda body: body.id != sides.we.id)
    pairs = [pair for other in sides.others for pair in ((sides.we, other), (other, sides.we))]
    if len(bodies) <= FEW:
        pairs += [pair for pair in permutations(bodies, 2) if pair not in pairs]
    choices = [SelectChoice(f"{giver.id}-{taker.id}", f"{giver.label}, to {taker.label}") for giver, taker in pairs]
    return choices if len(bodies) == 2 else [SelectChoice("", "Choose who"), *choices]  # noqa: PLR2004 - one pair


def promise_rows(form: Form, rows: int) -> list[PromiseRow]:
    """Return the rows of a form."""
    return [
        PromiseRow(number, *(form[f"promise-{number}-{part}"] for part in ("who", "what", "due_on")))
        for number in range(rows)
    ]


def given_promise(row: PromiseRow) -> NewCommitment:
    """Return what a row promises; who is nobody stays 0, which the rules refuse."""
    giver, _, taker = (row.who.data or "").partition("-")
    return NewCommitment(number_of(giver), number_of(taker), row.what.data, row.due_on.data)


def open_choices(states: Sequence[CommitmentState]) -> list[SelectChoice]:
    """Return the open promises, each with who owes it and since when it is late."""
    return [
        SelectChoice(str(state.commitment.id), state.commitment.what, {"hint": _due(state)}) for state in states
    ]


def _due(state: CommitmentState) -> str:
    commitment = state.commitment
    late = f", {state.days_overdue} days late" if state.is_overdue else ""
    return f"{commitment.promisor.label}, to {commitment.promisee.label}: due {short(commitment.due_on)}{late}"
