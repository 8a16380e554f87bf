"""Who was there, in a log form: organisations, contacts, people of the register, and newcomers added in place."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.interactions.checks import Present
from register.partnerships.changes import add_participation
from register.partnerships.contact_changes import add_contact
from register.partnerships.kinds import SECTORS
from register.partnerships.lookups import members
from register.partnerships.organisation_changes import add_organisation
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal
from register.text import line
from register.web.choosing import word_choices
from register.web.forms import CreateForm
from register.web.sides import Sides, number_of

NEW = "new"
"""In the list of a new contact's organisations: the one that is added in the same form."""
KIND_OF_SECTOR = {"public": "other", "private": "company", "voluntary": "charity", "community": "community_group"}
"""What a new organisation is until somebody says more."""


class AttendanceForm(CreateForm):
    """The fields of who was there."""

    organisations = SelectMultipleField("Which organisations took part", choices=[], validate_choice=False)
    we = SelectField("You speak for", choices=[], validate_choice=False)
    people = SelectMultipleField("People of the register", choices=[], validate_choice=False)
    contacts = SelectMultipleField("Contacts", choices=[], validate_choice=False)
    contact_role = StringField("What the person does")
    contact_name = StringField("Name (optional)")
    contact_organisation = SelectField("Where the person works", choices=[], validate_choice=False)
    organisation_name = StringField("Name of the organisation")
    organisation_sector = SelectField("Sector", choices=word_choices(SECTORS, "Choose a sector"), validate_choice=False)

    def arrange(self, sides: Sides, person: Person) -> None:
        """Offer the organisations, contacts and people of the partnership."""
        bodies = list(sides.organisations.values())
        self.organisations.choices = [SelectChoice(str(body.id), body.label) for body in bodies]
        self.we.choices = [SelectChoice(str(body.id), body.label) for body in bodies]
        self.we.data = str(sides.we.id)
        chosen = {number_of(value) for value in self.contacts.data or ()}
        self.contacts.choices = [
            SelectChoice(str(contact.id), contact.label, {"hint": sides.organisations[contact.organisation_id].label})
            for contact in contacts_of(sides.organisations, chosen)
        ]
        self.people.choices = [
            SelectChoice(str(one.id), "You" if one.id == person.id else one.name)
            for one in people_of(sides, person, {number_of(value) for value in self.people.data or ()})
        ]
        self.contact_organisation.choices = [
            SelectChoice("", "Choose an organisation"), *self.we.choices,
            SelectChoice(NEW, "The new organisation below"),
        ]

    @property
    def attendance_has_errors(self) -> bool:
        """Whether this part of the form needs the person."""
        parts = (self.contacts, self.people, self.contact_role, self.contact_name, self.contact_organisation,
                 self.organisation_name, self.organisation_sector)
        return any(field.errors for field in parts)

    @property
    def has_newcomer(self) -> bool:
        """Whether somebody is to be added."""
        typed = (self.contact_role, self.contact_name, self.organisation_name)
        return any((field.data or "").strip() for field in typed)


def contacts_of(organisation_ids: Iterable[int], chosen: Iterable[int]) -> Sequence[Contact]:
    """Return the contacts of some organisations who have not left, and any others chosen."""
    here = Contact.organisation_id.in_(list(organisation_ids))
    stays = or_(Contact.left_on.is_(None), Contact.left_on >= today(), Contact.id.in_(list(chosen)))
    return db.session.scalars(
        select(Contact).where(here, stays).order_by(Contact.organisation_id, Contact.role, Contact.id),
    ).all()


def people_of(sides: Sides, person: Person, chosen: Iterable[int]) -> list[Person]:
    """Return the person, those who look after the partnership, and any others chosen."""
    wanted = {member.person_id for member in members(sides.partnership.id)} | set(chosen)
    found = db.session.scalars(select(Person).where(Person.id.in_(wanted)).order_by(Person.name, Person.id))
    return [person, *(one for one in found if one.id != person.id)]


def present(form: AttendanceForm, sides: Sides, newcomers: Iterable[Present] = ()) -> list[Present]:
    """Return who was there: each organisation with its people, or alone when nobody of it is named.

    People of the register come with the organisation that the form speaks for; a contact brings its own.
    """
    ticked = [number_of(value) for value in form.contacts.data or ()]
    works_at = {contact.id: contact.organisation_id for contact in contacts_of(sides.organisations, ticked)}
    chosen = [number_of(value) for value in form.organisations.data or ()]
    named = [Present(works_at[contact], contact_id=contact) for contact in ticked if contact in works_at]
    known = {str(choice.value) for choice in form.people.choices}
    if sides.we.id in chosen:
        named += [Present(sides.we.id, person_id=number_of(one)) for one in form.people.data or () if one in known]
    named += newcomers
    bare = [Present(body) for body in dict.fromkeys(chosen) if body not in {one.organisation_id for one in named}]
    return [*bare, *named]


def add_newcomers(form: AttendanceForm, sides: Sides, actor: str) -> list[Present]:
    """Add the organisation and the contact written into the form, and return them as present.

    The organisation joins the partnership as a partner; one of that name that the register has already is taken.
    """
    newcomers: list[Present] = []
    name = (form.organisation_name.data or "").strip()
    body = _add_organisation(form, sides, actor) if name else None
    if body is not None:
        newcomers.append(Present(body.id))
    if (form.contact_role.data or "").strip() or (form.contact_name.data or "").strip():
        contact = _add_contact(form, sides, body, actor)
        newcomers = [Present(contact.organisation_id, contact_id=contact.id)]
        if body is not None and body.id != contact.organisation_id:
            newcomers.append(Present(body.id))
    return newcomers


def _add_organisation(form: AttendanceForm, sides: Sides, actor: str) -> Organisation:
    sector = form.organisation_sector.data or ""
    name = line(form.organisation_name.data, "organisation_name", "The name")
    known = select(Organisation).where(Organisation.name == name, Organisation.closed_on.is_(None)).limit(1)
    try:
        body = db.session.scalar(known)
        body = body or add_organisation(actor, name=name, sector=sector, kind=KIND_OF_SECTOR.get(sector, "other"))
        add_participation(actor, sides.partnership, body.id, "partner")
    except Refusal as refusal:
        field = "organisation_sector" if refusal.field == "sector" else "organisation_name"
        raise Refusal(refusal.message, field) from refusal
    return body


def _add_contact(form: AttendanceForm, sides: Sides, body: Organisation | None, actor: str) -> Contact:
    if not (form.contact_role.data or "").strip():
        message = "Enter what the contact does, such as head of operations."
        raise Refusal(message, "contact_role")
    where = form.contact_organisation.data
    organisation_id = body.id if where == NEW and body else number_of(where)
    if organisation_id not in sides.organisations and not (body and organisation_id == body.id):
        message = "Choose where the new contact works."
        raise Refusal(message, "contact_organisation")
    try:
        return add_contact(
            actor, organisation_id=organisation_id, role=form.contact_role.data, name=form.contact_name.data,
        )
    except Refusal as refusal:
        raise Refusal(refusal.message, f"contact_{refusal.field}") from refusal


def attendance_data(rows: Iterable[Any]) -> dict[str, list[str]]:
    """Return what the fields hold of an interaction's attendances, to correct it."""
    kept = list(rows)
    return {
        "organisations": list(dict.fromkeys(str(row.organisation_id) for row in kept)),
        "contacts": [str(row.contact_id) for row in kept if row.contact_id],
        "people": [str(row.person_id) for row in kept if row.person_id],
    }
