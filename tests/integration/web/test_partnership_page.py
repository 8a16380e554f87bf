"""The page of a partnership: the deal beside the relationship, as it is and as it was."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from register.clock import now, pretending, today
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.partnerships.deal_models import DealRevision
from register.web.chart_parts import Silence
from register.web.deal_facts import elapsed
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import (
    a_failing_partnership,
    days_ago,
    partnership_page,
    promised,
    words_of,
)


def test_the_deal_stands_beside_the_relationship(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    seen = words_of(partnership_page(client, officer, partnership))
    assert "The deal is in good order. The relationship is not: Brook Care’s trust in Testshire Council is weak" in seen
    assert "10 of 11 parts in place" in seen
    assert "£4.2m a year" in seen
    assert "Testshire Council (commissioner), Brook Care (provider)" in seen
    assert "Missing Exit arrangement" in seen
    assert "3,100 discharges a year" in seen
    assert "2 standings between 2 organisations" in seen
    assert "Weakest part: openness, Testshire Council as seen by Brook Care : weak" in seen
    assert "Rests on: Ada Officer, in 5 of 5 interactions of the last year." in seen


def test_the_term_shows_how_much_of_it_has_gone_by(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    # 300 days of the 400 that the term lasts.
    assert 'aria-label="75 % of the term has gone by"' in partnership_page(client, officer, partnership)


def test_a_term_is_never_less_than_begun_nor_more_than_over() -> None:
    deal = DealRevision(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    assert elapsed(deal, date(2026, 7, 1)) == pytest.approx(181 / 365)
    assert elapsed(deal, date(2025, 7, 1)) == 0
    assert elapsed(deal, date(2027, 7, 1)) == 1
    assert elapsed(DealRevision(starts_on=date(2026, 1, 1)), date(2026, 7, 1)) is None
    assert elapsed(None, today()) is None


def test_whoever_may_log_gets_the_button_and_a_reader_does_not(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    log, edit = f"/interactions/new?partnership={partnership.id}", f"/partnerships/{partnership.id}/edit"
    html = partnership_page(client, officer, partnership)
    assert log in html
    assert edit in html
    html = partnership_page(client, a_person("auditor"), partnership)
    assert log not in html
    assert edit not in html


def test_flags_are_arguments_with_links_to_what_they_rest_on(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    html = partnership_page(client, officer, partnership)
    risk = html[html.index('id="risk"'):html.index('id="trust"')]
    seen = words_of(risk)
    assert "Recent breach" in seen
    assert "Weak trust" in seen
    assert seen.count("Clears when") == seen.count("Because") == seen.count("Who acts") >= 3
    assert re.search(r'href="/interactions/\d+"', risk)
    assert f"/partnerships/{partnership.id}/deal" in risk


def test_trust_over_time_is_drawn_both_ways_with_its_silence_and_its_words(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    html = partnership_page(client, officer, partnership)
    assert "340 days of silence: less is known, nothing has fallen" in html
    seen = words_of(html)
    assert "Nothing was logged for 340 days to" in seen
    assert "Testshire Council of Brook Care: no evidence yet." in seen
    assert "Nothing was logged yet that says how Testshire Council sees Brook Care." in seen
    assert html.count('class="chart chart--wide"') == html.count('class="chart chart--narrow"') == 1
    assert Silence(days_ago(440), days_ago(100)).days == 340


def test_a_pair_is_chosen_in_the_address(client: FlaskClient) -> None:
    officer = a_person("officer")
    bodies = [an_organisation(name) for name in ("Alder", "Birch", "Cedar")]
    partnership = a_partnership(bodies, {officer: "lead"}, kind="multi_agency")
    html = partnership_page(client, officer, partnership, f"?pair={bodies[2].id}-{bodies[1].id}")
    assert "Trust over time, Birch and Cedar" in html
    assert f"pair={bodies[0].id}-{bodies[1].id}#trust" in html
    for nonsense in ("?pair=", "?pair=1-2-3", "?pair=<b>", f"?pair={bodies[0].id}", f"?pair={10**30}-1"):
        assert "Trust over time, Alder and Birch" in partnership_page(client, officer, partnership, nonsense)


def test_many_partners_are_listed_instead_of_set_in_a_grid(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership(8, {officer: "lead"}, kind="multi_agency")
    html = partnership_page(client, officer, partnership)
    assert "Too many for a grid" in html
    assert "The other 44" in html
    assert '<select class="govuk-select" id="pair" name="pair">' in html


def test_last_interactions_next_dates_and_promises_stand_below(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    promised(officer, partnership, "Name a payments contact", 90, 30)
    promised(officer, partnership, "Share the forecast", 20, 27)
    promised(officer, partnership, "Pay the July invoices", 90, 20, "broken")
    promised(officer, partnership, "Open the depot", 80, 20, "kept")
    seen = words_of(partnership_page(client, officer, partnership))
    assert "What was said 5 days ago. Open" in seen
    assert "All 12" in seen
    promises = seen[seen.index("Promises both ways"):]
    assert "Testshire Council promised 1 of 2 kept on time." in promises
    assert "Name a payments contact Overdue 60 days" in promises
    assert promises.index("Name a payments contact") < promises.index("Share the forecast") < promises.index("Open the")
    dates = seen[seen.index("Next dates"):seen.index("Promises both ways")]
    assert dates.index("Share the forecast (Testshire Council)") < dates.index("Deal to be reviewed")
    assert "Next meeting is due, by the agreed rhythm of 30 days" in dates
    assert "Name a payments contact" not in dates


def test_an_earlier_day_shows_what_was_known_of_it_and_keeps_the_day_in_links(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    day = days_ago(420).isoformat()
    html = partnership_page(client, officer, partnership, f"?on={day}")
    seen = words_of(html)
    assert "You are reading the past." in html
    assert "Brook Care’s trust in Testshire Council is weak" not in seen
    assert "What was said" not in seen
    assert "No deal is on record" in seen
    one, other = partners_of(partnership)
    assert f"/relationships/{other.id}/to/{one.id}?partnership={partnership.id}&amp;on={day}" in html
    assert f"/organisations/{one.id}?on={day}" in html


def test_what_the_register_learned_later_is_not_shown_as_known_before(client: FlaskClient) -> None:
    officer = a_person("officer")
    with pretending(now() - timedelta(days=60)):
        partnership = a_partnership(2, {officer: "lead"})
        an_interaction(officer, partnership, {"ilm:ability": 4}, held_on=days_ago(0), account="Logged at once.")
    an_interaction(officer, partnership, {"ilm:ability": 4}, held_on=days_ago(70), account="Logged much later.")
    assert "Logged much later." in partnership_page(client, officer, partnership)
    earlier = partnership_page(client, officer, partnership, f"?known={days_ago(30).isoformat()}")
    assert "Logged at once." in earlier
    assert "Logged much later." not in earlier


def test_a_day_that_does_not_exist_is_refused_in_a_sentence(client: FlaskClient) -> None:
    officer, partnership = a_failing_partnership()
    answer = signed_in(client, officer).get(f"/partnerships/{partnership.id}?on=2026-02-31")
    assert answer.status_code == 400
    assert "Enter a day that exists" in answer.text


def test_the_figures_listed_are_those_that_hand_arithmetic_gives(client: FlaskClient) -> None:
    officer = a_person("officer")
    one, other = an_organisation("Alder"), an_organisation("Birch")
    partnership = a_partnership([one, other], {officer: "lead"})
    for days in (0, 180):
        for key in ("ability", "fairness", "openness", "integrity"):
            happening = Happening("meeting", days_ago(days), "Met.", [Present(one.id), Present(other.id)], [
                NewReading(one.id, other.id, f"ilm:{key}", 5, None, "own"),
            ])
            log_interaction(a_person("officer"), partnership, happening)
    # Four officers today and four 180 days ago, all very good: r = 4 + 4/2 = 6, s = 0.
    # Nothing elsewhere, so the network lends: R = 4 + 4 * 2^(-180/365), a0 = (R + 1) / (R + 2).
    network = 4 + 4 * 2 ** (-180 / 365)
    lent = (network + 1) / (network + 2)
    figure = (6 + 2 * lent) / (6 + 2)
    seen = words_of(partnership_page(client, officer, partnership))
    assert f"Alder of Birch Strong {figure * 100:.0f} " in seen
