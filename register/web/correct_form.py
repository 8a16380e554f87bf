"""The form that corrects an interaction: filled with what was logged, and asking for the reason."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import request
from wtforms import StringField

from register.accounts.models import Person
from register.interactions.checks import Happening, NewReading
from register.interactions.lookups import attendances, readings
from register.interactions.models import Interaction, Reading
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.text import line, required
from register.trust.schemes import scheme_of
from register.web.attendance_fields import attendance_data
from register.web.meeting_form import MeetingForm, asked_day, form_class
from register.web.reading_fields import field_name, reading_fields
from register.web.sides import number_of, sides_of

NEEDS_REASON = "Say why it is corrected."


class CorrectForm(MeetingForm):
    """A corrected version of an interaction."""

    reason = StringField("Why is it corrected?")

    def checked(self, actor: str) -> Happening | None:
        """Return what can be kept, or None after showing all that is wrong at once."""
        self.validate()
        try:
            required(line(self.reason.data, "reason", "The reason"), "reason", NEEDS_REASON)
        except Refusal as refusal:
            self.show(refusal)
        return self.fit(actor)


class Logged(NamedTuple):
    """An interaction as its form shows it again."""

    data: dict[str, Any]
    """The form's data, by name of field."""
    we_id: int
    rated: tuple[int, ...]
    unasked: list[NewReading]


def logged_as(interaction: Interaction, partnership: Partnership) -> Logged:
    """Return an interaction as the form shows it; what the form has no place for is carried on as it is."""
    rows = readings([interaction.id]).get(interaction.id, [])
    present = attendances([interaction.id]).get(interaction.id, [])
    data: dict[str, Any] = {
        "kind": interaction.kind, "held_on": interaction.held_on, "account": interaction.account,
        **attendance_data(present),
    }
    ours = next((row.organisation_id for row in present if row.person_id), 0)
    we_id = _speaker(rows) or ours
    asked = {determinant.key for determinant in scheme_of(partnership.scheme).determinants}
    rated, unasked = [], []
    for row in rows:
        place = _place(row, we_id)
        if place is None or row.determinant not in asked:
            unasked.append(_as_given(row))
            continue
        data[place] = str(row.score)
        data[f"{place}-seen"] = row.evidence
        rated.append(row.ratee_id if row.voice == "own" else row.rater_id)
    return Logged(data, we_id, tuple(rated), unasked)


def _speaker(rows: Sequence[Reading]) -> int:
    """Return the organisation whose own views most readings are; 0 without any."""
    speakers = Counter(row.rater_id if row.voice == "own" else row.ratee_id for row in rows)
    return speakers.most_common(1)[0][0] if speakers else 0


def _place(row: Reading, we_id: int) -> str | None:
    """Return the input that shows a reading; None when neither side is ours in the way the form asks."""
    if row.voice == "own" and row.rater_id == we_id:
        return field_name("own", row.ratee_id, row.determinant)
    if row.voice == "told" and row.ratee_id == we_id:
        return field_name("told", row.rater_id, row.determinant)
    return None


def _as_given(row: Reading) -> NewReading:
    return NewReading(row.rater_id, row.ratee_id, row.determinant, row.score, row.evidence, row.voice)


def correct_form(person: Person, partnership: Partnership, logged: Logged) -> CorrectForm:
    """Return the form that corrects an interaction, filled with what was logged."""
    chosen = map(number_of, (*logged.data["organisations"], *request.form.getlist("organisations")))
    we_id = number_of(request.form.get("we")) or logged.we_id
    sides = sides_of(partnership, asked_day(logged.data["held_on"]), we_id, chosen=chosen, rated=logged.rated)
    if sides is None:
        message = "Nobody takes part in this partnership. Add its organisations first."
        raise Refusal(message)
    form: CorrectForm = form_class(CorrectForm, reading_fields(sides))(data=logged.data)
    form.unasked = logged.unasked
    form.draw(sides, person)
    return form
