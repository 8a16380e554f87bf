"""Places are kept for those who are tied in the open, and never moved again."""

from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from register.network.layout_changes import keep_positions
from register.network.layout_lookups import is_any_without_a_place, whole_places
from tests.factories import a_partnership, an_organisation, partners_of

pytestmark = pytest.mark.usefixtures("session")


def test_everybody_tied_gets_a_place_once() -> None:
    pair = a_partnership()

    assert is_any_without_a_place()
    assert keep_positions() == 2
    assert {body.id for body in partners_of(pair)} <= whole_places().keys()
    assert keep_positions() == 0


def test_a_newcomer_leaves_the_others_where_they_are() -> None:
    first = a_partnership(partners=3)
    keep_positions()
    before = whole_places()
    newcomer = an_organisation()
    a_partnership([partners_of(first)[0], newcomer])

    assert keep_positions() == 1
    after = whole_places()
    assert {key: after[key] for key in before} == before
    assert newcomer.id in after


def test_an_organisation_without_partners_is_given_no_place_to_keep() -> None:
    alone = an_organisation()
    a_partnership([an_organisation()])
    keep_positions()

    assert not is_any_without_a_place()
    assert alone.id not in whole_places()


def test_a_restricted_partnership_places_nobody(session: scoped_session[Any]) -> None:
    hidden = a_partnership(is_restricted=True)
    session.flush()

    assert keep_positions() == 0
    assert not {body.id for body in partners_of(hidden)} & whole_places().keys()
