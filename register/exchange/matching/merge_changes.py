"""What people do about who is who: say that two organisations are two, or one, and take that back.

A merge moves what the one has to the other, row by row, each as a recorded change; the merged organisation stays,
ended, and leads on to the kept one. What would tie the kept organisation to itself stays where it is. Which rows moved
is kept with the merge, so that they can go back.

Each partnership is an act of its own, so that its story is told to those who may know of it, and to nobody else.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import or_, select

from register.accounts.models import Person
from register.clock import now, today
from register.database import db
from register.database.engine import take_turn
from register.exchange.matching.likeness import DIFFERENT, LATER
from register.exchange.matching.merge_models import OrganisationMatch, OrganisationMerge
from register.exchange.matching.pointer_lookups import OF_ORGANISATIONS, OF_PARTNERSHIPS, Pointer, pointing
from register.history.recording import recorded
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import (
    Organisation,
    OrganisationAlias,
)
from register.refusals import Refusal
from register.text import line, required
from register.trust.changes import restate_evidence
from register.trust.models import Evidence

TURN: Final = 7302
"""Of whoever merges or parts organisations: two at once could each put the one into the other."""
Moved = dict[str, list[int]]
ENDED, CLOSED, NAMED = "ended participations", "closed", "alias"
RATING, RATED, APART = "evidence.rater_id", "evidence.ratee_id", "evidence between them"
"""Keys of what a merge did besides moving rows."""


def judge_apart(by: Person, one: Organisation, other: Organisation, judgement: str, reason: str | None = None) -> None:
    """Remember that two organisations are different, or are to be looked at later."""
    if judgement not in (DIFFERENT, LATER) or one.id == other.id:
        raise Refusal("Say whether they are the same, different, or to be looked at later.", "judgement")
    why = line(reason, "reason", "The reason")
    small, large = sorted((one.id, other.id))
    found = db.session.scalar(
        select(OrganisationMatch).where(OrganisationMatch.one_id == small, OrganisationMatch.other_id == large)
    )
    with recorded(by.actor, "organisation_match:judged"):
        if found is None:
            found = OrganisationMatch(one_id=small, other_id=large)
            db.session.add(found)
        found.judgement, found.reason, found.judged_at, found.judged_by_id = judgement, why, now(), by.id


def merge_organisations(by: Person, kept: Organisation, merged: Organisation, reason: str | None) -> OrganisationMerge:
    """Say that two organisations are one: all that the merged one has comes to the kept one.

    Refuses a merge without a reason, of an organisation with itself, of one that was merged already or lies above.
    """
    why = required(line(reason, "reason", "The reason"), "reason", "Say how you know that they are one.")
    take_turn(db.session, TURN)
    db.session.refresh(kept)
    db.session.refresh(merged)
    _check(kept, merged)
    moved: Moved = defaultdict(list)
    for partnership in partnerships_of(merged.id):
        _move_partnership(by, partnership, kept.id, merged.id, moved)
    with recorded(by.actor, "organisation_merge:made", why):
        merge = OrganisationMerge(
            kept_id=kept.id,
            merged_id=merged.id,
            reason=why,
            merged_at=now(),
            merged_by_id=by.id,
            moved="",
            undone_at=None,
        )
        db.session.add(merge)
        for pointer in OF_ORGANISATIONS:
            _move(pointer, pointing(pointer, merged.id), kept.id, moved)
        _lead_on(kept, merged, moved)
        merge.moved = json.dumps(moved)
    return merge


def _check(kept: Organisation, merged: Organisation) -> None:
    if kept.id == merged.id:
        raise Refusal("Choose two different organisations.", "kept")
    if merge_into(merged.id) or merge_into(kept.id):
        raise Refusal("One of the two was merged already. Look at the one that was kept.", "kept")
    above = kept.parent
    while above is not None:
        if above.id == merged.id:
            raise Refusal(f"{kept.name} is a part of {merged.name}. A part and its whole are two.", "kept")
        above = above.parent
    if merged.parent_id == kept.id:
        raise Refusal(f"{merged.name} is a part of {kept.name}. A part and its whole are two.", "kept")


def merge_into(organisation_id: int) -> OrganisationMerge | None:
    """Return the merge by which an organisation went into another, if it did and that stands."""
    return db.session.scalar(
        select(OrganisationMerge).where(
            OrganisationMerge.merged_id == organisation_id, OrganisationMerge.undone_at.is_(None)
        )
    )


def partnerships_of(organisation_id: int) -> Sequence[Partnership]:
    """Return every partnership in which an organisation takes or took part."""
    part = select(Participation.partnership_id).where(Participation.organisation_id == organisation_id)
    return db.session.scalars(select(Partnership).where(Partnership.id.in_(part)).order_by(Partnership.id)).all()


def _move_partnership(by: Person, partnership: Partnership, kept_id: int, merged_id: int, moved: Moved) -> None:
    """Move what an organisation has in one partnership, or end its part where the other takes part as well."""
    with recorded(by.actor, "participation:moved"):
        for pointer in OF_PARTNERSHIPS:
            rows = pointing(pointer, merged_id, partnership.id)
            left = _move(pointer, rows, kept_id, moved)
            if pointer.table is Participation:
                _end(left, moved)
        _restate(partnership, kept_id, merged_id, moved)


def _move(pointer: Pointer, rows: Iterable[Any], to_id: int, moved: Moved) -> list[Any]:
    """Point rows to another organisation, and return those that stay: they would tie it to itself, or twice."""
    left = []
    for row in rows:
        is_with_itself = pointer.other and getattr(row, pointer.other) == to_id
        if is_with_itself or (pointer.beside and _stands(pointer, row, to_id)):
            left.append(row)
        else:
            setattr(row, pointer.column, to_id)
            moved[pointer.key].append(row.id)
    db.session.flush()
    return left


def _stands(pointer: Pointer, row: Any, to_id: int) -> bool:
    """Say whether the organisation stands already where a row would bring it."""
    assert pointer.beside  # noqa: S101 - asked only of pointers that have it
    table: Any = pointer.table
    same_place = getattr(table, pointer.beside) == getattr(row, pointer.beside)
    asked = select(table.id).where(same_place, getattr(table, pointer.column) == to_id)
    return db.session.scalar(asked.limit(1)) is not None


def _end(rows: Iterable[Participation], moved: Moved) -> None:
    for row in rows:
        if row.left_on is None:
            row.left_on = today()
            moved[ENDED].append(row.id)


def _restate(partnership: Partnership, kept_id: int, merged_id: int, moved: Moved) -> None:
    """Let the evidence hold for the kept organisation; what the two said of one another holds no more."""
    rows = db.session.scalars(
        select(Evidence).where(
            Evidence.partnership_id == partnership.id,
            Evidence.withdrawn_at.is_(None),
            or_(Evidence.rater_id == merged_id, Evidence.ratee_id == merged_id),
        )
    ).all()
    ends = {row: _instead(row, merged_id, kept_id) for row in rows}
    fresh = restate_evidence(partnership, ends)
    for row, pair in ends.items():
        if pair is None:
            moved[APART].append(row.id)
        else:
            moved[RATED if row.ratee_id == merged_id else RATING].append(fresh[row.id])


def _instead(row: Evidence, old: int, new: int) -> tuple[int, int] | None:
    """Return the ends of a piece of evidence with one organisation in another's place; None for one with itself."""
    rater, ratee = (new if end == old else end for end in (row.rater_id, row.ratee_id))
    return None if rater == ratee else (rater, ratee)


def _lead_on(kept: Organisation, merged: Organisation, moved: Moved) -> None:
    """End the merged organisation, and let its name find the kept one."""
    known = select(OrganisationAlias.name).where(OrganisationAlias.organisation_id == kept.id)
    if merged.name not in {kept.name, *db.session.scalars(known)}:
        alias = OrganisationAlias(organisation_id=kept.id, name=merged.name, is_withdrawn=False)
        db.session.add(alias)
        db.session.flush()
        moved[NAMED].append(alias.id)
    if merged.closed_on is None:
        merged.closed_on = today()
        moved[CLOSED].append(merged.id)
