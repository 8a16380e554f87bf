"""What the network's page is asked for in its address, and the addresses it links to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from flask import request, url_for

from register.clock import FIRST_DAY, Clocks, today
from register.network.graph import STANDINGS, Relationship
from register.network.lookups import is_an_organisation
from register.network.narrowing import NARROWING, NONE, Filters
from register.network.table import SORTS, Row
from register.partnerships.kinds import PARTNERSHIP_KINDS, SECTORS, SIGNIFICANCES, THEMES
from register.partnerships.kinds import names as names_of
from register.web.days import read_day, short

VIEWS = (("sentences", "In words"), ("table", "Table"), ("matrix", "Matrix"), ("picture", "Picture"))
VIEW_KEYS = tuple(key for key, _ in VIEWS)
KINDS = names_of(PARTNERSHIP_KINDS)
THEME_NAMES = {**names_of(THEMES), NONE: "No theme recorded"}
TIER_NAMES = names_of(SIGNIFICANCES)
SECTOR_NAMES = names_of(SECTORS)
STANDING_NAMES = {word: word.capitalize() for word in STANDINGS}
NODES = {"both": "Organisations and partnerships"}
STEPS = {"1": "1 step", "2": "2 steps"}
UNKNOWN = {"lead": "lead officer", "around": "organisation to look around", "nodes": "way to show nodes"}
"""What a filter is called where its name in an address says too little."""
ORDERS = {"sector": "By sector", "name": "By name", "ties": "Most tied first"}
SIZES = (20, 40, 80)
ROWS_SHOWN = 100
LARGEST_ID = 2**31 - 1


class Offered(NamedTuple):
    """What can be asked for besides the fixed words: the key in the address and the name shown, by filter."""

    leads: dict[str, str]
    places: dict[str, str]

    def names(self) -> dict[str, dict[str, str]]:
        """Return the names of all that each filter can be, by filter; `around` is any organisation's id."""
        return {
            "kind": KINDS,
            "theme": THEME_NAMES,
            "tier": TIER_NAMES,
            "lead": {**self.leads, NONE: "Nobody leads"},
            "sector": SECTOR_NAMES,
            "place": {**self.places, NONE: "No place recorded"},
            "standing": STANDING_NAMES,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One address of the page, read: values that there are not are left out and named in `unknown`."""

    view: str
    filters: Filters
    clocks: Clocks
    sort: str
    order: str
    size: int
    after: str | None
    chosen: int | None
    unknown: tuple[str, ...]
    against: date | None = None
    """The earlier day that is compared with."""
    notes: tuple[str, ...] = ()
    """What of the address was taken otherwise than it was written, in sentences."""

    def url(self, **changes: str | int | None) -> str:
        """Return the address of this page with some of it changed; None leaves out."""
        return url_for("network.index", **{**self.kept(), **changes})

    @property
    def unknown_words(self) -> list[str]:
        """Return what there is not, as a page names it."""
        return [UNKNOWN.get(name, name) for name in self.unknown]

    @property
    def whole_url(self) -> str:
        """Return the address of this page with nothing left out."""
        return self.url(**dict.fromkeys(NARROWING), steps=None)

    def keep(self) -> dict[str, Any]:
        """Return the clocks for the address of another page, where they are not now."""
        clocks = self.clocks
        on = {"on": clocks.on.isoformat()} if clocks.on < today() else {}
        return {**on, **({"known": clocks.known.isoformat()} if clocks.known else {})}

    def days(self) -> dict[str, Any]:
        """Return the clocks and the day to compare with, as far as they are asked for."""
        return {**self.keep(), **({"against": self.against.isoformat()} if self.against else {})}

    def kept(self) -> dict[str, Any]:
        """Return all that the address asks for, but for the place in a list; None is not asked for."""
        filters = self.filters
        return {
            "view": self.view,
            **{name: getattr(filters, name) for name in NARROWING},
            "steps": filters.steps if filters.around and filters.steps > 1 else None,
            "nodes": "both" if filters.with_partnerships else None,
            "sort": self.sort if self.sort != self.usual_sort else None,
            "order": self.order if self.order != "sector" else None,
            "size": self.size if self.size != SIZES[0] else None,
            **self.days(),
        }

    @property
    def usual_sort(self) -> str:
        """Return how the table is sorted when nothing is said: what changed first, where two days are compared."""
        return "change" if self.against else "name"


def read_address(clocks: Clocks, offered: Offered) -> Asked:
    """Return what is asked for; what there is not is left out."""
    unknown: list[str] = []
    found = {name: _one_of(name, known, unknown) for name, known in offered.names().items()}
    filters = Filters(
        kind=found["kind"],
        theme=found["theme"],
        tier=found["tier"],
        lead=found["lead"],
        sector=found["sector"],
        place=found["place"],
        standing=found["standing"],
        around=_number("around"),
        steps=int(_one_of("steps", STEPS, unknown) or 1),
        with_partnerships=_one_of("nodes", NODES, unknown) is not None,
    )
    if request.args.get("around") and (filters.around is None or not is_an_organisation(filters.around)):
        unknown.append("around")
        filters = replace(filters, around=None)
    against, notes = _read_days(clocks)
    usual = "change" if against else "name"
    sort = request.args.get("sort", usual)
    return Asked(
        view=_one_of("view", VIEW_KEYS, unknown) or "table",
        filters=filters,
        clocks=clocks,
        sort=sort if sort.removeprefix("-") in SORTS else usual,
        order=_one_of("order", ORDERS, unknown) or "sector",
        size=size if (size := _number("size")) in SIZES else SIZES[0],
        after=request.args.get("after"),
        chosen=_number("chosen"),
        unknown=tuple(unknown),
        against=against,
        notes=notes,
    )


def tabs(asked: Asked, here: str | None = None) -> list[tuple[str, str, bool]]:
    """Return the tabs over every page of the network, (name, address, is here); `here` is the endpoint of another page.

    The filters go along to the measures; a question of what would be is asked of the whole.
    """
    kept = {name: value for name, value in asked.kept().items() if name in (*NARROWING, "steps", "on", "known")}
    return [
        *((name, asked.url(view=key), here is None and key == asked.view) for key, name in VIEWS),
        ("Measures", url_for("network_measures.index", **kept), here == "network_measures.index"),
        ("What if", url_for("network_what_if.index", **asked.keep()), here == "network_what_if.index"),
    ]


def relationship_url(asked: Asked, relationship: Relationship) -> str:
    """Return the address of the evidence behind a figure."""
    partnership, rater, ratee = relationship
    return url_for("relationships.show", rater_id=rater, ratee_id=ratee, partnership=partnership, **asked.keep())


def organisation_url(asked: Asked, organisation_id: int) -> str:
    """Return the address of an organisation's page; of a partnership's, whose id has a minus before it."""
    if organisation_id < 0:
        return url_for("partnerships.show", partnership_id=-organisation_id, **asked.keep())
    return url_for("organisations.show", organisation_id=organisation_id, **asked.keep())


def page_of_rows(found: list[Row], after: str | None) -> tuple[list[Row], str | None]:
    """Return the rows that follow the one named `after`, and the name of the last of them where more follow."""
    start = next((at + 1 for at, row in enumerate(found) if row.key == after), 0)
    shown = found[start : start + ROWS_SHOWN]
    return shown, shown[-1].key if start + len(shown) < len(found) else None


def _read_days(clocks: Clocks) -> tuple[date | None, tuple[str, ...]]:
    """Return the earlier day to compare with, and what the days of the address were taken for."""
    on, against = (read_day(request.args.get(name), name) for name in ("on", "against"))
    notes = ["A day to come is shown as today."] if on and on > clocks.on else []
    if against is not None and against >= clocks.on:
        notes.append(
            f"Nothing is compared: {short(against)} is not before {short(clocks.on)}, and the day to compare with has "
            "to be the earlier one."
        )
        against = None
    return max(against, FIRST_DAY) if against else None, tuple(notes)


def _one_of(name: str, known: Collection[str], unknown: list[str]) -> str | None:
    value = request.args.get(name) or None
    if value is not None and value not in known:
        unknown.append(name)
        return None
    return value


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LARGEST_ID)) else None
    return number or None
