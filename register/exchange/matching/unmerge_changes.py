"""A merge taken back: what came over goes back, row by row, each as a recorded change."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.database.engine import take_turn
from register.exchange.matching.merge_changes import (
    APART,
    CLOSED,
    ENDED,
    NAMED,
    RATED,
    RATING,
    TURN,
    Moved,
    merge_into,
    partnerships_of,
)
from register.exchange.matching.merge_models import OrganisationMerge
from register.exchange.matching.pointer_lookups import OF_ORGANISATIONS, OF_PARTNERSHIPS, POINTERS, Pointer, pointing
from register.history.recording import recorded
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import OrganisationAlias
from register.refusals import Refusal
from register.trust.changes import restate_evidence
from register.trust.models import Evidence


def undo_merge(by: Person, merge: OrganisationMerge) -> None:
    """Take a merge back: what came over goes back. What was recorded since stays with the kept organisation."""
    take_turn(db.session, TURN)
    db.session.refresh(merge)
    if merge.undone_at is not None:
        raise Refusal("This merge was taken back already.")
    if merge_into(merge.kept_id):
        raise Refusal(f"{merge.kept.name} was merged itself since. Take that merge back first.")
    moved: Moved = defaultdict(list, json.loads(merge.moved))
    touched = {one.id: one for end in (merge.kept_id, merge.merged_id) for one in partnerships_of(end)}
    for _, partnership in sorted(touched.items()):
        _return_partnership(by, partnership, merge, moved)
    with recorded(by.actor, "organisation_merge:undone"):
        merge.undone_at = now()
        for pointer in OF_ORGANISATIONS:
            _return(pointer, pointing(pointer, merge.kept_id), merge, moved)
        for alias_id in moved[NAMED]:
            db.session.get_one(OrganisationAlias, alias_id).is_withdrawn = True
        if moved[CLOSED]:
            merge.merged.closed_on = None


def _return_partnership(by: Person, partnership: Partnership, merge: OrganisationMerge, moved: Moved) -> None:
    with recorded(by.actor, "participation:moved"):
        for pointer in OF_PARTNERSHIPS:
            _return(pointer, pointing(pointer, merge.kept_id, partnership.id), merge, moved)
        for row in pointing(POINTERS["participation.organisation_id"], merge.merged_id, partnership.id):
            if row.id in moved[ENDED]:
                row.left_on = None
        _return_evidence(partnership, merge, moved)


def _return(pointer: Pointer, rows: Iterable[Any], merge: OrganisationMerge, moved: Moved) -> None:
    came = set(moved[pointer.key])
    for row in rows:
        if row.id in came:
            setattr(row, pointer.column, merge.merged_id)
    db.session.flush()


def _return_evidence(partnership: Partnership, merge: OrganisationMerge, moved: Moved) -> None:
    """Let evidence hold again as before; what was corrected since the merge stays with the kept organisation."""
    asked = select(Evidence).where(Evidence.partnership_id == partnership.id)
    came = asked.where(Evidence.id.in_([*moved[RATING], *moved[RATED]]), Evidence.withdrawn_at.is_(None))
    apart = db.session.scalars(asked.where(Evidence.id.in_(moved[APART]))).all()
    rated = set(moved[RATED])
    ends = {
        row: (row.rater_id, merge.merged_id) if row.id in rated else (merge.merged_id, row.ratee_id)
        for row in db.session.scalars(came)
    }
    restate_evidence(partnership, {**ends, **{row: (row.rater_id, row.ratee_id) for row in apart}})
