"""Where everybody stands in a view of the map: kept, or found out at once as long as nothing is kept."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from register.database import db
from register.network.graph import Network
from register.network.layout import positions
from register.network.map_views import BOTH, STANDING, WHOLE, as_query, from_query, name_of
from register.network.models import KeptLayout, SavedView
from register.network.narrowing import Filters
from register.network.spacing import Point
from register.partnerships.models import Participation, Partnership
from register.partnerships.visibility import open_to_all

AT_ONCE = 60
"""Organisations up to which a page lays out a view that is not kept, in a fifth of a second; of a larger one everybody
stands as in the whole network until it is kept."""


def kept_places(filters: Filters) -> dict[int, Point] | None:
    """Return the places that are kept of a view; None where none are."""
    text = db.session.scalar(select(KeptLayout.spots).where(KeptLayout.view == name_of(as_query(filters))))
    return None if text is None else from_text(text)


def whole_places(filters: Filters = WHOLE) -> dict[int, Point]:
    """Return where everybody stands in the whole network, with partnerships where a view shows them."""
    return kept_places(BOTH if filters.with_partnerships else WHOLE) or {}


def places_for(filters: Filters, shown: Network, settled: Callable[[], Network]) -> dict[int, Point]:
    """Return a place for everybody who is shown in a view.

    `settled` answers whom the view would have places for, were it kept: today's, and of open partnerships alone. A
    restricted one moves nobody: who is seen through it alone comes beside those who have a place.
    """
    kept = kept_places(filters)
    if kept is None:
        kept = dict(_until_kept(filters, settled()))
    return positions(shown, kept)


def _until_kept(filters: Filters, settled: Network) -> Mapping[int, Point]:
    """Return the same places as will be kept where that is quick; else those in the whole network."""
    return _laid_out_now(settled) if 0 < len(settled.nodes) <= AT_ONCE else whole_places(filters)


@lru_cache(maxsize=64)
def _laid_out_now(network: Network) -> Mapping[int, Point]:
    """Return the places; remembered, because a page and its data ask one after the other."""
    return positions(network)


def layout_mark(filters: Filters) -> tuple[str, ...]:
    """Return what moves whenever a place in a view does."""
    names = {name_of(as_query(one)) for one in (filters, BOTH if filters.with_partnerships else WHOLE)}
    asked = select(KeptLayout.mark).where(KeptLayout.view.in_(names)).order_by(KeptLayout.view)
    return tuple(db.session.scalars(asked))


def views_to_keep() -> dict[Filters, dict[int, Point]]:
    """Return all views that have places, or shall have: with the places that they have."""
    rows = db.session.execute(select(KeptLayout.query, KeptLayout.spots))
    kept = {from_query(query): from_text(spots) for query, spots in rows}
    return {view: kept.get(view, {}) for view in (*lasting_views(), *kept)}


def lasting_views() -> set[Filters]:
    """Return the views that are never forgotten: those that everybody has, and those that somebody saved."""
    saved = db.session.scalars(select(SavedView.query).where(SavedView.removed_at.is_(None)))
    # By the question alone: how a place is written makes no other view.
    return {from_query(as_query(view)) for view in (*STANDING, *map(from_query, saved))}


def is_any_without_a_place() -> bool:
    """Say whether somebody takes part in an open partnership and has no place in the whole network, or it has none."""
    whole, both = whole_places(), whole_places(BOTH)
    return any(-work not in both or body not in both or (tied and body not in whole) for work, body, tied in _parts())


def _parts() -> Iterable[tuple[int, int, bool]]:
    """Yield who takes part in which open partnership now, and whether others do."""
    partner = aliased(Participation)
    beside = exists().where(
        and_(
            partner.partnership_id == Participation.partnership_id,
            partner.organisation_id != Participation.organisation_id,
            partner.left_on.is_(None),
        )
    )
    asked = (
        select(Participation.partnership_id, Participation.organisation_id, beside)
        .join(Partnership, Partnership.id == Participation.partnership_id)
        .where(open_to_all(), Partnership.closed_on.is_(None), Participation.left_on.is_(None))
    )
    return ((work, body, bool(tied)) for work, body, tied in db.session.execute(asked))


def as_text(places: Mapping[int, Point]) -> str:
    """Return places as they are kept: columns, which are a third as long as records."""
    ids = sorted(places)
    columns = {"ids": ids, "x": [places[one][0] for one in ids], "y": [places[one][1] for one in ids]}
    return json.dumps(columns, separators=(",", ":"))


def from_text(text: str) -> dict[int, Point]:
    """Return places as they were kept."""
    columns = json.loads(text)
    return dict(zip(columns["ids"], zip(columns["x"], columns["y"], strict=True), strict=True))
