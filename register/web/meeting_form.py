"""The part of a form that logging and correcting share: what happened, who was there, how they did."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from flask import request
from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice

from register.accounts.models import Person
from register.clock import today
from register.interactions.checks import Happening, NewReading, Present, problems
from register.interactions.commitment_changes import NewCommitment
from register.interactions.kinds import INTERACTION_KINDS
from register.refusals import Refusal
from register.web.attendance_fields import AttendanceForm, add_newcomers, present
from register.web.days import read_day
from register.web.forms import DayField
from register.web.reading_fields import Opinion, field_of, given_readings, opinions, unscored
from register.web.sides import Sides


class MeetingForm(AttendanceForm):
    """What happened, who was there and how they did: the part that logging and correcting share."""

    kind = SelectField(
        "What it was", choices=[SelectChoice(kind.key, kind.name) for kind in INTERACTION_KINDS], validate_choice=False,
    )
    held_on = DayField("Day it happened", default=today)
    account = TextAreaField("What happened?")
    about = SelectMultipleField("Whom do you want to rate?", choices=[], validate_choice=False)

    sides: Sides | None = None
    unasked: Sequence[NewReading] = ()
    """Readings that a correction carries on because the form cannot show them, as of a partner by a partner."""

    def draw(self, sides: Sides, person: Person) -> None:
        """Offer what the partnership has to choose from."""
        self.sides = sides
        self.arrange(sides, person)
        self.about.choices = [SelectChoice(str(body.id), body.label) for body in sides.others]

    @cached_property
    def own_views(self) -> list[Opinion]:
        """The folds of how the others did."""
        return opinions(self, self.sides, "own") if self.sides else []

    @cached_property
    def told_views(self) -> list[Opinion]:
        """The folds of what the others said of us."""
        return opinions(self, self.sides, "told") if self.sides else []

    def happening(self, newcomers: Iterable[Present] = ()) -> Happening:
        """Return what was typed. The form must have been drawn."""
        assert self.sides is not None  # noqa: S101 - a form without sides is never saved
        return Happening(
            self.kind.data or "", self.held_on.data, self.account.data, present(self, self.sides, newcomers),
            [*given_readings(self, self.sides), *self.unasked],
        )

    def show(self, refusal: Refusal) -> None:
        """Put a refusal on the input that means the same in this form; a second one on it is not shown."""
        name = refusal.field or ""
        if self.sides and name.startswith(("reading-", "evidence-")):
            name = field_of(name, self.sides.we.id)
        name = {"present": "organisations"}.get(name, name)
        if name not in self or not self[name].errors:
            super().show(Refusal(refusal.message, name))

    def fit(self, actor: str, promises: Sequence[NewCommitment] = ()) -> Happening | None:
        """Add newcomers, and return what can be kept; None after showing everything that stands in the way.

        What was added then goes with the refused request. Call `validate` before.
        """
        assert self.sides is not None  # noqa: S101 - a form without sides is never saved
        try:
            newcomers = add_newcomers(self, self.sides, actor)
        except Refusal as refusal:
            self.show(refusal)
            newcomers = []
        happening = self.happening(newcomers)
        for problem in problems(self.sides.partnership, happening, promises):
            self.show(problem)
        for row in unscored(self, self.sides):
            words = f"Choose a score for {row.determinant.name}, or clear what you saw."
            row.score.errors = [*row.score.errors, words]
        return None if self.errors else happening


AnyForm = TypeVar("AnyForm", bound=MeetingForm)


def form_class(base: type[AnyForm], fields: dict[str, Any]) -> type[AnyForm]:
    """Return a form with more fields than its class has: those of the partnership that it is drawn for."""
    return type(base.__name__, (base,), fields)


def asked_day(otherwise: date | None = None) -> date:
    """Return the day in the sent form, as far as it is one."""
    try:
        typed = read_day(request.form.get("held_on"), "held_on")
    except Refusal:
        typed = None
    return min(typed or otherwise or today(), today())
