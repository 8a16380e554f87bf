"""Which interactions of a file the register has already, all the same: asked for many at once."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, tuple_

from register.database import db
from register.exchange.bringing.lookups import in_portions
from register.interactions.models import Interaction


class Same(NamedTuple):
    """What makes an interaction the same as another."""

    partnership_id: int
    held_on: date | None
    kind: str
    account: str


class Had:
    """What the register has of the partnerships of a file, and had before the file came."""

    def __init__(self) -> None:
        self._last = db.session.scalar(select(func.max(Interaction.id))) or 0
        self._asked: set[int] = set()
        self._days: set[tuple[int, date | None]] = set()
        """On which days a partnership that was asked about has anything: most days of a new file have nothing."""

    def of(self, wanted: Iterable[Same]) -> dict[Same, int]:
        """Return the lasting numbers of those that are there."""
        days = {one[:2] for one in wanted}
        self._ask({partnership_id for partnership_id, _ in days} - self._asked)
        met, place = days & self._days, tuple_(Interaction.partnership_id, Interaction.held_on)
        found: dict[Same, int] = {}
        for some in in_portions(sorted(met)):
            asked = select(
                Interaction.partnership_id, Interaction.held_on, Interaction.kind, Interaction.account,
                Interaction.first_version_id, Interaction.id,
            ).where(place.in_(some), Interaction.superseded_at.is_(None), Interaction.id <= self._last)  # fmt: skip
            for partnership, held_on, kind, account, first, key in db.session.execute(asked):
                found[Same(partnership, held_on, kind, account)] = first or key
        return found

    def _ask(self, partnership_ids: set[int]) -> None:
        """Ask for the days of partnerships; an index alone answers."""
        self._asked |= partnership_ids
        for some in in_portions(sorted(partnership_ids)):
            days = select(Interaction.partnership_id, Interaction.held_on).distinct()
            found = db.session.execute(days.where(Interaction.partnership_id.in_(some)))
            self._days.update((partnership_id, held_on) for partnership_id, held_on in found)
