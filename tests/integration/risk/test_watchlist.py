"""From what was logged to the watchlist: on both clocks, the same for everybody, and restricted ones change nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from register.accounts.changes import disable_person, open_restricted
from register.accounts.models import Person
from register.clock import Clocks, clocks_now, pretending, today
from register.database import db
from register.interactions.changes import Happening, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, make_commitments, settle_commitment
from register.partnerships.changes import close_partnership, edit_partnership
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.deal_changes import revise_deal
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership
from register.risk.entries import Survey
from register.risk.flags import Flag
from register.risk.watchlist import flags_of, survey, visible_watchlist, watchlist
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of

pytestmark = pytest.mark.usefixtures("session")
TODAY = today()
BAD = {"ilm:openness": 2, "ilm:fairness": 2}
GOOD = {"ilm:openness": 5, "ilm:fairness": 4}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def rules_of(partnership: Partnership, clocks: Clocks | None = None) -> dict[str, Flag]:
    return {flag.rule: flag for flag in flags_of(partnership.id, clocks or clocks_now())}


def counted(person: Person) -> int:
    return len(visible_watchlist(person, clocks_now()))


def in_order(**facts: Any) -> tuple[Person, Partnership]:
    """Return an officer and a partnership of two, routine, in which nothing is wrong."""
    officer = a_person()
    partnership = a_partnership(**{
        "members": {officer: "lead"}, "significance": "routine", "started_on": ago(900), "lead_officer_id": officer.id,
        **facts,
    })
    return officer, partnership


def test_a_dispute_is_flagged_with_a_link_to_it_and_who_acts() -> None:
    officer, partnership = in_order()
    dispute = an_interaction(officer, partnership, kind="dispute", held_on=ago(30), account="They withheld £86,400.")
    (entry,) = watchlist(clocks_now())

    assert (entry.id, entry.name) == (partnership.id, partnership.name)
    flag = rules_of(partnership)["recent_breach"]
    assert flag.since == ago(30)
    assert flag.who_acts == officer.name
    assert [(reason.kind, reason.target) for reason in flag.reasons] == [("interaction", (dispute.id,))]
    assert "They withheld £86,400." in str(flag.reasons[0])


def test_weak_trust_names_the_determinant_and_the_meetings_that_caused_it() -> None:
    officer, partnership = in_order()
    meetings = [an_interaction(officer, partnership, BAD, held_on=ago(days)) for days in (80, 60, 40, 20)]
    council, charity = partners_of(partnership)
    flag = rules_of(partnership)["weak_trust"]

    assert flag.words.endswith("lowest for fairness and openness.")
    assert {reason.target for reason in flag.reasons if reason.kind == "interaction"} <= {(one.id,) for one in meetings}
    assert (council.id, charity.id) in {reason.target for reason in flag.reasons}
    assert flag.since in {ago(60), ago(40)}


def test_one_sided_gone_quiet_and_promises_overdue_are_found() -> None:
    officer, partnership = in_order(cadence_days=30)
    council, charity = partners_of(partnership)
    for days in (170, 160, 150, 140, 135, 130):
        an_interaction(officer, partnership, GOOD, held_on=ago(days))
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=ago(days), back=True)
    (promise,) = make_commitments(
        officer, partnership, [NewCommitment(charity.id, council.id, "Send the rota", ago(9))], made_on=ago(100),
    )
    found = rules_of(partnership)

    assert {"one_sided", "gone_quiet", "promises_overdue", "weak_trust"} <= set(found)
    assert found["gone_quiet"].since == ago(69)
    assert found["promises_overdue"].reasons[0].target == (promise.id,)
    settle_commitment(officer, partnership, promise, "late", settled_on=TODAY)
    assert "promises_overdue" not in rules_of(partnership)


def test_a_significant_partnership_without_evidence_is_not_known_and_has_no_deal() -> None:
    _, partnership = in_order(significance="key")
    found = rules_of(partnership)

    assert set(found) == {"not_known", "no_agreement"}
    assert found["not_known"].since == ago(900)
    assert found["not_known"].severity == "not-known"


def test_the_deal_is_read_beside_the_relationship_and_by_its_dates() -> None:
    officer, partnership = in_order(significance="key", senior_owner="Helen Okafor")
    revise_deal(officer.actor, partnership, {
        "agreed_on": ago(800), "value_pence": 420_000_000, "value_basis": "annual", "starts_on": ago(800),
        "review_on": ago(54), "notice_on": ago(-30), "ends_on": ago(-120), "documents": ["agreement"],
    })
    for days in (50, 40, 30, 20, 10):
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=ago(days))
    found = rules_of(partnership)

    assert {"strong_deal_weak_relationship", "notice_open", "review_overdue", "no_exit", "end_near"} <= set(found)
    assert found["review_overdue"].who_acts == "Helen Okafor"
    assert found["strong_deal_weak_relationship"].who_acts == officer.name


def test_closed_partnerships_and_those_not_started_have_no_flags() -> None:
    officer, closed = in_order()
    an_interaction(officer, closed, kind="dispute", held_on=ago(30))
    close_partnership(officer.actor, closed, ago(5), "The work is done.")
    a_partnership(started_on=ago(-10), significance="key")

    assert survey(clocks_now()).entries == ()
    assert [entry.id for entry in survey(Clocks(ago(6))).flagged] == [closed.id]


def test_a_tie_that_rests_on_a_contact_who_leaves_is_flagged_since_the_day_that_was_learned() -> None:
    officer, partnership = in_order()
    council, charity = partners_of(partnership)
    with pretending(datetime.combine(ago(200), time(9), UTC)):
        contact = add_contact("register", organisation_id=charity.id, role="Director", name="Joan Whitlock")
        db.session.commit()
    for days in (70, 50, 30):
        log_interaction(officer, partnership, Happening(
            "meeting", ago(days), "We met.", [Present(council.id), Present(charity.id, contact.id)],
        ))
    assert "rests_on_one" not in rules_of(partnership)
    with pretending(datetime.combine(ago(14), time(9), UTC)):
        edit_contact(
            "register", contact, role="Director", name="Joan Whitlock", email=None, phone=None, left_on=ago(-25),
        )
        db.session.commit()
    flag = rules_of(partnership)["rests_on_one"]

    assert (flag.severity, flag.since) == ("high", ago(14))
    assert "Joan Whitlock" in flag.words
    assert "rests_on_one" not in rules_of(partnership, Clocks(ago(60)))


def test_an_officer_whose_account_ends_leaves_the_tie_at_once_and_nobody_to_act() -> None:
    officer, partnership = in_order()
    for days in (70, 50, 30):
        an_interaction(officer, partnership, GOOD, held_on=ago(days))
    assert "rests_on_one" not in rules_of(partnership)
    disable_person("register", officer)
    flag = rules_of(partnership)["rests_on_one"]

    assert (flag.severity, flag.since, flag.who_acts) == ("high", TODAY, None)


def test_an_organisation_in_between_is_a_single_point_since_the_partnership_began() -> None:
    council, river, residents = an_organisation("Council"), an_organisation("River"), an_organisation("Residents")
    a_partnership([council, river], started_on=ago(500), significance="routine")
    far = a_partnership([river, residents], started_on=ago(100), significance="routine")
    flag = rules_of(far)["single_point"]

    assert flag.words == "Without River, Residents would be cut off from the rest of the network."
    assert flag.since == ago(100)
    a_partnership([council, residents], started_on=ago(1), significance="routine")
    assert "single_point" not in rules_of(far)
    assert "single_point" in rules_of(far, Clocks(ago(2)))


def test_the_list_is_asked_as_it_was_on_a_day() -> None:
    officer, partnership = in_order()
    an_interaction(officer, partnership, kind="dispute", held_on=ago(40))

    assert "recent_breach" in rules_of(partnership, Clocks(ago(40)))
    assert "recent_breach" not in rules_of(partnership, Clocks(ago(41)))


def test_what_was_learned_later_is_not_known_before() -> None:
    with pretending(datetime.combine(ago(100), time(9), UTC)):
        officer, partnership = in_order()
    with pretending(datetime.combine(ago(20), time(9), UTC)):
        an_interaction(officer, partnership, kind="dispute", held_on=ago(40))

    assert "recent_breach" not in rules_of(partnership, Clocks(TODAY, ago(21)))
    assert "recent_breach" in rules_of(partnership, Clocks(TODAY, ago(20)))
    assert survey(Clocks(TODAY, ago(101))).entries == ()


def test_a_correction_takes_its_flag_away_as_if_the_mistake_had_never_been() -> None:
    officer, partnership = in_order()
    mistaken = an_interaction(officer, partnership, kind="dispute", held_on=ago(30))
    assert "recent_breach" in rules_of(partnership)
    present = [Present(one.id) for one in partners_of(partnership)]
    meeting = Happening("meeting", ago(30), "We met.", present)
    correct_interaction(officer, partnership, mistaken, meeting, "It was no dispute.")

    assert rules_of(partnership) == {}


def test_the_worst_come_first_and_what_is_not_known_last() -> None:
    officer, weak = in_order(name="Weak")
    for days in range(5, 100, 10):
        an_interaction(officer, weak, BAD, held_on=ago(days))
    _, overdue = in_order(name="Overdue")
    revise_deal("register", overdue, {"agreed_on": ago(500), "review_on": ago(10)})
    _, unknown = in_order(name="Unknown", significance="significant")
    revise_deal("register", unknown, {"agreed_on": ago(500), "exit_arrangement": "Six months."})

    assert [entry.name for entry in watchlist(clocks_now())] == ["Weak", "Overdue", "Unknown"]
    assert watchlist(clocks_now())[0].harm > 0


def outlined(found: Survey, *ids: int) -> list[object]:
    """Return all that is told of some partnerships."""
    return [(replace(entry.facts, meetings=()), entry.flags, entry.harm) for entry in found.entries if entry.id in ids]


def test_a_restricted_partnership_changes_nothing_of_another_nor_what_outsiders_get() -> None:
    council, river, residents = an_organisation("Council"), an_organisation("River"), an_organisation("Residents")
    officer, auditor, leader = a_person(), a_person("auditor"), a_person("leader")
    shown = [a_partnership([council, river], started_on=ago(500)), a_partnership([river, residents], started_on=ago(9))]
    for partnership in shown:
        for days in range(5, 100, 10):
            an_interaction(officer, partnership, BAD, held_on=ago(days) if partnership is shown[0] else TODAY)
    ids = [partnership.id for partnership in shown]
    before, count = outlined(survey(clocks_now()), *ids), counted(officer)
    member = a_person()
    hidden = a_partnership([council, residents], is_restricted=True, members={member: "lead"}, started_on=ago(400))
    for days in range(5, 100, 10):
        an_interaction(member, hidden, {"ilm:openness": 1}, held_on=ago(days))

    assert outlined(survey(clocks_now()), *ids) == before
    assert rules_of(hidden)
    for outsider in (officer, auditor, leader):
        assert hidden.id not in {entry.id for entry in visible_watchlist(outsider, clocks_now())}
        assert counted(outsider) == count == len(visible_watchlist(outsider, clocks_now()))
    assert hidden.id in {entry.id for entry in visible_watchlist(member, clocks_now())}
    open_restricted(auditor, "Audit 7")
    set_member("register", hidden, leader.id, "named")
    assert {counted(person) for person in (auditor, leader, member)} == {count + 1}


def test_an_administrator_sees_no_partnership_and_no_number() -> None:
    officer, partnership = in_order()
    an_interaction(officer, partnership, kind="dispute")

    assert counted(a_person("administrator")) == 0
    assert visible_watchlist(a_person("administrator"), clocks_now()) == ()


def test_the_list_is_kept_until_the_history_grows_and_costs_few_questions() -> None:
    officer, partnership = in_order()
    for days in (70, 50, 30):
        an_interaction(officer, partnership, BAD, held_on=ago(days))
    db.session.commit()
    first = survey(clocks_now())
    asked: list[str] = []
    event.listen(db.session.get_bind().engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    assert survey(clocks_now()) is first
    assert len(asked) <= 2
    edit_partnership(officer.actor, partnership, {"name": "Renamed"})
    asked.clear()
    assert survey(clocks_now()).entries[0].name == "Renamed"
    assert len(asked) < 40
    db.session.commit()
    kept = survey(clocks_now())
    assert kept.entries[0].name == "Renamed"
    assert survey(clocks_now()) is kept is not first


def test_an_empty_register_has_an_empty_list() -> None:
    assert survey(clocks_now()).entries == ()
