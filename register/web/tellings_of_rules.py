"""How it is told that thresholds of the rules of risk were proposed and decided on: each number, old and new.

Example: "Ruth Adeyemi proposed other thresholds for the rules of risk: one number differs from set 1." and below
"Gone quiet, silence of at least: was 60 days, now 90 days".
"""

from collections.abc import Callable, Mapping

from register.history.sentences import words_of
from register.risk.rule_lookups import set_numbered
from register.risk.rules import RULE_BY_KEY
from register.risk.thresholds import PLACES, Difference, Threshold, base_of, differences, read
from register.web.teller import Shown, Teller, Telling

AS_ELSEWHERE = "as for all partnerships"


def _proposed(teller: Teller) -> Telling:
    text = str(teller.value("thresholds"))
    changed = _changed(text)
    differ = "one number differs" if len(changed) == 1 else f"{len(changed)} numbers differ"
    lead = f"{teller.actor} proposed other thresholds for the rules of risk:"
    return Telling(lead, f"{differ} from set {base_of(text)}.", changed)


def _decided(teller: Teller) -> Telling:
    text = str(teller.act.subject.before["thresholds"])
    number = teller.value("number")
    rest = f"They are set {number} from now on." if number else f"Set {base_of(text)} stays in force."
    return Telling(f"{teller.actor} {words_of(teller.act.action)}.", rest, _changed(text))


def _changed(text: str) -> tuple[Shown, ...]:
    """Return what a set, as it is kept, has otherwise than the set that it was made from."""
    found = differences(set_numbered(base_of(text)), read(0, text))
    return tuple(
        Shown(_label(one), _value(one.threshold, one.before), _value(one.threshold, one.after)) for one in found
    )


def _label(one: Difference) -> str:
    words = one.threshold.words[:1].lower() + one.threshold.words[1:]
    where = f" ({PLACES[one.place].lower()})" if one.place else ""
    return f"{RULE_BY_KEY[one.threshold.rule].name}: {words}{where}"


def _value(threshold: Threshold, value: float | None) -> str:
    """Return a threshold's number as people read it: 60 days, £1,000,000, 80 %."""
    if value is None:
        return AS_ELSEWHERE
    return f"£{value:,.15g}" if threshold.unit == "pounds" else f"{value:,.15g} {threshold.unit}"


TELLINGS_OF_RULES: Mapping[str, Callable[[Teller], Telling]] = {
    "rule_set:proposed": _proposed,
    "rule_set:confirmed": _decided,
    "rule_set:declined": _decided,
}
