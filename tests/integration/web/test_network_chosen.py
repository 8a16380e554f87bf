"""The card beside the matrix: both directions of a chosen cell, what each was, and nothing of what one may not see."""

import html
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.accounts.models import Person
from register.clock import today
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import words_of

NO_PAIR = "There is no such pair in what is shown"


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def a_pair(officer: Person, *, days: int = 0, scores: int = 1, is_restricted: bool = False) -> Partnership:
    """Two that met five times, up to some days ago, of whom the first scored the other."""
    pair = a_partnership(
        [an_organisation(f"Parks of {days}"), an_organisation(f"<b>Tramway {days}")], members={officer: "lead"},
        name=f"Paths {days}", is_restricted=is_restricted,
    )  # fmt: skip
    for ago in range(days, days + 50, 10):
        an_interaction(officer, pair, {"ilm:fairness": scores}, held_on=today() - timedelta(days=ago))
    return pair


def card(client: FlaskClient, chosen: str, more: str = "") -> str:
    text = client.get(f"/network?view=matrix&chosen={chosen}{more}").text
    return text.split('id="network-chosen"')[1].split("</section>")[0] if 'id="network-chosen"' in text else ""


def told(markup: str) -> str:
    return html.unescape(words_of(markup))


def test_a_chosen_cell_shows_both_directions_with_figure_band_and_reason(client: FlaskClient, officer: Person) -> None:
    pair = a_pair(officer)
    one, other = partners_of(pair)
    found = card(client, f"{one.id}-{other.id}")
    said = told(found)

    assert "Parks of 0 of <b>Tramway 0" in said
    assert re.search(r"Weak \d+ of 100, likely \d+ to \d+", said)
    assert "The other way, <b>Tramway 0 of Parks of 0" in said
    assert "Both work in Paths 0" in said
    assert f"/relationships/{one.id}/to/{other.id}?partnership={pair.id}" in found
    assert f'href="#cell-{one.id}-{other.id}"' in found
    assert "<b>Tramway" not in found


def test_every_mark_leads_to_its_card_and_the_chosen_one_says_so(client: FlaskClient, officer: Person) -> None:
    one, other = partners_of(a_pair(officer))
    text = client.get(f"/network?view=matrix&chosen={one.id}-{other.id}&on={today()}").text.replace("&amp;", "&")

    cell = f"{one.id}-{other.id}"
    assert re.search(rf'id="cell-{cell}" href="[^"]*chosen={cell}#network-chosen" aria-current="true"', text)
    assert f"chosen={other.id}-{one.id}#network-chosen" in text


def test_a_card_tells_what_it_was_on_the_day_compared_with(client: FlaskClient, officer: Person) -> None:
    pair = a_pair(officer, days=100, scores=5)
    one, other = partners_of(pair)
    for ago in range(0, 50, 5):
        an_interaction(officer, pair, {"ilm:fairness": 1}, held_on=today() - timedelta(days=ago))
    then = today() - timedelta(days=90)
    said = told(card(client, f"{one.id}-{other.id}", f"&against={then}"))

    assert re.search(rf"On {then:%-d %B %Y}: [A-Z]\w+ \d+ of 100, likely \d+ to \d+ ?\. Weaker\.", said)
    assert "On " not in told(card(client, f"{one.id}-{other.id}"))


def test_a_pair_that_is_new_did_not_work_together_then(client: FlaskClient, officer: Person) -> None:
    new = a_partnership([an_organisation("New"), an_organisation("Newer")], members={officer: "lead"},
                        started_on=today() - timedelta(days=5))  # fmt: skip
    one, other = partners_of(new)
    said = told(card(client, f"{one.id}-{other.id}", f"&against={today() - timedelta(days=30)}"))

    assert "they did not work together" in said


@pytest.mark.parametrize(
    "chosen", ["zz", "1", "0-0", "7-7", "999999-3", "1-2-3", "-", "--", "²-1", "9" * 30 + "-1", "' or 1"],
)
def test_a_pair_that_there_is_not_is_said_and_nothing_is_chosen(
    client: FlaskClient, officer: Person, chosen: str
) -> None:
    a_pair(officer)
    text = client.get("/network", query_string={"view": "matrix", "chosen": chosen}).text

    assert NO_PAIR in text
    assert 'id="network-chosen"' not in text


def test_a_hidden_pair_answers_as_one_that_there_is_not(client: FlaskClient, officer: Person) -> None:
    a_pair(officer)
    one, other = partners_of(a_pair(a_person(), days=1, is_restricted=True))
    text = client.get(f"/network?view=matrix&chosen={one.id}-{other.id}").text

    assert NO_PAIR in text
    assert "Tramway 1" not in text


def test_a_partnership_as_a_node_can_be_chosen(client: FlaskClient, officer: Person) -> None:
    pair = a_pair(officer)
    _, other = partners_of(pair)
    said = told(card(client, f"-{pair.id}-{other.id}", "&nodes=both"))

    assert "the others in Paths 0 of <b>Tramway 0" in said
