"""A dry run tells what the import does; one of interactions alone writes nothing and waits for nobody who writes."""

from pathlib import Path
from sqlite3 import connect

from flask import Flask
from sqlalchemy import func, select

from register.accounts.models import Person
from register.database import db
from register.database import engine as settings
from register.exchange.bringing.errands import Errand
from register.exchange.imports import IMPORT_BY_KEY, read_upload, rehearse
from register.exchange.reading.uploads import Upload
from register.interactions.models import Interaction, Reading
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, partners_of
from tests.fixtures.kept import opened
from tests.fixtures.sheets import csv_file, zipped

KIND = IMPORT_BY_KEY["sheets"]


def told(partnership: Partnership) -> Upload:
    """Return a file that tells one meeting twice, another twice with other readings, and one that is refused."""
    one, other = (body.id for body in partners_of(partnership))
    start, there = f"{partnership.id},Meeting,2025-02-03", f"#{one}; #{other}"
    return Upload("ours.zip", zipped({
        "interactions": csv_file(
            "Id,Partnership id,Kind,Held on,What happened,Present",
            f"a,{start},We met.,{there}", f"b,{start},We met.,{there}", f"c,{start},We spoke.,{there}",
            f"d,{start},We spoke.,{there}", f"e,{start},We left.,#{one + 999}",
        ),
        "readings": csv_file(
            "Interaction id,Rater id,Rated id,Determinant,Score",
            f"c,{one},{other},Openness,4", f"d,{one},{other},Openness,5",
        ),
    }))  # fmt: skip


def errand_of(officer: Person) -> Errand:
    return Errand(officer.actor, person=officer)


def test_a_dry_run_counts_what_the_import_does_and_what_is_told_twice_is_logged_once(app: Flask) -> None:
    officer = a_person()
    made = a_partnership(members={officer: "lead"}, name="Bins")
    db.session.commit()
    upload = told(made)
    rehearsed, done, again = (errand_of(officer) for _ in range(3))
    rehearse(KIND, read_upload(KIND, upload, rehearsed.choices), rehearsed)
    assert rehearsed.is_trial
    assert db.session.scalar(select(func.count(Interaction.id))) == 0
    KIND.bring(done, read_upload(KIND, upload, done.choices))
    db.session.commit()
    assert rehearsed.summary.counts() == done.summary.counts()
    assert rehearsed.summary.problems == done.summary.problems
    assert (done.summary.tallies["interactions"].created, done.summary.tallies["interactions"].unchanged) == (3, 1)
    assert sorted(db.session.scalars(select(Interaction.account))) == ["We met.", "We spoke.", "We spoke."]
    assert db.session.scalar(select(func.count(Reading.id))) == 2
    KIND.bring(again, read_upload(KIND, upload, again.choices))
    assert again.summary.tallies["interactions"].created == 0


def test_a_dry_run_of_interactions_waits_for_nobody_who_writes(tmp_path: Path) -> None:
    file = tmp_path / "register.sqlite3"
    with opened(tmp_path, f"sqlite:///{file}").app_context():
        settings.set_reading(only=False)
        officer = a_person()
        upload = told(a_partnership(members={officer: "lead"}, name="Bins"))
        db.session.commit()
        other = connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        errand = errand_of(officer)
        rehearse(KIND, read_upload(KIND, upload, errand.choices), errand)
        other.close()
        assert errand.summary.tallies["interactions"].created == 3
        db.session.remove()
        db.engine.dispose()
