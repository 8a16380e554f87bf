"""Views of the network saved under a name: list them, open one, save, rename and share, delete."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField

from register.network.lookups import lead_officers, places
from register.network.models import SavedView
from register.network.saved_view_changes import edit_view, remove_view, save_view
from register.network.saved_view_lookups import saved_view, saved_views
from register.partnerships.lookups import organisations
from register.refusals import Refusal
from register.web.clocks import asked_clocks
from register.web.conflicts import conflict
from register.web.days import read_day, short
from register.web.forms import CreateForm, EditForm, Form
from register.web.network_filters import told
from register.web.network_page import VIEWS, Asked, Offered, read_address
from register.web.security import allow, me

blueprint = Blueprint("saved_views", __name__)

DAYS = (("on", "As it was on"), ("known", "As we knew it on"), ("against", "Compared with"))


class ViewFields(Form):
    """What saving and changing share."""

    name = StringField("Name of this view")
    is_shared = BooleanField("Share it with everybody who can see the map")


class SaveForm(ViewFields, CreateForm):
    """A view to be saved; the question itself stands in the address of the form."""


class ViewEditForm(ViewFields, EditForm):
    """A saved view to be changed."""


@blueprint.get("/network/views")
@allow("view:save")
def index() -> ResponseReturnValue:
    """List one's own views and those that others share."""
    found = saved_views(me())
    return render_template(
        "saved_views/index.html",
        own=[view for view in found if view.person_id == me().id],
        shared=[view for view in found if view.person_id != me().id],
    )


@blueprint.route("/network/views/new", methods=["GET", "POST"])
@allow("view:save")
def new() -> ResponseReturnValue:
    """Save what is asked for in the address under a name."""
    offered = Offered(lead_officers(me()), places())
    asked = read_address(asked_clocks(), offered)
    form = SaveForm()
    if form.validate_on_submit():
        if again := form.made_before():
            return again
        try:
            view = save_view(me(), form.name.data, query_of(asked), is_shared=form.is_shared.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"“{view.name}” is saved.", "success")
            return form.made(url_for("saved_views.index"))
    status = 422 if form.is_submitted() else 200
    return render_template("saved_views/new.html", form=form, asked=asked, told=in_words(asked, offered)), status


@blueprint.get("/network/views/<int:view_id>")
@allow("view:save")
def show(view_id: int) -> ResponseReturnValue:
    """Open a view: everybody computes on what they may see."""
    view = _view_or_404(view_id)
    return redirect(f"{url_for('network.index')}?{urlencode(parse_qsl(view.query))}")


@blueprint.route("/network/views/<int:view_id>/edit", methods=["GET", "POST"])
@allow("view:save")
def edit(view_id: int) -> ResponseReturnValue:
    """Rename one's own view, share it, or keep it to oneself again."""
    view = _own_or_404(view_id)
    form = ViewEditForm(obj=view)
    if form.validate_on_submit():
        if form.is_stale(view):
            return conflict(form, view, url_for("saved_views.index"))
        try:
            edit_view(me(), view, form.name.data, is_shared=form.is_shared.data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            flash(f"“{view.name}” was changed.", "success")
            return redirect(url_for("saved_views.index"))
    return render_template("saved_views/edit.html", form=form, view=view), 422 if form.is_submitted() else 200


@blueprint.route("/network/views/<int:view_id>/delete", methods=["GET", "POST"])
@allow("view:save")
def delete(view_id: int) -> ResponseReturnValue:
    """Ask, then delete one's own view."""
    view = _own_or_404(view_id)
    form = Form()
    if form.validate_on_submit():
        remove_view(me(), view)
        flash(f"“{view.name}” is deleted.", "success")
        return redirect(url_for("saved_views.index"))
    return render_template("saved_views/delete.html", form=form, view=view)


def query_of(asked: Asked) -> str:
    """Return what is asked for as it stands in an address, without what there is not."""
    return urlencode({name: value for name, value in asked.kept().items() if value is not None})


def in_words(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    """Return what a view asks for, (label, choice), with how it is shown and of which day."""
    around = asked.filters.around or 0
    centre = organisations([around]).get(around)
    days = asked.days()
    return [
        ("Shown as", dict(VIEWS)[asked.view]),
        *told(asked, offered, centre.name if centre else ""),
        *((label, short(read_day(days[name], name))) for name, label in DAYS if name in days),
    ]


def _view_or_404(view_id: int) -> SavedView:
    return saved_view(me(), view_id) or abort(404)


def _own_or_404(view_id: int) -> SavedView:
    """Return one's own view; what somebody else shares can be opened and not changed."""
    view = _view_or_404(view_id)
    if view.person_id != me().id:
        abort(403)
    return view
