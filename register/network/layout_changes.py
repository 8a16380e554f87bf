"""Keeping the places of the picture, view by view, so that each looks the same at the next visit."""

import hashlib
from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from register.clock import clocks_now, now
from register.database import db
from register.network.facts_lookups import facts_where
from register.network.layout_lookups import as_text, from_text, is_any_without_a_place, kept_places
from register.network.map_views import BOTH, MOST_OTHERS, WHOLE, as_query, laid_out, name_of, to_lay_out
from register.network.models import KeptLayout
from register.network.narrowing import Filters
from register.network.spacing import Point
from register.partnerships.visibility import open_to_all


def keep_positions(views: Collection[Filters] = (WHOLE, BOTH)) -> int:
    """Give a place to everybody in an open partnership who has none; return how many got one in the whole network.

    Only open partnerships count: if a restricted one moved an organisation, the picture would tell of it. Whoever has
    no tie yet is given no place to keep, so that it comes beside its first partner when there is one.
    """
    if not is_any_without_a_place():
        return 0
    facts = facts_where(open_to_all(), clocks_now())
    kept = {view: kept_places(view) or {} for view in views}
    placed = {view: keep_layout(view, laid_out(to_lay_out(facts, view), kept[view])) for view in views}
    return placed.get(WHOLE, 0)


def keep_layout(view: Filters, places: Mapping[int, Point]) -> int:
    """Keep where everybody stands in a view; return how many those are who had no place there before."""
    query = as_query(view)
    kept = db.session.get(KeptLayout, name_of(query)) or KeptLayout(view=name_of(query), query=query)
    had = from_text(kept.spots) if kept.spots else {}
    if places and had != places:
        kept.spots, kept.laid_out_at = as_text(places), now()
        kept.mark = hashlib.blake2b(kept.spots.encode(), digest_size=16).hexdigest()
        db.session.add(kept)
        db.session.flush()
    return len(places.keys() - had.keys())


def forget_layouts_but(lasting: Collection[Filters], most_others: int = MOST_OTHERS) -> None:
    """Forget the places of views that are neither lasting nor among the others that were laid out last."""
    names = [name_of(as_query(view)) for view in lasting]
    others = select(KeptLayout.view).where(KeptLayout.view.not_in(names))
    latest = others.order_by(KeptLayout.laid_out_at.desc(), KeptLayout.view).limit(most_others)
    gone = set(db.session.scalars(others)) - set(db.session.scalars(latest))
    db.session.execute(delete(KeptLayout).where(KeptLayout.view.in_(gone)))
