"""Every change of every part stands in the history: each recorded table, each column, each action in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import register
from register.accounts.changes import (
    add_person,
    change_person,
    disable_person,
    enable_person,
    open_restricted,
    reset_password,
)
from register.accounts.models import Person
from register.accounts.token_changes import end_token, issue_token
from register.clock import today
from register.database import Base, db
from register.erasures.changes import ask_for_erasure, decline_erasure, lift_hold, set_hold
from register.exchange.matching.merge_changes import judge_apart, merge_organisations
from register.exchange.matching.unmerge_changes import undo_merge
from register.exchange.taking.export_changes import make_feed, record_export, revoke_feed
from register.history.coverage import covered_columns, is_recorded, recorded_tables
from register.history.erasing import Field
from register.history.models import HistoryEntry
from register.history.sentences import SENTENCES, WORDS_OF_ACTION
from register.history.values import values_at_version
from register.history.verification import verify
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.disagreement_changes import state_disagreement, withdraw_disagreement
from register.interactions.models import Commitment, Interaction, Reading
from register.network.saved_view_changes import edit_view, remove_view, save_view
from register.partnerships.changes import (
    add_participation,
    close_partnership,
    edit_participation,
    edit_partnership,
    reopen_partnership,
    start_partnership,
)
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.deal_changes import Share, revise_deal
from register.partnerships.member_changes import end_member, set_member
from register.partnerships.organisation_changes import (
    add_organisation,
    close_organisation,
    edit_organisation,
    join_organisation,
    name_successor,
    reopen_organisation,
)
from register.reports.changes import keep_pack
from register.trust.changes import set_restriction
from tests.factories import PASSWORD, a_person, an_interaction, an_organisation

OTHERS = {"flag_answer", "rule_set", "model_version", "import_batch"}
"""Tables whose changes need a register of some months; they are held by the tests of their parts."""


def save_share_and_delete_a_view(officer: Person) -> None:
    view = save_view(officer, "Weak ties", "view=table&standing=weak", is_shared=False)
    edit_view(officer, view, "Weak ties, shared", is_shared=True)
    remove_view(officer, view)


def live_through_everything() -> None:
    """Do each thing that can be done, once."""
    officer = add_person("register", email="ada@x.example", name="Ada", role="officer", password=PASSWORD)
    by = officer.actor
    other, auditor = a_person(), a_person("auditor")
    change_person(by, other, name="Bob", role="officer", job_title="Clerk")
    reset_password(by, other, "another good password")
    disable_person(by, other)
    enable_person(by, other)
    open_restricted(auditor, "Audit 7.")
    end_token(auditor, issue_token(auditor, "Dashboard", ["read"], 30)[0])
    one = add_organisation(
        by, name="One", sector="public", kind="council", aliases=["Uno"], identifiers=[("GB-COH", "1")]
    )
    two, gone = an_organisation(), an_organisation()
    edit_organisation(by, one, {"place": "Testshire"}, aliases=["Una"])
    close_organisation(by, gone, today(), [one.id])
    name_successor(by, gone, two.id)
    reopen_organisation(by, gone, "It was a mistake.")
    join_organisation(by, one, two.id)
    judge_apart(officer, one, two, "different")
    undo_merge(officer, merge_organisations(officer, an_organisation(), an_organisation(), "One body."))
    edit_contact(by, add_contact(by, organisation_id=one.id, role="Manager"), role="Director", name=None, email=None,
                 phone=None, left_on=None)  # fmt: skip
    partnership = start_partnership(by, {"name": "Bins", "kind": "commissioning"}, identifiers={"ocid": "x-1"})
    set_member(by, partnership, officer.id, "lead")
    end_member(by, set_member(by, partnership, other.id, "officer"))
    edit_participation(by, add_participation(by, partnership, one.id, "commissioner"), role="lead", joined_on=None,
                       left_on=None)  # fmt: skip
    add_participation(by, partnership, two.id, "provider")
    edit_partnership(by, partnership, {"purpose": "Emptying bins."})
    revise_deal(by, partnership, {"reference": "1"}, (Share(one.id, 100, None),))
    revise_deal(by, partnership, {"reference": "2"})
    promises = [NewCommitment(two.id, one.id, "More bins", today())]
    logged = an_interaction(officer, partnership, {"ilm:openness": 4}, commitments=promises)
    present = [Present(one.id), Present(two.id)]
    reading = NewReading(one.id, two.id, "ilm:openness", 2, "seen", "own")
    correct_interaction(
        officer, partnership, logged, Happening("meeting", today(), "So.", present, [reading]), "A slip."
    )
    promise = db.session.scalars(select(Commitment)).one()
    settle_commitment(officer, partnership, promise, "broken", settled_on=today())
    settle_commitment(officer, partnership, promise, "kept", settled_on=today(), note="It came after all.")
    set_restriction(by, partnership, is_restricted=True, reason="A delicate thing.")
    record_export(by, "xlsx", 7, person_id=officer.id)
    revoke_feed(officer, make_feed(officer, is_mine=True, live=0)[0])
    save_share_and_delete_a_view(officer)
    close_partnership(by, partnership, today(), "It is done.")
    reopen_partnership(by, partnership, "It is not.")
    hold_and_ask("partnership", partnership.id)


def take_evidence(partnership_id: int) -> None:
    """Take evidence away."""
    took = {"reason": "Audit 7.", "digest": "0" * 64}
    keep_pack(a_person("auditor"), partnership_id=partnership_id, since=None, until=today(), entries=1, **took)


def disagree(officer: Person) -> None:
    """Put a statement beside an opinion, and take it back."""
    rated = db.session.scalars(select(Reading)).first()
    assert rated
    meeting = db.session.get_one(Interaction, rated.interaction_id)
    row = state_disagreement(
        officer, meeting, rated.rater_id, rated.ratee_id, statement="It was not so.", manner="told",
    )
    withdraw_disagreement(officer, row, "They asked us to.")
    db.session.commit()


def hold_and_ask(entity: str, entity_id: int) -> None:
    """Hold a partnership and let it go, ask for words of it to be erased and leave them."""
    governance = a_person("governance")
    take_evidence(entity_id)
    disagree(governance)
    lift_hold(governance, set_hold(governance, entity, entity_id, "Claim 7."), "It was settled.")
    fields = [Field(entity, entity_id, "purpose")]
    (asked,) = ask_for_erasure(governance, (entity, entity_id), fields, ground="request", reason="Letter 3.")
    decline_erasure(governance, asked, "It was the wrong one.")
    db.session.commit()


def actions_in_the_code() -> Iterator[str]:
    """Yield what every `recorded(...)` of the product names, where the code says it in letters."""
    for path in sorted(Path(register.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "recorded":
                action = node.args[1]
                branches = [action.body, action.orelse] if isinstance(action, ast.IfExp) else [action]
                yield from (str(branch.value) for branch in branches if isinstance(branch, ast.Constant))


def test_each_recorded_table_has_a_change_that_records_it(app: Flask) -> None:
    live_through_everything()
    told = set(db.session.scalars(select(HistoryEntry.entity)))
    assert told == recorded_tables().keys() - OTHERS


def test_after_everything_every_live_value_stands_in_the_history(app: Flask) -> None:
    live_through_everything()
    db.session.expire_all()
    verdict = verify()
    assert verdict.problems == ()
    live = sum(
        len(db.session.execute(select(table)).all()) * len(covered_columns(table))
        for table in recorded_tables().values()
    )
    assert verdict.values == live > 300


def test_each_column_of_each_table_is_covered() -> None:
    for name, table in recorded_tables().items():
        assert {column.name for column in covered_columns(table)} == {column.name for column in table.columns} - {
            "id"
        }, name
        assert [column.name for column in table.primary_key] == ["id"], name


def test_a_table_that_is_not_recorded_says_why() -> None:
    for name, table in Base.metadata.tables.items():
        if not is_recorded(table):
            assert len(str(table.info["unrecorded"]).split()) > 3, name


def test_a_new_rows_entry_holds_every_column(app: Flask) -> None:
    live_through_everything()
    seen = set()
    for entry in db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.sequence)):
        if entry.entity not in seen:
            seen.add(entry.entity)
            held = values_at_version(entry.entity, entry.entity_id, 10_000)
            table = recorded_tables()[entry.entity]
            assert held.keys() == {column.name for column in covered_columns(table)}, entry.entity


def test_the_acts_of_a_partnership_belong_to_its_story(app: Flask) -> None:
    live_through_everything()
    outside = {"person", "restricted_access", "api_token", "export", "calendar_feed", "organisation",
               "organisation_alias", "organisation_identifier", "organisation_successor", "organisation_match",
               "organisation_merge", "organisation_membership", "contact", "saved_view"}  # fmt: skip
    for entry in db.session.scalars(select(HistoryEntry)):
        assert (entry.scope_id is None) == (entry.entity in outside), entry.action


def test_an_act_is_told_by_its_subject_first(app: Flask) -> None:
    live_through_everything()
    entries = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    for entry in entries:
        if entry.sequence == entry.part_of:
            assert entry.entity == entry.action.partition(":")[0]


def test_each_action_of_the_code_is_told_in_words_and_names_its_table() -> None:
    actions = set(actions_in_the_code())
    assert len(actions) > 20
    for action in actions:
        assert action.partition(":")[0] in {*recorded_tables(), "history_value"}, action
        assert action in WORDS_OF_ACTION, f"{action} needs a row in history/sentences.py"


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.action)
def test_each_sentence_tells_of_a_table_that_is_there(sentence: tuple[str, str]) -> None:
    action, words = sentence
    assert action.partition(":")[0] in {*recorded_tables(), "history_head", "history_value"}
    assert words == words.strip(". ")
