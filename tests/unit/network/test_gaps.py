"""Where the gaps are in one theme."""

from register.network.facts import Facts, Part, Work
from register.network.gaps import gaps
from register.network.graph import Node
from tests.fixtures.networks import view

SECTORS = {"public": "Public", "private": "Private", "voluntary": "Voluntary", "community": "Community"}


def body(ident: int, sector: str, place: str = "") -> Node:
    return Node(ident, f"Body {ident}", "", sector, "council", None, place)


def said(lead: int | None = 3, role: str = "lead", word: str = "sound") -> list[str]:
    """Return the gaps of one partnership of a council (1) and a charity (2), where there is a company (3) besides."""
    nodes = (body(1, "public", "Ferncote"), body(2, "voluntary"), body(3, "private", "Saltmarsh"))
    work = Work(1, "Jobs board", "multi_agency", "joblessness", "key", lead)
    parts = (Part(1, 1, role), Part(1, 2, "partner"))
    facts = Facts(nodes, (work,), parts, (view(1, 2, word),), {})
    return [str(one) for one in gaps(facts, facts, SECTORS)]


def test_sectors_and_places_that_take_no_part_are_named_where_the_register_has_them() -> None:
    assert said() == ["No private organisation takes part.", "Nobody takes part from Saltmarsh."]


def test_a_partnership_that_nobody_leads_is_named() -> None:
    assert "No officer leads Jobs board." in said(lead=None)
    assert "No partner has the part of a lead in Jobs board." in said(role="partner")


def test_partners_without_a_known_standing_and_relationships_not_known_are_named() -> None:
    told = said(word="not known")

    assert "Body 1 and Body 2 have no known standing with anybody." in told
    assert "Of 1 relationship nothing is known: Body 1 with Body 2." in told
