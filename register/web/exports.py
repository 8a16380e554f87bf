"""What can be taken out of the register: every format, narrowed as the list was from which one comes."""

from collections.abc import Callable, Iterator
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from register.accounts.permissions import role_may
from register.clock import today
from register.database import db
from register.database.engine import see_one_moment, set_reading
from register.exchange.exports import EXPORT_BY_KEY, EXPORTS, GROUPS, Export
from register.exchange.taking.export_changes import record_export
from register.exchange.taking.export_lookups import exports_of, feeds_of
from register.exchange.taking.scope import Scope, seen_by, whole_register
from register.history.receipts import checkpoint_for
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import has_opened_restricted
from register.refusals import Refusal
from register.web import interaction_list, organisation_list, partnership_list
from register.web.export_names import export_name
from register.web.facets import Narrowing
from register.web.forms import Form
from register.web.security import allow, me

blueprint = Blueprint("exports", __name__)

PIECE = 65_536
"""Bytes that are sent at a time."""
NARROWED: dict[str, Callable[[], Narrowing]] = {
    "partnerships": lambda: partnership_list.asked_narrowing(me()),
    "organisations": organisation_list.asked_narrowing,
    "interactions": lambda: interaction_list.asked_narrowing(me()),
}
"""The lists that an export can be narrowed by, each with what reads its filters from the address."""


@blueprint.route("/export")
@allow("register:export")
def index() -> ResponseReturnValue:
    """Show what can be taken out, and for whom each format is good."""
    return page(_asked_scope())


def page(scope: Scope, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Return the page of formats; a refusal of one of them is told at its top."""
    form = Form()
    if refusal is not None:
        form.show(refusal)
    shown = render_template(
        "exports/index.html",
        form=form,
        scope=scope,
        groups=[(group, [one for one in _offered(scope) if one.group == group]) for group in GROUPS],
        number=_number(scope),
        query=urlencode([pair for pair in request.args.items(multi=True) if scope.narrowed]),
        list_url=_list_url(scope.narrowed) if scope.narrowed else None,
        latest=exports_of(me()),
        export_name=export_name,
        feeds=feeds_of(me()),
    )
    return shown, 422 if refusal else 200


def _list_url(of: str) -> str:
    """Return the address of the list, narrowed as it was."""
    filters = urlencode([pair for pair in request.args.items(multi=True) if pair[0] != "of"])
    return f"{url_for(f'{of}.index')}?{filters}"


def _asked_scope() -> Scope:
    """Return what this address asks for: all that the person may see, or what a list was narrowed to."""
    of, seen = request.args.get("of", ""), seen_by(me())
    if not of:
        return seen
    if of not in NARROWED:
        abort(404)
    asked: Narrowing = NARROWED[of]()
    return Scope(seen.visible, seen.person, of, asked.conditions, asked.words)


def _offered(scope: Scope) -> list[Export]:
    return [one for one in EXPORTS if scope.narrowed in one.lists and may_take(one)]


def may_take(export: Export) -> bool:
    """Say whether a format is for this person: the whole register needs the restricted records to be open."""
    return not export.is_whole or (role_may(me().role, "register:export-whole") and has_opened_restricted(me()))


def _number(scope: Scope) -> int:
    """Return how many rows the list had that an export was narrowed in."""
    asked = {
        "": select(func.count(Partnership.id)).where(scope.partnerships()),
        "partnerships": select(func.count(Partnership.id)).where(scope.partnerships()),
        "organisations": select(func.count(Organisation.id)).where(scope.organisations()),
        "interactions": select(func.count(Interaction.id)).join(Interaction.partnership).where(scope.interactions()),
    }
    return db.session.scalar(asked[scope.narrowed]) or 0


@blueprint.post("/export/<key>")
@allow("register:export")
def take(key: str) -> ResponseReturnValue:
    """Hand out a file, and keep in the history that it was."""
    export, scope = EXPORT_BY_KEY.get(key), _asked_scope()
    if export is None or scope.narrowed not in export.lists:
        abort(404)
    if not may_take(export):
        abort(403)
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    try:
        rows = _written(export, whole_register() if export.is_whole else scope, file)
        record_export(me().actor, key, rows, person_id=me().id, narrowed=scope.words)
    except Refusal as refusal:
        file.close()
        return page(scope, refusal)
    except BaseException:
        file.close()
        raise
    checkpoint_for(current_app.config["REGISTER"], f"export {key}")
    return attached(file, f"{key}-{today().isoformat()}.{export.ending}", export.media_type)


def _written(export: Export, scope: Scope, file: IO[bytes]) -> int:
    """Write an export as the register is at one moment; nobody who writes has to wait for it meanwhile."""
    see_one_moment(db.session)
    try:
        return export.write(scope, file)
    finally:
        db.session.rollback()
        set_reading(only=False)


def attached(file: IO[bytes], name: str, media_type: str) -> Response:
    """Return a file to be kept under a name; it is closed once it is sent."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    answer = Response(_pieces(file), content_type=media_type)
    answer.content_length = size
    answer.headers["Content-Disposition"] = f'attachment; filename="register-{name}"'
    answer.call_on_close(file.close)
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
