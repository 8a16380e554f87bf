"""The facts read once, and the two networks built from them."""

from datetime import date

from register.network.facts import Facts, Part, Work, is_partnership, of_both
from register.network.narrowing import Filters, built, part_of
from register.network.sentences import counts
from tests.fixtures.networks import node, view

SCHOOL = Work(7, "Home to school", "commissioning", "transport", "key", 3)
BINS = Work(8, "Bins", "shared_service", None, "routine", None)


def facts() -> Facts:
    """The council (1), a charity (2) and a company (3) take children to school; the council and 4 empty bins."""
    return Facts(
        (node(1), node(2, sector="voluntary"), node(3, sector="private"), node(4), node(5)),
        (BINS, SCHOOL),
        (*(Part(7, body, "partner") for body in (1, 2, 3)), *(Part(8, body, "partner") for body in (1, 4))),
        (
            *(view(1, 2, "strong", partnership=7), view(2, 1, "weak", partnership=7)),
            *(view(1, 3, "not known", partnership=7), view(1, 4, "sound", partnership=8)),
        ),
        {(7, 1, 2): date(2026, 5, 1), (7, 1, 3): date(2026, 6, 1), (8, 1, 4): date(2026, 7, 1)},
    )


def pairs(filters: Filters) -> set[tuple[int, int]]:
    return {(tie.a, tie.b) for tie in part_of(facts(), filters).ties}


def test_organisations_are_tied_where_they_stand_in_a_relationship() -> None:
    assert pairs(Filters()) == {(1, 2), (1, 3), (1, 4)}


def test_a_tie_was_logged_last_on_the_latest_day_in_any_partnership() -> None:
    days = {(tie.a, tie.b): tie.last_on for tie in facts().network.ties}

    assert days == {(1, 2): date(2026, 5, 1), (1, 3): date(2026, 6, 1), (1, 4): date(2026, 7, 1)}


def test_partnerships_as_nodes_are_tied_to_those_who_take_part() -> None:
    both = of_both(facts())

    assert {(tie.a, tie.b) for tie in both.ties} == {(-7, 1), (-7, 2), (-7, 3), (-8, 1), (-8, 4)}
    assert [one.name for one in both.nodes if is_partnership(one)] == ["Bins", "Home to school"]


def test_the_two_directions_of_a_part_are_what_is_said_of_the_organisation_and_what_it_says() -> None:
    tie = next(tie for tie in of_both(facts()).ties if (tie.a, tie.b) == (-7, 2))

    assert tie.a_of_b is not None
    assert tie.b_of_a is not None
    assert (tie.a_of_b.word, tie.b_of_a.word) == ("strong", "weak")
    assert tie.b_of_a.relationship == (7, 2, 1)
    assert tie.last_on == date(2026, 5, 1)


def test_each_filter_of_partnerships_leaves_only_theirs() -> None:
    school = {(1, 2), (1, 3)}

    assert pairs(Filters(kind="commissioning")) == school
    assert pairs(Filters(theme="transport")) == school
    assert pairs(Filters(tier="key")) == school
    assert pairs(Filters(lead="3")) == school
    assert pairs(Filters(tier="routine", lead="3")) == set()


def test_what_has_no_theme_and_no_lead_can_be_asked_for() -> None:
    assert pairs(Filters(theme="none")) == {(1, 4)}
    assert pairs(Filters(lead="none")) == {(1, 4)}


def test_a_part_with_partnerships_as_nodes_keeps_only_those_asked_for() -> None:
    assert pairs(Filters(theme="transport", with_partnerships=True)) == {(-7, 1), (-7, 2), (-7, 3)}


def test_one_step_around_an_organisation_shows_the_same_organisations_with_partnerships_between() -> None:
    apart = {one.id for one in part_of(facts(), Filters(around=4)).nodes}
    both = {one.id for one in part_of(facts(), Filters(around=4, with_partnerships=True)).nodes}

    assert both - {-8} == apart == {1, 4}


def test_a_partnership_is_of_no_sector_and_at_no_place() -> None:
    assert pairs(Filters(sector="private", with_partnerships=True)) == {(-7, 3)}
    assert all(not is_partnership(one) for one in part_of(facts(), Filters(place="none")).nodes)


def test_nothing_asked_builds_the_network_once() -> None:
    known = facts()

    assert built(known, Filters()) is known.network
    assert built(known, Filters(sector="public")) is known.network


def test_partnerships_are_counted_apart_from_organisations() -> None:
    assert str(counts(of_both(facts()))).startswith("5 organisations, 2 live partnerships, 5 parts taken in them.")


def test_who_takes_part_twice_is_tied_once_and_never_with_itself() -> None:
    twice = Facts(
        (node(1), node(2)),
        (BINS,),
        (Part(8, 1, "lead"), Part(8, 1, "funder"), Part(8, 2, "partner"), Part(8, 99, "partner")),
        (view(1, 1, "weak", partnership=8), view(1, 2, "sound", partnership=8)),
        {(8, 1, 1): date(2026, 5, 1)},
    )

    assert [(tie.a, tie.b) for tie in twice.network.ties] == [(1, 2)]
    assert [(tie.a, tie.b) for tie in of_both(twice).ties] == [(-8, 1), (-8, 2)]
