"""The homes of those who watch over the register itself: auditor, information governance, administrator."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from wtforms import StringField

from register import __version__
from register.accounts.kinds import ROLES
from register.accounts.models import Person, RestrictedAccess
from register.clock import now
from register.database import db
from register.history.lookups import head
from register.history.models import HistoryEntry
from register.history.story import acts
from register.web.forms import CreateForm
from register.web.history import readable
from register.web.security import me
from register.web.told import tell

RECENT = 8
OPENINGS = 10


class OpenForm(CreateForm):
    """Why the restricted records are opened."""

    reason = StringField("Why do you need to see restricted records?")


@dataclass(frozen=True)
class Opening:
    """An opening of the restricted records, as it is listed."""

    who: str
    access: RestrictedAccess
    is_lasting: bool


def state_of_history(form: OpenForm | None = None) -> ResponseReturnValue:
    """Show an auditor how long the history is, its last link, what changed lately, and who opened what."""
    return _home_of_records("home/auditor.html", form, openings())


def state_of_records(form: OpenForm | None = None) -> ResponseReturnValue:
    """Show information governance the state of the register, and their own openings of restricted records."""
    return _home_of_records("home/governance.html", form, openings(me()))


def _home_of_records(template: str, form: OpenForm | None, opened: Sequence[Opening]) -> ResponseReturnValue:
    shown = acts(readable(), size=RECENT)
    lasting = [opening for opening in opened if opening.is_lasting and opening.access.person_id == me().id]
    page = render_template(
        template, form=form or OpenForm(formdata=None), openings=opened, lasting=lasting, told=tell(shown), last=head(),
        began=first_entry_at(),
    )
    return page, 422 if form else 200


def openings(person: Person | None = None) -> list[Opening]:
    """Return the latest openings of the restricted records, of one person where asked."""
    asked = select(RestrictedAccess, Person.name).join(Person, Person.id == RestrictedAccess.person_id)
    if person is not None:
        asked = asked.where(RestrictedAccess.person_id == person.id)
    rows = db.session.execute(asked.order_by(RestrictedAccess.id.desc()).limit(OPENINGS))
    return [Opening(name, access, access.expires_at > now()) for access, name in rows]


def first_entry_at() -> datetime | None:
    """Return when the history began."""
    return db.session.scalar(select(HistoryEntry.at).order_by(HistoryEntry.sequence).limit(1))


def state_of_people() -> ResponseReturnValue:
    """Show an administrator who may sign in, and the state of the register without anything of its contents."""
    may_sign_in = Person.disabled_at.is_(None)
    rows = db.session.execute(
        select(Person.role, may_sign_in, func.count()).group_by(Person.role, may_sign_in),
    )
    active: Counter[str] = Counter()
    disabled: Counter[str] = Counter()
    for role, is_active, number in rows:
        (active if is_active else disabled)[role] += number
    return render_template(
        "home/administrator.html", roles=ROLES, active=active, disabled=disabled, last=head(), began=first_entry_at(),
        database=db.engine.dialect.name, version=__version__,
    )
