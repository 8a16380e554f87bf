"""What is asked of saved views: one's own, and those that others share."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from register.accounts.models import Person
from register.database import db
from register.network.models import SavedView


def saved_views(person: Person) -> Sequence[SavedView]:
    """Return the views that a person may open, own ones first, then by name."""
    found = db.session.scalars(
        select(SavedView)
        .where(SavedView.removed_at.is_(None), or_(SavedView.person_id == person.id, SavedView.is_shared.is_(True)))
        .options(joinedload(SavedView.person))
    ).all()
    return sorted(found, key=lambda view: (view.person_id != person.id, view.name.casefold(), view.id))


def saved_view(person: Person, view_id: int) -> SavedView | None:
    """Return a view that a person may open; None where there is none, it is somebody else's own, or it was deleted."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.removed_at is not None:
        return None
    return view if view.is_shared or view.person_id == person.id else None
