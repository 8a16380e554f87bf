"""One search over partnerships, organisations and contacts; it finds nothing that the person may not know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select

from register.database import db
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.search_lookups import (
    contacts_matching,
    letters_of,
    organisations_matching,
    partnerships_matching,
)
from register.partnerships.visibility import visible_to
from register.web.facets import asked_text
from register.web.security import allow, me

blueprint = Blueprint("search", __name__)

MOST = 10
"""Results of each kind on the page; lists show the rest."""


@dataclass(frozen=True)
class Found:
    """The results of one kind."""

    key: str
    title: str
    rows: Sequence[Any]
    total: int
    all_url: str | None
    """The list that shows all of them; None when the page does, or there is no such list."""


@blueprint.route("/search")
@allow("partnership:see")
def results() -> ResponseReturnValue:
    """Show what a text finds, grouped by what it is."""
    text = asked_text()
    groups = _groups(text) if text else []
    return render_template("search/results.html", text=text, groups=groups, total=sum(group.total for group in groups))


def _groups(text: str) -> list[Found]:
    return [
        _found(
            "partnership",
            "Partnerships",
            select(Partnership)
            .where(visible_to(me()), partnerships_matching(text))
            .order_by(letters_of(Partnership.name), Partnership.id),
            url_for("partnerships.index", q=text, state=["open", "closed"]),
        ),
        _found(
            "organisation",
            "Organisations",
            select(Organisation)
            .where(organisations_matching(text))
            .order_by(letters_of(Organisation.name), Organisation.id),
            url_for("organisations.index", q=text, state=["open", "closed"]),
        ),
        _found(
            "contact",
            "Contacts",
            select(Contact).where(contacts_matching(text)).order_by(letters_of(Contact.role), Contact.id),
            None,
        ),
    ]


def _found(key: str, title: str, query: Select[Any], all_url: str | None) -> Found:
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.scalars(query.limit(MOST)).all()
    return Found(key, title, rows, total, all_url if total > MOST else None)
