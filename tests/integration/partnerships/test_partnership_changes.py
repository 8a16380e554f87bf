"""What may be done to a partnership, and what is refused whoever asks."""

from datetime import date, timedelta

import pytest
from flask import Flask

from register.accounts.changes import disable_person
from register.clock import today
from register.partnerships.changes import close_partnership, edit_partnership, reopen_partnership, start_partnership
from register.partnerships.lookups import members
from register.partnerships.member_changes import end_member, set_member
from register.refusals import Refusal
from tests.factories import a_partnership, a_person


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"kind": "friendship"}, "kind"),
        ({"theme": "weather"}, "theme"),
        ({"significance": "huge"}, "significance"),
        ({"purpose": "a" * 4001}, "purpose"),
        ({"senior_owner": "\x07"}, "senior_owner"),
        ({"cadence_days": 0}, "cadence_days"),
        ({"cadence_days": 1101}, "cadence_days"),
        ({"started_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"lead_officer_id": 999_999}, "lead_officer_id"),
    ],
)
def test_a_partnership_with_a_fact_that_cannot_be_is_refused_by_its_field(
    app: Flask,
    facts: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(Refusal) as caught:
        start_partnership("register", {"name": "Night Sitting Service", "kind": "commissioning", **facts})
    assert caught.value.field == field


@pytest.mark.parametrize("role", ["leader", "auditor", "governance", "administrator"])
def test_only_an_officer_can_be_the_lead_officer(app: Flask, role: str) -> None:
    with pytest.raises(Refusal, match="lead officer"):
        a_partnership(lead_officer_id=a_person(role).id)


def test_a_lead_officer_who_has_left_stays_named_while_other_facts_change(app: Flask) -> None:
    officer = a_person()
    partnership = a_partnership(lead_officer_id=officer.id)
    disable_person("register", officer)
    edit_partnership("register", partnership, {"name": "A new name"})
    assert (partnership.name, partnership.lead_officer_id) == ("A new name", officer.id)


def test_closing_keeps_the_day_and_the_reason_and_opening_again_forgets_both(app: Flask) -> None:
    partnership = a_partnership(started_on=date(2026, 1, 1))
    close_partnership("register", partnership, today(), "The work is done.")
    assert (partnership.is_closed, partnership.stage, partnership.close_reason) == (True, "closed", "The work is done.")
    reopen_partnership("register", partnership, "It was not done.")
    assert (partnership.is_closed, partnership.stage, partnership.close_reason) == (False, "running", None)


@pytest.mark.parametrize(
    ("closed_on", "reason", "field"),
    [
        (today() + timedelta(days=2), "Done.", "closed_on"),
        (date(2025, 12, 31), "Done.", "closed_on"),
        (today(), " ", "reason"),
        (today(), None, "reason"),
    ],
)
def test_a_partnership_closes_on_a_day_of_its_life_and_for_a_reason(
    app: Flask,
    closed_on: date,
    reason: str | None,
    field: str,
) -> None:
    partnership = a_partnership(started_on=date(2026, 1, 1))
    with pytest.raises(Refusal) as caught:
        close_partnership("register", partnership, closed_on, reason)
    assert caught.value.field == field
    assert not partnership.is_closed


def test_nobody_closes_what_is_closed_or_opens_what_is_open(app: Flask) -> None:
    partnership = a_partnership()
    with pytest.raises(Refusal, match="open already"):
        reopen_partnership("register", partnership, "A slip.")
    close_partnership("register", partnership, today(), "Done.")
    with pytest.raises(Refusal, match="closed already"):
        close_partnership("register", partnership, today(), "Done again.")


def test_the_stage_alone_neither_closes_nor_opens_a_partnership(app: Flask) -> None:
    partnership = a_partnership()
    with pytest.raises(Refusal, match="page of its own"):
        edit_partnership("register", partnership, {"stage": "closed"})
    close_partnership("register", partnership, today(), "Done.")
    with pytest.raises(Refusal, match="page of its own"):
        edit_partnership("register", partnership, {"stage": "running"})


@pytest.mark.parametrize(
    ("role", "part"),
    [
        ("officer", "named"),
        ("leader", "lead"),
        ("leader", "officer"),
        ("auditor", "officer"),
        ("administrator", "lead"),
    ],
)
def test_a_part_goes_with_a_role(app: Flask, role: str, part: str) -> None:
    partnership = a_partnership(members={a_person(): "lead"})
    with pytest.raises(Refusal, match="leader is named"):
        set_member("register", partnership, a_person(role).id, part)


@pytest.mark.parametrize(("role", "part"), [("officer", "officer"), ("officer", "lead"), ("leader", "named")])
def test_officers_look_after_a_partnership_and_leaders_are_named(app: Flask, role: str, part: str) -> None:
    partnership = a_partnership(members={a_person(): "lead"})
    set_member("register", partnership, a_person(role).id, part)
    assert [member.part for member in members(partnership.id)] == ["lead", part]


def test_the_last_lead_neither_leaves_nor_becomes_an_officer(app: Flask) -> None:
    lead = a_person()
    partnership = a_partnership(members={lead: "lead"})
    with pytest.raises(Refusal, match="Name another lead first"):
        set_member("register", partnership, lead.id, "officer")
    with pytest.raises(Refusal, match="Name another lead first"):
        end_member("register", members(partnership.id)[0])


def test_one_of_two_leads_may_go(app: Flask) -> None:
    first, second = a_person(), a_person()
    partnership = a_partnership(members={first: "lead", second: "lead"})
    set_member("register", partnership, first.id, "officer")
    end_member("register", members(partnership.id)[0])
    assert [member.person_id for member in members(partnership.id)] == [second.id]
