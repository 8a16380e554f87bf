"""What is asked of interactions: breaches, rhythm, who carries a partnership, what was rated last, the next agenda."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from register.clock import Clocks, clocks_now, today
from register.database import db
from register.interactions.agenda import agenda_of
from register.interactions.changes import Happening, NewCommitment, Present, log_interaction
from register.interactions.commitment_changes import make_commitments, settle_commitment
from register.interactions.lookups import (
    attendances,
    breaches,
    carriers,
    counts_by_month,
    interactions_of_organisation,
    last_held,
    last_rated,
    last_trouble,
    median_gaps,
    reading_counts,
)
from register.partnerships.contact_changes import add_contact
from register.partnerships.visibility import visible_to
from tests.factories import a_partnership, a_person, an_interaction, partners_of

TODAY = today()


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.usefixtures("session")
def test_disputes_broken_promises_and_readings_of_one_are_breaches_newest_first() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    dispute = an_interaction(officer, partnership, kind="dispute", held_on=days_ago(9), account="They withheld it.")
    an_interaction(officer, partnership, {"ilm:openness": 2}, kind="incident", held_on=days_ago(8))
    poor = an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=days_ago(7))
    [promise] = make_commitments(
        officer, partnership, [NewCommitment(charity.id, council.id, "Send it", days_ago(20))], made_on=days_ago(30),
    )
    settle_commitment(officer, partnership, promise, "broken", settled_on=days_ago(5))
    found = breaches([partnership.id], clocks_now())
    pair = (council.id, charity.id)
    assert [(one.kind, one.held_on, one.words, one.organisation_ids) for one in found] == [
        ("broken promise", days_ago(5), "Send it", pair),
        ("reading of 1", days_ago(7), "Openness: what was seen", pair),
        ("dispute", days_ago(9), "They withheld it.", pair),
    ]
    assert [(one.interaction_id, one.commitment_id) for one in found] == [
        (None, promise.id), (poor.id, None), (dispute.id, None),
    ]
    assert [one.kind for one in breaches([partnership.id], Clocks(days_ago(8)))] == ["dispute"]
    assert breaches([a_partnership().id], clocks_now()) == []


@pytest.mark.usefixtures("session")
def test_the_rhythm_is_the_median_gap_between_days_on_which_they_met() -> None:
    regular, rare, officer = a_partnership(), a_partnership(), a_person()
    for ago in (100, 70, 41, 41, 10):
        an_interaction(officer, regular, held_on=days_ago(ago))
    for ago in (900, 90, 1):
        an_interaction(officer, rare, held_on=days_ago(ago))
    assert median_gaps([regular.id, rare.id], clocks_now()) == {regular.id: 30}
    assert last_held([regular.id, rare.id], clocks_now()) == {regular.id: days_ago(10), rare.id: days_ago(1)}
    assert last_held([regular.id], Clocks(days_ago(50))) == {regular.id: days_ago(70)}


@pytest.mark.usefixtures("session")
def test_interactions_are_counted_by_month() -> None:
    partnership, officer = a_partnership(), a_person()
    for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 28)):
        an_interaction(officer, partnership, held_on=day)
    counts = counts_by_month([partnership.id], Clocks(date(2026, 2, 27)))
    assert counts == {partnership.id: {date(2026, 1, 1): 1, date(2026, 2, 1): 2}}


@pytest.mark.usefixtures("session")
def test_carriers_count_who_was_there_and_else_who_recorded_it() -> None:
    partnership, officer, colleague = a_partnership(), a_person(), a_person()
    council, charity = partners_of(partnership)
    dawn = add_contact("register", organisation_id=charity.id, role="Manager")
    named = [Present(council.id, person_id=colleague.id), Present(charity.id, dawn.id), Present(charity.id)]
    log_interaction(officer, partnership, Happening("call", days_ago(3), "A call.", named))
    an_interaction(officer, partnership, held_on=days_ago(2))
    an_interaction(officer, partnership, held_on=days_ago(366))
    found = carriers([partnership.id], clocks_now())[partnership.id]
    assert found.interactions == 2
    assert found.people == {colleague.id: 1, officer.id: 1}
    assert found.contacts == {dawn.id: 1}
    assert found.contacts_of == {dawn.id: charity.id}
    assert found.organisations == {council.id: 2, charity.id: 2}


@pytest.mark.usefixtures("session")
def test_an_organisations_interactions_are_those_it_took_part_in_and_the_person_may_see() -> None:
    officer, outsider = a_person(), a_person()
    hidden = a_partnership(members={officer: "lead"}, is_restricted=True)
    charity = partners_of(hidden)[1]
    kept = an_interaction(officer, hidden)
    an_interaction(officer, a_partnership())
    assert interactions_of_organisation(charity.id, visible_to(officer), clocks_now()) == [kept]
    assert interactions_of_organisation(charity.id, visible_to(outsider), clocks_now()) == []


@pytest.mark.usefixtures("session")
def test_the_agenda_takes_up_open_promises_the_last_trouble_and_what_nobody_rated_lately() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    an_interaction(officer, partnership, {"ilm:openness": 4, "ilm:ability": 3}, held_on=days_ago(120))
    trouble = an_interaction(officer, partnership, {"ilm:openness": 4}, kind="incident", held_on=days_ago(30))
    an_interaction(officer, partnership, {"ilm:ability": 4}, back=True, held_on=days_ago(100))
    promises = [NewCommitment(charity.id, council.id, "Send it", days_ago(ago)) for ago in (2, -2)]
    make_commitments(officer, partnership, promises, made_on=days_ago(9))
    agenda = agenda_of(partnership, council.id, [charity.id], clocks_now())
    assert agenda.trouble == trouble
    assert (len(agenda.promises), agenda.overdue) == (2, 1)
    [unrated] = agenda.unrated
    names = [one.name for one in unrated.determinants]
    assert names == ["Ability", "Understanding", "Fairness", "Integrity", "Consistency"]
    assert unrated.last == days_ago(120)
    assert [(one.organisation_id, one.last) for one in agenda.unheard] == [(charity.id, days_ago(100))]
    assert last_rated(partnership.id, clocks_now())[council.id, charity.id, "ilm:openness"] == days_ago(30)


@pytest.mark.usefixtures("session")
def test_what_people_rated_two_points_apart_is_on_the_agenda() -> None:
    partnership, officer, colleague = a_partnership(), a_person(), a_person()
    council, charity = partners_of(partnership)
    an_interaction(officer, partnership, {"ilm:openness": 5, "ilm:ability": 4}, held_on=days_ago(60))
    an_interaction(colleague, partnership, {"ilm:openness": 2, "ilm:ability": 3}, held_on=days_ago(30))
    agenda = agenda_of(partnership, council.id, [charity.id], clocks_now())
    [one] = agenda.disagreements
    assert (one.rater_id, one.ratee_id, one.determinant.name, one.points) == (council.id, charity.id, "Openness", 3)
    assert agenda_of(partnership, None, [charity.id], clocks_now()).disagreements == []


@pytest.mark.usefixtures("session")
def test_trouble_of_more_than_half_a_year_ago_is_no_longer_on_the_agenda() -> None:
    partnership, officer = a_partnership(), a_person()
    an_interaction(officer, partnership, kind="dispute", held_on=days_ago(180))
    assert last_trouble(partnership.id, clocks_now()) is None


@pytest.mark.usefixtures("session")
def test_batches_ask_the_same_number_of_questions_for_one_and_for_many() -> None:
    officer = a_person()
    partnerships = [a_partnership() for _ in range(4)]
    kept = [an_interaction(officer, one, {"ilm:openness": 1}, kind="dispute") for one in partnerships]

    def questions(number: int) -> int:
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        db.session.flush()
        db.session.expire_all()
        ids = [one.id for one in partnerships[:number]]
        bind = db.session.get_bind()
        event.listen(bind, "before_cursor_execute", note)
        try:
            breaches(ids, clocks_now())
            carriers(ids, clocks_now())
            attendances(row.id for row in kept[:number])
            reading_counts(row.id for row in kept[:number])
        finally:
            event.remove(bind, "before_cursor_execute", note)
        return len(asked)

    assert questions(4) == questions(1)
