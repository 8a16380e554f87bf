"""The history: the story of the register, of a record, and the verification that nobody altered it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, or_, select

from register.accounts.models import Person
from register.accounts.permissions import role_may
from register.database import db
from register.history.lookups import head
from register.history.models import HistoryEntry, HistoryHead
from register.history.sentences import label_of
from register.history.story import act_of, count_acts, heads_where, in_scope
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.reports.late_lookups import LATE_AFTER, count_left_out, happenings_between
from register.reports.story_lookups import heads_about
from register.web.access import saw_restricted
from register.web.clocks import asked_clocks
from register.web.history_filters import KINDS, asked_story
from register.web.security import allow, me
from register.web.told import name_book, tell
from register.web.two_clocks import Drawn, drawings, first_drawn

blueprint = Blueprint("history", __name__)

OPEN_ENTITIES = (
    "organisation",
    "contact",
    "organisation_alias",
    "organisation_identifier",
    "organisation_successor",
    "organisation_membership",
    "model_version",
)
"""What everybody may read of without belonging to a partnership."""
WIDER_ENTITIES = ("evidence_pack", "export", "import_batch", "organisation_merge", "saved_view")
"""What belongs to no partnership and yet counts or names what its author could see, restricted ones among it."""
MOST_DRAWN = 40
"""Entries of a drawing: more would be a thicket."""


def readable() -> ColumnElement[bool]:
    """Return the condition for entries that the signed-in person may read."""
    if role_may(me().role, "history:see-all"):
        hidden = select(Partnership.id).where(~visible_to(me()))
        return or_(_tells_of_none(), HistoryEntry.scope_id.not_in(hidden))
    visible = select(Partnership.id).where(visible_to(me()))
    return or_(in_scope(visible), HistoryEntry.scope_id.is_(None) & HistoryEntry.entity.in_(OPEN_ENTITIES))


def _tells_of_none() -> ColumnElement[bool]:
    """Return the condition for entries of no partnership that tell nothing of a hidden one either."""
    of_none = HistoryEntry.scope_id.is_(None)
    if has_opened_restricted(me()):
        return of_none
    return of_none & or_(HistoryEntry.entity.not_in(WIDER_ENTITIES), HistoryEntry.actor == me().actor)


@blueprint.route("/history")
@allow("history:see-record")
def index() -> ResponseReturnValue:
    """Tell the newest acts, with what may be read of them."""
    return _page(heads_where(readable(), *asked_story().conditions()), "History", None)


@blueprint.route("/history/<entity>/<int:entity_id>")
@allow("history:see-record")
def record(entity: str, entity_id: int) -> ResponseReturnValue:
    """Tell the story of one record: of a partnership all that belongs to it, of others all that they have part in."""
    whole = heads_about(entity, entity_id, readable())
    if db.session.scalar(whole.limit(1)) is None:
        abort(404)
    if entity == "partnership":
        note_scope(entity_id)
    narrow = heads_about(entity, entity_id, readable(), *asked_story().conditions())
    title = _title(entity, entity_id)
    return _page(narrow, f"The story of {title}", (entity, entity_id, title), whole)


def _page(
    heads: Select[int], title: str, scope: tuple[str, int, str] | None, whole: Select[int] | None = None,
) -> ResponseReturnValue:
    """Show a page of a story. Of the whole register nothing is counted: that would read every entry."""
    asked, clocks = asked_story(), asked_clocks()
    page = asked.page(heads)
    partnership = scope[1] if scope and scope[0] == "partnership" else None
    if any(act.scope_id for act in page.acts) and partnership is None:
        _note_restricted({act.scope_id for act in page.acts if act.scope_id})
    return render_template(
        "history/index.html", told=tell(page.acts), book=name_book(page.acts), last=_last_link(), label_of=label_of,
        may_verify=role_may(me().role, "history:verify"), asked=asked, title=title, scope=scope, kinds_of_story=KINDS,
        previous_url=asked.previous_url(page), next_url=asked.next_url(page),
        counted=(count_acts(heads), count_acts(whole)) if whole is not None else None,
        drawn=_drawn(partnership) if partnership and not asked.is_narrow else [], is_known=clocks.known is not None,
        left=count_left_out(clocks, visible_to(me()), partnership) if partnership else 0,
    )


def _drawn(partnership_id: int) -> list[Drawn]:
    clocks = asked_clocks()
    found = happenings_between(visible_to(me()), partnership_id, first_drawn(clocks), MOST_DRAWN)
    return drawings(found, clocks, LATE_AFTER)


def _note_restricted(scopes: set[int]) -> None:
    """Let the access log name one restricted partnership of a page that tells of several."""
    asked = select(Partnership.id).where(Partnership.id.in_(scopes), Partnership.is_restricted.is_(True)).limit(1)
    note_scope(db.session.scalar(asked))


def note_scope(partnership_id: int | None) -> None:
    """Let the access log name the partnership that a story is about, where it is restricted."""
    asked = select(Partnership.is_restricted).where(Partnership.id == partnership_id)
    if partnership_id is not None and db.session.scalar(asked):
        saw_restricted(partnership_id)


def _title(entity: str, entity_id: int) -> str:
    """Return what a record is called; one without a name is called by its kind and number."""
    if entity == "partnership":
        return db.session.scalar(select(Partnership.name).where(Partnership.id == entity_id)) or entity
    if entity == "organisation":
        return db.session.scalar(select(Organisation.name).where(Organisation.id == entity_id)) or entity
    if entity == "person":
        return db.session.scalar(select(Person.name).where(Person.id == entity_id)) or entity
    contact = db.session.get(Contact, entity_id) if entity == "contact" else None
    return contact.label if contact else f"{label_of(entity).lower()} {entity_id}"


@blueprint.route("/history/entries/<int:sequence>")
@allow("history:see-record")
def entry(sequence: int) -> ResponseReturnValue:
    """Show one act whole: each row it touched, each field, and its place in the chain."""
    found = act_of(sequence)
    allowed = select(HistoryEntry.sequence).where(HistoryEntry.part_of == (found.sequence if found else 0), readable())
    if found is None or db.session.scalar(allowed.limit(1)) is None:
        abort(404)
    note_scope(found.scope_id)
    rows = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.part_of == found.sequence).order_by(HistoryEntry.sequence),
    ).all()
    return render_template(
        "history/entry.html",
        told=tell((found,))[0],
        book=name_book((found,)),
        entries=rows,
        label_of=label_of,
    )


def _last_link() -> HistoryHead | None:
    """Return the end of the chain for those who verify it; it moves with restricted partnerships as well."""
    return head() if role_may(me().role, "history:verify") else None
