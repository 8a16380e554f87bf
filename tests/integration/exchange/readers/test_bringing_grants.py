"""Grants brought into the register: partnerships with their deal, and nothing new the second time."""

import json

from flask import Flask
from sqlalchemy import func, select

from register.database import db
from register.exchange.arrivals.arrangements import bring_arrangements
from register.exchange.bringing.errands import Errand
from register.exchange.readers.grant_files import read_grants
from register.exchange.reading.uploads import Upload
from register.history.verification import verify
from register.partnerships.deal_changes import current_deal
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Organisation
from tests.factories import a_person


def brought(amount: int = 5000) -> Errand:
    grant = {
        "id": "360G-x-1", "title": "A hub", "currency": "GBP", "amountAwarded": amount, "awardDate": "2024-07-24",
        "fundingOrganization": [{"id": "GB-CHC-7654321", "name": "Alder Fund"}],
        "recipientOrganization": [{"id": "GB-CHC-1234567", "name": "Mill Hub"}],
    }  # fmt: skip
    errand = Errand("register")
    bring_arrangements(errand, read_grants(Upload("grants.json", json.dumps([grant]).encode())))
    db.session.commit()
    return errand


def test_a_grant_is_a_partnership_with_a_grant_agreement(app: Flask) -> None:
    a_person()
    brought()
    partnership = db.session.scalars(select(Partnership)).one()
    deal = current_deal(partnership.id)
    assert deal
    assert (deal.legal_form, deal.value_pence, deal.value_basis) == ("grant", 500_000, "total")
    roles = db.session.scalars(select(Participation.role).order_by(Participation.id)).all()
    assert roles == ["funder", "provider"]
    assert verify().is_whole


def test_the_same_file_again_changes_nothing_and_another_amount_revises_the_deal(app: Flask) -> None:
    a_person()
    brought()
    again = brought().summary.counts()
    assert again["partnerships"]["unchanged"] == 1
    assert again["organisations"]["unchanged"] == 2
    assert brought(6000).summary.counts()["partnerships"]["updated"] == 1
    partnership = db.session.scalars(select(Partnership)).one()
    deal = current_deal(partnership.id)
    assert deal
    assert (deal.value_pence, deal.revision) == (600_000, 2)
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2
