"""What was erased does not come back with a backup, and nothing else goes in its place."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from register.backups import make_backup, restore_backup
from register.clock import now, today
from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure
from register.erasures.models import Erasure
from register.history.checkpoint_store import store_of
from register.history.erasing import Field, places_with
from register.history.erasures_outside import keep_list, listed
from register.history.story import acts
from register.history.verification import verify
from register.partnerships.contact_changes import edit_contact
from register.refusals import Refusal
from register.risk.kept_models import KeptSurvey
from register.settings import Settings
from tests.fixtures.erasing import WORDS, bytes_of, contact, erase_everything, who, working


def test_an_erasure_is_done_again_after_a_restore(naming: Settings, tmp_path: Path) -> None:
    make_backup(naming, tmp_path / "copy")
    erase_everything(naming)
    restore_backup(naming, tmp_path / "copy")
    with working(naming):
        assert places_with(WORDS) == []
        assert contact().name is None
        assert verify().problems == ()
        assert db.session.scalars(select(Erasure)).all() == []
        told = acts(db.true())
        assert {act.action for act in told} >= {"history_value:erased-again", "history_head:restored"}
    assert WORDS.encode() not in bytes_of(naming)


def test_lists_that_quote_what_was_erased_are_forgotten_with_it_and_after_a_restore(
    naming: Settings, tmp_path: Path,
) -> None:
    with working(naming):
        db.session.add(KeptSurvey(
            day=today(), known=None, sequence=1, made_at=now(), rule_set=1, exposure_line=None, cut_offs="[]",
            entries=f'["{WORDS}"]',
        ))
    make_backup(naming, tmp_path / "copy")
    erase_everything(naming)
    assert WORDS.encode() not in bytes_of(naming)
    restore_backup(naming, tmp_path / "copy")
    with working(naming):
        assert db.session.scalars(select(KeptSurvey)).all() == []
    assert WORDS.encode() not in bytes_of(naming)


def test_after_a_restore_nothing_else_with_the_same_number_is_erased(naming: Settings, tmp_path: Path) -> None:
    with working(naming):
        person = contact()
        edit_contact("register", person, role="Director", name="Somebody", email=None, phone=None, left_on=None)
    make_backup(naming, tmp_path / "copy")
    with working(naming):
        edit_contact("register", contact(), role=WORDS, name="Another", email=None, phone=None, left_on=None)
    with working(naming):
        person = contact()
        ask_for_erasure(
            who("Ann"), ("contact", person.id), [Field("contact", person.id, "role")], ground="request", reason="L.",
        )
    with working(naming):
        (erasure,) = db.session.scalars(select(Erasure))
        confirm_erasure(who("Ben"), erasure)
    restore_backup(naming, tmp_path / "copy")
    with working(naming):
        edit_contact("register", contact(), role="Chair", name="Yet another", email=None, phone=None, left_on=None)
    make_backup(naming, tmp_path / "second")
    restore_backup(naming, tmp_path / "second")
    with working(naming):
        assert (contact().role, contact().name) == ("Chair", "Yet another")
        assert verify().problems == ()


def test_the_list_outside_holds_no_words_and_a_damaged_one_stops_a_restore(naming: Settings, tmp_path: Path) -> None:
    make_backup(naming, tmp_path / "copy")
    erase_everything(naming)
    file = store_of(naming).folder / "erasures.jsonl"
    kept = file.read_text()
    assert {json.dumps(sorted(json.loads(line))) for line in kept.splitlines()} == {
        '["commitment", "name", "sequence"]',
    }
    with working(naming):
        keep_list(naming)
        assert file.read_text() == kept
        assert len(listed(store_of(naming))) == verify().erased
    file.write_text("{")
    with pytest.raises(Refusal, match="must not come back"):
        restore_backup(naming, tmp_path / "copy")
    file.unlink()
    with working(naming):
        keep_list(naming)
    assert file.read_text() == kept
