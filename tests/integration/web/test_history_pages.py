"""The story of the register on pages: who reads what, and that restricted acts show nowhere else."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, text

from register.accounts.changes import open_restricted
from register.clock import today
from register.database import db
from register.history.guard import close_guard, open_guard
from register.history.lookups import entries_of
from register.history.models import HistoryEntry, HistoryValue
from register.partnerships.changes import edit_partnership
from register.partnerships.contact_changes import add_contact
from register.partnerships.organisation_changes import edit_organisation
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.pages import Furnished

LISTS = (
    "/", "/partnerships", "/organisations", "/interactions", "/watchlist", "/network", "/history", "/search?q=matter",
    "/partnerships?on=2026-01-01", "/history?only=interactions", "/guidance/permissions",
)  # fmt: skip


def hidden_words(furnished: Furnished) -> tuple[str, ...]:
    return ("Quiet matter", "Account of Quiet", "Promise of Quiet")


def page_of(client: FlaskClient, address: str) -> str:
    """Return a page without the tokens that are new each time, and without its footer, which names a checkpoint."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r'name="(csrf_token|form_key)"[^>]*value="[^"]*"', "", answer.text).partition("<footer")[0]


def more_happens_in(furnished: Furnished) -> None:
    hidden, member = furnished.restricted, furnished.people["member"]
    for score in (1, 1, 5):
        an_interaction(
            member, hidden, {"ilm:openness": score}, kind="dispute", account="Account of Quiet matter, again"
        )
    edit_partnership(member.actor, hidden, {"purpose": "Quiet matter of its own"}, "Account of Quiet reasons")
    db.session.commit()


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_what_happens_in_a_restricted_partnership_changes_no_byte_for_others(
    client: FlaskClient,
    furnished: Furnished,
    who: str,
) -> None:
    signed_in(client, furnished.people[who])
    own = (f"/partnerships/{furnished.open.id}", f"/history/partnership/{furnished.open.id}")
    before = {address: page_of(client, address) for address in (*LISTS, *own)}
    more_happens_in(furnished)
    for address, page in before.items():
        assert page_of(client, address) == page, address


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "governance"])
def test_restricted_acts_are_told_to_nobody_who_may_not_know(
    client: FlaskClient,
    furnished: Furnished,
    who: str,
) -> None:
    more_happens_in(furnished)
    signed_in(client, furnished.people[who])
    for address in LISTS:
        page = page_of(client, address)
        for word in hidden_words(furnished):
            assert word not in page, (address, word)
    parts = furnished.addresses(furnished.restricted)
    assert client.get(f"/history/partnership/{furnished.restricted.id}").status_code == 404
    assert client.get(f"/history/entries/{parts['sequence']}").status_code == 404
    interaction = parts["interaction_id"]
    for entity, number in (("interaction", interaction), ("reading", 2), ("commitment", parts["commitment_id"])):
        assert client.get(f"/history/{entity}/{number}").status_code == 404, entity


def test_a_member_reads_the_story_of_a_restricted_partnership(client: FlaskClient, furnished: Furnished) -> None:
    more_happens_in(furnished)
    signed_in(client, furnished.people["member"])
    page = page_of(client, f"/history/partnership/{furnished.restricted.id}")
    assert "The story of Quiet matter" in page
    assert "logged a meeting" in page
    assert "Quiet matter of its own" in page
    assert "Account of Quiet reasons" in page
    assert "Quiet matter" in page_of(client, "/history")


@pytest.mark.parametrize("who", ["auditor", "governance"])
def test_an_auditor_reads_it_only_after_an_opening_that_is_recorded(
    client: FlaskClient,
    furnished: Furnished,
    who: str,
) -> None:
    reader = furnished.people[who]
    signed_in(client, reader)
    address = f"/history/partnership/{furnished.restricted.id}"
    assert client.get(address).status_code == 404
    opened = open_restricted(reader, "Audit 7 asks for it.")
    assert "The story of Quiet matter" in page_of(client, address)
    db.session.commit()
    assert [entry.actor for entry in entries_of("restricted_access", opened.id)] == [reader.actor]
    signed_in(client, furnished.people["officer"])
    assert client.get(address).status_code == 404


