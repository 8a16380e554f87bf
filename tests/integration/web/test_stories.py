"""The story of a record in sentences: what happened, by whom, old beside new, why; narrowed, paged and printed."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.changes import disable_person, enable_person, reset_password
from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.exchange.taking.export_changes import record_export
from register.history.models import HistoryEntry
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment
from register.network.saved_view_changes import save_view
from register.partnerships.changes import edit_partnership
from register.partnerships.contact_changes import add_contact
from register.partnerships.deal_changes import revise_deal
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import close_organisation
from register.risk.rule_changes import confirm_rule_set, decline_rule_set, propose_rule_set
from register.risk.rule_lookups import as_thresholds
from register.risk.thresholds import RULES_AS_PUBLISHED
from register.trust.model_changes import adopt_form
from tests.factories import PASSWORD, a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import HOSTILE, words_of

DEAL_VALUE = "strong_deal_weak_relationship.value"


@pytest.fixture
def home(client: FlaskClient) -> tuple[Person, Partnership]:
    """A partnership with a meeting, a correction, a promise that was broken, and a deal that was revised."""
    officer = a_person(name="Priya Nair")
    council, provider = an_organisation("Testshire Council"), an_organisation("Brook Care")
    found = a_partnership([council, provider], {officer: "lead"}, ["commissioner", "provider"], name="Home Support")
    revise_deal(officer.actor, found, {"reference": "A", "value_pence": 395_000_000, "value_basis": "annual"})
    promise = NewCommitment(provider.id, council.id, "Weekend rota cover", today() + timedelta(days=2))
    met = an_interaction(
        officer, found, {"ilm:openness": 2, "ilm:ability": 3}, kind="incident", account="Nine people waited.",
        commitments=[promise],
    )
    present = [Present(council.id), Present(provider.id)]
    readings = [NewReading(council.id, provider.id, "ilm:openness", 1, "seen", "own")]
    right = Happening("incident", today(), "Eleven people waited.", present, readings)
    correct_interaction(officer, found, met, right, "The list came.")
    settle_commitment(officer, found, db.session.query(Commitment).one(), "broken", settled_on=today())
    revise_deal(officer.actor, found, {"reference": "A", "value_pence": 420_000_000, "value_basis": "annual"})
    db.session.commit()
    return officer, found


def story(client: FlaskClient, person: Person, address: str) -> str:
    answer = signed_in(client, person).get(address)
    assert answer.status_code == 200, address
    return words_of(answer.text)


def test_a_partnerships_story_is_told_in_sentences(client: FlaskClient, home: tuple[Person, Partnership]) -> None:
    officer, found = home
    told = story(client, officer, f"/history/partnership/{found.id}")
    day = f"{today():%-d %B %Y}"
    for sentence in (
        f"Priya Nair logged an incident of {day} between Testshire Council and Brook Care: Nine people waited. "
        "Two readings by Testshire Council. Brook Care promised Testshire Council: Weekend rota cover, due",
        f"Priya Nair corrected an incident of {day}. The first version is kept and can be read.",
        "Account was Nine people waited. now Eleven people waited.",
        "Readings was Ability 3 (Testshire Council of Brook Care), Openness 2 (Testshire Council of Brook Care) "
        "now Openness 1 (Testshire Council of Brook Care)",
        "Why: The list came.",
        "Priya Nair marked Brook Care’s promise broken: Weekend rota cover, on",
        "Promise was open now broken",
        "Priya Nair revised the deal to revision 2. Revision 1 stands in the record. Value was £3,950,000.00",
        "Brook Care joined as provider",
        "gave Priya Nair a part in it: lead",
    ):
        assert sentence in told, sentence


@pytest.mark.parametrize(("address", "sentence"), [
    ("organisation", "Priya Nair marked Brook Care’s promise broken"),
    ("organisation", "Brook Care joined as provider"),
    ("organisation", "added a contact"),
    ("contact", "added a contact"),
])
def test_an_organisation_and_its_contacts_have_a_story_of_all_they_took_part_in(
    client: FlaskClient, home: tuple[Person, Partnership], address: str, sentence: str,
) -> None:
    officer, found = home
    provider = partners_of(found)[1]
    contact = add_contact("register", organisation_id=provider.id, role="Manager")
    number = provider.id if address == "organisation" else contact.id
    assert sentence in story(client, officer, f"/history/{address}/{number}")


def test_an_account_has_a_story_of_what_they_did_and_what_was_done_to_them(
    client: FlaskClient, home: tuple[Person, Partnership],
) -> None:
    officer, _ = home
    told = story(client, a_person("auditor"), f"/history/person/{officer.id}")
    assert "The story of Priya Nair" in told
    assert "Priya Nair logged an incident" in told
    assert "gave Priya Nair a part in it" in told
    assert "an account:" in told


def test_an_organisations_story_tells_nothing_of_restricted_partnerships(
    client: FlaskClient, home: tuple[Person, Partnership],
) -> None:
    officer, found = home
    hidden = a_partnership(partners_of(found), {officer: "lead"}, name="Quiet matter", is_restricted=True)
    an_interaction(officer, hidden, account="Account of Quiet matter")
    body = partners_of(found)[1].id
    before = story(client, a_person("leader"), f"/history/organisation/{body}")
    assert "Quiet" not in before
    assert "Quiet" in story(client, officer, f"/history/organisation/{body}")


@pytest.mark.parametrize(("query", "shown", "hidden"), [
    ("only=corrections", "corrected an incident", "revised the deal"),
    ("only=deals", "revised the deal", "corrected an incident"),
    ("only=partners", "joined as provider", "revised the deal"),
    ("since=2999-01-01", "Nothing of this kind", "revised the deal"),
    ("until=1999-01-01", "Nothing of this kind", "revised the deal"),
    ("by=999999", "Nothing of this kind", "revised the deal"),
])
def test_a_story_can_be_narrowed(
    client: FlaskClient, home: tuple[Person, Partnership], query: str, shown: str, hidden: str,
) -> None:
    officer, found = home
    told = story(client, officer, f"/history/partnership/{found.id}?{query}")
    assert shown in told
    assert hidden not in told


def test_a_story_says_how_much_of_it_is_shown(client: FlaskClient, home: tuple[Person, Partnership]) -> None:
    officer, found = home
    assert re.search(r"1 of \d+ acts", story(client, officer, f"/history/partnership/{found.id}?only=corrections"))


@pytest.mark.parametrize("order", ["", "oldest"])
def test_a_story_is_paged_both_ways_without_losing_or_repeating_an_act(client: FlaskClient, order: str) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"})
    for number in range(60):
        edit_partnership(officer.actor, found, {"purpose": f"Purpose {number:02}."})
    signed_in(client, officer)

    def walk(address: str | None, rel: str) -> list[list[str]]:
        pages = []
        while address:
            page = client.get(address).text
            pages.append(re.findall(r"<ins>(Purpose \d\d\.)</ins>", page))
            following = re.search(rf'href="([^"]+)" rel="{rel}"', page)
            last, address = address, following[1].replace("&amp;", "&") if following else None
        reached.append(last)
        return pages

    reached: list[str] = []
    forwards = walk(f"/history/partnership/{found.id}?order={order}", "next")
    expected = [f"Purpose {number:02}." for number in range(60)]
    assert [act for page in forwards for act in page] == (expected if order else expected[::-1])
    backwards = walk(reached[0], "prev")
    assert [act for page in reversed(backwards) for act in page] == [act for page in forwards for act in page]


def test_hostile_words_are_shown_as_they_were_typed(client: FlaskClient) -> None:
    officer = a_person(name=HOSTILE)
    found = a_partnership(members={officer: "lead"})
    an_interaction(officer, found, account=HOSTILE)
    edit_partnership(officer.actor, found, {"purpose": HOSTILE})
    page = signed_in(client, officer).get(f"/history/partnership/{found.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("query", ["after=-1", "after=x", "before=99999999999999999999999", "order=x", "only=%00"])
def test_a_place_or_a_filter_without_sense_is_passed_over(client: FlaskClient, query: str) -> None:
    officer = a_person()
    found = a_partnership(members={officer: "lead"})
    assert "The story" in story(client, officer, f"/history/partnership/{found.id}?{query}")


def test_what_is_taken_out_saved_and_adopted_is_told_without_keys_and_instants(client: FlaskClient) -> None:
    leader, auditor = a_person(name="Ruth Adeyemi", role="leader"), a_person(role="auditor")
    record_export(leader.actor, "network-svg", 1250, person_id=leader.id, narrowed="Theme: Housing")
    record_export(leader.actor, "xlsx", 1, person_id=leader.id)
    save_view(leader, "For the board", "view=matrix&theme=children", is_shared=False)
    adopt_form(leader.actor, "simple", "It has earned it.")
    db.session.commit()

    told = story(client, auditor, "/history")

    for sentence in (
        "took something out of the register: The network: SVG drawing, 1,250 rows, Theme: Housing.",
        "took something out of the register: Excel workbook, 1 row.",
        "saved a view of the network: “For the board”, as a matrix, for nobody else.",
        "adopted version 1 of the model of trust: the forecast takes the simple form.",
    ):
        assert f"Ruth Adeyemi {sentence}" in told
    for raw in ("network-svg", "view=matrix", "{", "T0", "Z."):
        assert raw not in told.partition("The story, newest first")[2].partition("The chain holds")[0]


def test_an_entry_tells_instants_in_london_time_and_a_model_by_its_names(client: FlaskClient) -> None:
    leader, auditor = a_person(role="leader"), a_person(role="auditor")
    adopt_form(leader.actor, "simple", "It has earned it.")
    db.session.commit()
    adopted = db.session.scalars(select(HistoryEntry.sequence).where(HistoryEntry.entity == "model_version")).one()

    told = story(client, auditor, f"/history/entries/{adopted}")

    assert "half life days 180.0" in told
    assert "forecast form simple" in told


def test_what_happened_to_accounts_and_organisations_is_told_by_name_and_without_digests(client: FlaskClient) -> None:
    admin, clerk = a_person(name="Ruth Adeyemi", role="administrator"), a_person(name="Bob Lane")
    reset_password(admin.actor, clerk, PASSWORD)
    disable_person(admin.actor, clerk)
    enable_person(admin.actor, clerk)
    body = an_organisation("Testshire Council")
    close_organisation(admin.actor, body, today())
    db.session.commit()
    told = story(client, a_person(name="Ann", role="auditor"), "/history")
    for sentence in (
        "The register gave Bob Lane an account: Partnership officer",
        "Ruth Adeyemi set a new password for Bob Lane.",
        "Ruth Adeyemi stopped Bob Lane from signing in.",
        "Ruth Adeyemi let Bob Lane sign in again.",
        "Ruth Adeyemi closed the organisation Testshire Council as of",
    ):
        assert sentence in told
    assert "sha256:" not in told
    assert "Disabled at" not in told


def test_proposed_thresholds_are_told_as_old_and_new(client: FlaskClient) -> None:
    ruth, priya = a_person(name="Ruth Adeyemi", role="leader"), a_person(name="Priya Nair", role="leader")
    tried = RULES_AS_PUBLISHED.with_([("", "gone_quiet.days", 90), ("kind:internal", DEAL_VALUE, 5000)])
    row = propose_rule_set(ruth, tried, "Summer is quiet.")
    db.session.flush()
    confirm_rule_set(priya, row)
    db.session.flush()
    second = propose_rule_set(ruth, as_thresholds(row).with_([("", "gone_quiet.days", 80)]), "Less so.")
    db.session.flush()
    decline_rule_set(priya, second)
    db.session.commit()
    told = story(client, a_person(role="auditor"), "/history")
    for sentence in (
        "Ruth Adeyemi proposed other thresholds for the rules of risk: 2 numbers differ from set 1.",
        "Gone quiet: silence of at least was 60 days now 90 days",
        "or worth each year (internal collaboration) was as for all partnerships now £5,000",
        "Priya Nair put proposed thresholds in force. They are set 2 from now on.",
        "one number differs from set 2.",
        "Priya Nair declined proposed thresholds. Set 2 stays in force.",
    ):
        assert sentence in told
    assert "overrides" not in told
