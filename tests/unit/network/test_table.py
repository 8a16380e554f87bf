"""Ties as rows to sort and as a matrix to read across."""

from datetime import date

import pytest

from register.network.graph import Network, build
from register.network.table import SORTS, matrix, most_tied, rows, standing_counts
from tests.fixtures.networks import network, node, view


def lane() -> Network:
    """Zeta (1) with alpha (2) and Beta (3): weak, logged last year; strong, logged this year, in two partnerships."""
    nodes = [node(1, "Zeta"), node(2, "alpha", "voluntary"), node(3, "Beta", "community")]
    views = [view(1, 2, "weak"), view(2, 1, "sound"), view(3, 1, "strong", partnership=2)]
    days = {(1, 2): date(2025, 3, 1), (1, 3): date(2026, 3, 1)}
    return build(nodes, {(1, 2): [1], (1, 3): [1, 2], (2, 3): [3]}, views, days)


def order(sort: str) -> list[tuple[str, str]]:
    return [(row.one.name, row.other.name) for row in rows(lane(), sort)]


def test_a_row_names_its_two_in_alphabetical_order_with_the_views_that_way_round() -> None:
    row = next(row for row in rows(lane()) if row.key == "1-2")

    assert (row.one.name, row.other.name) == ("alpha", "Zeta")
    assert (row.one_of_other and row.one_of_other.word, row.other_of_one and row.other_of_one.word) == ("sound", "weak")


def test_rows_sort_by_name_whatever_its_capitals() -> None:
    assert order("name") == [("alpha", "Beta"), ("alpha", "Zeta"), ("Beta", "Zeta")]
    assert order("-name") == list(reversed(order("name")))


def test_rows_sort_by_standing_best_first_and_not_known_last() -> None:
    assert order("standing") == [("Beta", "Zeta"), ("alpha", "Zeta"), ("alpha", "Beta")]


def test_rows_sort_by_the_last_day_with_never_logged_before_all() -> None:
    assert order("last") == [("alpha", "Beta"), ("alpha", "Zeta"), ("Beta", "Zeta")]


def test_rows_sort_by_how_many_partnerships_are_shared() -> None:
    assert order("-partnerships")[0] == ("Beta", "Zeta")


@pytest.mark.parametrize("sort", ["", "nonsense", "-", "-nonsense"])
def test_a_sort_that_there_is_not_sorts_by_name(sort: str) -> None:
    assert order(sort) == order("name")


@pytest.mark.parametrize("sort", SORTS)
def test_an_empty_network_has_no_rows_however_sorted(sort: str) -> None:
    assert rows(network(0, []), sort) == []


def test_the_matrix_says_in_a_row_what_one_thinks_of_each_column() -> None:
    found = matrix(lane(), 10, "name")
    words = [[cell.view.word if cell.view else None for cell in cells] for _, cells in found.rows]

    assert [one.name for one in found.nodes] == ["alpha", "Beta", "Zeta"]
    assert words == [[None, None, "sound"], [None, None, "strong"], ["weak", None, None]]
    assert [cells[at].is_self for at, (_, cells) in enumerate(found.rows)] == [True, True, True]


def test_the_matrix_tells_no_view_from_no_relationship() -> None:
    found = matrix(network(3, [(1, 2)]), 10, "name")
    first = found.rows[0][1]

    assert [(cell.is_tied, cell.view) for cell in first[1:]] == [(True, None), (False, None)]


@pytest.mark.parametrize(
    ("by", "names"),
    [("sector", ["Zeta", "alpha", "Beta"]), ("name", ["alpha", "Beta", "Zeta"]), ("ties", ["alpha", "Beta", "Zeta"])],
)
def test_the_matrix_is_ordered_as_asked(by: str, names: list[str]) -> None:
    assert [one.name for one in matrix(lane(), 10, by).nodes] == names


def test_a_matrix_too_large_keeps_the_most_tied() -> None:
    star = network(5, [(3, 1), (3, 2), (3, 4), (4, 5)])

    assert {one.id for one in matrix(star, 2).nodes} == {3, 4}
    assert most_tied(star)[0].id == 3


def test_standings_of_an_organisation_are_counted_best_first() -> None:
    assert standing_counts(lane(), 1) == {"strong": 1, "weak": 1}
    assert standing_counts(network(1, []), 1) == {}
