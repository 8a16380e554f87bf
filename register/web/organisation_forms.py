"""The forms by which organisations are added, edited, closed and opened again."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field, FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from register.clock import today
from register.partnerships.kinds import IDENTIFIER_SCHEMES, ORGANISATION_KINDS, SECTORS
from register.partnerships.organisation_changes import Identifier
from register.web.choosing import record_choices, record_select, word_radios, word_select
from register.web.forms import CreateForm, DayField, EditForm, Form
from register.web.texts import OneLine, SomeLines

IDENTIFIER_ROWS = 2
"""Empty rows for identifiers on each form: a body seldom gets more at once."""
ROLE_NEEDED = "Enter what the contact does, such as head of operations."
SUCCESSOR_FIELDS = ("successor_1", "successor_2", "successor_3")


class IdentifierForm(PlainForm):
    """One number in somebody else's register."""

    scheme = word_select("Register", IDENTIFIER_SCHEMES, "Choose a register from the list.", "Choose a register")
    value = StringField("Number or code", [OneLine("The identifier", limit=60)])

    def validate_value(self, field: Field) -> None:
        """Ask for the register that a number belongs to."""
        if (field.data or "").strip() and self.scheme.data is None:
            raise ValidationError("Choose which register this number is from.")


class OrganisationFacts(Form):
    """The facts that adding and editing share; the names are those of `organisation_changes.FACTS`."""

    name = StringField("Name", [OneLine("The name", "Enter the organisation’s name.")])
    short_name = StringField("Short name", [OneLine("The short name", limit=60)])
    sector = word_radios("Sector", SECTORS, "Choose a sector: public, private, voluntary or community.")
    kind = word_select("Kind", ORGANISATION_KINDS, "Choose what kind of organisation it is.", "Choose a kind")
    place = StringField("Place", [OneLine("The place")])
    parent_id = record_select("Part of", "Choose the organisation it is part of from the list.")
    opened_on = DayField("Began on")
    aliases = TextAreaField("Other names", [SomeLines("The other names")])
    identifiers = FieldList(FormField(IdentifierForm), "Identifiers", min_entries=IDENTIFIER_ROWS, max_entries=12)

    def offer_parents(self, organisations: Sequence[tuple[int, str]]) -> None:
        """Set what it can be part of."""
        self.parent_id.choices = record_choices(organisations, "Nothing: it stands by itself")

    def validate_kind(self, field: Field) -> None:
        """Ask for the kind."""
        if field.data is None:
            raise ValidationError("Choose what kind of organisation it is.")

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names of `organisation_changes.FACTS` but for the closing day."""
        names = ("name", "short_name", "sector", "kind", "place", "parent_id", "opened_on")
        return {name: self[name].data for name in names}

    def other_names(self) -> list[str]:
        """Return the other names, one a line."""
        return [name for name in (self.aliases.data or "").splitlines() if name.strip()]

    def new_identifiers(self) -> list[Identifier]:
        """Return the identifiers that were entered."""
        return [
            (entry.form.scheme.data, entry.form.value.data)
            for entry in self.identifiers
            if entry.form.scheme.data and (entry.form.value.data or "").strip()
        ]


class OrganisationForm(OrganisationFacts, CreateForm):
    """Add an organisation."""


class OrganisationEditForm(OrganisationFacts, EditForm):
    """Edit an organisation."""


class CloseOrganisationForm(EditForm):
    """Say that an organisation has ended, and who took over."""

    closed_on = DayField("Ended on", default=today)
    successor_1 = record_select("Who took over?", "Choose the successor from the list.")
    successor_2 = record_select("And?", "Choose the successor from the list.")
    successor_3 = record_select("And?", "Choose the successor from the list.")

    def offer_successors(self, organisations: Iterable[tuple[int, str]]) -> None:
        """Set who can have taken over."""
        rows = list(organisations)
        for name in SUCCESSOR_FIELDS:
            self[name].choices = record_choices(rows, "Nobody")

    def validate_closed_on(self, field: Field) -> None:
        """Ask for the day."""
        if field.data is None:
            raise ValidationError("Enter the day on which it ended.")

    def successors(self) -> list[int]:
        """Return who took over, each once."""
        return list(dict.fromkeys(self[name].data for name in SUCCESSOR_FIELDS if self[name].data))


class ReopenOrganisationForm(EditForm):
    """Undo the closing of an organisation."""

    reason = StringField("Why is it opened again?", [OneLine("The reason", "Say why it is opened again.")])


class ContactFacts(Form):
    """The facts of a contact."""

    role = StringField("What they do", [OneLine("The role", ROLE_NEEDED)])
    name = StringField("Name", [OneLine("The name")])
    email = StringField("Email address", [OneLine("The email address")])
    phone = StringField("Telephone", [OneLine("The telephone number", limit=40)])


class ContactForm(ContactFacts, CreateForm):
    """Add a contact."""


class ContactEditForm(ContactFacts, EditForm):
    """Edit a contact, or say which day is or was the last."""

    left_on = DayField("Last day")
