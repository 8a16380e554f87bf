"""What the log form sends, and what came of it."""


from typing import Any

from sqlalchemy import func, select

from register.clock import today
from register.database import db
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from tests.factories import partners_of

TODAY = today()


def typed(at: Partnership, /, **changed: Any) -> dict[str, Any]:
    """Return what the two needed lines send, with more or other fields."""
    first, second = partners_of(at)[:2]
    return {
        "partnership": at.id, "drawn_for": at.id, "kind": "meeting", "held_on": TODAY.isoformat(),
        "organisations": [first.id, second.id], "account": "We planned the winter.", "form_key": "a-key", **changed,
    }


def newest() -> Interaction:
    return db.session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()  # type: ignore[return-value]


def how_many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
