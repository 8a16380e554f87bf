"""Before a migration changes the tables, the history is signed as it is."""

from pathlib import Path

import pytest
from flask_migrate import downgrade

from register import opening
from register.database import db
from register.history.checkpoint_store import store_of
from register.history.lookups import head
from register.history.notes import checkpoint_in, notes_in
from register.opening import make_tables
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import opened


def test_a_migration_begins_with_a_checkpoint(tmp_path: Path) -> None:
    app = opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    settings: Settings = app.config["REGISTER"]
    assert store_of(settings).last() is None
    with app.app_context():
        a_person()
        db.session.commit()
        db.session.remove()
        downgrade()
    make_tables(app)
    signed = store_of(settings).last()
    assert signed
    assert signed.size == 1
    assert [checkpoint_in(note).said("why") for note in notes_in(store_of(settings).notes())] == [
        "before migration", "after migration",
    ]
    make_tables(app)
    assert store_of(settings).last() == signed
    with app.app_context():
        db.engine.dispose()


def test_a_checkpoint_that_cannot_be_made_holds_no_migration_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(opening.logger, "warning", lambda words, *_more: said.append(words))
    app = opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    (tmp_path / "checkpoints").write_text("a file where the folder should be")
    with app.app_context():
        downgrade()
    make_tables(app)
    assert said == ["No checkpoint could be made %s: %s"] * 2
    with app.app_context():
        a_person()
        db.session.commit()
        last = head()
        assert last
        assert last.size == 1
        db.session.remove()
        db.engine.dispose()
