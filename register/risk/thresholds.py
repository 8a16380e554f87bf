"""Where each rule begins to speak: the thresholds the register came with, and sets of others by kind and significance.

Example: `RULES_AS_PUBLISHED.limits("gone_quiet", "internal", "routine")["days"]` is 60. A set may say otherwise for a
kind of partnership or for a significance; where both do, the significance decides.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from register.partnerships.kinds import PARTNERSHIP_KINDS, SIGNIFICANCES, names
from register.refusals import Refusal

Limits = Mapping[str, float]
"""The thresholds of one rule by name, in the units people read: days, points, per cent, pounds."""


class Threshold(NamedTuple):
    """One number of a rule that may be changed."""

    rule: str
    name: str
    words: str
    unit: str
    value: float
    """As the register came with."""
    least: float
    most: float

    @property
    def key(self) -> str:
        """How a set names it, such as "gone_quiet.days"."""
        return f"{self.rule}.{self.name}"


THRESHOLDS: Final = (
    Threshold("recent_breach", "days", "How long one breach counts", "days", 180, 1, 1000),
    Threshold("recent_breach", "faded", "Several count until they have faded to", "breaches", 1, 0.1, 20),
    Threshold("weak_trust", "below", "Trust is weak below", "points", 50, 5, 95),
    Threshold("weak_trust", "chance", "When that is more likely than", "%", 80, 50, 99),
    Threshold("one_sided", "margin", "One side exceeds the other by", "points", 20, 0, 80),
    Threshold("one_sided", "chance", "When that is more likely than", "%", 80, 50, 99),
    Threshold("gone_quiet", "days", "Silence of at least", "days", 60, 1, 1000),
    Threshold("gone_quiet", "times", "And of the agreed or usual gap", "times", 2, 1, 20),
    Threshold("promises_overdue", "grace", "Days of grace after the promise’s date", "days", 0, 0, 365),
    Threshold("strong_deal_weak_relationship", "complete", "A deal is strong with its documents in place", "%", 80, 1,
              100),
    Threshold("strong_deal_weak_relationship", "value", "Or worth each year", "pounds", 1_000_000, 1, 1e12),
    Threshold("thin_deal_good_relationship", "thin", "A deal is thin with fewer of its documents than", "%", 50, 1,
              100),
    Threshold("notice_open", "days", "Before the last day to give notice", "days", 180, 1, 1000),
    Threshold("review_overdue", "grace", "Days of grace after the review day", "days", 0, 0, 365),
    Threshold("end_near", "days", "Before the end", "days", 180, 1, 1000),
    Threshold("rests_on_one", "meetings", "Interactions of the last year, at least", "interactions", 6, 3, 100),
    Threshold("rests_on_one", "share", "One took part in", "%", 80, 50, 100),
    Threshold("rests_on_one", "beside", "And nobody else in", "%", 50, 10, 100),
)
"""Rules without a row here have nothing to set: they speak of the most exposed tenth, or of what is missing."""
THRESHOLD_BY_KEY: Final = {threshold.key: threshold for threshold in THRESHOLDS}
PLACES: Final[Mapping[str, str]] = MappingProxyType({
    **{f"kind:{key}": name for key, name in names(PARTNERSHIP_KINDS).items()},
    **{f"significance:{key}": name for key, name in names(SIGNIFICANCES).items()},
})
"""Where a set may say otherwise, with its name: kinds of partnership, then significances, which decide."""


def _by_rule(values: Mapping[str, float]) -> Mapping[str, Limits]:
    rules = dict.fromkeys(threshold.rule for threshold in THRESHOLDS)
    return MappingProxyType({
        rule: MappingProxyType({one.name: values[one.key] for one in THRESHOLDS if one.rule == rule}) for rule in rules
    })


PUBLISHED: Final = _by_rule({threshold.key: threshold.value for threshold in THRESHOLDS})
"""What the register came with, by rule."""
NONE: Final[Limits] = MappingProxyType({})


class Override(NamedTuple):
    """Another number for a kind of partnership or a significance."""

    place: str
    """A key of `PLACES`, such as "kind:internal"."""
    key: str
    """Of the threshold, such as "gone_quiet.days"."""
    value: float


@dataclass(frozen=True)
class Thresholds:
    """A whole set: a number for each threshold, and what is otherwise where."""

    number: int
    """1 is what the register came with."""
    values: Mapping[str, float]
    overrides: tuple[Override, ...] = ()

    def limits(self, rule: str, kind: str, significance: str) -> Limits:
        """Return the thresholds of a rule for a partnership."""
        limits = {one.name: self.values[one.key] for one in THRESHOLDS if one.rule == rule}
        for place in (f"kind:{kind}", f"significance:{significance}"):
            limits.update({
                THRESHOLD_BY_KEY[other.key].name: other.value for other in self.overrides
                if other.place == place and THRESHOLD_BY_KEY[other.key].rule == rule
            })
        return limits

    def every(self, rule: str) -> list[Limits]:
        """Return the different thresholds that a rule has anywhere, those for all others first."""
        kinds = ["", *(place.partition(":")[2] for place in PLACES if place.startswith("kind:"))]
        tiers = ["", *(place.partition(":")[2] for place in PLACES if place.startswith("significance:"))]
        found: list[Limits] = []
        for limits in (self.limits(rule, kind, tier) for kind in kinds for tier in tiers):
            if limits not in found:
                found.append(limits)
        return found

    def with_(self, changes: Iterable[tuple[str, str, float]]) -> "Thresholds":
        """Return this set with some numbers changed, each as (place, key, value); the place "" is everywhere."""
        values, others = dict(self.values), {(one.place, one.key): one for one in self.overrides}
        for place, key, value in changes:
            checked = check_value(key, value)
            if place and place not in PLACES:
                raise Refusal("Choose a kind or a significance from the list.", "place")
            if place:
                others[place, key] = Override(place, key, checked)
            else:
                values[key] = checked
        return Thresholds(self.number, values, tuple(others[at] for at in sorted(others)))

    def as_text(self) -> str:
        """Return the set as JSON, the way it is kept."""
        others = [{"for": one.place, "threshold": one.key, "value": one.value} for one in self.overrides]
        return json.dumps({"base": self.number, "values": dict(self.values), "overrides": others}, sort_keys=True)


RULES_AS_PUBLISHED: Final = Thresholds(1, MappingProxyType({one.key: one.value for one in THRESHOLDS}))


def check_value(key: str, value: float) -> float:
    """Return a threshold's value; refuses an unknown threshold and a value out of its range."""
    threshold = THRESHOLD_BY_KEY.get(key)
    if threshold is None:
        raise Refusal("Choose a threshold from the list.", "threshold")
    if not threshold.least <= value <= threshold.most:  # also refuses what is no number
        raise Refusal(f"Enter a number from {threshold.least:,.15g} to {threshold.most:,.15g}.", "value")
    return float(value)


