"""What is kept of a list comes back value for value."""

from datetime import timedelta

import pytest

from register.risk.entries import entry_from
from register.risk.facts import CutOff, PartnershipFacts, PromiseFacts
from register.risk.kept_text import as_text, cuts_as_text, cuts_from_text, from_text, slim
from register.risk.life import Answer
from tests.fixtures.risks import BAD, GOOD, TODAY, a_breach, a_view, ago, some_facts

LATE = PromiseFacts(3, "Send the “rota” <now>", "Riverside’s", "Council", ago(30))
FACTS = {
    "one in trouble": some_facts(
        views=(a_view(BAD), a_view(GOOD, rater=2, ratee=1)), determinants=(a_view(BAD, determinant="Openness"),),
        breaches=(a_breach(20), a_breach(30, "broken promise")), promises=(LATE,), last_held_on=ago(10),
    ),
    "one of which nothing is known": some_facts(deal=None, views=(a_view(),), theme=None, lead_officer=None),
    "one that others hang on": some_facts(
        views=(a_view(GOOD),), cut_off=(CutOff(1, "Council", ("Riverside", "Police"), ago(40)),), ends_on=ago(-20),
    ),
    "one without a flag": some_facts(significance="routine", views=(a_view(GOOD), a_view(GOOD, rater=2, ratee=1))),
}
ANSWERS = {
    (7, "recent_breach"): Answer("planned", ago(3), "high", frozenset({"interaction:20"}), by="Asha", action="Meet",
                                 owner="Helen", until=TODAY + timedelta(days=9)),
    (7, "not_known"): Answer("acknowledged", ago(0), "not-known", frozenset(), by="Asha"),
}  # fmt: skip


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
def test_an_entry_is_read_back_as_it_was_kept(facts: PartnershipFacts) -> None:
    entry = entry_from(facts, ANSWERS)
    (back,) = from_text(as_text([entry]))

    assert back == slim(entry)
    assert (back.flags, back.harm, dict(back.states)) == (entry.flags, entry.harm, dict(entry.states))
    assert (back.word, back.facts.deal, back.facts.promises) == (entry.word, facts.deal, facts.promises)
    assert [(view.target, view.word, view.figure) for view in back.facts.views] == [
        (view.target, view.word, view.figure) for view in facts.views
    ]


def test_the_evidence_that_was_walked_through_is_left_out() -> None:
    kept = slim(entry_from(FACTS["one in trouble"]))

    assert (kept.facts.breaches, kept.facts.determinants, kept.facts.meetings) == ((), (), ())
    assert all(view.pieces == () for view in kept.facts.views)


def test_who_is_cut_off_is_read_back_for_those_of_whom_somebody_is() -> None:
    cuts = {7: (CutOff(1, "Council", ("Riverside",), ago(40)),), 8: ()}

    assert cuts_from_text(cuts_as_text(cuts)) == {7: cuts[7]}
    assert cuts_from_text(cuts_as_text({})) == {}


def test_no_list_is_an_empty_text() -> None:
    assert from_text(as_text(())) == ()


def test_what_nobody_thought_of_is_refused_and_not_guessed() -> None:
    with pytest.raises(TypeError, match="set cannot be kept"):
        as_text([entry_from(some_facts(lead_officer={"Asha"}))])
