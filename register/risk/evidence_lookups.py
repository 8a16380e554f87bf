"""The evidence behind the views that a rule may flag: only those are walked through, not the whole log."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, select

from register.clock import Clocks
from register.database import db
from register.interactions.models import Commitment, Interaction
from register.risk.exposure import exposure_of
from register.risk.flags import shortened
from register.risk.reasons import BAD
from register.risk.thresholds import RULES_AS_PUBLISHED, Limits, Thresholds
from register.risk.trust_rules import is_one_sided, is_weak
from register.risk.view_lookups import AnyRow
from register.risk.views import Piece, ViewFacts
from register.trust.lookups import evidence_as_of
from register.trust.models import Evidence
from register.trust.schemes import determinant_of

WORDS_LENGTH = 160
"""Characters of an account that are asked for: a reason quotes its beginning."""

AT_A_TIME = 200
"""Partnerships whose evidence is in memory together: all of a large register's would be a gigabyte."""


class _Key(NamedTuple):
    """A view inside the register, by the name of its determinant."""

    partnership_id: int
    rater_id: int
    ratee_id: int
    determinant: str


def with_evidence(
    views: Sequence[tuple[int, ViewFacts]], line: float | None, clocks: Clocks,
    sets: Sequence[Thresholds] = (RULES_AS_PUBLISHED,),
) -> list[tuple[int, ViewFacts]]:
    """Return the views, those that a rule may flag by one of some sets of thresholds with their evidence."""
    wanted = _wanted(views, line, clocks, sets)
    pieces = _pieces(wanted, clocks)
    return [(key, replace(view, pieces=tuple(pieces[_key(key, view)])) if _key(key, view) in wanted else view)
            for key, view in views]


def _key(partnership_id: int, view: ViewFacts) -> _Key:
    return _Key(partnership_id, view.rater_id, view.ratee_id, view.determinant)


def _wanted(
    views: Iterable[tuple[int, ViewFacts]], line: float | None, clocks: Clocks, sets: Sequence[Thresholds],
) -> set[_Key]:
    weak, apart = _limits("weak_trust", sets), _limits("one_sided", sets)
    wholes = {_key(key, view): view for key, view in views if not view.determinant}
    wanted = {_key(key, view) for key, view in views if view.rows and (
        any(is_weak(view, at) for at in weak) or (not view.determinant and (not view.is_known or view.word == "weak"))
        or (line is not None and not view.determinant and (exposure_of(view, clocks.on) or 0.0) >= line)
    )}
    for key, view in wholes.items():
        back = key._replace(rater_id=key.ratee_id, ratee_id=key.rater_id)
        if back in wholes and any(is_one_sided(view, wholes[back], at) for at in apart):
            wanted |= {key, back}
    return wanted


def _limits(rule: str, sets: Iterable[Thresholds]) -> list[Limits]:
    return [limits for thresholds in sets for limits in thresholds.every(rule)]


def _pieces(wanted: set[_Key], clocks: Clocks) -> dict[_Key, list[Piece]]:
    """Return the evidence of some views by unit of weight, oldest first; read of some partnerships after others."""
    ids = sorted({key.partnership_id for key in wanted})
    found: dict[_Key, list[Piece]] = {}
    for first in range(0, len(ids), AT_A_TIME):
        found.update(_pieces_of(ids[first : first + AT_A_TIME], wanted, clocks))
    return found


def _pieces_of(partnership_ids: Sequence[int], wanted: set[_Key], clocks: Clocks) -> dict[_Key, list[Piece]]:
    units: dict[_Key, dict[tuple[object, ...], list[AnyRow]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(partnership_ids, clocks):
        name = determinant_of(row.determinant).name if row.determinant else ""
        key = _Key(row.partnership_id, row.rater_id, row.ratee_id, name)
        if key in wanted:
            # What has no rater, a promise, shares its unit of weight with nothing.
            units[key][row.held_on, row.rater_key, 0 if row.rater_key else row.id].append(row)
    words = _words([row for found in units.values() for rows in found.values() for row in rows if row.bad >= BAD])
    return {
        key: sorted((_piece(rows, words) for rows in found.values()), key=lambda piece: piece.held_on)
        for key, found in units.items()
    }


def _rows(partnership_ids: Iterable[int], clocks: Clocks) -> Sequence[AnyRow]:
    asked = evidence_as_of(clocks).where(Evidence.partnership_id.in_(list(partnership_ids))).with_only_columns(
        Evidence.id, Evidence.partnership_id, Evidence.rater_id, Evidence.ratee_id, Evidence.determinant,
        Evidence.held_on, Evidence.good, Evidence.bad, Evidence.rater_key, Evidence.source,
    )
    return db.session.execute(asked).all()


def _piece(rows: Sequence[AnyRow], words: Mapping[str, str]) -> Piece:
    worst = max(rows, key=lambda row: (row.bad, row.id))
    number = len(rows)
    return Piece(
        worst.held_on, sum(row.good for row in rows) / number, sum(row.bad for row in rows) / number, number,
        worst.source, words.get(worst.source, ""),
    )


def _words(rows: Iterable[AnyRow]) -> dict[str, str]:
    """Return what happened, in short, by source."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        kind, _, number = row.source.partition(":")
        numbers[kind].add(int(number))
    accounts = db.session.execute(
        select(Interaction.id, func.substr(Interaction.account, 1, WORDS_LENGTH))
        .where(Interaction.id.in_(numbers["interaction"])),
    )
    promises = db.session.execute(
        select(Commitment.id, Commitment.what).where(Commitment.id.in_(numbers["commitment"])),
    )
    return {
        **{f"interaction:{number}": shortened(account) for number, account in accounts},
        **{f"commitment:{number}": f"Promise: {shortened(what)}" for number, what in promises},
    }
