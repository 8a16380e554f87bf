"""The filters at the left of a list count what each choice would show beside the other groups' choices."""

import pytest
from flask import Flask

from register.web.facets import Facet, Tally, asked_filtering, asked_text, counted

KIND = Facet("kind", "Kind", {"internal": "Internal", "commissioning": "Commissioning"})
STATE = Facet("state", "State", {"open": "Open", "closed": "Closed"})
THEME = Facet("theme", "Theme", {"care": "Care", "health": "Health"}, whole=False)
TALLIES: list[Tally] = [
    ({"kind": "internal", "state": "open", "theme": "care"}, 3),
    ({"kind": "internal", "state": "closed", "theme": None}, 1),
    ({"kind": "commissioning", "state": "open", "theme": "care"}, 5),
]


@pytest.fixture
def app() -> Flask:
    """Return an application that only reads addresses."""
    return Flask(__name__)


def test_a_group_is_counted_within_the_choices_of_the_others_but_not_its_own() -> None:
    chosen = {"kind": frozenset({"internal"}), "state": frozenset({"open"})}
    assert counted("kind", TALLIES, chosen) == {"internal": 3, "commissioning": 5}
    assert counted("state", TALLIES, chosen) == {"open": 3, "closed": 1}


def test_choices_come_from_the_address_and_unknown_ones_are_left_out(app: Flask) -> None:
    with app.test_request_context("/?kind=internal&kind=nonsense&state=%00"):
        filtering = asked_filtering([KIND, STATE], {"state": ["open"]})
    assert filtering.chosen == {"kind": {"internal"}, "state": {"open"}}
    assert filtering.count == 1


def test_how_a_list_opens_is_no_filter(app: Flask) -> None:
    with app.test_request_context("/?state=open"):
        assert asked_filtering([KIND, STATE], {"state": ["open"]}).count == 0
    with app.test_request_context("/?state=open&state=closed"):
        assert asked_filtering([KIND, STATE], {"state": ["open"]}).count == 1


def test_a_group_may_leave_out_what_would_show_nothing_unless_it_is_chosen(app: Flask) -> None:
    with app.test_request_context("/"):
        groups = asked_filtering([THEME]).groups(TALLIES)
    assert [(choice.value, choice.count) for choice in groups[0].choices] == [("care", 8)]
    with app.test_request_context("/?theme=health"):
        groups = asked_filtering([THEME]).groups(TALLIES)
    assert [(choice.value, choice.count, choice.checked) for choice in groups[0].choices] == [
        ("care", 8, False),
        ("health", 0, True),
    ]


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("  two   words ", "two words"), ("a%00b", "a b"), ("%E2%80%8Fcare", "care"), ("x" * 500, "x" * 100), ("", "")],
)
def test_a_searched_text_has_no_control_characters_and_an_end(app: Flask, typed: str, searched: str) -> None:
    with app.test_request_context(f"/?q={typed}"):
        assert asked_text() == searched
