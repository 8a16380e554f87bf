"""The auditor's desk: what an auditor asks of the register, each question on a page; nothing here changes a record."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from register.clock import Clocks, today
from register.database import db
from register.partnerships.models import Partnership
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.reports.gap_lookups import gaps_of
from register.reports.models import EvidencePack
from register.reports.reconciliation import WORDS
from register.reports.reconciliation_lookups import KINDS, added, reconcile
from register.web.clocks import asked_clocks
from register.web.days import read_day
from register.web.security import allow, me
from register.web.surveys import as_of, shown_survey

blueprint = Blueprint("desk", __name__)

MOST_LISTED = 200
"""Records of a reconciliation that are listed; the counts are of all."""
PACKS = 10


@blueprint.route("/desk")
@allow("desk:use")
def index() -> ResponseReturnValue:
    """Say what can be done at the desk, and which evidence was taken away lately."""
    asked = select(EvidencePack).where(EvidencePack.person_id == me().id).order_by(EvidencePack.id.desc()).limit(PACKS)
    packs = db.session.scalars(asked).all()
    names = dict(db.session.execute(
        select(Partnership.id, Partnership.name).where(
            visible_to(me()), Partnership.id.in_([pack.partnership_id for pack in packs if pack.partnership_id]),
        ),
    ).all())
    return render_template(
        "desk/index.html", packs=packs, names=names, sees_restricted=has_opened_restricted(me()),
    )


@blueprint.route("/desk/reconcile")
@allow("desk:use")
def reconciliation() -> ResponseReturnValue:
    """Set the register of two dates against one another."""
    first, second = _asked_dates()
    visible = visible_to(me())
    found = [(kind, reconcile(kind, visible, first, second)) for kind in KINDS]
    return render_template(
        "desk/reconcile.html", first=first, second=second, found=found, added=added(visible, first, second),
        words=WORDS, most=MOST_LISTED, sees_restricted=has_opened_restricted(me()),
    )


def _asked_dates() -> tuple[date, date]:
    """Return the two dates, the earlier first; unasked the last three months. Raises Refusal for what is no day."""
    second = min(read_day(request.args.get("to"), "to") or today(), today())
    first = min(read_day(request.args.get("from"), "from") or second - timedelta(days=91), today())
    low, high = min(first, second), max(first, second)
    return max(low, date(1900, 1, 1)), max(high, date(1900, 1, 1))


@blueprint.route("/desk/gaps")
@allow("desk:use")
def gaps() -> ResponseReturnValue:
    """List what is missing, each gap with its count and its cases."""
    clocks: Clocks = asked_clocks()
    found = shown_survey(clocks)
    return render_template(
        "desk/gaps.html", gaps=gaps_of(me(), found), found=found, as_of=as_of(found),
        sees_restricted=has_opened_restricted(me()),
    )
