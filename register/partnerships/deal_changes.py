"""What people do to a deal: revise it. A revision supersedes the one before and never overwrites it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.kinds import DOCUMENTS, LEGAL_FORMS, VALUE_BASES, names
from register.partnerships.models import Participation, Partnership
from register.refusals import Refusal
from register.text import line, paragraphs

LARGEST_PENCE = 10**14
"""A trillion pounds: more is a slip of the keyboard."""

TERMS = (
    "reference",
    "legal_form",
    "agreed_on",
    "value_pence",
    "value_basis",
    "starts_on",
    "review_on",
    "notice_on",
    "ends_on",
    "extension",
    "exit_arrangement",
    "benefits_expected",
    "benefits_realised",
    "documents",
)


class Share(NamedTuple):
    """What one side puts in."""

    organisation_id: int
    money_pence: int | None
    in_kind: str | None


def revise_deal(
    actor: str,
    partnership: Partnership,
    terms: Mapping[str, Any],
    shares: tuple[Share, ...] = (),
    reason: str | None = None,
    *,
    told_at: datetime | None = None,
) -> DealRevision:
    """Keep new terms as the next revision of a partnership's deal; `told_at`: when a notice told them.

    `terms` may hold any of `TERMS`; `documents` is an iterable of `DOCUMENTS` keys. Terms that are not named are empty:
    a form sends them all.
    """
    checked = checked_terms(terms)
    _check_sides(partnership.id, shares)
    before = current_deal(partnership.id)
    at = now()
    revision = DealRevision(
        partnership_id=partnership.id,
        revision=before.revision + 1 if before else 1,
        recorded_at=at,
        superseded_at=None,
        told_at=told_at,
        **checked,
    )
    with recorded(
        actor, "deal_revision:revised" if before else "deal_revision:agreed", line(reason, "reason", "The reason")
    ):
        if before:
            before.superseded_at = at
        db.session.add(revision)
        db.session.flush()
        db.session.add_all(_checked_share(revision.id, share) for share in shares)
    return revision


def checked_terms(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms of a deal, cleaned and whole; refuse the first that cannot be kept."""
    return _checked({**dict.fromkeys(TERMS), **terms})


def current_deal(partnership_id: int) -> DealRevision | None:
    """Return the terms in force."""
    return db.session.scalar(
        select(DealRevision).where(
            DealRevision.partnership_id == partnership_id,
            DealRevision.superseded_at.is_(None),
        )
    )


def _checked(terms: Mapping[str, Any]) -> dict[str, Any]:
    clean = {key: terms[key] for key in TERMS}
    clean["reference"] = line(terms["reference"], "reference", "The reference")
    clean["extension"] = line(terms["extension"], "extension", "The extension")
    for field, label in (
        ("exit_arrangement", "The exit arrangement"),
        ("benefits_expected", "Benefits expected"),
        ("benefits_realised", "Benefits realised"),
    ):
        clean[field] = paragraphs(terms[field], field, label)
    _check_choice(terms["legal_form"], names(LEGAL_FORMS), "legal_form", "Choose a legal form from the list.")
    _check_choice(terms["value_basis"], names(VALUE_BASES), "value_basis", "Choose what the value is based on.")
    _check_money(terms["value_pence"], "value_pence", "The value")
    if terms["value_pence"] is not None and terms["value_basis"] is None:
        message = "Say what the value is: a year, or over the whole term."
        raise Refusal(message, "value_basis")
    if terms["value_pence"] and terms["value_basis"] == "none":
        message = "You say that no money changes hands: leave the value empty, or choose what it is."
        raise Refusal(message, "value_pence")
    _check_dates(terms)
    wanted = set(terms["documents"] or ())
    clean["documents"] = ",".join(kind.key for kind in DOCUMENTS if kind.key in wanted)
    return clean


def _check_choice(value: str | None, known: Mapping[str, str], field: str, sentence: str) -> None:
    if value is not None and value not in known:
        raise Refusal(sentence, field)


def _check_money(pence: int | None, field: str, label: str) -> None:
    if pence is not None and not 0 <= pence <= LARGEST_PENCE:
        message = f"{label} must be between £0 and £1,000,000,000,000."
        raise Refusal(message, field)


def _check_dates(terms: Mapping[str, Any]) -> None:
    """Refuse terms that end before they start, and a notice or review day outside them."""
    if terms["starts_on"] and terms["ends_on"] and terms["ends_on"] < terms["starts_on"]:
        message = "The deal’s end must be after its start."
        raise Refusal(message, "ends_on")
    if terms["notice_on"] and terms["ends_on"] and terms["notice_on"] > terms["ends_on"]:
        message = "The last day to give notice must be before the deal ends."
        raise Refusal(message, "notice_on")


def _check_sides(partnership_id: int, shares: tuple[Share, ...]) -> None:
    """Refuse what an organisation puts in that never took part."""
    sides = set(
        db.session.scalars(
            select(Participation.organisation_id).where(Participation.partnership_id == partnership_id),
        )
    )
    if not sides.issuperset(share.organisation_id for share in shares):
        message = "Only organisations that take part can put something in."
        raise Refusal(message, "shares")


def _checked_share(revision_id: int, share: Share) -> DealShare:
    _check_money(share.money_pence, "shares", "Each side’s money")
    return DealShare(
        deal_revision_id=revision_id,
        organisation_id=share.organisation_id,
        money_pence=share.money_pence,
        in_kind=line(share.in_kind, "shares", "What is put in besides money"),
    )
