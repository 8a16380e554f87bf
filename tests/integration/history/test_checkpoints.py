"""Checkpoints stand outside the database, say what it held, and never agree to a history that was rewritten."""

import json
import stat
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from register.database import db
from register.history import checkpointing
from register.history.checkpoint_store import Store, store_of
from register.history.checkpointing import checkpoint_if_due, last_checkpoint
from register.history.checkpoints import begin_again, change_key, make_checkpoint
from register.history.lookups import head
from register.history.notes import checkpoint_in, notes_in
from register.refusals import Refusal
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import Kept


@pytest.fixture
def settings(kept: Kept, tmp_path: Path) -> Settings:
    """Settings whose checkpoints and key are this test's own; the register holds one person."""
    own: Settings = kept.app.config["REGISTER"]
    a_person()
    db.session.commit()
    return replace(own, checkpoints=tmp_path / "outside", keys=tmp_path / "keys")


def sizes(store: Store) -> list[int]:
    return [checkpoint_in(note).size for note in notes_in(store.notes())]


def test_the_first_checkpoint_makes_a_key_that_nobody_else_can_read(settings: Settings) -> None:
    made = make_checkpoint(settings, "asked for")
    store = store_of(settings)
    assert stat.S_IMODE(store.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.key_file.parent.stat().st_mode) == 0o700
    last = head()
    assert last
    assert made.size == last.size
    assert store.last() == made
    assert "PRIVATE" not in store.public_key() + store.notes()


def test_nothing_new_needs_no_new_checkpoint(settings: Settings) -> None:
    assert make_checkpoint(settings, "asked for") == make_checkpoint(settings, "asked for")
    assert len(sizes(store_of(settings))) == 1


def test_a_tree_that_was_lost_or_damaged_is_made_anew(settings: Settings) -> None:
    store = store_of(settings)
    made = make_checkpoint(settings, "asked for")
    for damage in ("{", "[]", json.dumps({"size": made.size, "peaks": ["00" * 32]})):
        store.tree_file.write_text(damage)
        a_person()
        db.session.commit()
        assert make_checkpoint(settings, "asked for").size > made.size
    whole = store.last()
    store.tree_file.unlink()
    store.notes_file.unlink()
    assert whole
    assert make_checkpoint(settings, "asked for").root == whole.root


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET entry_hash = '" + "ab" * 32 + "' WHERE sequence = 1",
        "UPDATE history_entry SET entry_hash = 'x' WHERE sequence = 1",
        "DELETE FROM history_entry WHERE sequence = 1",
        "UPDATE history_head SET size = 0",
    ],
)
def test_a_history_that_was_rewritten_is_not_signed_again(settings: Settings, kept: Kept, statement: str) -> None:
    make_checkpoint(settings, "asked for")
    store_of(settings).tree_file.unlink()
    kept.tamper(statement)
    with pytest.raises(Refusal, match="not the one that the last checkpoint signed"):
        make_checkpoint(settings, "asked for")
    assert len(sizes(store_of(settings))) == 1


def test_a_key_that_is_missing_is_not_replaced_in_silence(settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    store_of(settings).key_file.unlink()
    with pytest.raises(Refusal, match="is missing"):
        make_checkpoint(settings, "asked for")


def test_a_file_that_holds_no_key_is_refused(settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    store_of(settings).key_file.write_text("a shopping list")
    with pytest.raises(Refusal, match="holds no key"):
        make_checkpoint(settings, "asked for")


def test_a_key_can_only_be_changed_when_there_is_one(settings: Settings) -> None:
    with pytest.raises(Refusal, match="no key yet"):
        change_key(settings)


def test_a_new_key_signs_from_then_on(settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    public, is_vouched = change_key(settings)
    a_person()
    db.session.commit()
    make_checkpoint(settings, "asked for")
    notes = list(notes_in(store_of(settings).notes()))
    assert is_vouched
    assert [note.is_signed_by(public) for note in notes] == [False, True, True]
    assert checkpoint_in(notes[1]).said("key") == public.written()


def test_after_a_restore_a_shorter_history_can_be_signed(settings: Settings, kept: Kept) -> None:
    a_person()
    db.session.commit()
    made = make_checkpoint(settings, "asked for")
    cut = f"DELETE FROM history_entry WHERE sequence = {made.size}"
    kept.tamper(cut, f"UPDATE history_head SET size = {made.size - 1}")
    again = begin_again(settings, "restore", f"restored {made.size - 1}")
    assert again.size == made.size - 1
    assert make_checkpoint(settings, "asked for") == again


# By itself


def test_without_a_history_there_is_no_checkpoint(kept: Kept, tmp_path: Path) -> None:
    own = replace(kept.app.config["REGISTER"], checkpoints=tmp_path / "outside", keys=tmp_path / "keys")
    checkpoint_if_due(own)
    assert last_checkpoint(store_of(own)) is None


def test_the_days_first_commit_makes_a_checkpoint_whatever_it_recorded(settings: Settings) -> None:
    db.session.remove()
    checkpoint_if_due(settings)
    checkpoint_if_due(settings)
    assert len(sizes(store_of(settings))) == 1


def test_every_hundred_entries_a_checkpoint_is_made(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpointing, "EVERY", 3)
    for _ in range(8):
        a_person()
        db.session.commit()
        checkpoint_if_due(settings)
    found = sizes(store_of(settings))
    assert len(found) > 2
    assert all(later - earlier >= 3 for earlier, later in pairwise(found))


def test_the_first_change_of_a_day_makes_a_checkpoint(settings: Settings) -> None:
    checkpoint_if_due(settings)
    store = store_of(settings)
    text = store.notes()
    today = text.split("at ")[1][:10]
    # Another day: the signature no longer fits, which only a verification asks for.
    store.notes_file.write_text(text.replace(f"at {today}", "at 2001-01-01"))
    a_person()
    db.session.commit()
    checkpoint_if_due(settings)
    assert len(sizes(store)) == 2


def test_a_checkpoint_that_cannot_be_made_fails_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(checkpointing.logger, "warning", lambda words, *_more: said.append(words))
    (tmp_path / "outside").write_text("a file where the folder should be")
    checkpoint_if_due(settings)
    assert said == ["No checkpoint could be made: %s"]
    assert head()
