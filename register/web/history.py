"""The history: the story of the register, of a record, and the verification that nobody altered it."""

from typing import NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, func, or_, select

from register.accounts.lookups import names_of_actors
from register.accounts.permissions import role_may
from register.database import db
from register.database.engine import see_one_moment
from register.history.envelope import Plain
from register.history.lookups import head
from register.history.models import HistoryEntry, HistoryHead
from register.history.sentences import label_of, words_of
from register.history.story import Act, about, act_of, acts, in_scope
from register.history.verification import verify
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.visibility import visible_to
from register.web.access import saw_restricted
from register.web.checkpoints import mail, newest
from register.web.forms import Form
from register.web.names import NameBook
from register.web.security import allow, me

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


class Told(NamedTuple):
    """An act as the page shows it."""

    act: Act
    actor: str
    words: str
    url: str


def readable() -> ColumnElement[bool]:
    """Return the condition for entries that the signed-in person may read."""
    if role_may(me().role, "history:see-all"):
        hidden = select(Partnership.id).where(~visible_to(me()))
        return or_(HistoryEntry.scope_id.is_(None), HistoryEntry.scope_id.not_in(hidden))
    visible = select(Partnership.id).where(visible_to(me()))
    return or_(in_scope(visible), HistoryEntry.scope_id.is_(None) & HistoryEntry.entity.in_(OPEN_ENTITIES))


@blueprint.route("/history")
@allow("history:see-record")
def index() -> ResponseReturnValue:
    """Tell the newest acts, with what may be read of them."""
    conditions = [readable(), *_asked()]
    shown, after = acts(*conditions, before=request.args.get("before", type=int))
    return render_template(
        "history/index.html",
        told=tell(shown),
        book=_book(shown),
        last=_last_link(),
        next_url=_next(after),
        label_of=label_of,
        may_verify=role_may(me().role, "history:verify"),
        only=request.args.get("only", ""),
        title="History",
        scope=None,
        counted=db.session.scalar(select(func.count(HistoryEntry.sequence)).where(*conditions)),
    )


def _asked() -> list[ColumnElement[bool]]:
    """Return the conditions of the page's filter."""
    only = request.args.get("only")
    return [FILTERS[only]] if only in FILTERS else []


FILTERS = {
    "corrections": HistoryEntry.action.in_(("interaction:corrected", "settlement:changed")),
    "deals": HistoryEntry.entity.in_(("deal_revision", "deal_share")),
    "interactions": HistoryEntry.action.in_(("interaction:logged", "interaction:corrected")),
    "promises": HistoryEntry.entity.in_(("commitment", "settlement")),
    "members": HistoryEntry.entity.in_(("partnership_member", "restricted_access")),
}
"""What the story can be narrowed to; most promises are made in the act of logging a meeting."""


@blueprint.route("/history/<entity>/<int:entity_id>")
@allow("history:see-record")
def record(entity: str, entity_id: int) -> ResponseReturnValue:
    """Tell the story of one record; of a partnership, all that belongs to it."""
    condition = HistoryEntry.scope_id == entity_id if entity == "partnership" else about(entity, entity_id)
    shown, after = acts(condition, readable(), *_asked(), before=request.args.get("before", type=int))
    if not shown and not db.session.scalar(select(HistoryEntry.sequence).where(condition, readable()).limit(1)):
        abort(404)
    note_scope(entity_id if entity == "partnership" else shown[0].scope_id if shown else None)
    title = _title(entity, entity_id)
    return render_template(
        "history/index.html",
        told=tell(shown),
        book=_book(shown),
        last=_last_link(),
        next_url=_next(after),
        label_of=label_of,
        may_verify=False,
        only=request.args.get("only", ""),
        title=f"The story of {title}",
        scope=(entity, entity_id, title),
        counted=None,
    )


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
        book=_book((found,)),
        entries=rows,
        label_of=label_of,
    )


@blueprint.route("/history/verify", methods=["GET", "POST"])
@allow("history:verify")
def verification() -> ResponseReturnValue:
    """Verify on request, and say what was checked and what that does not prove."""
    form = Form()
    verdict = None
    if form.validate_on_submit():
        see_one_moment(db.session)
        verdict = verify()
    return render_template(
        "history/verify.html", form=form, verdict=verdict, last=head(), signed=newest(), mail=mail()
    )


def tell(shown: tuple[Act, ...]) -> list[Told]:
    """Return acts with the names of who acted and a link to each."""
    names = names_of_actors(act.actor for act in shown)
    return [
        Told(act, names[act.actor], words_of(act.action), url_for("history.entry", sequence=act.sequence))
        for act in shown
    ]


def _book(shown: tuple[Act, ...]) -> NameBook:
    """Return the names behind the ids that some acts mention."""
    pairs: list[tuple[str, Plain]] = []
    for act in shown:
        for row in act.rows:
            pairs.extend((change.name, value) for change in row.fields for value in (change.was, change.now))
    scopes = [("partnership_id", act.scope_id) for act in shown]
    return NameBook([*pairs, *scopes], me())


def _last_link() -> HistoryHead | None:
    """Return the end of the chain for those who verify it; it moves with restricted partnerships as well."""
    return head() if role_may(me().role, "history:verify") else None


def _next(after: int | None) -> str | None:
    if after is None or request.endpoint is None:
        return None
    kept = {key: value for key, value in request.args.items() if key != "before"}
    return url_for(request.endpoint, **{**(request.view_args or {}), **kept, "before": after})
