"""The forms by which partnerships are started, edited, closed and opened again."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from register.accounts.models import Person
from register.clock import today
from register.partnerships.kinds import (
    PARTICIPATION_ROLES,
    PARTNERSHIP_KINDS,
    SIGNIFICANCES,
    STAGES,
    THEMES,
    Kind,
)
from register.trust.schemes import SCHEMES
from register.web.choosing import record_choices, record_select, word_choices, word_radios, word_select
from register.web.forms import CreateForm, DayField, EditForm, Form
from register.web.texts import OneLine, SomeLines

WHOLE_DAYS = "Enter a whole number of days, such as 30, or leave it empty."
LONGEST_NUMBER = 9
"""Digits: more than any number of days that the register could keep."""


class DaysField(Field):
    """A number of days; empty for none."""

    widget = TextInput()

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, keeping what was typed when it is none."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise ValidationError(WHOLE_DAYS)
        self.data = int(text)


ASKED = tuple(
    Kind(scheme.key, f"{scheme.name}: {', '.join(one.name.lower() for one in scheme.determinants)}")
    for scheme in SCHEMES
)
"""The schemes of determinants as words to choose from."""


class PartnershipFacts(Form):
    """The facts of a partnership that starting and editing share; the names are those of `changes.FACTS`."""

    name = StringField("Name", [OneLine("The name", "Enter the partnership’s name.")])
    kind = word_radios("What kind of partnership is it?", PARTNERSHIP_KINDS, "Choose what kind of partnership it is.")
    purpose = TextAreaField("What is it for?", [SomeLines("The purpose")])
    theme = word_select("Theme", THEMES, "Choose a theme from the list.", "No theme")
    significance = word_radios(
        "How significant is it?",
        SIGNIFICANCES,
        "Choose how significant it is.",
    )
    scheme = word_select(
        "What its readings ask about", ASKED, "Choose a scheme from the list.", "What is usual for its kind",
    )
    cadence_days = DaysField("How often do the partners meet?")
    started_on = DayField("Started on")
    ends_on = DayField("Planned end")
    lead_officer_id = record_select("Lead officer", "Choose the lead officer from the list.")
    senior_owner = StringField("Senior owner", [OneLine("The senior owner")])

    def offer_officers(self, officers: Sequence[Person]) -> None:
        """Set who can be chosen as lead officer."""
        self.lead_officer_id.choices = record_choices(((person.id, person.name) for person in officers), "Nobody yet")

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names of `changes.FACTS`."""
        return {field.name: field.data for field in self if field.name in FACT_FIELDS}


FACT_FIELDS = frozenset(
    {
        "name",
        "kind",
        "purpose",
        "theme",
        "significance",
        "stage",
        "scheme",
        "cadence_days",
        "started_on",
        "ends_on",
        "lead_officer_id",
        "senior_owner",
        "is_restricted",
    }
)
ROLE_NEEDED = "Choose what part this organisation takes."


class StartForm(PartnershipFacts, CreateForm):
    """Start a partnership with its first two partners."""

    first_id = record_select("First organisation", "Choose the first organisation from the list.")
    first_role = word_select("Its role", PARTICIPATION_ROLES, ROLE_NEEDED, "Choose a role")
    second_id = record_select("Second organisation", "Choose the second organisation from the list.")
    second_role = word_select("Its role", PARTICIPATION_ROLES, ROLE_NEEDED, "Choose a role")
    is_restricted = BooleanField("Restrict this partnership")

    def offer_organisations(self, organisations: Sequence[tuple[int, str]]) -> None:
        """Set which organisations can be chosen."""
        for field in (self.first_id, self.second_id):
            field.choices = record_choices(organisations, "Choose an organisation")

    def partners(self) -> tuple[tuple[str, int | None, str | None], ...]:
        """Return (prefix of the fields, organisation, role) of the first two partners."""
        return (
            ("first", self.first_id.data, self.first_role.data),
            ("second", self.second_id.data, self.second_role.data),
        )

    def validate_first_role(self, field: Field) -> None:
        """Ask for the role at once with everything else that is missing."""
        _needed(field, ROLE_NEEDED)

    validate_second_role = validate_first_role

    def validate_first_id(self, field: Field) -> None:
        """Ask for the first partner."""
        _needed(field, "Choose the first organisation from the list.")

    def validate_second_id(self, field: Field) -> None:
        """Ask for a second partner, other than the first."""
        _needed(field, "Choose the second organisation from the list.")
        if field.data == self.first_id.data:
            raise ValidationError("Choose another organisation than the first: a partnership has two at least.")


def _needed(field: Field, sentence: str) -> None:
    if field.data is None:
        raise ValidationError(sentence)


class PartnershipEditForm(PartnershipFacts, EditForm):
    """Edit the facts of a partnership."""

    stage = word_radios("Stage", STAGES, "Choose the stage it is at.")
    reason = StringField("Why is it changed?", [OneLine("The reason")])

    def offer_stages(self, *, is_closed: bool) -> None:
        """Leave closing and opening to their own pages."""
        self.stage.choices = word_choices(kind for kind in STAGES if (kind.key == "closed") == is_closed)


class CloseForm(EditForm):
    """Close a partnership."""

    closed_on = DayField("Closed on", default=today)
    reason = StringField("Why is it closed?", [OneLine("The reason", "Say why the partnership is closed.")])

    def validate_closed_on(self, field: Field) -> None:
        """Ask for the day."""
        _needed(field, "Enter the day on which it closed.")


class ReopenForm(EditForm):
    """Open a closed partnership again."""

    reason = StringField("Why is it opened again?", [OneLine("The reason", "Say why the partnership is opened again.")])
