"""What would fall apart: by name, whatever is taken away."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network.facts import Facts, Part, Work
from register.network.graph import Network
from register.network.pieces import cut_off
from register.network.what_if import Gone, WhatIf
from register.network.what_if_sentences import what_if_sentences
from register.network.what_if_table import changed_organisations, changed_partnerships, changed_ties
from tests.fixtures.networks import node, view

THEMES = {"safety": "Community safety", "health": "Health and wellbeing"}
LEAD = 7


def facts(number: int, works: list[list[int]], words: dict[tuple[int, int, int], str] | None = None) -> Facts:
    """Organisations 1 to `number`; each partnership is led by its first partner, all by officer 7."""
    return Facts(
        tuple(node(at) for at in range(1, number + 1)),
        tuple(Work(at, f"Work {at}", "multi_agency", "safety", "key", LEAD) for at, _ in enumerate(works, 1)),
        tuple(
            Part(at, body, "partner" if place else "lead")
            for at, bodies in enumerate(works, 1)
            for place, body in enumerate(bodies)
        ),
        tuple(
            view(one, other, (words or {}).get((at, one, other), "not known"), partnership=at)
            for at, bodies in enumerate(works, 1)
            for one in bodies
            for other in bodies
            if one != other
        ),
        {},
    )


def said(found: WhatIf) -> str:
    return " ".join(map(str, what_if_sentences(found, THEMES)))


CHAIN = facts(4, [[1, 2], [2, 3], [3, 4]])


@st.composite
def registers(draw: st.DrawFn) -> Facts:
    number = draw(st.integers(1, 9))
    bodies = st.lists(st.integers(1, number), min_size=1, max_size=4, unique=True)
    return facts(number, draw(st.lists(bodies, max_size=8)))


@given(registers())
def test_who_is_cut_off_without_an_organisation_is_what_the_measures_say(found: Facts) -> None:
    expected = cut_off(found.network)

    for body in found.network.by_id:
        assert WhatIf(found, Gone(organisation_id=body)).cut_off == expected.get(body, ())


@given(registers())
def test_without_a_partnership_all_that_it_does_not_touch_stays(found: Facts) -> None:
    for work in found.works:
        what_if = WhatIf(found, Gone(partnership_id=work.id))
        left = what_if.holding
        assert {(tie.a, tie.b) for tie in found.network.ties if set(tie.partnerships) - {work.id}} == {
            (tie.a, tie.b) for tie in left.ties
        }
        assert len(what_if.ended) + len(left.ties) == len(found.network.ties)


def test_an_organisation_takes_its_ties_and_its_lead_along() -> None:
    found = WhatIf(CHAIN, Gone(organisation_id=2))

    assert found.cut_off == ((1,),)
    assert [(tie.a, tie.b) for tie in found.ended] == [(1, 2), (2, 3)]
    assert [work.name for work in found.alone] == ["Work 1", "Work 2"]
    assert [work.name for work in found.leaderless] == ["Work 2"]
    assert found.themes == ()
    assert "Organisation 1 would be cut off from the rest." in said(found)
    assert "2 relationships would end, with Organisation 1 and Organisation 3." in said(found)
    assert "Work 1; Work 2: each would be left with one partner." in said(found)


def test_a_theme_loses_its_lead_with_the_only_one_who_leads_it() -> None:
    found = WhatIf(facts(3, [[1, 2, 3]]), Gone(organisation_id=1))

    assert found.themes == ("safety",)
    assert "The work on Community safety would have no lead left." in said(found)


def test_groups_that_keep_one_another_are_named() -> None:
    found = WhatIf(facts(7, [[1, 2], [1, 3], [2, 3], [3, 4], [4, 5], [5, 6], [5, 7], [6, 7]]), Gone(organisation_id=4))

    assert found.cut_off == ((5, 6, 7),)
    assert "Organisation 5, Organisation 6 and Organisation 7 would keep only one another." in said(found)


def test_a_partnership_ends_only_what_rests_on_it_alone() -> None:
    twice = facts(3, [[1, 2], [1, 2], [2, 3]], {(1, 1, 2): "strong"})
    found = WhatIf(twice, Gone(partnership_id=1, lapsing=frozenset({(1, 2)})))

    assert found.ended == ()
    assert [(tie.a, tie.b) for tie in found.unknown] == [(1, 2)]
    assert [(tie.a, tie.b) for tie in found.lapsing] == [(1, 2)]
    assert found.cut_off == ()
    assert "Of 1 relationship we would no longer know how it stands" in said(found)


def test_an_officer_takes_no_tie_along_but_those_that_rest_on_nobody_may_lapse() -> None:
    found = WhatIf(CHAIN, Gone(officer_id=LEAD, lapsing=frozenset({(3, 4)})))

    assert found.ended == ()
    assert found.cut_off == ((4,),)
    assert len(found.leaderless) == 3
    assert found.themes == ("safety",)
    assert "1 relationship would rest on nobody: Organisation 3 with Organisation 4." in said(found)
    assert "each would have no lead officer." in said(found)


def test_what_carries_nothing_changes_nothing() -> None:
    found = WhatIf(CHAIN, Gone(officer_id=99))

    assert found.is_nothing
    assert said(found) == "Nobody would be cut off. No relationship would end."
    assert changed_organisations(found) == []


def test_the_tables_name_what_the_sentences_count() -> None:
    found = WhatIf(CHAIN, Gone(partnership_id=2))

    assert [(row.node.id, row.now, row.then, row.is_cut_off) for row in changed_organisations(found)] == [
        (3, 2, 1, True), (4, 1, 1, True), (2, 2, 1, False),
    ]  # fmt: skip
    assert [(row.one.id, row.other.id, row.then) for row in changed_ties(found)] == [(2, 3, "ends")]
    assert [(row.work.id, row.then) for row in changed_partnerships(found)] == [(2, "ends")]


@pytest.mark.parametrize("number", [0, 1])
def test_an_empty_register_and_one_organisation_have_nothing_to_lose(number: int) -> None:
    found = WhatIf(facts(number, []), Gone(organisation_id=1))

    assert found.cut_off == ()
    assert found.is_nothing


def test_the_days_of_last_meetings_go_with_what_is_gone() -> None:
    met = Facts(CHAIN.nodes, CHAIN.works, CHAIN.parts, CHAIN.views, {(1, 1, 2): date(2026, 1, 1)})

    assert Gone(partnership_id=1).leaves(met).last_on == {}
    assert isinstance(WhatIf(met, Gone(organisation_id=2)).holding, Network)


@given(registers(), st.data())
def test_what_would_be_left_is_what_was_there_without_what_is_gone(found: Facts, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(found.nodes)).id
    what_if = WhatIf(found, Gone(organisation_id=body))
    before, after = ({(tie.a, tie.b) for tie in net.ties} for net in (what_if.before, what_if.holding))
    assert after == {pair for pair in before if body not in pair}
    assert {(tie.a, tie.b) for tie in what_if.ended} == before - after
    assert body not in what_if.left.network.by_id
    assert body not in {one for piece in what_if.cut_off for one in piece}
    assert body not in what_if.touched
    assert {work.id for work in what_if.alone} <= {part.partnership_id for part in found.parts}


@given(registers(), st.data())
def test_taking_two_away_leaves_the_same_in_either_order(found: Facts, data: st.DataObject) -> None:
    bodies = st.sampled_from(found.nodes).map(lambda one: Gone(organisation_id=one.id))
    works = [Gone(partnership_id=work.id) for work in found.works]
    gone = st.one_of(bodies, st.sampled_from(works)) if works else bodies
    one, other = data.draw(gone), data.draw(gone)
    assert one.leaves(other.leaves(found)) == other.leaves(one.leaves(found))
    assert one.leaves(one.leaves(found)) == one.leaves(found)


@given(registers())
def test_when_everything_is_gone_nothing_is_left_and_nothing_breaks(found: Facts) -> None:
    left = found
    for number in [body.id for body in found.nodes]:
        what_if = WhatIf(left, Gone(organisation_id=number))
        assert said(what_if)
        assert len(changed_ties(what_if)) >= len(what_if.ended)
        left = what_if.left
    assert not any((left.network.nodes, left.network.ties, left.views, left.parts))


@given(registers())
def test_what_is_not_there_takes_nothing_along(found: Facts) -> None:
    for gone in (Gone(organisation_id=99), Gone(partnership_id=99), Gone(officer_id=99)):
        what_if = WhatIf(found, gone)
        assert what_if.is_nothing
        assert what_if.left == found
        assert (changed_organisations(what_if), changed_ties(what_if), changed_partnerships(what_if)) == ([], [], [])
