"""What others hold is held against the history: checkpoints kept elsewhere, and receipts on paper."""

from dataclasses import replace
from pathlib import Path

import pytest

from register.database import db
from register.history.checkpoint_store import store_of
from register.history.checkpoints import begin_again, change_key, make_checkpoint
from register.history.comparison import AGREES, CUT_OFF, ENDED, REWRITTEN, STRANGE, UNKNOWN, UNREADABLE, WORDS, compare
from register.history.receipts import checkpoint_for
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import Kept


@pytest.fixture
def settings(kept: Kept, tmp_path: Path) -> Settings:
    """Settings whose checkpoints and key are this test's own; the register holds two people and two checkpoints."""
    own: Settings = kept.app.config["REGISTER"]
    found = replace(own, checkpoints=tmp_path / "outside", keys=tmp_path / "keys")
    for name in ("Ada", "Ben"):
        a_person(name=name)
        db.session.commit()
        make_checkpoint(found, "asked for")
    return found


def outcomes(settings: Settings, document: str) -> list[str]:
    return [one.outcome for one in compare(store_of(settings), document)]


def test_checkpoints_that_were_kept_agree_however_they_were_copied(settings: Settings) -> None:
    notes = store_of(settings).notes()
    assert outcomes(settings, notes) == [AGREES, AGREES]
    assert outcomes(settings, f"\r\n{notes}".replace("\n", "\r\n")) == [AGREES, AGREES]
    assert outcomes(settings, notes + notes) == [AGREES, AGREES]
    assert outcomes(settings, "") == []


def test_a_history_that_was_rewritten_or_cut_off_does_not_agree(settings: Settings, kept: Kept) -> None:
    notes = store_of(settings).notes()
    kept.tamper("UPDATE history_entry SET entry_hash = '" + "ab" * 32 + "' WHERE sequence = 2")
    assert outcomes(settings, notes) == [AGREES, REWRITTEN]
    kept.tamper(
        "DELETE FROM history_value WHERE sequence > 1", "DELETE FROM history_entry WHERE sequence > 1",
        "UPDATE history_head SET size = 1",
    )  # fmt: skip
    assert outcomes(settings, notes) == [AGREES, CUT_OFF]


def test_what_somebody_else_signed_or_altered_is_strange(settings: Settings, tmp_path: Path) -> None:
    stranger = replace(settings, checkpoints=tmp_path / "other", keys=tmp_path / "other keys")
    make_checkpoint(stranger, "asked for")
    assert outcomes(settings, store_of(stranger).notes()) == [STRANGE]
    altered = store_of(settings).notes().replace("asked for", "asked fox")
    assert outcomes(settings, altered) == [STRANGE, STRANGE]


def test_a_new_key_is_known_by_the_old_one_that_signed_it(settings: Settings) -> None:
    change_key(settings)
    a_person(name="Cy")
    db.session.commit()
    make_checkpoint(settings, "asked for")
    assert set(outcomes(settings, store_of(settings).notes())) == {AGREES}


def test_a_receipt_on_paper_leads_to_its_checkpoint(settings: Settings) -> None:
    receipt = checkpoint_for(settings, "report 7")
    assert receipt
    assert outcomes(settings, f"{receipt.words}\n{receipt.digits[:16]}") == [AGREES]
    gone = "Receipt 23 Nov 2026 · a41f 09c2 7be8 51d3"
    (one,) = compare(store_of(settings), gone)
    assert (one.outcome, one.at, one.is_good) == (UNKNOWN, gone, False)


@pytest.mark.parametrize("document", [
    "a shopping list", "\x00", "a\n\n— b", "a\n1\nx\n\n— b c", "a\n" + "9" * 50 + "\nAAAA\n\n— b c\n", "— " * 5000,
])  # fmt: skip
def test_what_is_no_checkpoint_is_said_and_fails_nothing(settings: Settings, document: str) -> None:
    found = compare(store_of(settings), document)
    assert found
    assert {one.outcome for one in found} <= {UNREADABLE, STRANGE}


def test_what_a_restore_ended_says_nothing_against_the_history(settings: Settings, kept: Kept) -> None:
    notes = store_of(settings).notes()
    kept.tamper(
        "DELETE FROM person WHERE id = 2", "DELETE FROM history_value WHERE sequence > 1",
        "DELETE FROM history_entry WHERE sequence > 1",
        "UPDATE history_head SET size = 1, entry_hash = (SELECT entry_hash FROM history_entry)",
    )  # fmt: skip
    begin_again(settings, "restore", "restored 1", "before 2 x")
    db.session.rollback()
    found = compare(store_of(settings), notes)
    assert [one.outcome for one in found] == [AGREES, ENDED]
    assert all(one.is_good for one in found)


def test_every_outcome_has_words() -> None:
    assert set(WORDS) == {AGREES, CUT_OFF, ENDED, REWRITTEN, STRANGE, UNKNOWN, UNREADABLE}
