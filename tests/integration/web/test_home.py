"""The home of each role: what to do, where we stand, whether the history is whole."""

from datetime import date, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from register.accounts.models import RestrictedAccess
from register.clock import today
from register.database import db
from register.history.models import HistoryEntry
from register.interactions.commitment_changes import NewCommitment, make_commitments
from register.partnerships.deal_changes import revise_deal
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def home(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    return unescape(answer.text)


def test_an_officer_without_partnerships_is_told_the_next_step(client: FlaskClient) -> None:
    a_partnership()
    shown = home(signed_in(client, a_person()))

    assert "You look after no partnership yet." in shown
    assert 'href="/partnerships/new"' in shown
    assert "See all 1 partnerships at work" in shown


def test_an_officer_reads_what_is_late_what_is_flagged_and_what_comes_up(client: FlaskClient) -> None:
    officer = a_person(name="Asha Verne")
    mine = a_partnership(
        name="Night Sitting Service", members={officer: "officer"}, significance="key", started_on=ago(500),
    )
    a_partnership(name="Somebody else’s", significance="key")
    council, charity = partners_of(mine)
    late, _ = make_commitments(officer, mine, [
        NewCommitment(council.id, charity.id, "Name a payments contact", ago(38)),
        NewCommitment(charity.id, council.id, "Send the forecast", ago(-20)),
    ], made_on=ago(60))
    revise_deal(officer.actor, mine, {"agreed_on": ago(400), "review_on": ago(-30), "exit_arrangement": "Six months."})
    an_interaction(officer, mine, {"ilm:openness": 4}, held_on=ago(10))
    shown = home(signed_in(client, officer))

    assert "<b>2</b> things to do; <b>1</b> promise is past its date." in shown
    for words in ("Name a payments contact", "38 days late", f'href="/commitments/{late.id}"', "Log a review",
                  f"/interactions/new?partnership={mine.id}&kind=review", "Send the forecast", "Review due",
                  "We trust them", "They trust us", "<b>1 late</b>", "you logged <b>1</b> interaction"):
        assert words in shown
    assert "Somebody else’s" not in shown


def test_the_quick_line_leads_to_the_log_form_with_what_was_typed(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership(members={officer: "officer"})
    shown = home(signed_in(client, officer))

    assert 'action="/interactions/new#partnership"' in shown
    assert 'name="account"' in shown
    assert "rota covered to January" in client.get("/interactions/new?account=rota+covered+to+January").text


def test_an_officer_with_nothing_to_do_is_told_so(client: FlaskClient) -> None:
    officer = a_person()
    a_partnership(members={officer: "officer"}, significance="routine")

    assert "Nothing is overdue, due this week or flagged" in home(signed_in(client, officer))


def test_a_leader_reads_where_each_partnership_stands_and_what_is_not_known(client: FlaskClient) -> None:
    officer = a_person()
    weak = a_partnership(name="School transport", significance="key", started_on=ago(500))
    revise_deal(officer.actor, weak, {
        "agreed_on": ago(400), "value_pence": 960_000_000, "value_basis": "annual", "documents": ["agreement", "exit"],
    })
    for days in range(5, 100, 10):
        an_interaction(officer, weak, {"ilm:openness": 1}, held_on=ago(days))
    a_partnership(name="Foster placements", significance="key")
    shown = home(signed_in(client, a_person("leader")))

    for words in ("<b>2</b> partnerships carry <b>£9.6m</b>", "Every deal beside its relationship", "<svg",
                  "School transport", "Strong deal, weak relationship", "At risk, worst first", "Not known",
                  "Foster placements", "What changed since", "The picture as a table", "Without a deal on record"):
        assert words in shown


def test_a_leader_of_an_empty_register_is_told_what_will_stand_here(client: FlaskClient) -> None:
    assert "No partnership is at work on this day." in home(signed_in(client, a_person("leader")))


def test_of_very_many_partnerships_the_worst_are_pictured_and_all_are_counted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("register.web.home_leader.PICTURED", 2)
    for number in range(5):
        a_partnership(name=f"Partnership {number}", started_on=ago(500))
    shown = home(signed_in(client, a_person("leader")))

    assert "In the picture and its table are the <b>2</b> that come first on the watchlist; the other <b>3</b>" in shown
    assert shown.count('data-label="Deal, of 100"') == 2
    assert "<b>5</b> partnerships carry" in shown


def test_a_leader_reads_another_day(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(started_on=ago(500))
    for days in range(205, 300, 10):
        an_interaction(officer, partnership, {"ilm:openness": 5}, held_on=ago(days))
    signed_in(client, a_person("leader"))
    then = home(client, f"?on={ago(200).isoformat()}")

    assert "You are reading the past." in then
    assert f'href="/partnerships/{partnership.id}?on={ago(200).isoformat()}"' in then


def test_a_restricted_partnership_is_on_no_outsiders_home(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(name="Hidden Group", is_restricted=True, members={officer: "lead"}, significance="key")
    an_interaction(officer, partnership, kind="dispute")

    for role in ("leader", "officer", "auditor", "governance", "administrator"):
        assert "Hidden Group" not in home(signed_in(client, a_person(role)))
    assert "Hidden Group" in home(signed_in(client, officer))


def test_an_auditor_reads_the_state_of_the_history_and_can_verify_it(client: FlaskClient) -> None:
    partnership = a_partnership(name="Night Sitting Service")
    officer = a_person(name="Asha Verne")
    an_interaction(officer, partnership)
    shown = home(signed_in(client, a_person("auditor")))
    size = db.session.scalar(select(func.count(HistoryEntry.sequence)))

    for words in (f"{size:,}", 'href="/history/verify"', "Last link", "Asha Verne logged a meeting</b>",
                  "Night Sitting Service", 'action="/restricted/open"'):
        assert words in shown


@pytest.mark.parametrize("role", ["auditor", "governance"])
def test_restricted_records_open_with_a_reason_that_the_history_keeps(client: FlaskClient, role: str) -> None:
    hidden = a_partnership(name="Hidden Group", is_restricted=True, members={a_person(): "lead"})
    signed_in(client, a_person(role))
    assert client.get(f"/partnerships/{hidden.id}").status_code == 404
    answer = client.post("/restricted/open", data={"reason": "Internal audit 7", "form_key": "one"})
    again = client.post("/restricted/open", data={"reason": "Internal audit 7", "form_key": "one"})

    assert (answer.status_code, answer.location, again.location) == (302, "/", "/")
    assert db.session.scalar(select(func.count(RestrictedAccess.id))) == 1
    assert "open to you until" in home(client)
    assert "“Internal audit 7”" in home(client)
    assert client.get(f"/partnerships/{hidden.id}").status_code == 200
    action = select(HistoryEntry.action).where(HistoryEntry.entity == "restricted_access")
    assert db.session.scalar(action) == "restricted_access:opened"


@pytest.mark.parametrize("reason", ["", "   ", "a" * 300, "\x00\x01"])
def test_without_a_reason_nothing_opens_and_what_was_typed_is_kept(client: FlaskClient, reason: str) -> None:
    signed_in(client, a_person("auditor"))
    answer = client.post("/restricted/open", data={"reason": reason, "form_key": "one"})

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert (reason in answer.text) or not reason.strip("\x00\x01 ")
    assert db.session.scalar(select(func.count(RestrictedAccess.id))) == 0


@pytest.mark.parametrize("role", ["officer", "leader", "administrator"])
def test_nobody_else_opens_restricted_records(client: FlaskClient, role: str) -> None:
    answer = signed_in(client, a_person(role)).post("/restricted/open", data={"reason": "Curious"})

    assert answer.status_code == 403
    assert db.session.scalar(select(func.count(RestrictedAccess.id))) == 0


def test_information_governance_sees_only_its_own_openings_and_the_auditor_all(client: FlaskClient) -> None:
    for role, why in (("auditor", "Sample of May"), ("governance", "Request 12")):
        signed_in(client, a_person(role)).post("/restricted/open", data={"reason": why, "form_key": why})

    assert "Sample of May" not in home(signed_in(client, a_person("governance")))
    both = home(signed_in(client, a_person("auditor")))
    assert "Sample of May" in both
    assert "Request 12" in both


def test_an_administrator_reads_who_may_sign_in_and_no_partnership(client: FlaskClient) -> None:
    a_partnership(name="Night Sitting Service")
    shown = home(signed_in(client, a_person("administrator")))

    assert "You are the only administrator." in shown
    assert 'href="/people"' in shown
    assert "Partnership officer" in shown
    assert "Night Sitting Service" not in shown
