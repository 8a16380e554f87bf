"""The network through time: the register’s life as bars, the day shown, and the day that it is compared with."""

from dataclasses import dataclass
from datetime import date

from register.clock import Clocks, today
from register.network.difference import Difference
from register.network.difference_lookups import difference_of
from register.network.facts import Facts
from register.network.life import Life, later
from register.network.narrowing import built, narrowed
from register.network.reasons import Span
from register.web.days import short
from register.web.network_facts import facts_on, life_known
from register.web.network_page import Asked


@dataclass(frozen=True)
class Timeline:
    """The panel of time; `life` is None where nothing was ever logged."""

    life: Life | None
    on: date
    against: date | None
    carried: list[tuple[str, object]]
    """What the form of days has to carry on: the filters and how it is shown."""
    back_url: str
    forward_url: str | None
    compared_with: date
    compare_url: str
    stop_url: str | None
    note: str


def timeline(asked: Asked) -> Timeline:
    """Return the panel of time for what is asked."""
    on, against = asked.clocks.on, asked.against
    life = life_known(asked.clocks.known)
    compared_with = later(on.replace(day=1), -1)
    forward = later(on, 1)
    return Timeline(
        life=life,
        on=on,
        against=against,
        carried=[(name, value) for name, value in asked.kept().items() if value and name not in DAYS],
        back_url=asked.url(on=later(on, -1).isoformat(), against=None),
        forward_url=asked.url(on=forward.isoformat() if forward < today() else None) if on < today() else None,
        compared_with=compared_with,
        compare_url=asked.url(against=compared_with.isoformat()),
        stop_url=asked.url(against=None) if against else None,
        note=_note(life, on),
    )


DAYS = frozenset({"on", "known", "against"})


def _note(life: Life | None, on: date) -> str:
    if life is None:
        return "Nothing has been logged yet."
    if on < life.first:
        return f"Nothing was logged before {short(life.first)}, so nothing can be known of this day."
    return ""


def difference_asked(asked: Asked, facts: Facts) -> Difference | None:
    """Return the difference of the day shown and the day it is compared with; None where nothing is compared.

    Both days are reckoned once, whole, and narrowed in memory. A standing asked for is that of either day.
    """
    if asked.against is None:
        return None
    earlier = facts_on(Clocks(asked.against, asked.clocks.known))
    span = Span(earlier, facts, asked.against, asked.clocks.on)
    whole = difference_of(built(earlier, asked.filters), built(facts, asked.filters), span, asked.clocks)
    return whole.within(narrowed(whole.network, asked.filters))
