"""What is kept of measures that take long, found by the network that they were worked out from."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.network.carriers import Carriers
from register.network.carriers import from_text as carriers_from_text
from register.network.carriers_lookups import carriers_where
from register.network.graph import Network
from register.network.indexed import Indexed, Indices, indexed
from register.network.kept_models import KeptMeasures
from register.network.map_views import as_query, name_of
from register.network.narrowing import Filters
from register.network.worked_out import AT_ONCE, NOTHING, SMALL, WorkedOut, from_text, work_out
from register.partnerships.models import Member, Partnership
from register.partnerships.visibility import open_to_all, visible_to

OPEN = "open"
"""The clearance of whoever sees no restricted partnership."""
ALL_NOW = ""
"""The part that is all there is now."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a page has; `as_of` is when it was worked out, None when it was just now or never.

    `is_behind` says that the network has changed since, or was never worked out.
    """

    worked_out: WorkedOut
    as_of: datetime | None = None
    is_behind: bool = False


def part_name(filters: Filters, clocks: Clocks) -> str:
    """Return the name of a part of the network on a day."""
    if clocks.is_now and filters == Filters():
        return ALL_NOW
    return name_of(f"{as_query(filters)} {clocks.on} {clocks.known}")


def worked_out_for(network: Network, person: Person, part: str = ALL_NOW, *, is_aside: bool = False) -> Found:
    """Return what takes long to work out of a network: kept, or worked out at once where that is quick.

    Of a large one that is not kept, the person gets what was kept last of the same part for those who see the same.
    `is_aside` says that the page is about something else and must not wait.
    """
    by_index = indexed(network)
    mine = clearance_of(person)
    kept = _kept_of(by_index, mine)
    if kept is not None:
        return Found(from_text(kept.found), kept.worked_out_at)
    if len(by_index.ids) <= (SMALL if is_aside else AT_ONCE):
        return Found(_worked_out_now(tuple(by_index.ids), tuple(by_index.pairs)))
    older = db.session.get(KeptMeasures, (mine, part))
    if older is not None:
        return Found(_still_there(from_text(older.found), network), older.worked_out_at, is_behind=True)
    return Found(NOTHING, is_behind=True)


@lru_cache(maxsize=16)
def _worked_out_now(ids: tuple[int, ...], pairs: tuple[Indices, ...]) -> WorkedOut:
    """Return what takes long; remembered by who is tied to whom, on which nothing but that depends."""
    return work_out(Indexed(list(ids), list(pairs)))


@dataclass(frozen=True, slots=True)
class FoundCarriers:
    """Who carries the ties; None where a page does not find it out. `as_of` is when it was kept, None: just now."""

    carriers: Carriers | None
    as_of: datetime | None = None


def carriers_for(
    network: Network, person: Person, condition: ColumnElement[bool], clocks: Clocks, part: str
) -> FoundCarriers:
    """Return who carries the ties of a network made of the partnerships that meet a condition.

    In a large one the meetings of two years are too many for a page: what was kept last of the same part for whoever
    sees the same.
    """
    if len(network.nodes) <= SMALL:
        return FoundCarriers(carriers_where(condition, clocks))
    kept = db.session.get(KeptMeasures, (clearance_of(person), part))
    if kept is None or kept.carriers is None:
        return FoundCarriers(None)
    return FoundCarriers(carriers_from_text(kept.carriers), kept.carriers_read_at)


def _kept_of(network: Indexed, mine: str) -> KeptMeasures | None:
    """Return what was worked out from this very network, for one's own clearance or for everybody.

    What was kept for others is not looked at: when they had theirs worked out is a trace of what only they see.
    """
    found = {
        row.clearance: row
        for row in db.session.scalars(
            select(KeptMeasures).where(
                KeptMeasures.fingerprint == network.fingerprint,
                KeptMeasures.clearance.in_([mine, OPEN]),
            )
        )
    }
    return found.get(mine) or found.get(OPEN)


def clearance_of(person: Person) -> str:
    """Return what names the restricted partnerships that a person sees."""
    seen = select(Partnership.id).where(Partnership.is_restricted.is_(True), visible_to(person))
    return clearance(frozenset(db.session.scalars(seen)))


def clearance(restricted: Collection[int]) -> str:
    """Return what names a set of restricted partnerships; the empty one is everybody's."""
    if not restricted:
        return OPEN
    text = ",".join(map(str, sorted(restricted)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def cleared() -> dict[str, frozenset[int]]:
    """Return every clearance that somebody has, with the restricted partnerships that it shows; the open one first.

    Beside the open network these are the sets of restricted partnerships that somebody is a member of; whoever opened
    all restricted records sees the largest set.
    """
    rows = db.session.execute(
        select(Member.person_id, Partnership.id)
        .join(Partnership, Partnership.id == Member.partnership_id)
        .join(Person, Person.id == Member.person_id)
        .where(Partnership.is_restricted.is_(True), Member.ended_at.is_(None), Person.disabled_at.is_(None))
    )
    sets: dict[int, set[int]] = {}
    for person_id, partnership_id in rows:
        sets.setdefault(person_id, set()).add(partnership_id)
    every = set(db.session.scalars(select(Partnership.id).where(Partnership.is_restricted.is_(True))))
    return {OPEN: frozenset(), **{clearance(seen): frozenset(seen) for seen in [*sets.values(), every] if seen}}


def clearances() -> dict[str, ColumnElement[bool]]:
    """Return every clearance that somebody has, with the condition for the partnerships it shows."""
    return {
        name: open_to_all() | Partnership.id.in_(seen) if seen else open_to_all() for name, seen in cleared().items()
    }


def open_communities() -> dict[int, int]:
    """Return the community that each organisation of an open partnership was last found in: the place of its group."""
    kept = db.session.get(KeptMeasures, (OPEN, ALL_NOW))
    groups = from_text(kept.found).communities if kept else ()
    return {one: at for at, group in enumerate(groups) for one in group}


def is_kept(name: str, network: Indexed, part: str = ALL_NOW) -> bool:
    """Say whether what is kept for a clearance was worked out from this very network."""
    asked = select(KeptMeasures.fingerprint).where(KeptMeasures.clearance == name, KeptMeasures.part == part)
    return db.session.scalar(asked) == network.fingerprint


def _still_there(found: WorkedOut, network: Network) -> WorkedOut:
    """Return what was kept of the organisations that the network still has."""
    there = network.by_id
    groups = (tuple(one for one in group if one in there) for group in found.communities)
    return WorkedOut(
        {one: value for one, value in found.betweenness.items() if one in there},
        {one: value for one, value in found.closeness.items() if one in there},
        tuple(group for group in groups if group),
    )
