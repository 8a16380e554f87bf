"""Organisations take part in a partnership once at a time, with a role and days."""

from datetime import date

import pytest
from flask import Flask

from register.clock import Clocks
from register.partnerships.changes import add_participation, edit_participation
from register.partnerships.lookups import all_participations, participations, relationships_between
from register.partnerships.models import Participation, Partnership
from register.refusals import Refusal
from tests.factories import a_partnership, an_organisation

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def left(partnership: Partnership, joined_on: date | None, left_on: date) -> Participation:
    """Return the part of an organisation that has left again."""
    return add_participation(
        "register", partnership, an_organisation("Ferncote Care").id, "provider", joined_on, left_on
    )


def test_an_organisation_that_takes_part_cannot_be_added_again(app: Flask) -> None:
    partnership = a_partnership()
    body = all_participations(partnership.id)[0].organisation
    with pytest.raises(Refusal, match=f"{body.name} takes part already") as caught:
        add_participation("register", partnership, body.id, "funder")
    assert caught.value.field == "organisation_id"


def test_an_organisation_can_come_back_after_it_left(app: Flask) -> None:
    partnership = a_partnership()
    part = left(partnership, SPRING, SUMMER)
    add_participation("register", partnership, part.organisation_id, "funder", AUTUMN)
    assert [row.role for row in participations([partnership.id], Clocks(SPRING))][2:] == ["provider"]
    assert [row.role for row in participations([partnership.id], Clocks(AUTUMN))][2:] == ["funder"]


@pytest.mark.parametrize("again", [None, SPRING])
def test_an_organisation_comes_back_on_a_day_after_it_left(app: Flask, again: date | None) -> None:
    partnership = a_partnership()
    part = left(partnership, SPRING, SUMMER)
    with pytest.raises(Refusal, match="Ferncote Care took part before") as caught:
        add_participation("register", partnership, part.organisation_id, "funder", again)
    assert caught.value.field == "joined_on"


def test_an_ended_part_is_not_stretched_over_a_later_one(app: Flask) -> None:
    partnership = a_partnership()
    part = left(partnership, SPRING, SUMMER)
    add_participation("register", partnership, part.organisation_id, "funder", AUTUMN)
    with pytest.raises(Refusal, match="in these days already"):
        edit_participation("register", part, role="provider", joined_on=SPRING, left_on=None)
    edit_participation("register", part, role="provider", joined_on=SPRING, left_on=AUTUMN)
    assert part.left_on == AUTUMN


def test_nobody_leaves_before_joining(app: Flask) -> None:
    with pytest.raises(Refusal, match="after the day it joined") as caught:
        left(a_partnership(), SUMMER, SPRING)
    assert caught.value.field == "left_on"


@pytest.mark.parametrize("organisation_id", [None, 999_999])
def test_only_an_organisation_of_the_register_takes_part(app: Flask, organisation_id: int | None) -> None:
    with pytest.raises(Refusal, match="Choose an organisation"):
        add_participation("register", a_partnership(), organisation_id, "partner")


def test_a_role_is_a_word_of_the_vocabulary(app: Flask) -> None:
    with pytest.raises(Refusal, match="role") as caught:
        add_participation("register", a_partnership(), an_organisation().id, "friend")
    assert caught.value.field == "role"


def test_partners_view_one_another_both_ways_but_two_providers_do_not(app: Flask) -> None:
    partnership = a_partnership(partners=3, roles=["commissioner", "provider", "provider"])
    council, first, second = (row.organisation_id for row in all_participations(partnership.id))
    found = relationships_between(participations([partnership.id], Clocks(AUTUMN)))
    assert {(row.rater_id, row.ratee_id) for row in found} == {
        (council, first),
        (first, council),
        (council, second),
        (second, council),
    }
