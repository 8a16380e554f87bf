"""What is done with batches: one is kept of each file that changed something."""

import hashlib
import json

from register.clock import now
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.reading.choices import plain_choices
from register.exchange.reading.uploads import Upload
from register.history.ledger import ledger_of
from register.history.recording import recorded, seal_recorded
from register.history.sealing import sealed_size
from register.text import LINE


def keep_batch(errand: Errand, kind: str, upload: Upload, header: str | None) -> ImportBatch | None:
    """Keep what an errand did as a batch, None when it did nothing; its part of the history is sealed for that.

    Only at the end of an import that nothing undoes any more: what is sealed is sealed.
    """
    session = db.session()
    session.flush()
    count = errand.sealed + sum(len(change.drafts) for change in ledger_of(session).done)
    if not count:
        return None
    seal_recorded(session)
    size = sealed_size(session) or 0
    batch = ImportBatch(
        kind=kind,
        person_id=errand.person.id if errand.person else None,
        file_name=upload.name[-LINE:],
        file_sha256=hashlib.sha256(upload.content).hexdigest(),
        header=header,
        choices=json.dumps(plain_choices(errand.choices), sort_keys=True),
        counts=json.dumps(errand.summary.counts()),
        first_entry=size - count + 1,
        last_entry=size,
        brought_at=now(),
        undone_at=None,
        undone_by_id=None,
    )
    with recorded(errand.actor, "import_batch:brought"):
        session.add(batch)
    return batch
