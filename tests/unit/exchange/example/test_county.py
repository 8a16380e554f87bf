"""The example register holds together on every day and from every seed."""

from collections import Counter
from datetime import date, timedelta

import pytest

from register.accounts.kinds import ROLE_BY_KEY
from register.exchange.example.county import example
from register.exchange.example.records import ExampleRegister
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY, VOICES
from register.partnerships.kinds import (
    DOCUMENTS,
    IDENTIFIER_SCHEMES,
    LEGAL_FORMS,
    ORGANISATION_KINDS,
    PARTICIPATION_ROLES,
    PARTNERSHIP_KINDS,
    SECTORS,
    SIGNIFICANCES,
    STAGES,
    THEMES,
    VALUE_BASES,
    names,
)
from register.text import line, paragraphs
from register.trust.schemes import determinant_of, scheme_of

DAYS = (
    date(2026, 11, 23), date(2026, 1, 1), date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 26), date(2027, 7, 1),
)
FICTION = "99"


@pytest.fixture(scope="module", params=[(day, seed) for seed, day in enumerate(DAYS, start=1)], ids=str)
def told(request: pytest.FixtureRequest) -> tuple[ExampleRegister, date]:
    """An example, and the day on which it is told."""
    day, seed = request.param
    return example(day, seed), day


