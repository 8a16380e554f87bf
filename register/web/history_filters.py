"""What a story is narrowed to, as its address says: kind of event, period, author, order, and the place in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from flask import request, url_for
from sqlalchemy import ColumnElement, Select

from register.clock import Clocks, end_of
from register.history.models import HistoryEntry
from register.history.story import ActPage, Place, act_page
from register.web.clocks import asked_clocks
from register.web.days import read_day
from register.web.sides import number_of

KINDS: Final = (
    ("", "Everything"),
    ("interactions", "Interactions and readings"),
    ("corrections", "Corrections only"),
    ("promises", "Promises"),
    ("deals", "Deals"),
    ("flags", "Flags and answers"),
    ("partners", "Partners"),
    ("members", "Who may see and act"),
)
CONDITIONS: Final = {
    "corrections": HistoryEntry.action.in_(("interaction:corrected", "settlement:changed")),
    "deals": HistoryEntry.entity.in_(("deal_revision", "deal_share")),
    "interactions": HistoryEntry.action.in_(("interaction:logged", "interaction:corrected")),
    "promises": HistoryEntry.entity.in_(("commitment", "settlement")),
    "flags": HistoryEntry.entity.in_(("flag_answer", "rule_set")),
    "partners": HistoryEntry.entity == "participation",
    "members": HistoryEntry.entity.in_(("partnership_member", "restricted_access", "person")),
}
"""What the story can be narrowed to; most promises are made in the act of logging a meeting."""
ORDERS: Final = (("", "Newest first"), ("oldest", "Oldest first"))
LARGEST: Final = 2**62


@dataclass(frozen=True)
class AskedStory:
    """What a reader asks of a story."""

    only: str
    since: date | None
    until: date | None
    by: int
    """The id of the person whose acts are told; 0 for everybody's."""
    oldest_first: bool
    place: Place | None
    clocks: Clocks

    @property
    def is_narrow(self) -> bool:
        """Whether some acts are left out by choice."""
        return bool(self.only or self.since or self.until or self.by)

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what the entries have to meet; what was recorded after the day known is left out."""
        asked = [CONDITIONS[self.only]] if self.only else []
        if self.since:
            asked.append(HistoryEntry.at >= end_of(self.since - timedelta(days=1)))
        before = end_of(self.until) if self.until else None
        bounds = [bound for bound in (before, self.clocks.known_before) if bound]
        if bounds:
            asked.append(HistoryEntry.at < min(bounds))
        if self.by:
            asked.append(HistoryEntry.actor == f"person:{self.by}")
        return asked

    def page(self, heads: Select[int]) -> ActPage:
        """Return the page of a story that the address asks for."""
        return act_page(heads, self.place, oldest_first=self.oldest_first)

    def next_url(self, page: ActPage) -> str | None:
        """Return the way to what follows in the order of the list."""
        return _here(after=page.acts[-1].sequence) if page.has_later_page and page.acts else None

    def previous_url(self, page: ActPage) -> str | None:
        """Return the way to what stands before; from an empty page back to the start."""
        if not page.has_earlier_page:
            return None
        return _here(before=page.acts[0].sequence) if page.acts else _here()


def asked_story() -> AskedStory:
    """Return what the address of this request asks of a story. Raises Refusal for what is no day."""
    only = request.args.get("only", "")
    return AskedStory(
        only if only in CONDITIONS else "",
        read_day(request.args.get("since"), "since"),
        read_day(request.args.get("until"), "until"),
        number_of(request.args.get("by")),
        request.args.get("order") == "oldest",
        _asked_place(),
        asked_clocks(),
    )


def _asked_place() -> Place | None:
    for name in ("after", "before"):
        number = request.args.get(name, type=int)
        if number is not None and 0 <= number < LARGEST:
            return Place(number, is_after=name == "after")
    return None


def _here(**place: int) -> str:
    """Return the address of this story at another place."""
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if key not in ("after", "before")}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept, **place})
