"""What is asked of the database beside the network's facts: what can be asked for, and what it is called."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import db
from register.interactions.lookups import as_known
from register.interactions.models import Interaction
from register.network.facts_lookups import facts_for, facts_where
from register.network.graph import Network
from register.network.known_lookups import rows_known
from register.network.narrowing import Filters, part_of
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import open_to_all, visible_to


def network_for(person: Person, clocks: Clocks, filters: Filters | None = None) -> Network:
    """Return the network that a person may see on a day, narrowed to what is asked for."""
    return part_of(facts_for(person, clocks), filters or Filters())


def open_network(clocks: Clocks) -> Network:
    """Return the network of the partnerships that are restricted to nobody: the one from which places are reckoned."""
    return facts_where(open_to_all(), clocks).network


def number_taking_part() -> int:
    """Return how many organisations take part in something now: how large the network is."""
    asked = select(func.count(Participation.organisation_id.distinct())).where(Participation.left_on.is_(None))
    return db.session.scalar(asked) or 0


def partnership_names(person: Person, ids: Iterable[int], clocks: Clocks | None = None) -> dict[int, str]:
    """Return the names of some partnerships as they were known, of those that the person may see."""
    asked = select(Partnership.id, Partnership.name).where(Partnership.id.in_(list(ids)), visible_to(person))
    return {row["id"]: row["name"] for row in rows_known("partnership", asked, clocks or clocks_now())}


def lead_officers(person: Person) -> dict[str, str]:
    """Return the names of those who lead, or led, a partnership that the person may see, by id as text."""
    leading = select(Partnership.lead_officer_id).where(visible_to(person))
    asked = select(Person.id, Person.name).where(Person.id.in_(leading)).order_by(Person.name, Person.id)
    return {str(row.id): row.name for row in db.session.execute(asked)}


def places() -> dict[str, str]:
    """Return the places of all organisations as they are shown: of several ways to write one, the first."""
    rows = db.session.scalars(select(Organisation.place).distinct().order_by(Organisation.place))
    found: dict[str, str] = {}
    for place in filter(None, rows):
        found.setdefault(place.casefold(), place)
    return {place: place for place in found.values()}


def is_an_organisation(organisation_id: int) -> bool:
    """Say whether there is, or was, an organisation with an id."""
    return db.session.get(Organisation, organisation_id) is not None


def logged_by_day(person: Person, known: date | None) -> dict[date, int]:
    """Return how many interactions of each day a person may read of, as they were known at the end of a day."""
    rows = db.session.execute(
        select(Interaction.held_on, func.count())
        .join(Partnership, Partnership.id == Interaction.partnership_id)
        .where(as_known(Clocks(today(), known)), visible_to(person))
        .group_by(Interaction.held_on)
    )
    return dict(rows.all())
