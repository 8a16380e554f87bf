"""Two who undo one import at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import IMPORT_BY_KEY, keep, read_upload
from register.exchange.reading.uploads import Upload
from register.history.models import HistoryEntry
from register.refusals import Refusal
from tests.factories import a_person
from tests.fixtures.kept import Kept

ONE = b"local-authority-code,official-name,nice-name,nation,end-date\nQXA,Alder Council,Alder,England,\n"


def test_an_import_is_undone_once(kept: Kept) -> None:
    person, upload, kind = a_person(), Upload("councils.csv", ONE), IMPORT_BY_KEY["councils"]
    db.session.commit()
    errand = Errand(person.actor, person=person)
    batch = keep(kind, read_upload(kind, upload, errand.choices), errand, upload)
    assert batch is not None
    db.session.commit()
    person_id, batch_id, begin = person.id, batch.id, Barrier(2)
    db.session.remove()

    def undo(_number: int) -> str:
        with kept.app.app_context():
            by, mine = db.session.get_one(Person, person_id), db.session.get_one(ImportBatch, batch_id)
            db.session.rollback()
            begin.wait(10)
            try:
                undo_batch(by.actor, mine, by)
                db.session.commit()
            except Refusal as refusal:
                return refusal.message
            return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(undo, range(2))) == ["This import was undone already.", "done"]
    acts = func.count(HistoryEntry.part_of.distinct())
    undone = select(acts).where(HistoryEntry.action == "import_batch:undone")
    assert db.session.scalar(undone) == 1
