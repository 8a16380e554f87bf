"""What is asked of accounts: who there is, and how the history's actors are called."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from register.accounts.models import Person
from register.clock import today
from register.database import db


def people(role: str | None = None, *, active_only: bool = False) -> Sequence[Person]:
    """Return people by name, of one role where asked."""
    asked = select(Person).order_by(Person.name, Person.id)
    if role:
        asked = asked.where(Person.role == role)
    if active_only:
        asked = asked.where(Person.disabled_at.is_(None), or_(Person.last_day.is_(None), Person.last_day >= today()))
    return db.session.scalars(asked).all()


def names_of_actors(actors: Iterable[str]) -> dict[str, str]:
    """Return the names behind actors such as "person:3"; what is no person stands for itself."""
    wanted = set(actors)
    ids = [int(actor.removeprefix("person:")) for actor in wanted if actor.startswith("person:")]
    rows = db.session.scalars(select(Person).where(Person.id.in_(ids)))
    return {actor: f"The {actor}" for actor in wanted} | {person.actor: person.name for person in rows}
