"""The page of a flag in the browser: its argument, what helps, the answers given, and giving one."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.partnerships.models import Partnership
from register.risk.answer_lookups import answers_of
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in

HOSTILE = '"><script>alert(1)</script>'


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def officer(session: Any) -> Person:
    return a_person(name="Asha Verne")


@pytest.fixture
def dispute(officer: Person) -> Partnership:
    """Return a partnership with one flag, of a dispute."""
    return in_dispute(officer, "Night Sitting Service")


def in_dispute(officer: Person, name: str, **facts: Any) -> Partnership:
    partnership = a_partnership(**{
        "name": name, "members": {officer: "officer", a_person(): "lead"}, "significance": "routine",
        "started_on": ago(900), "lead_officer_id": officer.id, **facts,
    })
    an_interaction(officer, partnership, kind="dispute", held_on=ago(20), account="They withheld £86,400.")
    return partnership


def address(partnership: Partnership, rule: str = "recent_breach") -> str:
    return f"/partnerships/{partnership.id}/flags/{rule}"


def typed(officer: Person, **changed: Any) -> dict[str, Any]:
    return {
        "kind": "planned", "action": "Meet the finance director", "owner_id": str(officer.id), "owner_name": "",
        "until": ago(-20).isoformat(), "reason": "", "form_key": "a-key", "answered": "", **changed,
    }


def page(client: FlaskClient, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return unescape(answer.text)


def test_the_page_argues_says_what_helps_and_asks_for_an_answer(
    client: FlaskClient, officer: Person, dispute: Partnership,
) -> None:
    shown = page(signed_in(client, officer), address(dispute))
    for words in ("Recent breach", "They withheld £86,400.", "Not answered yet", "What helps", "talk straight",
                  "Make this a plan", "What do you answer?", "rule set 1</a>.", "None yet."):
        assert words in shown


def test_one_click_makes_what_helps_a_plan_to_be_completed(
    client: FlaskClient, officer: Person, dispute: Partnership,
) -> None:
    shown = page(signed_in(client, officer), f"{address(dispute)}?help=2")
    assert 'value="Agree how the dispute is settled, who decides, and by when"' in shown
    assert 'value="planned" checked' in shown or 'checked value="planned"' in shown
    for odd in ("0", "99", "-1", "x", "9" * 40):
        assert page(client, f"{address(dispute)}?help={odd}")


def test_a_plan_is_kept_and_shown_wherever_the_flag_is(
    client: FlaskClient, officer: Person, dispute: Partnership,
) -> None:
    answer = signed_in(client, officer).post(address(dispute), data=typed(officer))
    assert (answer.status_code, answer.location) == (302, address(dispute))
    back = f"{ago(-20):%-d %B %Y}"
    for where in (address(dispute), "/watchlist", f"/partnerships/{dispute.id}"):
        shown = page(client, where)
        assert f"Plan in hand, back {back}" in shown, where
        assert "Meet the finance director" in shown, where
        assert "Asha Verne" in shown, where


def test_a_free_name_may_own_a_plan_and_acts(client: FlaskClient, officer: Person, dispute: Partnership) -> None:
    sent = typed(officer, owner_id="", owner_name="Joan Whitlock, Riverside")
    assert signed_in(client, officer).post(address(dispute), data=sent).status_code == 302
    assert "Joan Whitlock, Riverside" in page(client, "/watchlist")


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"kind": ""}, "Choose what to answer: acknowledge, plan, defer or close."),
    ({"kind": "planned", "action": ""}, "Say what will be done."),
    ({"owner_id": "999999"}, "Choose an owner from the list, or write a name."),
    ({"owner_id": "9" * 40}, "Choose an owner from the list, or write a name."),
    ({"owner_id": "\u0661"}, "Choose an owner from the list, or write a name."),
    ({"owner_id": ""}, "Say who owns the plan: choose a person, or write a name."),
    ({"until": "soon"}, "soon"),
    ({"until": ""}, "Enter the day to look again."),
    ({"kind": "closed"}, "Say why nothing is to be done."),
    ({"action": "x" * 201}, "must be 200 characters or fewer"),
    ({"action": "a\x00b"}, "cannot be kept"),
])
def test_what_lacks_something_comes_back_with_what_was_typed(
    client: FlaskClient, officer: Person, dispute: Partnership, changed: dict[str, str], sentence: str,
) -> None:
    sent = typed(officer, reason=changed.pop("reason", ""), **changed)
    answer = signed_in(client, officer).post(address(dispute), data=sent)
    shown = unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in shown
    assert "There is a problem" in shown
    if sent["action"].isprintable():
        assert f'value="{sent["action"]}"' in shown
    assert answers_of(dispute.id, "recent_breach") == []


def test_sent_twice_it_is_answered_once(client: FlaskClient, officer: Person, dispute: Partnership) -> None:
    browser = signed_in(client, officer)
    for _ in range(2):
        assert browser.post(address(dispute), data=typed(officer)).status_code == 302
    assert len(answers_of(dispute.id, "recent_breach")) == 1


def test_an_answer_over_one_that_was_not_seen_is_shown_and_asked_again(
    client: FlaskClient, officer: Person, dispute: Partnership,
) -> None:
    browser = signed_in(client, officer)
    browser.post(address(dispute), data=typed(officer))
    late = browser.post(address(dispute), data=typed(officer, kind="closed", reason="Settled", form_key="another"))
    assert late.status_code == 422
    assert "Somebody answered this meanwhile" in unescape(late.text)
    seen = str(answers_of(dispute.id, "recent_breach")[-1].id)
    again = typed(officer, kind="closed", reason="Settled", form_key="another", answered=seen)
    assert browser.post(address(dispute), data=again).status_code == 302
    assert [row.kind for row in answers_of(dispute.id, "recent_breach")] == ["planned", "closed"]


def test_what_was_typed_is_shown_as_text(client: FlaskClient, officer: Person, dispute: Partnership) -> None:
    signed_in(client, officer).post(address(dispute), data=typed(officer, action=HOSTILE))
    for where in (address(dispute), "/watchlist", f"/partnerships/{dispute.id}"):
        text = client.get(where).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(("role", "status"), [
    ("officer", 403), ("leader", 302), ("auditor", 403), ("governance", 403), ("administrator", 403),
])
def test_those_outside_read_and_leaders_answer_too(
    client: FlaskClient, officer: Person, dispute: Partnership, role: str, status: int,
) -> None:
    browser = signed_in(client, a_person(role))
    shown = browser.get(address(dispute))
    assert shown.status_code == (403 if role == "administrator" else 200)
    assert ("What do you answer?" in shown.text) == (role == "leader")
    assert browser.post(address(dispute), data=typed(officer)).status_code == status


def test_hidden_unknown_and_unflagged_are_not_found(client: FlaskClient, officer: Person, dispute: Partnership) -> None:
    hidden = in_dispute(officer, "Quiet matter", is_restricted=True)
    browser = signed_in(client, a_person("leader"))
    for where in (address(hidden), address(dispute, "nowhere"), address(dispute, "no_exit"),
                  "/partnerships/999999/flags/recent_breach"):
        assert browser.get(where).status_code == 404, where
        assert browser.post(where, data=typed(officer)).status_code == 404, where
    g.pop("_login_user", None)
    assert signed_in(client, officer).get(address(hidden)).status_code == 200


def test_an_answer_about_a_hidden_partnership_shows_nowhere_to_others(client: FlaskClient, officer: Person) -> None:
    hidden = in_dispute(officer, "Quiet matter", is_restricted=True)
    open_one = in_dispute(officer, "Open matter")
    browser = signed_in(client, officer)
    assert browser.post(address(hidden), data=typed(officer, action="Hush")).status_code == 302
    g.pop("_login_user", None)
    leader = signed_in(client, a_person("leader"))
    for where in ("/watchlist", "/watchlist?state=planned", address(open_one), "/"):
        shown = page(leader, where)
        assert "Hush" not in shown
        assert "Plan in hand, back" not in shown


def test_the_watchlist_is_filtered_by_what_was_answered(
    client: FlaskClient, officer: Person, dispute: Partnership,
) -> None:
    in_dispute(officer, "Another matter")
    signed_in(client, officer).post(address(dispute), data=typed(officer))
    planned, still_open = page(client, "/watchlist?state=planned"), page(client, "/watchlist?state=open")
    assert "<b>1</b> shown of 2" in planned
    assert f'id="partnership-{dispute.id}"' in planned
    assert f'id="partnership-{dispute.id}"' not in still_open


def test_a_past_day_is_read_and_not_answered(client: FlaskClient, officer: Person, dispute: Partnership) -> None:
    shown = page(signed_in(client, officer), f"/watchlist?on={ago(5)}")
    assert "Answer this flag" not in shown
    assert "What helps" in shown


def test_what_helps_with_the_lowest_part_becomes_a_plan_with_one_click(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    for days in (5, 15, 25, 35):
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=today() - timedelta(days))
    one, other = partners_of(partnership)
    browser = signed_in(client, officer)
    why = browser.get(f"/relationships/{one.id}/to/{other.id}?partnership={partnership.id}").get_data(as_text=True)
    assert "What helps with openness" in why
    link = re.search(r'href="([^"]+part=ilm:openness[^"]*help=1[^"]*)"', why.replace("&amp;", "&").replace("%3A", ":"))
    assert link is not None
    form = browser.get(link.group(1).partition("#")[0]).get_data(as_text=True)
    assert "Share bad news within two days, by agreement of both sides" in form
    assert 'value="Share bad news within two days' in form
