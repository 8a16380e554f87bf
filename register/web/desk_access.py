"""The access log on a page: who signed in, what was read under an opening, and which files were taken away."""

from collections.abc import Callable, Collection
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from register.accounts.kinds import ACCESS_WORDS, ACCESSES
from register.accounts.models import AccessEntry, Person, RestrictedAccess
from register.database import db
from register.network.lookups import partnership_names
from register.partnerships.visibility import has_opened_restricted
from register.web.desk import blueprint
from register.web.paging import page_of
from register.web.security import allow, me
from register.web.sides import number_of

Row = TypeVar("Row", Person, RestrictedAccess)


@blueprint.route("/desk/access")
@allow("access-log:see")
def access() -> ResponseReturnValue:
    """List what the log holds, the newest first, of one kind or one person where asked."""
    kind, by = request.args.get("kind", ""), number_of(request.args.get("by"))
    asked = select(AccessEntry)
    if kind in ACCESS_WORDS:
        asked = asked.where(AccessEntry.kind == kind)
    if by:
        asked = asked.where(AccessEntry.person_id == by)
    page = page_of(asked, (AccessEntry.at,), AccessEntry.id, descending=True)
    people = _by_id(Person, {row.person_id for row in page.rows} | ({by} if by else set()))
    openings = _by_id(RestrictedAccess, {row.opening_id for row in page.rows if row.opening_id})
    names = partnership_names(me(), {row.partnership_id for row in page.rows if row.partnership_id})
    return render_template(
        "desk/access.html", page_of_log=page, people=people, openings=openings, names=names, kinds=ACCESSES,
        said=ACCESS_WORDS, kind=kind if kind in ACCESS_WORDS else "", by=by, address_of=_told_address(),
    )


def _told_address() -> Callable[[AccessEntry], str]:
    """Return what tells an entry's address: of others without what they asked for, until restricted records are open.

    Somebody who knows of a restricted partnership asks for it by its words.
    """
    is_open, own = has_opened_restricted(me()), me().id
    return lambda entry: entry.what if is_open or entry.person_id == own else entry.what.partition("?")[0]


def _by_id(table: type[Row], ids: Collection[int]) -> dict[int, Row]:
    return {row.id: row for row in db.session.scalars(select(table).where(table.id.in_(ids)))}