def test_it_is_as_rich_as_a_county(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    assert 55 <= len(register.organisations) <= 75
    assert 85 <= len(register.contacts) <= 120
    assert len(register.partnerships) == 40
    assert {one.kind for one in register.partnerships} == set(names(PARTNERSHIP_KINDS))
    assert sum(one.is_restricted for one in register.partnerships) == 3
    assert 700 <= len(register.interactions) <= 950
    assert {one.kind for one in register.interactions} == set(KIND_BY_KEY)


def test_those_who_sign_in_have_every_role(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    roles = Counter(one.role for one in register.people)

    assert roles == {"officer": 5, "leader": 2, "auditor": 1, "governance": 2, "administrator": 1}
    assert set(roles) == set(ROLE_BY_KEY)
    assert {one.lead for one in register.partnerships} == {"bethan", "desmond"}


def test_every_key_refers_to_a_record(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    organisations = {one.key for one in register.organisations}
    people = {one.key for one in register.people}
    contacts = {one.key: one.organisation for one in register.contacts}

    assert register.council in organisations
    assert {key for one in register.organisations for key in (one.parent, one.successor) if key} <= organisations
    assert set(contacts.values()) <= organisations
    for one in register.partnerships:
        assert {one.lead, one.lead_officer, *one.officers, *one.named_leaders} <= people
        assert {share.organisation for deal in one.deals for share in deal.shares} <= organisations
    for interaction in register.interactions:
        assert interaction.recorded_by in people
        assert {contacts[key] for key in interaction.contacts} <= set(interaction.organisations)


def test_no_key_is_used_twice(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    for some in (register.people, register.organisations, register.contacts, register.partnerships,
                 register.interactions):
        keys = [one.key for one in some]
        assert len(keys) == len(set(keys))
    numbers = [number for one in register.organisations for number in one.identifiers]
    assert len(numbers) == len(set(numbers))


def test_only_partners_meet_rate_and_promise(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    partners = {one.key: {key for key, _ in one.participants} for one in register.partnerships}

    for interaction in register.interactions:
        here = partners[interaction.partnership]
        sides = [(one.rater, one.ratee) for one in interaction.readings]
        sides += [(one.promisor, one.promisee) for one in interaction.commitments]
        assert set(interaction.organisations) <= here, interaction.key
        assert {key for pair in sides for key in pair} <= here, interaction.key
        assert all(one != other for one, other in sides), interaction.key


def test_those_who_look_after_a_partnership_log_it(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    members = {one.key: {one.lead, *one.officers} for one in register.partnerships}

    assert all(one.recorded_by in members[one.partnership] for one in register.interactions)


def test_every_word_is_of_the_vocabulary(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    assert {one.sector for one in register.organisations} == set(names(SECTORS))
    assert {one.kind for one in register.organisations} <= set(names(ORGANISATION_KINDS))
    schemes = {scheme for one in register.organisations for scheme, _ in one.identifiers}
    assert schemes <= set(names(IDENTIFIER_SCHEMES))
    for one in register.partnerships:
        assert one.theme in names(THEMES)
        assert one.significance in names(SIGNIFICANCES)
        assert one.stage in names(STAGES)
        assert {role for _, role in one.participants} <= set(names(PARTICIPATION_ROLES))
        for deal in one.deals:
            assert deal.legal_form in names(LEGAL_FORMS)
            assert deal.value_basis in names(VALUE_BASES)
            assert set(deal.documents) <= set(names(DOCUMENTS))


def test_readings_use_the_scheme_of_their_partnership_and_carry_evidence(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    schemes = {one.key: one.scheme for one in register.partnerships}

    for interaction in register.interactions:
        asked = [(one.rater, one.ratee, one.determinant) for one in interaction.readings]
        assert len(asked) == len(set(asked)), interaction.key
        for reading in interaction.readings:
            assert scheme_of(reading.determinant).key == schemes[interaction.partnership]
            assert determinant_of(reading.determinant).key == reading.determinant
            assert 1 <= reading.score <= 5
            assert reading.voice in names(VOICES)
            assert line(reading.evidence, "evidence", "Evidence")


def test_nothing_happens_or_is_recorded_after_the_day_it_is_told(told: tuple[ExampleRegister, date]) -> None:
    register, today = told

    assert max(one.held_on for one in register.interactions) < today
    assert today - min(one.held_on for one in register.interactions) > timedelta(530)
    for one in register.interactions:
        assert one.held_on <= one.recorded_at.date() < today, one.key
        if one.correction:
            assert one.recorded_at.date() <= one.correction.recorded_at.date() < today, one.key
    assert all(deal.recorded_at.date() < today for one in register.partnerships for deal in one.deals)
    assert all(one.closed_on < today for one in register.partnerships if one.closed_on)


def test_people_meet_on_working_days(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    assert all(one.held_on.weekday() < 5 for one in register.interactions)
    assert not [one for one in register.interactions if (one.held_on.month, one.held_on.day) in ((12, 25), (1, 1))]


def test_nobody_meets_before_the_start_or_after_the_end_of_a_partnership(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    partnerships = {one.key: one for one in register.partnerships}

    for one in register.interactions:
        of = partnerships[one.partnership]
        assert of.started_on <= one.held_on, one.key
        assert of.closed_on is None or one.recorded_at.date() <= of.closed_on, one.key


def test_nobody_comes_after_their_last_day(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    last_days = {one.key: one.left_on for one in register.contacts if one.left_on}

    assert last_days
    came = [(last_days[key], one.held_on) for one in register.interactions for key in one.contacts if key in last_days]
    assert came
    assert all(held_on <= last_day for last_day, held_on in came)


def test_what_became_of_promises_agrees_with_their_dates(told: tuple[ExampleRegister, date]) -> None:
    register, today = told

    for interaction in register.interactions:
        for promise in interaction.commitments:
            assert interaction.held_on <= promise.due_on, interaction.key
            if promise.outcome is None:
                assert promise.settled_on is None
                continue
            assert promise.settled_on
            assert promise.settled_at
            assert interaction.held_on <= promise.settled_on <= promise.settled_at.date() < today, interaction.key
            assert promise.outcome != "kept" or promise.settled_on <= promise.due_on, interaction.key
            assert promise.outcome != "late" or promise.settled_on > promise.due_on, interaction.key
            assert (promise.outcome == "renegotiated") == (promise.new_due_on is not None), interaction.key


def test_promises_end_in_every_way_and_some_are_overdue(told: tuple[ExampleRegister, date]) -> None:
    register, today = told
    promises = [promise for one in register.interactions for promise in one.commitments]
    outcomes = Counter(promise.outcome for promise in promises)

    assert {outcome for outcome in outcomes if outcome} == set(OUTCOME_BY_KEY)
    assert outcomes["kept"] > outcomes["late"] > 0
    assert any(promise.outcome is None and promise.due_on < today for promise in promises)
    assert any(promise.outcome is None and promise.due_on >= today for promise in promises)


def test_some_things_are_logged_weeks_late_and_some_are_corrected(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    late = [one for one in register.interactions if one.recorded_at.date() - one.held_on > timedelta(20)]
    corrected = [one for one in register.interactions if one.correction]

    assert 15 <= len(late) <= 100
    assert 3 <= len(corrected) <= 40
    assert all(one.correction and one.correction.account != one.account for one in corrected)


def test_every_text_can_be_kept(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    for interaction in register.interactions:
        assert paragraphs(interaction.account, "account", "The account")
        assert "{" not in interaction.account
        for promise in interaction.commitments:
            assert line(promise.what, "what", "What")
            assert promise.note is None or line(promise.note, "note", "Note")


def test_no_account_is_told_twice(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told

    accounts = Counter((one.partnership, one.account) for one in register.interactions)

    assert max(accounts.values()) == 1


def test_all_of_it_is_fiction(told: tuple[ExampleRegister, date]) -> None:
    register, _ = told
    addresses = [one.email for one in register.people] + [one.email for one in register.contacts if one.email]
    numbers = [value for one in register.organisations for _, value in one.identifiers]

    assert all(address.endswith(".example") for address in addresses)
    assert all(number.removeprefix("E").startswith((FICTION, "ZZ")) for number in numbers)


def test_the_same_seed_tells_the_same_story() -> None:
    assert example(DAYS[0], 3) == example(DAYS[0], 3)


def test_another_seed_tells_another_story_of_the_same_county() -> None:
    one, other = example(DAYS[0], 3), example(DAYS[0], 4)

    assert one.interactions != other.interactions
    assert one.organisations == other.organisations
    assert [each.name for each in one.partnerships] == [each.name for each in other.partnerships]
