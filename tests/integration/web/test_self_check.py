"""How well forecasts have done: honest with little history, in words and numbers with enough, nothing restricted."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.partnerships.models import Partnership
from register.trust import check_lookups
from register.trust.changes import set_restriction
from register.trust.model_changes import fit_forecast
from register.trust.self_check import Bin, Scores, Way
from register.web.self_check import agreement, skill_words
from tests.factories import a_partnership, a_person, an_interaction, signed_in
from tests.fixtures.stories import read_page, words_of

ADDRESS = "/guidance/self-check"


def a_past(rows: int) -> tuple[Person, list[Partnership]]:
    """Log so many meetings of two partnerships, one that goes well and one that does not."""
    officer = a_person()
    good, bad = (a_partnership(members={officer: "lead"}) for _ in range(2))
    for row in range(rows):
        partnership, score = ((good, 5), (bad, 2))[row % 2]
        day = today() - timedelta(days=3 * (rows - row))
        an_interaction(officer, partnership, {"ilm:openness": score}, held_on=day)
    return officer, [good, bad]


def test_with_no_history_it_is_too_early_to_say(client: FlaskClient) -> None:
    seen = words_of(read_page(client, a_person("leader"), ADDRESS))
    assert "It is too early to say." in seen
    assert "0 judgements stand in the register so far. Below 100" in seen


def test_with_one_judgement_the_sentence_is_still_right(client: FlaskClient) -> None:
    a_past(1)
    assert "1 judgement stands in the register so far." in words_of(read_page(client, a_person("leader"), ADDRESS))


def test_with_enough_the_measures_stand_in_words_and_numbers(client: FlaskClient) -> None:
    # Recorded on the day of the test, all is learnt too late to forecast from: the figure is what the base rate is.
    a_past(104)
    html = read_page(client, a_person("leader"), ADDRESS)
    seen = words_of(html)
    assert "Each of 104 judgements of open partnerships" in seen
    assert "about as good as the base rate" in seen
    assert "it takes some 600 judgements to begin to learn" in seen
    assert "Commissioning arrangement 104" in seen
    assert '<svg class="chart"' in html
    assert 'role="img"' in html


def test_restricted_partnerships_change_nothing_of_it(client: FlaskClient) -> None:
    a_past(20)
    reader = a_person("leader")
    before = read_page(client, reader, ADDRESS)
    _, hidden = a_past(6)
    for partnership in hidden:
        set_restriction("register", partnership, is_restricted=True, reason="sensitive")
    after = read_page(client, reader, ADDRESS)
    assert after[after.index("<main"):after.index("</main")] == before[before.index("<main"):before.index("</main")]


def test_a_history_too_long_to_check_at_once_shows_the_last_fit(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_past(10)
    monkeypatch.setattr(check_lookups, "MOST_AT_ONCE", 5)
    reader = a_person("leader")
    assert "register trust forecast" in words_of(read_page(client, reader, ADDRESS))
    fit_forecast()
    assert "10 judgements stand in the register so far." in words_of(read_page(client, reader, ADDRESS))


def test_who_may_not_see_partnerships_may_not_see_it(client: FlaskClient) -> None:
    assert signed_in(client, a_person("administrator")).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("role", ["leader", "officer"])
def test_guidance_leads_to_it(client: FlaskClient, role: str) -> None:
    for address in ("/guidance", "/guidance/trust"):
        assert f'href="{ADDRESS}"' in read_page(client, a_person(role), address)


def test_the_leaders_home_leads_to_it(client: FlaskClient) -> None:
    a_past(2)
    assert f'href="{ADDRESS}"' in read_page(client, a_person("leader"), "/")


@pytest.mark.parametrize(("skill", "words"), [
    (0.3, "far better than the base rate"), (0.1, "clearly better than the base rate"),
    (0.03, "a little better than the base rate"), (0.0, "about as good as the base rate"),
    (-0.1, "worse than the base rate"),
])
def test_a_skill_in_words(skill: float, words: str) -> None:
    assert skill_words(skill) == words


def way(*bins: Bin) -> Way:
    return Way(Scores(0, 0, 0), bins)


def test_agreement_names_the_worst_level_and_its_direction() -> None:
    said = agreement(way(Bin(0.4, 20, 0.45, 0.28), Bin(0.8, 20, 0.84, 0.83), Bin(0.1, 3, 0.1, 0.9)))
    assert said.startswith("At 1 of 2 levels it was more than 5 points off; most where it said about 45 and 28 came")
    assert "too hopeful" in said
    assert "too gloomy" in agreement(way(Bin(0.4, 20, 0.45, 0.6)))
    assert agreement(way(Bin(0.8, 20, 0.84, 0.83))).startswith("What was said came true")
    assert agreement(way(Bin(0.8, 2, 0.84, 0.83))) == "Too few forecasts lie close together to tell."


def test_the_guidance_names_benchmarks_as_context_with_their_source(client: FlaskClient) -> None:
    seen = words_of(read_page(client, a_person("leader"), "/guidance/trust"))
    assert "Context, never a target" in seen
    assert "Third sector 46 Private sector 45 Public sector 29 Central and local government 10" in seen
    assert "Openness 70 Communication 53 Decisions 49 Integrity 48 Competence 42" in seen
    assert "Index of Leadership Trust 2014" in seen
