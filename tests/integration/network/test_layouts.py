"""Each view of the map has places of its own: kept, bounded in number, and untouched by what is restricted."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from register.clock import clocks_now, now, pretending
from register.database import db
from register.network.facts_lookups import facts_where
from register.network.graph import Network
from register.network.layout_changes import forget_layouts_but, keep_layout, keep_positions
from register.network.layout_lookups import (
    is_any_without_a_place,
    kept_places,
    lasting_views,
    layout_mark,
    places_for,
    views_to_keep,
    whole_places,
)
from register.network.map_views import BOTH, STANDING, WHOLE, laid_out, to_lay_out
from register.network.models import KeptLayout
from register.network.narrowing import Filters, part_of
from register.network.saved_view_changes import remove_view, save_view
from register.partnerships.models import Partnership
from register.partnerships.visibility import open_to_all
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.networks import network

pytestmark = pytest.mark.usefixtures("session")

THEME = Filters(theme="children")


def bodies(*partnerships: Partnership) -> set[int]:
    return {body.id for one in partnerships for body in partners_of(one)}


def settled(view: Filters) -> Network:
    return to_lay_out(facts_where(open_to_all(), clocks_now()), view)


def a_kept(view: Filters) -> dict[int, tuple[float, float]]:
    keep_layout(view, laid_out(settled(view), kept_places(view) or {}))
    return kept_places(view) or {}


def test_both_wholes_are_placed_and_partnerships_stand_among_their_partners() -> None:
    pair = a_partnership()
    keep_positions()

    assert whole_places().keys() >= bodies(pair)
    assert kept_places(BOTH) is not None
    assert whole_places(BOTH).keys() >= {*bodies(pair), -pair.id}
    assert not is_any_without_a_place()


def test_a_new_partnership_of_those_who_have_a_place_is_placed_too() -> None:
    pair = a_partnership()
    keep_positions()
    before = whole_places(BOTH)
    again = a_partnership(partners_of(pair))

    assert is_any_without_a_place()
    assert keep_positions() == 0
    assert whole_places(BOTH).keys() - before.keys() == {-again.id}
    assert {one: whole_places(BOTH)[one] for one in before} == before


def test_a_theme_has_places_of_its_own_which_the_whole_does_not_move() -> None:
    children = a_partnership(theme="children", partners=3)
    kept = a_kept(THEME)
    a_partnership([partners_of(children)[0], an_organisation()], theme="safety")
    keep_positions()

    assert kept.keys() == bodies(children)
    assert kept_places(THEME) == kept
    assert layout_mark(THEME) != layout_mark(WHOLE)


def test_a_newcomer_to_a_theme_comes_beside_a_neighbour_and_the_mark_moves() -> None:
    children = a_partnership(theme="children", partners=3)
    kept, mark = a_kept(THEME), layout_mark(THEME)
    newcomer = an_organisation()
    a_partnership([partners_of(children)[0], newcomer], theme="children")
    grown = a_kept(THEME)

    assert {one: grown[one] for one in kept} == kept
    assert newcomer.id in grown
    assert layout_mark(THEME) != mark
    assert keep_layout(THEME, grown) == 0


def test_until_a_small_view_is_kept_it_looks_as_it_will() -> None:
    a_partnership(theme="children", partners=4)
    shown = part_of(facts_where(open_to_all(), clocks_now()), THEME)
    before = places_for(THEME, shown, lambda: settled(THEME))

    assert before == a_kept(THEME) == places_for(THEME, shown, lambda: network(0, []))


def test_until_a_larger_view_is_kept_everybody_stands_as_in_the_whole() -> None:
    pair = a_partnership()
    keep_positions()
    shown = part_of(facts_where(open_to_all(), clocks_now()), Filters(theme="none"))
    many = network(61, [(at, at + 1) for at in range(1, 61)])
    found = places_for(Filters(theme="none"), shown, lambda: many)

    assert {one: found[one] for one in bodies(pair)} == {one: whole_places()[one] for one in bodies(pair)}


def test_what_is_restricted_moves_nobody_and_is_kept_nowhere(session: scoped_session[Any]) -> None:
    keeper = a_person()
    open_one = a_partnership(theme="children", partners=3)
    hidden = a_partnership(
        [partners_of(open_one)[0], an_organisation()], {keeper: "lead"}, theme="children", is_restricted=True
    )
    session.flush()
    around = Filters(around=partners_of(hidden)[1].id)
    kept = a_kept(THEME)
    seen = part_of(facts_where(Partnership.id.in_([open_one.id, hidden.id]), clocks_now()), THEME)
    secret = partners_of(hidden)[1].id

    assert kept.keys() == bodies(open_one)
    assert a_kept(around) == {}
    assert session.scalars(select(KeptLayout.query)).all() == ["theme=children"]
    places = places_for(THEME, seen, lambda: settled(THEME))
    assert places[secret] not in kept.values()
    assert {one: places[one] for one in kept} == kept


def test_saved_views_are_laid_out_with_the_others_until_they_are_deleted() -> None:
    officer = a_person()
    view = save_view(officer, "Ours", "view=picture&sector=public&place=Lanmark", is_shared=False)
    asked = Filters(sector="public", place="lanmark")

    assert lasting_views() == {*STANDING, asked}
    assert asked in views_to_keep()
    remove_view(officer, view)
    assert asked not in views_to_keep()


def test_of_other_views_only_the_latest_are_kept() -> None:
    pair = a_partnership(theme="children", partners=3)
    a_kept(THEME)
    views = [Filters(around=body.id) for body in partners_of(pair)]
    for hours, view in enumerate(views):
        with pretending(now() + timedelta(hours=hours)):
            a_kept(view)
    assert set(views_to_keep()) == {*STANDING, *views}
    forget_layouts_but(lasting_views(), most_others=1)

    assert set(views_to_keep()) == {*STANDING, views[-1]}
    assert kept_places(views[0]) is None
    assert kept_places(THEME) is not None
    assert db.session.get(KeptLayout, "nothing") is None
