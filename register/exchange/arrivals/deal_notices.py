"""What the notices of a file tell of one deal, as its revisions: in order of the notices' dates, each once."""

from collections.abc import Mapping
from typing import Any

from register.exchange.bringing.news import is_overtaken, is_told_anew
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.rows import ArrangementRow
from register.partnerships.deal_changes import TERMS, Share, revise_deal
from register.partnerships.deal_models import DealRevision
from register.partnerships.lookups import shares_of
from register.partnerships.many_changes import Deal
from register.partnerships.models import Partnership


def keep_notices(
    actor: str, row: ArrangementRow, partnership: Partnership, known: list[DealRevision], findings: Findings
) -> bool:
    """Keep what each notice of a row tells anew as a revision, oldest first; say whether the last of them did.

    `known` are the revisions that there are, newest first. Terms that a file does not tell stay as people made them. Of
    a deal of which no notice has told anything yet, as one that people entered, only the last counts.
    """
    is_news = False
    is_undated = bool(known) and all(revision.told_at is None for revision in known)
    for notice in (row,) if is_undated else (*row.earlier, row):
        told = _terms(notice)
        is_news = bool(told) and is_told_anew(told, notice.told_at, known)
        if is_news:
            known.insert(0, _revision(actor, notice, told, partnership, known[0] if known else None))
        elif is_overtaken(told, notice.told_at, known):
            reason = f"{notice.told_by} tells other terms, but is older than what the register has, so they stay"
            findings.add_note(Problem(findings.sheet, notice.row, "", notice.title, reason))
    return is_news


def first_deal(row: ArrangementRow) -> Deal | None:
    """Return what the only notice of a row tells of a deal that is new; None when it tells of none."""
    told = _terms(row)
    return Deal(told, row.told_by or None, row.told_at) if told else None


def _revision(
    actor: str, row: ArrangementRow, told: Mapping[str, Any], partnership: Partnership, current: DealRevision | None
) -> DealRevision:
    terms: dict[str, Any] = {key: getattr(current, key) for key in TERMS} if current else {}
    if current:
        terms["documents"] = current.documents_in_place
    why = row.told_by or (f"A later notice of the {row.legal_form}" if current else None)
    return revise_deal(actor, partnership, {**terms, **told}, _shares(current), why, told_at=row.told_at)


def _terms(row: ArrangementRow) -> dict[str, Any]:
    """Return the terms that a file tells."""
    terms = {
        "reference": row.reference,
        "legal_form": row.legal_form,
        "agreed_on": row.agreed_on,
        "value_pence": row.value_pence,
        "value_basis": row.value_basis,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "review_on": row.review_on,
    }
    return {key: value for key, value in terms.items() if value is not None}


def _shares(revision: DealRevision | None) -> tuple[Share, ...]:
    rows = shares_of(revision) if revision else ()
    return tuple(Share(row.organisation_id, row.money_pence, row.in_kind) for row in rows)