def test_the_whole_history_is_the_auditors(client: FlaskClient, furnished: Furnished) -> None:
    person = furnished.people["leader"]
    signed_in(client, furnished.people["auditor"])
    assert "an account:" in page_of(client, "/history")
    assert client.get(f"/history/person/{person.id}").status_code == 200
    signed_in(client, furnished.people["officer"])
    assert "an account:" not in page_of(client, "/history")
    assert client.get(f"/history/person/{person.id}").status_code == 404


def test_an_administrator_reads_no_narrative(client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["administrator"])
    for address in ("/history", f"/history/partnership/{furnished.open.id}", "/history/organisation/1"):
        assert client.get(address).status_code == 403


def test_an_act_shows_what_was_and_what_is_and_why(client: FlaskClient, furnished: Furnished) -> None:
    body = an_organisation(name="Old name")
    edit_organisation(furnished.people["officer"].actor, body, {"name": "New <b>name"})
    signed_in(client, furnished.people["officer"])
    page = page_of(client, f"/history/organisation/{body.id}")
    assert "<del>Old name</del>" in page
    assert "<ins>New &lt;b&gt;name</ins>" in page
    assert furnished.people["officer"].name in page


def test_an_entry_shows_its_place_in_the_chain(client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["officer"])
    parts = furnished.addresses(furnished.open)
    entry = db.session.get_one(HistoryEntry, parts["sequence"])
    page = page_of(client, f"/history/entries/{entry.sequence}")
    assert entry.entry_hash in page
    assert "password_hash" not in page


def test_an_erased_value_is_shown_as_erased(client: FlaskClient, furnished: Furnished) -> None:
    first = partners_of(furnished.open)[0]
    contact = add_contact("register", organisation_id=first.id, role="Manager", name="Somebody to forget")
    db.session.commit()
    (entry,) = entries_of("contact", contact.id)
    connection = db.session.connection()
    open_guard(connection)
    connection.execute(delete(HistoryValue).where(HistoryValue.sequence == entry.sequence))
    close_guard(connection)
    signed_in(client, furnished.people["officer"])
    page = page_of(client, f"/history/entries/{entry.sequence}")
    assert "(erased)" in page
    assert "Somebody to forget" not in page


def test_long_stories_are_paged_without_losing_or_repeating_an_act(client: FlaskClient) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    for number in range(30):
        edit_partnership(officer.actor, partnership, {"purpose": f"Purpose {number:02}."})
    signed_in(client, officer)
    seen: list[str] = []
    address: str | None = f"/history/partnership/{partnership.id}"
    while address:
        page = page_of(client, address)
        seen += re.findall(r"<ins>(Purpose \d\d\.)</ins>", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert seen == [f"Purpose {number:02}." for number in reversed(range(30))]


@pytest.mark.parametrize("only", ["", "corrections", "deals", "interactions", "promises", "members", "nonsense"])
def test_the_story_can_be_narrowed(client: FlaskClient, furnished: Furnished, only: str) -> None:
    signed_in(client, furnished.people["member"])
    page = page_of(client, f"/history?only={only}")
    assert ("logged a meeting" in page) == (only in ("", "interactions", "promises", "nonsense"))


def test_the_end_of_the_chain_stands_on_the_story_for_those_who_verify_it_only(
    client: FlaskClient,
    furnished: Furnished,
) -> None:
    for who, is_shown in (("auditor", True), ("governance", True), ("officer", False), ("leader", False)):
        page = page_of(signed_in(client, furnished.people[who]), "/history")
        last = str(db.session.scalar(text("SELECT entry_hash FROM history_head")))
        assert (last in page) == is_shown, who


def test_today_stands_for_the_day_of_an_act(app: Flask, client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["officer"])
    assert f"{today():%-d %B %Y}" in page_of(client, "/history")
