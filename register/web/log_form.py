"""The form in which an interaction is logged, drawn for the partnership in question."""

from collections.abc import Sequence
from functools import cached_property

from flask import request
from sqlalchemy import select
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from register.accounts.models import Person
from register.clock import clocks_now
from register.database import db
from register.interactions.checks import Happening
from register.interactions.commitment_lookups import CommitmentState, open_commitments
from register.partnerships.models import Partnership
from register.partnerships.visibility import partnerships_where
from register.refusals import Refusal
from register.web.meeting_form import MeetingForm, asked_day, form_class
from register.web.promise_fields import (
    FIRST_ROWS,
    MOST_ROWS,
    PromiseRow,
    given_promise,
    open_choices,
    promise_fields,
    promise_rows,
)
from register.web.reading_fields import reading_fields
from register.web.sides import Sides, number_of, sides_of

SAVE = "save"
"""What the button says that keeps the form; the others ("choose", "more", "show") only draw it anew."""


class LogForm(MeetingForm):
    """A new interaction, with the promises made and kept in it."""

    partnership = SelectField("Partnership", choices=[], validate_choice=False)
    drawn_for = HiddenField()
    promise_count = HiddenField()
    kept = SelectMultipleField("Were any of these kept today?", choices=[], validate_choice=False)

    open_promises: Sequence[CommitmentState] = ()
    rows = 0

    @property
    def is_saving(self) -> bool:
        """Whether the button pressed was one that keeps the form."""
        return bool(self.is_submitted()) and request.form.get("step", SAVE) == SAVE

    def draw(self, sides: Sides, person: Person) -> None:
        """Offer also the open promises, and have as many rows as were asked for."""
        super().draw(sides, person)
        self.open_promises = open_commitments([sides.partnership.id], clocks_now())
        self.kept.choices = open_choices(self.open_promises)
        self.promise_count.data = str(self.rows)
        if self.drawn_for.data != str(sides.partnership.id):
            self.drawn_for.data = str(sides.partnership.id)
            self.organisations.data = [str(body) for body in sides.taking_part]
            self.people.data = [str(person.id)]

    @cached_property
    def promises(self) -> list[PromiseRow]:
        """The rows for promises."""
        return promise_rows(self, self.rows)

    @property
    def promised(self) -> list[PromiseRow]:
        """The rows that were filled in."""
        return [row for row in self.promises if not row.is_blank]

    @property
    def kept_promises(self) -> list[CommitmentState]:
        """The open promises that were ticked."""
        return [state for state in self.open_promises if str(state.commitment.id) in (self.kept.data or ())]

    def show(self, refusal: Refusal) -> None:
        """Put the refusal of a promise on its row."""
        name = refusal.field or ""
        if name.startswith("commitments-"):
            _, place, part = name.split("-", 2)
            name = f"promise-{self.promised[int(place)].number}-{part}"
        name = {"settled_on": "kept", "outcome": "kept", "note": "kept"}.get(name, name)
        super().show(Refusal(refusal.message, name))

    def checked(self, actor: str) -> Happening | None:
        """Return what can be kept, or None after showing all that is wrong at once."""
        self.validate()
        if len(self.kept_promises) < len(self.kept.data or ()):
            self.show(Refusal("One of these promises was answered meanwhile. Look again at what is open.", "kept"))
        return self.fit(actor, [given_promise(row) for row in self.promised])


def log_form(person: Person, partnership: Partnership | None) -> LogForm:
    """Return the log form as sent, or a new one; without a partnership it has only the lines that need none."""
    given = {name: request.args[name] for name in ("kind", "account") if name in request.args}
    sides = None
    if partnership is not None:
        chosen = map(number_of, request.form.getlist("organisations"))
        sides = sides_of(partnership, asked_day(), number_of(request.form.get("we")), chosen=chosen)
    if sides is None:
        form = LogForm(data=given)
    else:
        rows = _asked_rows()
        form = form_class(LogForm, {**reading_fields(sides), **promise_fields(sides, rows)})(data=given)
        form.rows = rows
        form.draw(sides, person)
    form.account.label.text = "2. What happened?"
    _offer_partnerships(form, person, partnership)
    return form


def _offer_partnerships(form: LogForm, person: Person, partnership: Partnership | None) -> None:
    found = db.session.execute(
        select(Partnership.id, Partnership.name)
        .where(partnerships_where(person, "interaction:log"), Partnership.closed_on.is_(None))
        .order_by(Partnership.name, Partnership.id),
    ).all()
    choices = {str(number): name for number, name in found}
    if partnership is not None:
        choices.setdefault(str(partnership.id), partnership.name)
        form.partnership.data = str(partnership.id)
    form.partnership.choices = [
        *([] if len(choices) == 1 else [SelectChoice("", "Choose the partnership")]),
        *(SelectChoice(number, name) for number, name in choices.items()),
    ]


def _asked_rows() -> int:
    asked = number_of(request.form.get("promise_count")) + (FIRST_ROWS if request.form.get("step") == "more" else 0)
    return min(max(asked, FIRST_ROWS), MOST_ROWS)
