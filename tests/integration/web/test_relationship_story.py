"""Beside the figure: the trend, the forecast, who speaks and where they differ, and what may go wrong."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.partnerships.models import Partnership
from register.trust.changes import set_restriction
from register.trust.forecast import SIMPLE
from register.trust.model_changes import adopt_form, renew_forecast
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of
from tests.fixtures.stories import HOSTILE, days_ago, partnership_page, read_page, why_address, words_of


def alder_and_birch(officer: Person) -> Partnership:
    return a_partnership([an_organisation("Alder"), an_organisation("Birch")], {officer: "lead"})


def a_turn(before: int, lately: int) -> tuple[Person, Partnership]:
    """A relationship scored so until 150 days ago, and so in the last weeks; 0 for silence."""
    officer = a_person(name="Imogen")
    partnership = alder_and_birch(officer)
    for days in range(150, 400, 50):
        an_interaction(officer, partnership, {"ilm:openness": before}, held_on=days_ago(days))
    for days in range(5, 80, 10):
        if lately:
            an_interaction(officer, partnership, {"ilm:openness": lately}, held_on=days_ago(days))
    return officer, partnership


# Trend


@pytest.mark.parametrize(("before", "lately", "word"), [(5, 1, "falling"), (1, 5, "rising")])
def test_a_change_is_said_on_every_page_that_shows_the_standing(
    client: FlaskClient, before: int, lately: int, word: str,
) -> None:
    officer, partnership = a_turn(before, lately)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert f"{word.capitalize()} against its own level of" in seen
    table = words_of(partnership_page(client, officer, partnership).split('id="standings"')[1])
    assert table.count(f" {word} ") == 1  # the other direction was never rated
    assert "no clear change" in table
    body = partners_of(partnership)[1]
    assert f" {word} " in words_of(read_page(client, officer, f"/organisations/{body.id}"))


def test_silence_is_said_to_be_no_fall(client: FlaskClient) -> None:
    officer, partnership = a_turn(5, 0)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "No clear change : nothing was logged in the 90 days before today, and silence is no fall." in seen
    assert "Falling" not in seen


def test_a_level_that_was_only_lent_is_said_to_be_lent(client: FlaskClient) -> None:
    officer = a_person()
    partnership = alder_and_birch(officer)
    an_interaction(officer, partnership, {"ilm:openness": 3})
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "No clear change against what others’ evidence lent it 90 days ago, 50: the last 90 days brought 0.5" in seen


# Forecast


def test_before_anything_was_fitted_the_forecast_is_said_to_be_the_figure(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 4)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "The forecast in use is the figure itself: no other was fitted on the register’s own past yet." in seen
    assert "Model version 1, computed for today" in seen


def test_a_form_that_earned_its_place_is_named_with_what_it_was_fitted_on(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 4)
    renew_forecast("register")
    assert "on 13 judgements of the register’s own past, nothing more has proved better" in words_of(
        read_page(client, officer, why_address(partnership)),
    )
    adopt_form(officer.actor, SIMPLE, "It did better.")
    html = read_page(client, officer, why_address(partnership))
    seen = words_of(html)
    assert "if Imogen rates it, as last time" in seen
    assert "The forecast in use is the simple form" in seen
    assert "on 13 judgements" in seen
    assert "Model version 2, computed for today" in seen
    assert "model version 2 (half-life 180 days)" in seen


def test_of_a_past_day_nothing_is_forecast(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 4)
    past = (today() - timedelta(days=10)).isoformat()
    html = read_page(client, officer, why_address(partnership, query=f"&on={past}"))
    assert 'id="forecast"' not in html
    assert 'id="chance"' not in html
    assert "Who speaks" in html


# Voices


def rated(by: Person, partnership: Partnership, score: int, voice: str = "own", days: int = 10) -> None:
    """Let somebody say how Alder finds Birch, as an own view or as Alder told it."""
    one, other = (body.id for body in partners_of(partnership))
    reading = NewReading(one, other, "ilm:openness", score, "seen", voice)
    happening = Happening("meeting", days_ago(days), "We met.", [Present(one), Present(other)], [reading])
    log_interaction(by, partnership, happening)


def test_people_who_differ_by_two_points_are_a_finding_for_the_next_review(client: FlaskClient) -> None:
    officer, colleague = a_person(name="Imogen"), a_person(name="Tom")
    partnership = alder_and_birch(officer)
    rated(officer, partnership, 5)
    rated(colleague, partnership, 2)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "For the next review: on openness voices lie 3 points apart." in seen
    assert "Tom’s own view, for Alder: 2 of 5 Imogen’s own view, for Alder: 5 of 5" in seen


def test_people_who_nearly_agree_are_no_finding(client: FlaskClient) -> None:
    officer, colleague = a_person(name="Imogen"), a_person(name="Tom")
    partnership = alder_and_birch(officer)
    rated(officer, partnership, 5)
    rated(colleague, partnership, 4)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "For the next review" not in seen
    assert "No two voices of the last 180 days lie two points apart on anything." in seen


def test_own_views_and_what_was_told_stand_under_headings_of_their_own(client: FlaskClient) -> None:
    officer = a_person(name="Imogen")
    partnership = alder_and_birch(officer)
    rated(officer, partnership, 5)
    rated(officer, partnership, 2, "told")
    html = read_page(client, officer, why_address(partnership))
    voices = html[html.index('id="voices"'):html.index('id="starts-from"')]
    own, told = voices.index("Our officers’ own views"), voices.index("What Alder told us")
    assert own < voices.index("Imogen’s own view, for Alder") < told < voices.index("as Alder told Imogen")
    lines = [line for line in voices.splitlines() if "own view, for Alder" in line and "as Alder told" in line]
    assert [line for line in lines if line.count("<li>") + line.count("<tr>") < 2] == []


def test_how_kind_a_rater_is_elsewhere_is_told_and_changes_no_figure(client: FlaskClient) -> None:
    officer, colleague = a_person(name="Imogen"), a_person(name="Tom")
    partnership = alder_and_birch(officer)
    rated(officer, partnership, 3)
    address = why_address(partnership)
    assert "too little was said of others to tell" in words_of(read_page(client, officer, address))
    kind, strict = a_partnership(members={officer: "lead"}), a_partnership(members={colleague: "lead"})
    for days in range(1, 60, 5):
        an_interaction(officer, kind, {"ilm:ability": 5}, held_on=days_ago(days))
        an_interaction(colleague, strict, {"ilm:ability": 2}, held_on=days_ago(days))
    seen = words_of(read_page(client, officer, address))
    assert "points kinder than average" in seen
    assert "The figure is not changed by it." in seen
    assert "Sum of what is left: 0.481 good, 0.481 bad" in seen  # one reading of 3, ten days old


def test_one_direction_well_above_the_other_is_said_in_words(client: FlaskClient) -> None:
    officer = a_person()
    partnership = alder_and_birch(officer)
    for days in range(1, 60, 5):
        an_interaction(officer, partnership, {"ilm:openness": 5}, held_on=days_ago(days))
        an_interaction(officer, partnership, {"ilm:openness": 1}, held_on=days_ago(days), back=True)
    forth = words_of(read_page(client, officer, why_address(partnership)))
    back = words_of(read_page(client, officer, why_address(partnership, back=True)))
    assert "One-sided: Birch sees it worse than Alder, by" in forth
    assert "One-sided: Birch sees it worse than Alder, by" in back


def test_a_direction_that_is_not_known_is_no_difference(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 4)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "How Birch sees Alder is not known, so it cannot be said whether the two agree." in seen


def test_the_six_are_summed_up_in_two_words(client: FlaskClient) -> None:
    officer = a_person()
    partnership = alder_and_birch(officer)
    for days in range(1, 40, 8):
        an_interaction(officer, partnership, {"ilm:openness": 5, "ilm:ability": 2}, held_on=days_ago(days))
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "In two words, after Covey Character" in seen
    assert "from integrity, fairness, openness" in seen
    assert "from ability, consistency, understanding" in seen


# Chance


def test_without_history_a_chance_is_a_word_or_not_known_and_never_a_number(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 4)
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "Chance not known" in seen  # one relationship has no tenth
    assert "A number is said once 200 past relationships can be looked back on, with 20 breaches among them" in seen
    assert "in 100 ." not in seen.split("A serious breach in 90 days")[1].split("High is")[0]


def test_what_is_restricted_changes_nothing_beside_an_open_figure(client: FlaskClient) -> None:
    officer, partnership = a_turn(4, 2)
    reader = a_person("leader")
    before = read_page(client, reader, why_address(partnership))
    hidden = alder_and_birch(officer)
    set_restriction("register", hidden, is_restricted=True, reason="sensitive")
    for days in range(1, 60, 5):
        an_interaction(officer, hidden, {"ilm:openness": 1}, held_on=days_ago(days), account=HOSTILE)
    after = read_page(client, reader, why_address(partnership))
    story = slice(before.index("<main"), before.index("</main"))
    assert after[after.index("<main"):after.index("</main")] == before[story]
