"""What people do to saved views of the network: save one under a name, rename it, share it, delete it."""

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.network.models import SavedView
from register.refusals import Refusal
from register.text import line, required

LONGEST_QUERY = 2000
"""Characters of an address that browsers and servers all take."""


def save_view(person: Person, name: str | None, query: str, *, is_shared: bool) -> SavedView:
    """Keep what somebody asks the map for; nobody has two views of one name."""
    if len(query) > LONGEST_QUERY:
        raise Refusal("This view asks for more than can be kept. Leave some of its filters out.")
    view = SavedView(
        person_id=person.id, name=_free_name(person, name), query=query, is_shared=is_shared, saved_at=now(),
        removed_at=None,
    )  # fmt: skip
    with recorded(person.actor, "saved_view:saved"):
        db.session.add(view)
    return view


def edit_view(person: Person, view: SavedView, name: str | None, *, is_shared: bool) -> None:
    """Change the name of one's own view, or who may open it."""
    checked = _free_name(person, name, view)
    with recorded(person.actor, "saved_view:edited"):
        view.name, view.is_shared = checked, is_shared


def remove_view(person: Person, view: SavedView) -> None:
    """Delete one's own view: nobody can open it any more; that it was there stays in the history."""
    with recorded(person.actor, "saved_view:removed"):
        view.removed_at = now()


def _free_name(person: Person, name: str | None, but: SavedView | None = None) -> str:
    checked = required(line(name, "name", "The name"), "name", "Enter a name for this view.")
    asked = select(SavedView).where(SavedView.person_id == person.id, SavedView.removed_at.is_(None))
    if any(other is not but and other.name.casefold() == checked.casefold() for other in db.session.scalars(asked)):
        raise Refusal("You have a view of this name already. Enter another name.", "name")
    return checked
