"""The network through time: the day that is shown, the day it is compared with, and what differs."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, today
from register.database import db
from register.history.recording import recorded
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment
from register.network.facts import Facts
from register.network.facts_lookups import facts_for
from register.partnerships.changes import close_partnership
from register.partnerships.models import Partnership
from register.web.network_facts import Kept
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in

VIEWS = ("sentences", "table", "matrix", "picture")
THEN = today() - timedelta(days=60)


@pytest.fixture
def officer(client: FlaskClient) -> Person:
    """An officer, signed in."""
    person = a_person()
    signed_in(client, person)
    return person


def a_falling_pair(officer: Person, one: str = "Children’s Services", other: str = "Lanmark Transport") -> Partnership:
    """Return a partnership whose first partner thought well of the second until 60 days ago, and badly since."""
    pair = a_partnership(
        [an_organisation(one), an_organisation(other)],
        members={officer: "lead"}, name="Home to school", started_on=today() - timedelta(days=900),
    )  # fmt: skip
    for days in (90, 85, 80, 75):
        an_interaction(officer, pair, {"ilm:fairness": 5}, held_on=today() - timedelta(days=days))
    for days in (50, 40, 30, 20, 10):
        an_interaction(officer, pair, {"ilm:fairness": 1}, held_on=today() - timedelta(days=days))
    return pair


def page(client: FlaskClient, query: str = "", status: int = 200) -> str:
    response = client.get(f"/network?{query}")
    assert response.status_code == status
    return response.text


@pytest.mark.parametrize("view", VIEWS)
def test_every_rendering_says_what_differs_and_why(client: FlaskClient, officer: Person, view: str) -> None:
    a_falling_pair(officer)
    text = page(client, f"view={view}&against={THEN}")

    assert "1 view is weaker" in text
    assert "Given the lowest score on" in text
    assert "How a change is told from chance" in text


def test_the_matrix_boxes_what_changed_and_says_what_it_was(client: FlaskClient, officer: Person) -> None:
    a_falling_pair(officer)
    text = page(client, f"view=matrix&against={THEN}")

    assert 'class="cell--weak cell--changed"' in text or 'class="cell--mixed cell--changed"' in text
    assert re.search(r"out of 100; weaker, was (sound|strong)", text)


def test_a_relationship_that_ended_is_still_there_and_marked(client: FlaskClient, officer: Person) -> None:
    pair = a_falling_pair(officer)
    close_partnership("register", pair, today() - timedelta(days=5), "It is done.")
    db.session.commit()

    for view in VIEWS:
        text = page(client, f"view={view}&against={THEN}")
        assert "1 relationship has ended" in text
        assert "Home to school closed on" in text
    assert "0 live relationships" in text


def test_a_promise_kept_explains_what_is_stronger(client: FlaskClient, officer: Person) -> None:
    pair = a_partnership(members={officer: "lead"})
    first, second = partners_of(pair)
    for days in (90, 80, 70):
        an_interaction(officer, pair, {"ilm:fairness": 2}, held_on=today() - timedelta(days=days))
    promise = [NewCommitment(second.id, first.id, "Pay early", today() - timedelta(days=20))]
    for days, made in ((50, promise), (40, ()), (30, ()), (20, ())):
        an_interaction(officer, pair, {"ilm:fairness": 5}, held_on=today() - timedelta(days=days), commitments=made)
    settle_commitment(
        officer, pair, db.session.scalars(select(Commitment)).one(), "kept", settled_on=today() - timedelta(days=25)
    )
    db.session.commit()

    text = page(client, f"view=table&against={THEN}")
    assert "Stronger" in text
    assert "A promise was kept on" in text
    assert "Pay early" in text


def test_comparing_stays_in_every_tab_and_can_be_stopped(client: FlaskClient, officer: Person) -> None:
    a_falling_pair(officer)
    text = page(client, f"view=table&kind=commissioning&against={THEN}").replace("&amp;", "&")

    assert f"/network?view=matrix&kind=commissioning&against={THEN}" in text
    assert '<a href="/network?view=table&kind=commissioning">Stop comparing</a>' in text


@pytest.mark.parametrize("view", VIEWS)
def test_a_day_to_compare_with_that_is_not_earlier_compares_nothing_and_says_so(
    client: FlaskClient, officer: Person, view: str
) -> None:
    a_falling_pair(officer)
    for against in (today(), today() + timedelta(days=30)):
        text = page(client, f"view={view}&against={against}")
        assert "Nothing is compared" in text
        assert "is weaker" not in text


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "query", ["on=0001-01-01", "on=1900-01-01&against=1850-01-01", "on=9999-12-31", "known=1900-01-01"]
)
def test_days_before_the_register_began_and_to_come_are_sensible_pages(
    client: FlaskClient, officer: Person, view: str, query: str
) -> None:
    a_falling_pair(officer)
    text = page(client, f"view={view}&{query}")

    assert "Nothing " in text or "A day to come is shown as today." in text


@pytest.mark.parametrize("query", ["against=yesterday", "against=2026-02-30", "on=soon", "against=%00"])
def test_what_is_no_day_is_refused_in_a_sentence(client: FlaskClient, officer: Person, query: str) -> None:
    assert "Enter a day that exists" in page(client, query, status=400)


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_register_can_be_compared(client: FlaskClient, officer: Person, view: str) -> None:
    text = page(client, f"view={view}&against={THEN}")

    assert "Nothing has been logged yet." in text
    assert "nothing differs by more than chance" in text


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["<script>alert('x')</script>", "y" * 200, "جمعية الأمل"])
def test_odd_names_stay_text_where_days_are_compared(
    client: FlaskClient, officer: Person, view: str, name: str
) -> None:
    a_falling_pair(officer, one=name)

    assert "<script>alert" not in page(client, f"view={view}&against={THEN}&nodes=both")


def test_the_bars_and_the_form_of_days_need_no_script(client: FlaskClient, officer: Person) -> None:
    a_falling_pair(officer)
    text = page(client, "view=matrix&sector=public")
    form = text.split('id="time-form"')[1].split("</form>")[0]

    assert text.count('fill="#d3dfec"') >= 3
    assert '<input type="hidden" name="sector" value="public">' in form
    assert all(f'name="{name}"' in form for name in ("on", "known", "against"))
    assert 'type="range"' in text
    assert "hidden>" in text.split('id="time-slider"')[1][:400]


def test_a_restricted_partnership_changes_no_byte_of_a_comparison(client: FlaskClient, officer: Person) -> None:
    pair = a_falling_pair(officer)
    queries = [f"view={view}&against={THEN}{nodes}" for view in VIEWS for nodes in ("", "&nodes=both")]
    before = [_subject(page(client, query)) for query in queries]
    member = a_person(name="Only Member")
    hidden = a_partnership(
        partners_of(pair), is_restricted=True, members={member: "lead"}, name="Hidden board", theme="care",
        lead_officer_id=member.id, started_on=today() - timedelta(days=20),
    )  # fmt: skip
    an_interaction(member, hidden, {"ilm:openness": 1}, held_on=today() - timedelta(days=700), kind="dispute")
    with recorded("register", "partnership:edited"):
        hidden.purpose = "Secret"
    db.session.commit()

    assert [_subject(page(client, query)) for query in queries] == before


def _subject(text: str) -> str:
    """Take out what is no part of the page's subject: the token of the form and the head of the history."""
    return re.sub(r'name="csrf_token" value="[^"]*"|History [\d,]+ · [0-9a-f ]+', "", text)


