"""The life of a flag, as a table: the last answer, what became of the flag since, and the state that follows."""

from dataclasses import replace
from typing import Any

import pytest

from register.risk.entries import entry_from
from register.risk.flags import Flag, Reason
from register.risk.kinds import ANSWERS, NAME_OF_STATE, SETTLED
from register.risk.life import OPEN, Answer, State, reason_keys, state_of
from tests.fixtures.risks import TODAY, a_breach, ago, some_facts

FIRST = Reason("They withheld £86,400", "interaction", (7,), "3 September 2026")
SECOND = Reason("Another dispute", "interaction", (9,), "20 November 2026")
FLAG = Flag("recent_breach", "Recent breach", 7, "One dispute.", (FIRST,), ago(80), "No further breach.", "Asha Verne",
            "medium", is_trouble=True)


def answered(kind: str, days: int = 10, until: int | None = None, **facts: Any) -> Answer:
    """Return an answer so many days ago, which holds until so many days ago (negative: to come)."""
    return Answer(**{
        "kind": kind, "answered_on": ago(days), "severity": "medium", "reasons": frozenset({"interaction:7"}),
        "until": None if until is None else ago(until), **facts,
    })


GRAVER = replace(FLAG, severity="high")
MILDER = replace(FLAG, severity="quiet")
WITH_ANOTHER = replace(FLAG, reasons=(FIRST, SECOND))
WITHOUT = replace(FLAG, reasons=())
ANEW = replace(FLAG, since=ago(5))

TABLE = [
    ("nobody answered", FLAG, None, "open"),
    ("acknowledged", FLAG, answered("acknowledged"), "acknowledged"),
    ("acknowledged, and a reason came", WITH_ANOTHER, answered("acknowledged"), "acknowledged"),
    ("acknowledged, and it began anew", ANEW, answered("acknowledged"), "open"),
    ("a plan before its day", FLAG, answered("planned", until=-1), "planned"),
    ("a plan on its day", FLAG, answered("planned", until=0), "planned"),
    ("a plan after its day", FLAG, answered("planned", until=1), "overdue"),
    ("a plan, and it began anew", ANEW, answered("planned", until=-1), "planned"),
    ("deferred before its day", FLAG, answered("deferred", until=-1), "deferred"),
    ("deferred on its day", FLAG, answered("deferred", until=0), "deferred"),
    ("deferred after its day", FLAG, answered("deferred", until=1), "again"),
    ("closed", FLAG, answered("closed"), "closed"),
    ("closed, and a reason went", WITHOUT, answered("closed"), "closed"),
    ("closed, and a reason came", WITH_ANOTHER, answered("closed"), "again"),
    ("closed, and it became graver", GRAVER, answered("closed"), "again"),
    ("closed, and it became milder", MILDER, answered("closed"), "closed"),
    ("closed, and it began anew", ANEW, answered("closed"), "open"),
    ("closed on the day it began", replace(FLAG, since=ago(10)), answered("closed"), "closed"),
    ("closed at a gravity that is no longer known", FLAG, answered("closed", severity="dire"), "closed"),
]


@pytest.mark.parametrize(("flag", "answer", "state"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_last_answer_and_what_became_of_the_flag_give_its_state(
    flag: Flag, answer: Answer | None, state: str,
) -> None:
    assert state_of(flag, answer, TODAY).key == state


def test_every_state_of_the_table_has_a_name_and_every_answer_leads_to_one() -> None:
    assert {row[3] for row in TABLE} == NAME_OF_STATE.keys()
    assert {row[2].kind for row in TABLE if row[2]} == {kind.key for kind in ANSWERS}
    assert NAME_OF_STATE.keys() >= SETTLED


def test_a_state_says_its_day() -> None:
    assert State("planned", answered("planned", until=-9)).words == "Plan in hand, back 2 December 2026"
    assert State("overdue", answered("planned", until=1)).words == "Plan overdue since 22 November 2026"
    assert State("deferred", answered("deferred", until=-9)).words == "Deferred to 2 December 2026"
    assert (OPEN.words, State("closed").words) == ("Not answered yet", "Closed")


def test_what_a_flag_rests_on_is_its_records_and_the_terms_of_a_deal_and_no_count_that_moves_by_itself() -> None:
    reasons = (
        FIRST, Reason("Riverside’s trust", "relationship", (1, 2), "weak at 31"), Reason("and two earlier ones"),
        Reason("The deal’s dates", "deal", (), "ends 3 March 2027"),
    )
    assert reason_keys(reasons) == {"interaction:7", "relationship:1:2", "deal:ends 3 March 2027"}
    moved = (FIRST, replace(reasons[1], note="weak at 29"), Reason("and three earlier ones"), reasons[3])
    assert reason_keys(moved) == reason_keys(reasons)


def test_a_settled_flag_comes_after_the_others_and_an_overdue_plan_before_them() -> None:
    facts = some_facts(breaches=(a_breach(20),), significance="key", deal=None)
    rules = [flag.rule for flag in entry_from(facts).flags]
    assert rules == ["recent_breach", "no_agreement"]

    seen = frozenset({"interaction:20"})
    settled = entry_from(facts, {(7, "recent_breach"): answered("closed", severity="high", reasons=seen)})
    assert [flag.rule for flag in settled.flags] == ["no_agreement", "recent_breach"]
    assert settled.state_of(settled.flags[1]).key == "closed"
    assert not settled.is_settled

    late = entry_from(facts, {(7, "no_agreement"): answered("planned", until=3, owner="Helen Okafor")})
    # A late plan about the deal does not come before a dispute.
    assert [flag.rule for flag in late.flags] == ["recent_breach", "no_agreement"]
    assert [flag.rule for flag in late.overdue] == ["no_agreement"]
    assert late.acts_on(late.flags[1]) == "Helen Okafor"
