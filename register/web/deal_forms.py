"""The form by which a deal is revised: its terms, and what each side puts in."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField

from register.partnerships.deal_changes import TERMS, Share
from register.partnerships.deal_models import DealRevision, DealShare
from register.partnerships.kinds import DOCUMENTS, LEGAL_FORMS, VALUE_BASES, Kind
from register.partnerships.organisation_models import Organisation
from register.web.choosing import word_checkboxes, word_select
from register.web.forms import CreateForm, DayField, MoneyField
from register.web.texts import OneLine, SomeLines

VALUE_WORDS = [Kind(kind.key, kind.name.capitalize()) for kind in VALUE_BASES]


class DealForm(CreateForm):
    """All terms of a deal; `version` is the revision that it was opened with."""

    version = HiddenField()
    reference = StringField("Reference", [OneLine("The reference")])
    legal_form = word_select("Legal form", LEGAL_FORMS, "Choose a legal form from the list.", "Not known")
    agreed_on = DayField("Agreed on")
    value_pence = MoneyField("Value")
    value_basis = word_select("The value is", VALUE_WORDS, "Choose what the value is based on.", "Not known")
    starts_on = DayField("Starts on")
    ends_on = DayField("Ends on")
    review_on = DayField("Next review")
    notice_on = DayField("Last day to give notice")
    extension = StringField("Extension", [OneLine("The extension")])
    exit_arrangement = TextAreaField("Exit arrangement", [SomeLines("The exit arrangement")])
    benefits_expected = TextAreaField("Benefits expected", [SomeLines("Benefits expected")])
    benefits_realised = TextAreaField("Benefits realised so far", [SomeLines("Benefits realised")])
    documents = word_checkboxes("Which governing documents are in place?", DOCUMENTS, "Choose documents from the list.")
    reason = StringField("What changed, and why?", [OneLine("The reason")])
    sides: Sequence[Organisation] = ()

    def terms(self) -> dict[str, Any]:
        """Return the terms by the names of `deal_changes.TERMS`."""
        return {name: self[name].data for name in TERMS}

    def shares(self) -> tuple[Share, ...]:
        """Return what each side puts in; a side that puts in nothing has no share."""
        entered = (
            Share(side.id, self[f"money_{side.id}"].data, self[f"kind_{side.id}"].data or None) for side in self.sides
        )
        return tuple(share for share in entered if share.money_pence is not None or share.in_kind)

    def side_fields(self) -> list[tuple[Organisation, Any, Any]]:
        """Return each side with its two fields, for the page."""
        return [(side, self[f"money_{side.id}"], self[f"kind_{side.id}"]) for side in self.sides]


def deal_form(sides: Sequence[Organisation], deal: DealRevision | None, shares: Iterable[DealShare]) -> DealForm:
    """Return the form with two fields for each side, filled in with the terms in force."""
    fields: dict[str, Any] = {"sides": sides}
    for side in sides:
        fields[f"money_{side.id}"] = MoneyField(f"Money from {side.label}")
        fields[f"kind_{side.id}"] = StringField(f"Other than money from {side.label}", [OneLine("What is put in")])
    form: DealForm = type("DealFormWithSides", (DealForm,), fields)(data=_filled(deal, shares))
    return form


def _filled(deal: DealRevision | None, shares: Iterable[DealShare]) -> dict[str, Any]:
    if deal is None:
        return {"version": 0}
    filled = {name: getattr(deal, name) for name in TERMS}
    for share in shares:
        filled[f"money_{share.organisation_id}"] = share.money_pence
        filled[f"kind_{share.organisation_id}"] = share.in_kind
    return {**filled, "documents": deal.documents_in_place, "version": deal.revision}