def test_one_theme_says_who_works_on_it_and_where_the_gaps_are(client: FlaskClient, officer: Person) -> None:
    pair = a_partnership([an_organisation("Jobs Office"), an_organisation("Skills College")], theme="joblessness",
                         name="Jobs board")  # fmt: skip
    an_organisation("Elsewhere", sector="community", place="Saltmarsh")
    text = page(client, "view=sentences&theme=joblessness")

    assert "Who works on joblessness and skills" in text
    assert f"/partnerships/{pair.id}" in text
    for sentence in ("No officer leads", "have no known standing with anybody", "No community organisation takes part",
                     "Nobody takes part from Saltmarsh"):  # fmt: skip
        assert sentence in text
    assert "where the gaps are" in page(client, "view=table&theme=joblessness")


def test_the_whole_is_reckoned_once_and_two_days_twice(
    client: FlaskClient, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_falling_pair(officer)
    asked: list[object] = []
    real = facts_for

    def counted(person: Person, clocks: Clocks) -> Facts:
        asked.append(clocks)
        return real(person, clocks)

    monkeypatch.setattr("register.web.network_facts.facts_for", counted)
    for query, number in (
        ("kind=commissioning&sector=public&standing=weak", 1),
        (f"kind=commissioning&against={THEN}", 2),
    ):
        asked.clear()
        monkeypatch.setattr("register.web.network_facts.FACTS", Kept(1, lambda facts: len(facts.views)))
        page(client, query)
        assert len(asked) == number


def test_what_is_kept_in_memory_moves_with_what_one_sees_and_is_given_to_nobody_else(
    client: FlaskClient, officer: Person
) -> None:
    pair = a_falling_pair(officer)
    db.session.commit()
    member = a_person()
    hidden = a_partnership(
        partners_of(pair), is_restricted=True, members={member: "lead"}, name="Hidden board",
    )  # fmt: skip
    db.session.commit()
    assert "2 organisations, 1 live relationship." in page(client)
    signed_in(client, member)
    assert "Hidden board" in page(client, "nodes=both")
    signed_in(client, officer)
    assert "Hidden board" not in page(client, "nodes=both")

    a_partnership([an_organisation("New One"), an_organisation("New Two")])
    db.session.commit()
    assert "4 organisations, 2 live relationships." in page(client)
    assert hidden.name not in page(client, "nodes=both")
