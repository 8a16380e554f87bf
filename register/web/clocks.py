"""The two clocks of a page, read from its address: `?on=` as it was, `?known=` as the register knew it."""

from dataclasses import dataclass
from datetime import date

from flask import g, request, url_for

from register.clock import Clocks, clocks_asked, clocks_now, today
from register.database import Base
from register.history.known import rows_as_known
from register.refusals import Refusal
from register.web.days import read_day, said


def asked_clocks() -> Clocks:
    """Return the clocks of this request, see `clock.clocks_asked`. Raises Refusal for what is no day."""
    return clocks_asked(read_day(request.args.get("on"), "on"), read_day(request.args.get("known"), "known"))


def clocks_or_now() -> Clocks:
    """Return the clocks of this request for the page's frame; an address without sense is answered by its page."""
    try:
        return asked_clocks()
    except Refusal:
        return clocks_now()


def show_as_known(row: Base) -> None:
    """Set the record that a page is about to what the register knew of it then; the bar says where that was nothing."""
    if request.method == "GET" and not rows_as_known([row], clocks_or_now()):
        g.not_known_yet = True


def kept_in_links(clocks: Clocks) -> dict[str, str]:
    """Return the arguments that keep a page's clocks in its links: none when they stand at now."""
    on = {} if clocks.on >= today() else {"on": clocks.on.isoformat()}
    return {**on, "known": clocks.known.isoformat()} if clocks.known else on


@dataclass(frozen=True)
class ShownClocks:
    """The clocks as the bar on every page shows them."""

    on: date
    known: date | None
    is_past: bool
    on_text: str
    known_text: str
    change_url: str
    now_url: str


def shown_clocks(clocks: Clocks) -> ShownClocks:
    """Return what the bar shows."""
    here = {key: value for key, value in request.args.items(multi=True) if key not in ("on", "known")}
    if request.endpoint and request.method == "GET" and request.url_rule:
        now_url = url_for(request.endpoint, **{**(request.view_args or {}), **here})
    else:
        now_url = url_for("home.home")
    is_today = clocks.on >= today()
    return ShownClocks(
        on=clocks.on, known=clocks.known, is_past=not clocks.is_now,
        on_text=f"today, {said(clocks.on)}" if is_today else said(clocks.on),
        known_text="now" if clocks.known is None else said(clocks.known),
        change_url=url_for("clocks.choose", back=request.full_path.rstrip("?")), now_url=now_url,
    )
