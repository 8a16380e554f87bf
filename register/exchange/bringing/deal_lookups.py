"""What an import changes of a deal, told against the revision before it and in the words of its page."""

from datetime import date

from sqlalchemy import select

from register.clock import day_words
from register.database import db
from register.exchange.bringing.outcomes import FieldChange
from register.history.sentences import label_of
from register.partnerships.deal_changes import TERMS
from register.partnerships.deal_models import DealRevision
from register.partnerships.kinds import LEGAL_FORMS, VALUE_BASES, names

CHOSEN = {"legal_form": names(LEGAL_FORMS), "value_basis": names(VALUE_BASES)}


def changes_of_deal(revision_id: int) -> list[FieldChange]:
    """Return the terms of a revision that differ from those of the one before it."""
    after = db.session.get_one(DealRevision, revision_id)
    asked = select(DealRevision).where(DealRevision.partnership_id == after.partnership_id)
    before = db.session.scalar(asked.where(DealRevision.revision == after.revision - 1))
    told = [(name, _said(name, before), _said(name, after)) for name in TERMS]
    of = f"Deal, revision {after.revision}"
    return [FieldChange(f"{of}: {label_of(name)}", was, now) for name, was, now in told if was != now]


def _said(name: str, revision: DealRevision | None) -> str:
    """Return a term as its page says it, empty when there is none.

    Example: `value_pence` 150050 is "£1,500.50", `ends_on` 5 January 2027 is "5 January 2027".
    """
    value = getattr(revision, name, None)
    if value is None:
        return ""
    if name == "value_pence":
        return f"£{value / 100:,.2f}".removesuffix(".00")
    if isinstance(value, date):
        return day_words(value)
    return CHOSEN.get(name, {}).get(str(value), str(value))
