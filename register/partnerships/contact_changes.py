"""What people do to contacts at organisations: add one, change one, say which day is the last."""

from datetime import date

from register.database import db
from register.history.recording import recorded
from register.partnerships.organisation_models import Contact
from register.refusals import Refusal
from register.text import line, required


def add_contact(
    actor: str,
    *,
    organisation_id: int,
    role: str | None,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> Contact:
    """Add a contact at an organisation: a role is needed, a name is not."""
    contact = Contact(organisation_id=organisation_id, left_on=None, **_checked_contact(role, name, email, phone))
    with recorded(actor, "contact:added"):
        db.session.add(contact)
    return contact


def edit_contact(
    actor: str,
    contact: Contact,
    *,
    role: str | None,
    name: str | None,
    email: str | None,
    phone: str | None,
    left_on: date | None,
) -> None:
    """Change a contact's details, or say which day is or was the last."""
    checked = _checked_contact(role, name, email, phone)
    with recorded(actor, "contact:edited"):
        for key, value in checked.items():
            setattr(contact, key, value)
        contact.left_on = left_on


def _checked_contact(role: str | None, name: str | None, email: str | None, phone: str | None) -> dict[str, str | None]:
    sentence = "Enter what the contact does, such as head of operations."
    address = line(email, "email", "The email address")
    if address and "@" not in address:
        message = "Enter an email address, such as name@charity.example, or leave it empty."
        raise Refusal(message, "email")
    return {
        "role": required(line(role, "role", "The role"), "role", sentence),
        "name": line(name, "name", "The name"),
        "email": address,
        "phone": line(phone, "phone", "The telephone number", limit=40),
    }
