"""What stands beside the log form: what it still lacks, and what one gets back for logging."""

from typing import NamedTuple

from register.clock import clocks_now, today
from register.interactions.agenda import Agenda, Unheard, Unrated, agenda_of
from register.web.days import ago, short
from register.web.log_form import LogForm
from register.web.sides import Sides

READABLE = 20
"""Characters of an account that somebody else can make sense of."""


class Lack(NamedTuple):
    """One line of the list: what it is about, more words, and whether it is there already."""

    what: str
    words: str
    is_done: bool = False


class Aside(NamedTuple):
    """Both boxes."""

    lacks: list[Lack]
    agenda: Agenda


def aside_of(form: LogForm) -> Aside | None:
    """Return what stands beside the form; None until a partnership is chosen."""
    sides = form.sides
    if sides is None:
        return None
    agenda = agenda_of(sides.partnership, sides.we.id, (body.id for body in sides.rated), clocks_now())
    return Aside([*_of_form(form), *_of_relationships(form, sides, agenda)], agenda)


def _of_form(form: LogForm) -> list[Lack]:
    """Return what the typed lines lack."""
    lacks = [Lack("A readable account", "A sentence or two.", len((form.account.data or "").strip()) >= READABLE)]
    undated = [row for row in form.promised if row.due_on.data is None]
    lacks += [Lack("A date", f"for “{row.what.data}”. A promise without a date cannot be kept.") for row in undated]
    unseen = [name for opinion in (*form.own_views, *form.told_views) for name in opinion.unseen]
    if unseen:
        lacks.append(Lack("What you saw", f"for {', '.join(unseen)}."))
    return lacks


def _of_relationships(form: LogForm, sides: Sides, agenda: Agenda) -> list[Lack]:
    """Return what the register does not know of the partners, and whether this form says it."""
    rated = {(view.organisation.id, row.determinant) for view in form.own_views for row in view.rows if row.score.data}
    heard = {view.organisation.id for view in form.told_views if view.rated}
    lacks = []
    for gap in agenda.unrated:
        open_gap = tuple(one for one in gap.determinants if (gap.organisation_id, one) not in rated)
        if open_gap:
            lacks.append(_unrated(sides, gap._replace(determinants=open_gap)))
    lacks += [_unheard(sides, gap) for gap in agenda.unheard if gap.organisation_id not in heard]
    return lacks


def _unrated(sides: Sides, gap: Unrated) -> Lack:
    label = sides.organisations[gap.organisation_id].label
    names = [determinant.name.lower() for determinant in gap.determinants]
    last = f"Last rated on {short(gap.last)}." if gap.last else "Not rated yet."
    everything = len(names) == len(sides.determinants)
    what = f"How {label} did" if everything else f"{label}’s {joined(names)}"
    return Lack(what, last)


def _unheard(sides: Sides, gap: Unheard) -> Lack:
    label = sides.organisations[gap.organisation_id].label
    last = f"Last heard {ago(gap.last, today())} ago." if gap.last else "Not heard yet."
    return Lack(f"{label}’s side", last)


def joined(words: list[str]) -> str:
    """Return words as a list in a sentence: "fairness, openness and integrity"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
