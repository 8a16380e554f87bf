"""What is asked about who is who: which organisations look alike, which merges were made."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from register.database import db
from register.exchange.matching.likeness import DIFFERENT, Candidate, Pair, Proposal, proposals
from register.exchange.matching.merge_models import OrganisationMatch, OrganisationMerge
from register.partnerships.organisation_models import (
    Organisation,
    OrganisationAlias,
    OrganisationIdentifier,
    OrganisationSuccessor,
)


def candidates(ids: Sequence[int] | None = None) -> list[Candidate]:
    """Return what is compared of every organisation, or of some; one that was merged is compared no more."""
    merged = select(OrganisationMerge.merged_id).where(OrganisationMerge.undone_at.is_(None))
    asked = select(Organisation.id, Organisation.name, Organisation.place).where(Organisation.id.not_in(merged))
    if ids is not None:
        asked = asked.where(Organisation.id.in_(ids))
    names: dict[int, list[str]] = defaultdict(list)
    for owner, name in db.session.execute(
        select(OrganisationAlias.organisation_id, OrganisationAlias.name).where(
            OrganisationAlias.is_withdrawn.is_(False)
        )
    ):
        names[owner].append(name)
    numbers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for owner, scheme, value in db.session.execute(
        select(
            OrganisationIdentifier.organisation_id, OrganisationIdentifier.scheme, OrganisationIdentifier.value
        )
    ):
        numbers[owner].add((scheme, value))
    return [
        Candidate(row.id, (row.name, *names[row.id]), row.place, frozenset(numbers[row.id]))
        for row in db.session.execute(asked.order_by(Organisation.id))
    ]


def duplicates() -> tuple[list[Proposal], list[Proposal]]:
    """Return the pairs that look alike and nobody judged, the most alike first, and those put off till later."""
    judged = judgements()
    settled = {pair for pair, judgement in judged.items() if judgement == DIFFERENT} | _following()
    found = proposals(candidates(), settled)
    return (
        [proposal for proposal in found if proposal.pair not in judged],
        [proposal for proposal in found if proposal.pair in judged],
    )


def judgements() -> dict[Pair, str]:
    """Return what people said of pairs, the smaller id first."""
    rows = db.session.execute(
        select(OrganisationMatch.one_id, OrganisationMatch.other_id, OrganisationMatch.judgement)
    )
    return {(one, other): judgement for one, other, judgement in rows}


def _following() -> set[Pair]:
    """Return the pairs of which one took over from the other: two bodies, however alike their names."""
    rows = db.session.execute(select(OrganisationSuccessor.organisation_id, OrganisationSuccessor.successor_id))
    return {(min(one, other), max(one, other)) for one, other in rows}


def merges(limit: int = 50) -> Sequence[OrganisationMerge]:
    """Return the merges that were made, the newest first, those taken back too."""
    return db.session.scalars(select(OrganisationMerge).order_by(OrganisationMerge.id.desc()).limit(limit)).all()


def kept_instead() -> dict[int, int]:
    """Return which organisation each merged one went into, followed to the end: old files know old numbers."""
    into = dict(
        db.session.execute(
            select(OrganisationMerge.merged_id, OrganisationMerge.kept_id).where(OrganisationMerge.undone_at.is_(None))
        ).all()
    )
    return {merged: _end_of(merged, into) for merged in into}


def _end_of(start: int, into: dict[int, int]) -> int:
    """Return the last of a chain of merges; no organisation is merged twice, so that it ends."""
    end = start
    while end in into:
        end = into[end]
    return end
