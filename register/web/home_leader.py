"""A senior leader's home: where every partnership stands, what is at risk, what changed, what is not known."""

from collections import Counter

from flask import render_template
from flask.typing import ResponseReturnValue

from register.clock import Clocks
from register.partnerships.kinds import PARTNERSHIP_KINDS
from register.risk.entries import Entry, Survey
from register.trust.figure import NOT_KNOWN, WORDS
from register.web.clocks import asked_clocks
from register.web.quadrant import SHAPES, quadrant, shape
from register.web.surveys import as_of, shown_survey
from register.web.watchlist import asked_since, changes_since

TOP = 6
"""Entries of the watchlist on the first page."""
CHANGES = 8
PICTURED = 150
"""Partnerships in the picture and in its table, the worst first: more would lie on one another."""


def where_we_stand() -> ResponseReturnValue:
    """Show every deal beside its relationship, the worst of the watchlist, and what is not known."""
    clocks = asked_clocks()
    since = asked_since(clocks)
    found = shown_survey(clocks)
    changes = changes_since(since, found, clocks)
    pictured = found.entries[:PICTURED]
    return render_template(
        "home/leader.html", found=found, since=since, on=clocks.on, changes=changes, shown_changes=CHANGES, top=TOP,
        pictured=pictured, counts=standings(found), picture=quadrant(pictured), unknown=not_known(found),
        kinds=legend(found),
        money=sum(entry.annual_pence or 0 for entry in found.entries), last_heard=last_heard, failing=failing(found),
        as_of=as_of(found),
    )


def standings(found: Survey) -> Counter[str]:
    """Return how many partnerships stand at each word."""
    counted = Counter(entry.word for entry in found.entries)
    return Counter({word: counted[word] for word in WORDS})


def failing(found: Survey) -> list[Entry]:
    """Return the partnerships of a strong deal and a weak relationship, or one that is not known."""
    return [entry for entry in found.entries
            if any(flag.rule == "strong_deal_weak_relationship" for flag in entry.flags)]


def not_known(found: Survey) -> list[Entry]:
    """Return the partnerships of which no view is known, the dearest first."""
    return sorted((entry for entry in found.entries if entry.word == NOT_KNOWN),
                  key=lambda entry: (-(entry.annual_pence or 0), entry.name))


def last_heard(entry: Entry, clocks: Clocks) -> int | None:
    """Return how many days ago something was logged last; None: never."""
    day = entry.facts.last_held_on
    return (clocks.on - day).days if day else None


def legend(found: Survey) -> list[tuple[str, str, int]]:
    """Return (shape, kind, number) for each kind of partnership in the picture."""
    counted = Counter(entry.facts.kind for entry in found.entries)
    return [(shape(SHAPES[kind.key], 9, 9, 6.5), kind.name, counted[kind.key]) for kind in PARTNERSHIP_KINDS]
