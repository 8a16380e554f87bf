"""A survey as text, to be kept: what lists show of each partnership, without the evidence that was walked through."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, Final

from register.risk.entries import Entry
from register.risk.facts import CutOff, DealFacts, PartnershipFacts, PromiseFacts
from register.risk.flags import Flag, Reason
from register.risk.life import Answer, State
from register.risk.views import ViewFacts

LEFT_OUT: Final = ("determinants", "breaches", "usual_gap", "meetings", "people", "contacts", "cut_off",
                   "exposure_line")  # fmt: skip
"""Of a partnership's facts: the rules argued from it, no page shows it."""

Row = Sequence[Any]


def _columns(of: type, *left_out: str) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the fields of a value, in the order of its class."""
    return attrgetter(*(field.name for field in fields(of) if field.name not in left_out))


_of_facts = _columns(PartnershipFacts, *LEFT_OUT)
_of_deal, _of_view, _of_promise = _columns(DealFacts), _columns(ViewFacts, "pieces"), _columns(PromiseFacts)
_of_flag, _of_reason, _of_answer, _of_cut = _columns(Flag), _columns(Reason), _columns(Answer), _columns(CutOff)

_FACTS = tuple(field.name for field in fields(PartnershipFacts) if field.name not in LEFT_OUT)
_DAYS_OF_FACTS = ("on", "began_on", "ends_on", "last_held_on")
_DEAL = tuple(field.name for field in fields(DealFacts))
_DAYS_OF_DEAL = tuple(name for name in _DEAL if name.endswith("_on"))


def slim(entry: Entry) -> Entry:
    """Return an entry with what is kept of it."""
    views = tuple(replace(view, pieces=()) for view in entry.facts.views)
    known = dict(zip(_FACTS, _of_facts(entry.facts), strict=True))
    return replace(entry, facts=PartnershipFacts(**{**known, "views": views}))


def as_text(entries: Iterable[Entry]) -> str:
    """Return entries as they are kept: rows of values in the order of their classes."""
    return json.dumps([_row(entry) for entry in entries], default=_plain, separators=(",", ":"), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Reason):
        return _of_reason(value)
    for kind, columns in ((ViewFacts, _of_view), (PromiseFacts, _of_promise), (DealFacts, _of_deal)):
        if isinstance(value, kind):
            return columns(value)
    message = f"{type(value).__name__} cannot be kept."
    raise TypeError(message)


def _row(entry: Entry) -> Row:
    states = {rule: (state.key, _of_answer(state.answer) if state.answer else None)
              for rule, state in entry.states.items()}
    return _of_facts(entry.facts), [_of_flag(flag) for flag in entry.flags], entry.harm, states


def from_text(text: str) -> tuple[Entry, ...]:
    """Return what was kept, value for value."""
    return tuple(
        Entry(_facts(facts), tuple(_flag(flag) for flag in flags), harm, {
            rule: State(key, _answer(answer) if answer else None) for rule, (key, answer) in states.items()
        })
        for facts, flags, harm, states in json.loads(text)
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _facts(row: Row) -> PartnershipFacts:
    known = dict(zip(_FACTS, row, strict=True))
    for name in _DAYS_OF_FACTS:
        known[name] = _day(known[name])
    known["deal"] = _deal(known["deal"]) if known["deal"] else None
    known["views"] = tuple(_view(view) for view in known["views"])
    known["promises"] = tuple(_promise(promise) for promise in known["promises"])
    return PartnershipFacts(**known)


def _deal(row: Row) -> DealFacts:
    known = dict(zip(_DEAL, row, strict=True))
    for name in _DAYS_OF_DEAL:
        known[name] = _day(known[name])
    return DealFacts(**{**known, "missing": tuple(known["missing"])})


def _view(row: Row) -> ViewFacts:
    known = dict(zip(_VIEW, row, strict=True))
    first, last = _day(known["first_held_on"]), _day(known["last_held_on"])
    return ViewFacts(**{**known, "first_held_on": first, "last_held_on": last})


_VIEW = tuple(field.name for field in fields(ViewFacts) if field.name != "pieces")


def _promise(row: Row) -> PromiseFacts:
    number, what, promisor, promisee, due_on = row
    return PromiseFacts(number, what, promisor, promisee, date.fromisoformat(due_on))


def _flag(row: Row) -> Flag:
    known = dict(zip(_FLAG, row, strict=True))
    reasons = tuple(Reason(text, kind, tuple(target), note) for text, kind, target, note in known["reasons"])
    return Flag(**{**known, "reasons": reasons, "since": date.fromisoformat(known["since"])})


_FLAG = tuple(field.name for field in fields(Flag))


def _answer(row: Row) -> Answer:
    known = dict(zip(_ANSWER, row, strict=True))
    answered_on, until = date.fromisoformat(known["answered_on"]), _day(known["until"])
    return Answer(**{**known, "answered_on": answered_on, "reasons": frozenset(known["reasons"]), "until": until})


_ANSWER = tuple(field.name for field in fields(Answer))


def cuts_as_text(cuts: Mapping[int, Sequence[CutOff]]) -> str:
    """Return who is cut off without whom, by partnership, as it is kept."""
    rows = [(key, [_of_cut(cut) for cut in found]) for key, found in cuts.items() if found]
    return json.dumps(rows, default=_plain, separators=(",", ":"), ensure_ascii=False)


def cuts_from_text(text: str) -> dict[int, tuple[CutOff, ...]]:
    """Return the same, value for value."""
    return {
        key: tuple(CutOff(point_id, point, tuple(others), date.fromisoformat(since))
                   for point_id, point, others, since in cuts)
        for key, cuts in json.loads(text)
    }