def read(number: int, text: str) -> Thresholds:
    """Return a kept set; a threshold that it does not know yet has the value the register came with."""
    kept: dict[str, Any] = json.loads(text)
    values = {one.key: float(kept["values"].get(one.key, one.value)) for one in THRESHOLDS}
    others = tuple(
        Override(one["for"], one["threshold"], float(one["value"])) for one in kept["overrides"]
        if one["threshold"] in THRESHOLD_BY_KEY
    )
    return Thresholds(number, values, others)


def base_of(text: str) -> int:
    """Return the number of the set that a kept one was made from."""
    base: int = json.loads(text)["base"]
    return base


class Difference(NamedTuple):
    """One number that two sets do not share."""

    threshold: Threshold
    place: str
    """A key of `PLACES`; empty: everywhere."""
    before: float | None
    after: float | None
    """None: as everywhere."""


def differences(before: Thresholds, after: Thresholds) -> list[Difference]:
    """Return what differs from one set to another, in the order of the rules."""
    found = [
        Difference(one, "", before.values[one.key], after.values[one.key])
        for one in THRESHOLDS if before.values[one.key] != after.values[one.key]
    ]
    was = {(one.place, one.key): one.value for one in before.overrides}
    now = {(one.place, one.key): one.value for one in after.overrides}
    return found + [
        Difference(THRESHOLD_BY_KEY[key], place, was.get((place, key)), now.get((place, key)))
        for place, key in sorted(was.keys() | now.keys()) if was.get((place, key)) != now.get((place, key))
    ]
