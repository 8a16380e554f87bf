"""A receipt names a checkpoint on paper, differs every time, and never stops what it is made for."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from register.clock import now, pretending
from register.database import db
from register.history import receipts
from register.history.checkpoint_store import store_of
from register.history.checkpoints import agrees, make_checkpoint
from register.history.notes import checkpoint_in
from register.history.receipts import checkpoint_for, note_with, receipt_of_the_day
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import Kept


@pytest.fixture
def settings(kept: Kept, tmp_path: Path) -> Settings:
    """Settings whose checkpoints and key are this test's own; the register holds one person."""
    a_person()
    db.session.commit()
    own: Settings = kept.app.config["REGISTER"]
    return replace(own, checkpoints=tmp_path / "outside", keys=tmp_path / "keys")


def test_each_receipt_differs_also_when_nothing_was_added(settings: Settings) -> None:
    first, second = checkpoint_for(settings, "export"), checkpoint_for(settings, "export")
    assert first
    assert second
    assert first.digits != second.digits
    assert first.words.startswith("Receipt ")


def test_a_receipt_leads_to_its_checkpoint(settings: Settings) -> None:
    receipt = checkpoint_for(settings, "report 7")
    a_person()
    db.session.commit()
    checkpoint_for(settings, "report 8")
    assert receipt
    note = note_with(store_of(settings), receipt.words.partition("· ")[2])
    assert note
    assert checkpoint_in(note).said("why") == "report 7"
    assert note_with(store_of(settings), receipt.digits[:7]) is None


def test_a_history_that_was_rewritten_does_not_agree(settings: Settings, kept: Kept) -> None:
    made = make_checkpoint(settings, "asked for")
    assert agrees(made)
    kept.tamper("UPDATE history_entry SET entry_hash = '" + "ab" * 32 + "' WHERE sequence = 1")
    assert not agrees(made)
    kept.tamper("DELETE FROM history_entry")
    assert not agrees(made)


def test_the_receipt_of_the_day_is_that_of_its_first_checkpoint(settings: Settings) -> None:
    store = store_of(settings)
    assert receipt_of_the_day(store) is None
    with pretending(now() - timedelta(days=1)):
        checkpoint_for(settings, "yesterday")
    first = checkpoint_for(settings, "today")
    checkpoint_for(settings, "today again")
    assert receipt_of_the_day(store) == first


def test_an_export_goes_on_where_no_checkpoint_can_be_made(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(receipts.logger, "warning", lambda words, *_more: said.append(words))
    (tmp_path / "file").write_text("")
    assert checkpoint_for(replace(settings, checkpoints=tmp_path / "file"), "export") is None
    assert said == ["No checkpoint could be made for %s: %s"]
