"""What the network's page is asked for in its address, and the addresses it links to."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import request, url_for

from register.clock import Clocks, today
from register.network.graph import STANDINGS, Network, Relationship
from register.network.narrowing import Filters
from register.network.table import SORTS, Row
from register.partnerships.kinds import PARTNERSHIP_KINDS, SECTORS, THEMES

VIEWS = (("sentences", "In words"), ("table", "Table"), ("matrix", "Matrix"), ("picture", "Picture"))
VIEW_KEYS = tuple(key for key, _ in VIEWS)
KINDS = {kind.key: kind.name for kind in PARTNERSHIP_KINDS}
THEME_NAMES = {theme.key: theme.name for theme in THEMES}
SECTOR_NAMES = {sector.key: sector.name for sector in SECTORS}
STANDING_NAMES = {word: word.capitalize() for word in STANDINGS}
ORDERS = {"sector": "By sector", "name": "By name", "ties": "Most tied first"}
SIZES = (20, 40, 80)
ROWS_SHOWN = 100
LARGEST_ID = 2**31 - 1


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

    def url(self, **changes: str | int | None) -> str:
        """Return the address of this page with some of it changed; None leaves out."""
        return url_for("network.index", **{**self._kept(), **changes})

    def keep(self) -> dict[str, Any]:
        """Return the clocks for the address of another page, where they are not now."""
        clocks = self.clocks
        on = {"on": clocks.on.isoformat()} if clocks.on < today() else {}
        return {**on, **({"known": clocks.known.isoformat()} if clocks.known else {})}

    def _kept(self) -> dict[str, Any]:
        filters = self.filters
        return {
            "view": self.view,
            "kind": filters.kind,
            "theme": filters.theme,
            "sector": filters.sector,
            "standing": filters.standing,
            "around": filters.around,
            "steps": filters.steps if filters.around and filters.steps > 1 else None,
            "sort": self.sort if self.sort != "name" else None,
            "order": self.order if self.order != "sector" else None,
            "size": self.size if self.size != SIZES[0] else None,
            **self.keep(),
        }


def read_address(clocks: Clocks, network: Network | None = None) -> Asked:
    """Return what is asked for; `network`, where given, says which organisations there are to look around."""
    unknown: list[str] = []
    filters = Filters(
        kind=_one_of("kind", KINDS, unknown),
        theme=_one_of("theme", THEME_NAMES, unknown),
        sector=_one_of("sector", SECTOR_NAMES, unknown),
        standing=_one_of("standing", STANDING_NAMES, unknown),
        around=_number("around"),
        steps=2 if request.args.get("steps") == "2" else 1,
    )
    if request.args.get("around") and (filters.around is None or (network and filters.around not in network.by_id)):
        unknown.append("around")
        filters = replace(filters, around=None)
    sort = request.args.get("sort", "name")
    return Asked(
        view=_one_of("view", VIEW_KEYS, unknown) or "table",
        filters=filters,
        clocks=clocks,
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        order=_one_of("order", ORDERS, unknown) or "sector",
        size=size if (size := _number("size")) in SIZES else SIZES[0],
        after=request.args.get("after"),
        chosen=_number("chosen"),
        unknown=tuple(unknown),
    )


class Choice(NamedTuple):
    """One option of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


class Select(NamedTuple):
    """A list of the filter bar."""

    name: str
    label: str
    choices: list[Choice]


def selects(asked: Asked, network: Network) -> list[Select]:
    """Return the lists of the filter bar; `network` has the organisations to look around."""
    filters = asked.filters
    around = {str(node.id): node.name for node in network.nodes if network.ties_of[node.id]}
    return [
        _select("kind", "Kind", "All kinds", KINDS, filters.kind),
        _select("theme", "Theme", "All themes", THEME_NAMES, filters.theme),
        _select("sector", "Sector", "All sectors", SECTOR_NAMES, filters.sector),
        _select("standing", "Standing", "Any", STANDING_NAMES, filters.standing),
        _select("around", "Around", "Whole network", around, str(filters.around or "")),
    ]


def matrix_selects(asked: Asked) -> list[Select]:
    """Return the lists that the matrix has besides."""
    sizes = {str(size): f"{size} most tied" for size in SIZES}
    return [
        Select("size", "Organisations", [Choice(key, name, key == str(asked.size)) for key, name in sizes.items()]),
        Select("order", "Order", [Choice(key, name, key == asked.order) for key, name in ORDERS.items()]),
    ]


def relationship_url(asked: Asked, relationship: Relationship) -> str:
    """Return the address of the evidence behind a figure."""
    partnership, rater, ratee = relationship
    return url_for("relationships.show", rater_id=rater, ratee_id=ratee, partnership=partnership, **asked.keep())


def organisation_url(asked: Asked, organisation_id: int) -> str:
    """Return the address of an organisation's page."""
    return url_for("organisations.show", organisation_id=organisation_id, **asked.keep())


def page_of_rows(found: list[Row], after: str | None) -> tuple[list[Row], str | None]:
    """Return the rows that follow the one named `after`, and the name of the last of them where more follow."""
    start = next((at + 1 for at, row in enumerate(found) if row.key == after), 0)
    shown = found[start : start + ROWS_SHOWN]
    return shown, shown[-1].key if start + len(shown) < len(found) else None


def _select(name: str, label: str, all_of_them: str, names: dict[str, str], chosen: str | None) -> Select:
    options = [Choice(key, text, key == chosen) for key, text in names.items()]
    return Select(name, label, [Choice("", all_of_them, not chosen), *options])


def _one_of(name: str, known: "dict[str, str] | tuple[str, ...]", unknown: list[str]) -> str | None:
    value = request.args.get(name) or None
    if value is not None and value not in known:
        unknown.append(name)
        return None
    return value


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LARGEST_ID)) else None
    return number or None
