"""What every page's frame shows: who is signed in, where one can go, the clocks, and the last link of the history."""

from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from register.accounts.permissions import role_may
from register.clock import LONDON, Clocks, day_of, today
from register.history.lookups import head
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY
from register.partnerships import kinds
from register.partnerships.visibility import visible_to
from register.reports.late_lookups import count_left_out
from register.risk.watchlist import count_in_trouble
from register.settings import Settings
from register.trust.figure import HALF_LIFE
from register.trust.model_lookups import model_in_force
from register.web.checkpoints import footer_words
from register.web.clocks import clocks_or_now, kept_in_links, shown_clocks
from register.web.days import ago, said, short


class Place(NamedTuple):
    """A place of the navigation: which endpoints lie in it, and who may go there."""

    label: str
    endpoint: str
    permission: str
    also: tuple[str, ...] = ()
    """Blueprints besides the endpoint's own whose pages lie in this place."""


PLACES = (
    Place("Today", "home.home", "register:see"),
    Place(
        "Partnerships", "partnerships.index", "partnership:see", ("deals", "participations", "members", "relationships")
    ),
    Place("Organisations", "organisations.index", "partnership:see", ("contacts", "duplicates")),
    Place("Interactions", "interactions.index", "interaction:see", ("commitments",)),
    Place("Watchlist", "watchlist.index", "partnership:see", ("flags", "rules")),
    Place("Network", "network.index", "partnership:see", ("saved_views", "network_measures", "network_what_if")),
    Place("History", "history.index", "history:see-record", ("late",)),
    Place("Desk", "desk.index", "desk:use"),
    Place("Import", "imports.index", "register:import"),
    Place("Export", "exports.index", "register:export", ("export_feeds",)),
    Place("Erasures", "erasures.index", "erasure:see", ("holds",)),
    Place("People", "people.index", "people:see"),
    Place("Guidance", "guidance.index", "register:see", ("tokens", "api_document")),
)


TIMED = frozenset({"partnership:see", "interaction:see", "history:see-record"})
"""Places whose pages can be read as they were: their links keep the clocks."""


class Item(NamedTuple):
    """One link of the navigation."""

    label: str
    url: str
    current: bool
    badge: int | None


class LeftOut(NamedTuple):
    """How many entries the page leaves out because they were recorded later, and where they are listed."""

    number: int
    url: str | None


def install(app: Flask) -> None:
    """Give templates the frame's values and the words for keys and days."""
    app.context_processor(_frame)
    app.jinja_env.filters.update(
        said=said,
        short=short,
        ago=lambda day: ago(day, today()),
        pounds=pounds,
        percent=percent,
        london_day=lambda instant: short(day_of(instant)),
        london_time=lambda instant: f"{instant.astimezone(LONDON):%H:%M}",
    )
    app.jinja_env.globals["words"] = WORDS


WORDS = {
    "sector": kinds.names(kinds.SECTORS),
    "organisation_kind": kinds.names(kinds.ORGANISATION_KINDS),
    "scheme": kinds.names(kinds.IDENTIFIER_SCHEMES),
    "kind": kinds.names(kinds.PARTNERSHIP_KINDS),
    "theme": kinds.names(kinds.THEMES),
    "significance": kinds.names(kinds.SIGNIFICANCES),
    "stage": kinds.names(kinds.STAGES),
    "role": kinds.names(kinds.PARTICIPATION_ROLES),
    "part": kinds.names(kinds.MEMBER_PARTS),
    "value_basis": kinds.names(kinds.VALUE_BASES),
    "legal_form": kinds.names(kinds.LEGAL_FORMS),
    "document": kinds.names(kinds.DOCUMENTS),
    "interaction": {key: kind.name for key, kind in KIND_BY_KEY.items()},
    "outcome": {key: outcome.name for key, outcome in OUTCOME_BY_KEY.items()},
}
"""The names of keys, for pages: `{{ words.kind[partnership.kind] }}`."""


MILLION = 1_000_000


def pounds(pence: int | None) -> str:
    """Return an amount as pages say it: £4.2m, £86,400, £12.50."""
    if pence is None:
        return "not recorded"
    whole = pence / 100
    if whole >= MILLION:
        return f"£{whole / MILLION:.2f}".rstrip("0").rstrip(".") + "m"
    return f"£{whole:,.2f}".removesuffix(".00")


def percent(share: float) -> str:
    """Return a share as the figure out of 100 that pages show."""
    return str(round(share * 100))


def _frame() -> dict[str, object]:
    settings: Settings = current_app.config["REGISTER"]
    values: dict[str, object] = {
        "site_name": settings.site_name,
        "is_demo": settings.demo,
        "today": today(),
        "accessibility_url": url_for("guidance.accessibility"),
    }
    if not current_user.is_authenticated:
        return values
    if "frame" not in g:
        g.frame = _frame_for_person()
    return {**values, **g.frame}


def _frame_for_person() -> dict[str, object]:
    model = model_in_force().number
    clocks = clocks_or_now()
    return {
        "navigation": _navigation(),
        "clocks": shown_clocks(clocks),
        "keep": kept_in_links(clocks),
        "left_out": _left_out(clocks),
        "not_known_yet": "not_known_yet" in g,
        "footer_figures": f"Every figure on this page: model version {model} (half-life {HALF_LIFE:.0f} days).",
        "checkpoint": footer_words(head(), may_verify=role_may(current_user.role, "history:verify")),
        "search_url": url_for("search.results") if role_may(current_user.role, "partnership:see") else None,
        "log_url": url_for("interactions.new") if role_may(current_user.role, "interaction:log") else None,
        "may_erase": role_may(current_user.role, "erasure:ask"),
        "sign_out_url": url_for("sign_in.sign_out"),
        "home_url": url_for("home.home"),
        "guidance_url": url_for("guidance.trust"),
    }


def _left_out(clocks: Clocks) -> LeftOut | None:
    """Return what the bar says of entries that were recorded too late for the day asked about."""
    if clocks.known is None or not role_may(current_user.role, "history:see-record"):
        return None
    parts = request.view_args or {}
    partnership = parts.get("entity_id") if parts.get("entity") == "partnership" else parts.get("partnership_id")
    number = count_left_out(clocks, visible_to(current_user), partnership)
    kept = {**kept_in_links(clocks), **({"partnership": partnership} if partnership else {})}
    return LeftOut(number, url_for("late.index", left_out=1, **kept) if number else None)


def _navigation() -> list[Item]:
    here = (request.endpoint or "").partition(".")[0]
    kept: dict[str, Any] = {**kept_in_links(clocks_or_now())}
    return [
        Item(
            place.label,
            url_for(place.endpoint, **(kept if place.permission in TIMED else {})),
            here in (place.endpoint.partition(".")[0], *place.also),
            count_in_trouble(current_user) if place.endpoint == "watchlist.index" else None,
        )
        for place in PLACES
        if role_may(current_user.role, place.permission)
    ]
