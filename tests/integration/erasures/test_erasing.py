"""An erasure takes words out of every place, leaves a gap that is told, and the chain still verifies."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.pool import NullPool

from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure, decline_erasure
from register.erasures.field_lookups import fields_in, text_columns, whole
from register.erasures.kinds import KEPT
from register.erasures.lookups import doomed
from register.erasures.models import Erasure
from register.history import verifier
from register.history.checkpoint_store import store_of
from register.history.coverage import recorded_tables
from register.history.erasing import ACT, MARK, Field, places_with
from register.history.export import write_export
from register.history.models import HistoryValue
from register.history.story import acts
from register.history.sweeping import is_swept, sweep
from register.history.verification import verify
from register.interactions.models import Interaction, Reading
from register.refusals import Refusal
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.erasing import WORDS, ask_for_everything, bytes_of, contact, erase_everything, who, working


def test_what_is_erased_stands_nowhere_any_more(naming: Settings, tmp_path: Path) -> None:
    assert WORDS.encode() in bytes_of(naming)
    erase_everything(naming)
    with working(naming):
        verdict = verify()
        assert verdict.problems == ()
        assert verdict.erased > 10
        write_export(tmp_path / "out.zip", store_of(naming))
        assert is_swept(naming)
    for word in (WORDS, "quirk", "01 555", "Director"):
        assert word.encode() not in bytes_of(naming), word
    said = subprocess.run(
        [sys.executable, "-I", verifier.__file__, tmp_path / "out.zip"], capture_output=True, text=True, check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"{verdict.erased} values were erased" in said.stdout
    with zipfile.ZipFile(tmp_path / "out.zip") as file:
        assert b"Quirk" not in b"".join(map(file.read, file.namelist()))


def test_live_rows_say_that_something_was_erased(naming: Settings) -> None:
    erase_everything(naming)
    with working(naming):
        person = contact()
        assert (person.role, person.name, person.email, person.phone) == (MARK, None, None, None)
        assert {row.account for row in db.session.scalars(select(Interaction))} == {MARK}
        assert {row.correction_reason for row in db.session.scalars(select(Interaction))} == {None}
        evidence = {row.evidence for row in db.session.scalars(select(Reading))}
        assert evidence == {None}
        told = acts(db.true())
        assert WORDS not in repr(told)
        assert {act.action for act in told} >= {"erasure:asked-for", "erasure:confirmed"}


def test_each_partnership_has_an_erasure_of_its_own(naming: Settings) -> None:
    with working(naming):
        made = ask_for_everything()
        assert [erasure.partnership_id is None for erasure in made] == [True, False]
        assert all(erasure.is_pending for erasure in made)
        assert contact().name == WORDS
        fields = fields_in(made[1].fields)
        assert {field.entity for field in fields} == {"interaction", "reading", ACT}
        assert len([field for field in fields if field.name == "account"]) == 2


def test_nobody_confirms_what_they_asked_for_themselves(naming: Settings) -> None:
    with working(naming):
        (first, second) = ask_for_everything()
        with pytest.raises(Refusal, match="Somebody else"):
            confirm_erasure(who("Ann"), first)
        for role in ("officer", "leader", "auditor", "administrator"):
            with pytest.raises(Refusal, match="Only information governance"):
                confirm_erasure(a_person(role), first)
        decline_erasure(who("Ben"), first, "It is needed.")
        with pytest.raises(Refusal, match="decided on this already"):
            confirm_erasure(who("Ben"), first)
        decline_erasure(who("Ann"), second, "I was wrong.")
        assert (first.outcome, second.outcome) == ("declined", "withdrawn")
        assert contact().name == WORDS


REFUSED: tuple[tuple[list[Field], str | None, str | None], ...] = (
    ([], "request", "Letter."),
    ([Field("contact", 1, "organisation_id")], "request", "Letter."),
    ([Field("person", 1, "password_hash")], "request", "Letter."),
    ([Field("nothing", 1, "name")], "request", "Letter."),
    ([Field("contact", 99, "name")], "request", "Letter."),
    ([Field("contact", 1, "name")], "whim", "Letter."),
    ([Field("contact", 1, "name")], None, "Letter."),
    ([Field("contact", 1, "name")], "request", " "),
    ([Field("contact", 1, "name")], "request", None),
)


def test_what_cannot_be_erased_cannot_be_asked_for(naming: Settings) -> None:
    with working(naming):
        for fields, ground, reason in REFUSED:
            with pytest.raises(Refusal):
                ask_for_erasure(who("Ann"), ("contact", 1), fields, ground=ground, reason=reason)
        assert db.session.scalars(select(Erasure)).all() == []


def test_the_preview_is_exactly_what_goes(naming: Settings) -> None:
    with working(naming):
        fields = whole([Field("interaction", 2, "account")])
        shown = doomed(fields)
        assert {one.wordings for one in shown} == {(f"{WORDS} was late again.",), (f"{WORDS} came.",)}
        ask_for_erasure(who("Ann"), ("interaction", 2), fields, ground="unlawful", reason="It is about health.")
    with working(naming):
        before = db.session.scalars(select(HistoryValue.values)).all()
        (erasure,) = db.session.scalars(select(Erasure))
        confirm_erasure(who("Ben"), erasure)
        assert erasure.values_erased == sum(one.places for one in shown) == 2
    with working(naming):
        assert doomed(fields) == []
        kept = {row.sequence: row.values for row in db.session.scalars(select(HistoryValue))}
        changed = [old for old in before if old not in kept.values()]
        assert len(changed) == 2
        left = {place.field.name for place in places_with(WORDS)}
        assert left == {"name", "evidence", "correction_reason", "@reason"}
        assert verify().is_whole


def test_files_that_are_in_use_are_swept_later(naming: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("register.history.sweeping.sweep", lambda _settings: False)
    erase_everything(naming)
    monkeypatch.undo()
    with working(naming):
        assert not is_swept(naming)
        assert sweep(naming)
        assert is_swept(naming)
    assert WORDS.encode() not in bytes_of(naming)


def test_a_text_that_is_never_erased_is_one_that_there_is() -> None:
    for (table, column), why in KEPT.items():
        assert column in recorded_tables()[table].columns
        assert why
        assert column not in {one.name for one in text_columns(recorded_tables()[table])}


def test_an_erasure_that_is_undone_or_faked_behind_the_history_is_found(naming: Settings) -> None:
    raw = create_engine(naming.database_url, poolclass=NullPool)
    with raw.begin() as connection:
        before = dict(connection.execute(select(HistoryValue.sequence, HistoryValue.values)).all())
    erase_everything(naming)
    with working(naming):
        assert verify().problems == ()
        (told, *_) = db.session.scalars(select(HistoryValue.sequence).where(HistoryValue.values.contains("@erased")))
    with raw.begin() as connection:
        gone = next(key for key, held in before.items() if WORDS in held)
        change = update(HistoryValue).where(HistoryValue.sequence == gone)
        connection.execute(change.values(values=before[gone]))
    with working(naming):
        problems = verify().problems
        assert problems
        assert all(f"Entry {gone}: the value of " in one and "erased and is here again" in one for one in problems)
    with raw.begin() as connection:
        connection.execute(update(HistoryValue).where(HistoryValue.sequence == told).values(values="{}"))
    with working(naming):
        problems = verify().problems
        assert any("@erased is missing, and no erasure says why" in one for one in problems)
        assert any(f"Entry {gone} " not in one and "is missing, and no erasure says why" in one for one in problems)
