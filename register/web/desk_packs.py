"""Evidence taken away from the auditor's desk: one partnership, or a period of all that the auditor may see."""

import io
from datetime import date, datetime, timedelta

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select, true
from wtforms import SelectField, StringField

from register.clock import end_of, today
from register.database import db
from register.history.models import HistoryEntry
from register.history.receipts import Receipt, checkpoint_for
from register.history.story import acts_headed, heads_where
from register.partnerships.models import Partnership
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.refusals import Refusal
from register.reports.changes import checked_reason, keep_pack
from register.reports.pack_lookups import MOST_ENTRIES, entry_lines, sequences_of, tables_of
from register.reports.packs import write_pack
from register.web.checkpoints import newest, store
from register.web.desk import blueprint
from register.web.forms import DayField, Form
from register.web.history import readable
from register.web.security import allow, me, partnership_or_404
from register.web.sides import number_of
from register.web.told import tell

STORY_BATCH = 500


class PackForm(Form):
    """Which evidence, and what for."""

    partnership = SelectField("Of which partnership", validate_choice=False)
    since = DayField("Recorded from (optional)")
    until = DayField("Recorded up to (optional)")
    reason = StringField("What is it for?")


@blueprint.route("/desk/pack", methods=["GET", "POST"])
@allow("desk:use")
def pack() -> ResponseReturnValue:
    """Put evidence together, hand it out, and record that it was."""
    form = PackForm(data={"partnership": request.args.get("partnership", "")})
    asked = select(Partnership.id, Partnership.name).where(visible_to(me())).order_by(Partnership.name)
    rows = db.session.execute(asked)
    form.partnership.choices = [("", "All that I may see"), *((str(key), name) for key, name in rows)]
    if form.validate_on_submit():
        try:
            return _handed_out(form)
        except Refusal as refusal:
            form.show(refusal)
    page = render_template("desk/pack.html", form=form, sees_restricted=has_opened_restricted(me()), most=MOST_ENTRIES)
    return page, 422 if form.is_submitted() else 200


def _handed_out(form: PackForm) -> Response:
    """Return the file, and keep that it was taken. Raises Refusal for what is asked wrongly, or is too much."""
    reason, number = checked_reason(form.reason.data), number_of(form.partnership.data)
    partnership = partnership_or_404(number) if number else None
    since, until = form.since.data, min(form.until.data or today(), today())
    if since is not None and since > until:
        raise Refusal("The first day has to lie before the last.", "since")
    begin, end = _begin(since), end_of(until)
    heads = _heads(partnership, begin, end)
    sequences = sequences_of(heads)
    if len(sequences) > MOST_ENTRIES:
        raise Refusal(TOO_MUCH, "since")
    receipt = checkpoint_for(current_app.config["REGISTER"], "evidence pack")
    signed, note, target = newest(), store().last_note(), io.BytesIO()
    scope = Partnership.id == partnership.id if partnership else visible_to(me())
    digest = write_pack(
        target, _story(heads, partnership, reason, receipt), tables_of(scope, begin, end),
        entry_lines(sequences, signed.size if signed else 0), note.written() if note else "",
        store().public_key() or "",
    )
    keep_pack(
        me(), partnership_id=partnership.id if partnership else None, since=since, until=until, reason=reason,
        entries=len(sequences), digest=digest,
    )
    response = Response(target.getvalue(), content_type="application/zip")
    name = f"evidence-{partnership.id}" if partnership else "evidence"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{until.isoformat()}.zip"'
    return response


TOO_MUCH = (
    f"That is more than {MOST_ENTRIES:,} entries. Choose a partnership or a shorter period; the whole history is taken "
    "away with “register history export”."
)


def _begin(since: date | None) -> datetime | None:
    return end_of(since - timedelta(days=1)) if since else None


def _heads(partnership: Partnership | None, since: datetime | None, until: datetime) -> Select[int]:
    asked = [
        HistoryEntry.scope_id == partnership.id if partnership else true(), readable(),
        HistoryEntry.at >= since if since else true(), HistoryEntry.at < until,
    ]
    return heads_where(*asked)


def _story(heads: Select[int], partnership: Partnership | None, reason: str, receipt: Receipt | None) -> str:
    """Return the story as a page that needs nothing beside it."""
    ordered = db.session.scalars(heads.order_by(heads.selected_columns[0])).all()
    batches = [ordered[start : start + STORY_BATCH] for start in range(0, len(ordered), STORY_BATCH)]
    told = [one for batch in batches for one in tell(acts_headed(batch))]
    return render_template(
        "desk/pack_story.html", told=told, partnership=partnership, reason=reason, by=me().name, made_on=today(),
        site=current_app.config["REGISTER"].site_name, receipt=receipt.words if receipt else "",
    )
