"""Addresses by which a calendar program reads the dates ahead: opened and revoked by their owner, read by a token."""

import hashlib
import re

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from register.database import db
from register.exchange.formats.calendar_lookups import calendar_of, dates_ahead
from register.exchange.taking.export_changes import make_feed, revoke_feed
from register.exchange.taking.export_lookups import feed_by, feeds_of, scope_of
from register.exchange.taking.export_models import CalendarFeed
from register.refusals import Refusal
from register.web.forms import Form
from register.web.security import allow, me, public

blueprint = Blueprint("export_feeds", __name__)

TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
MINE, ALL = "mine", "all"


class FeedForm(Form):
    """What a calendar is to hold."""

    holds = RadioField(
        "Which partnerships?",
        choices=[SelectChoice(MINE, "Those that I look after"), SelectChoice(ALL, "All that I may see")],
        default=MINE,
        validate_choice=False,
    )


@blueprint.route("/export/calendars", methods=["GET", "POST"])
@allow("register:export")
def feeds() -> ResponseReturnValue:
    """Show a person's addresses; open a new one, which is shown once."""
    form, address = FeedForm(), None
    if form.validate_on_submit():
        try:
            _, token = make_feed(me(), is_mine=form.holds.data != ALL, live=len(feeds_of(me())))
            address = url_for("export_feeds.read", token=token, _external=True)
        except Refusal as refusal:
            form.show(refusal)
    shown = render_template("exports/calendars.html", form=form, feeds=feeds_of(me()), address=address)
    return shown, 422 if form.is_submitted() and address is None else 200


@blueprint.route("/export/calendars/<int:feed_id>/revoke", methods=["GET", "POST"])
@allow("register:export")
def revoke(feed_id: int) -> ResponseReturnValue:
    """Ask, then let an address lead to nothing."""
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is None or feed.person_id != me().id or feed.revoked_at is not None:
        abort(404)
    form = Form()
    if form.validate_on_submit():
        revoke_feed(me(), feed)
        flash("The address leads to nothing from now on.", "success")
        return redirect(url_for("export_feeds.feeds"))
    return render_template("exports/revoke.html", form=form, feed=feed), 422 if form.is_submitted() else 200


@blueprint.route("/calendars/<token>.ics")
@public
def read(token: str) -> ResponseReturnValue:
    """Answer a calendar program.

    Public, because such a program cannot sign in: the token of 256 bits is the key, and what it opens is what its owner
    may see at this moment. An unknown token, a revoked one and that of somebody who has left answer alike.
    """
    feed = feed_by(token) if TOKEN.fullmatch(token) else None
    if feed is None:
        abort(404)
    content = calendar_of(list(dates_ahead(scope_of(feed))))
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.set_etag(hashlib.sha256(content).hexdigest())
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
