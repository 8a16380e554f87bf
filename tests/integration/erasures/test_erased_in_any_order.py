"""Whatever is erased, and in whatever order: the words are gone, all others stay, and the chain verifies."""

import io
import re
import zipfile
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure
from register.erasures.field_lookups import text_columns
from register.erasures.lookups import doomed
from register.history.coverage import recorded_tables
from register.history.erasing import Field
from register.history.models import HistoryValue
from register.history.verification import verify
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.disagreement_changes import state_disagreement
from register.interactions.models import Commitment
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.deal_changes import Share, revise_deal
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of
from tests.fixtures.sheets import out
from tests.fixtures.stories import days_ago

MARKED = re.compile(r"zq\d+zq")


class Words:
    """Words of which none stands twice: `zq7zq`."""

    def __init__(self) -> None:
        self.given = 0

    def __str__(self) -> str:
        self.given += 1
        return f"zq{self.given}zq"


def furnish() -> None:
    """Write words of their own wherever people write; a revision of a deal carries terms on."""
    word, officer = Words(), a_person()
    one, other = an_organisation(aliases=[str(word)], place=str(word)), an_organisation()
    work = a_partnership([one, other], {officer: "lead"}, purpose=str(word), senior_owner=str(word))
    contact = add_contact(officer.actor, organisation_id=other.id, role=str(word), name=str(word))
    edit_contact(officer.actor, contact, role=str(word), name=str(word), email=None, phone=str(word), left_on=None)
    terms = {"reference": str(word), "exit_arrangement": str(word)}
    share = Share(one.id, 100, str(word))
    revise_deal(officer.actor, work, terms, (share,))
    revise_deal(officer.actor, work, {**terms, "exit_arrangement": str(word)}, (share,), str(word))
    promise = NewCommitment(other.id, one.id, str(word), days_ago(3))
    logged = an_interaction(officer, work, held_on=days_ago(9), account=str(word), commitments=[promise])
    present = [Present(row.id) for row in partners_of(work)]
    readings = [NewReading(one.id, other.id, "ilm:openness", 2, str(word))]
    happening = Happening("meeting", days_ago(9), str(word), present, readings)
    corrected = correct_interaction(officer, work, logged, happening, str(word))
    made = db.session.scalars(select(Commitment)).one()
    settle_commitment(officer, work, made, "broken", settled_on=days_ago(2), note=str(word))
    settle_commitment(officer, work, made, "late", settled_on=days_ago(1), note=str(word))
    state_disagreement(officer, corrected, one.id, other.id, statement=str(word), manner="told")
    db.session.commit()


def fields() -> list[Field]:
    """Return every field with words of ours in it, now or earlier."""
    every = [
        Field(name, key, column.name)
        for name, table in recorded_tables().items()
        for column in text_columns(table)
        for key in db.session.scalars(select(table.c.id).order_by(table.c.id))
        if name != "erasure"
    ]
    return [one.field for one in doomed(every) if MARKED.search(" ".join(one.wordings))]


def marks() -> set[str]:
    """Return the words that anybody could still read: in the tables, in the history, in what is taken out."""
    with zipfile.ZipFile(io.BytesIO(out("csv"))) as file:
        found = [file.read(name).decode() for name in file.namelist()]
    found += db.session.scalars(select(HistoryValue.values))
    found += [str(row) for table in recorded_tables().values() for row in db.session.execute(select(table))]
    return set(MARKED.findall("".join(found)))


def erase(chosen: list[Field], ann: Person, ben: Person) -> set[str]:
    """Erase some fields; return the words that had to go."""
    erasures = ask_for_erasure(ann, ("partnership", 1), chosen, ground="unlawful", reason="It says too much.")
    db.session.commit()
    gone = {mark for one in doomed(chosen) for wording in one.wordings for mark in MARKED.findall(wording)}
    for erasure in erasures:
        confirm_erasure(ben, erasure)
    db.session.commit()
    db.session.expire_all()
    return gone


@pytest.mark.parametrize("seed", range(3))
def test_what_is_erased_is_gone_whatever_it_was_and_everything_else_stays(app: Flask, seed: int) -> None:
    chance = Random(seed)
    furnish()
    ann, ben = a_person("governance"), a_person("governance")
    left, standing = fields(), marks()
    assert len(left) > 15
    assert len(standing) > 20
    while left:
        chosen = chance.sample(left, min(len(left), chance.randint(2, 14)))
        gone = erase(chosen, ann, ben)
        now = marks()
        assert now.isdisjoint(gone)
        left = fields()
        known = {mark for one in doomed(left) for wording in one.wordings for mark in MARKED.findall(wording)}
        assert known <= now
        assert verify().problems == ()
    assert marks() <= standing
