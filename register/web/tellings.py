"""How an act is told: a sentence written from its entries, and what was before beside what is now.

Example: "Priya Nair logged an incident of 28 July 2026 between the Council and Brightwell: eleven patients waited."
"""

from collections.abc import Callable, Iterable, Mapping

from register.history.envelope import Plain
from register.history.sentences import words_of
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY
from register.partnerships.kinds import MEMBER_PARTS
from register.partnerships.kinds import names as names_of
from register.risk.rules import RULES
from register.web.chart_words import listed
from register.web.teller import Shown, Teller, Telling
from register.web.tellings_of_people import TELLINGS_OF_PEOPLE
from register.web.tellings_of_rules import TELLINGS_OF_RULES
from register.web.tellings_of_use import TELLINGS_OF_USE

LONGEST = 260
"""Characters of an account that a line of the story shows; its page shows it whole."""
RULE_NAMES = {rule.key: rule.name.lower() for rule in RULES}
PART_NAMES = names_of(MEMBER_PARTS)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def told(teller: Teller) -> Telling:
    """Return an act in words; one without a sentence of its own by its action's words and its fields."""
    tell = TELLINGS.get(teller.act.action, _plainly)
    try:
        return tell(teller)
    except (KeyError, ValueError, TypeError):
        # An entry of a version of the register that called things otherwise still has to be told.
        return _plainly(teller)


def _plainly(teller: Teller) -> Telling:
    act = teller.act
    lead = f"{teller.actor} {words_of(act.action)}"
    if act.subject.is_new:
        said = teller.book.summed_up(act.subject, teller.repeated(act.subject))
        return Telling(f"{lead}:", said if said.endswith(".") else f"{said}.") if said else Telling(f"{lead}.")
    changed = [row for row in act.rows if row.sequence == act.sequence or row.entity == act.subject.entity]
    return Telling(f"{lead}.", fields=teller.fields(*changed))


def number(count: int, one: str, many: str | None = None) -> str:
    """Return how many in words: "six readings", "one promise"."""
    return f"{_counted(count)} {one if count == 1 else many or one + 's'}"


def _counted(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _a(name: str) -> str:
    small = name[:1].lower() + name[1:]
    return f"an {small}" if small[:1] in "aeiou" else f"a {small}"


def _logged(teller: Teller) -> Telling:
    kind = KIND_BY_KEY[str(teller.value("kind"))].name
    present = dict.fromkeys(teller.said("organisation_id", row) for row in teller.rows("attendance"))
    between = f" between {listed([one for one in present if one])}" if len(present) > 1 else ""
    parts = [_short(teller.said("account")), _readings(teller), _promises(teller)]
    return Telling(
        f"{teller.actor} logged {_a(kind)}",
        f"of {teller.said('held_on')}{between}: " + " ".join(part for part in parts if part),
    )


def _readings(teller: Teller) -> str:
    """Return how many readings there are and whose: "Six readings, three by each side."."""
    rows = teller.rows("reading")
    if not rows:
        return ""
    sides: dict[str, int] = {}
    for row in rows:
        side = teller.said("rater_id", row)
        sides[side] = sides.get(side, 0) + 1
    said = _sentence(number(len(rows), "reading"))
    if len(sides) == 1:
        return f"{said} by {next(iter(sides))}."
    if len(set(sides.values())) == 1:
        each = _counted(next(iter(sides.values())))
        return f"{said}, {each} by each of {listed(list(sides))}."
    return f"{said}: {listed([f'{count} by {side}' for side, count in sides.items()])}."


def _promises(teller: Teller) -> str:
    said = [
        f"{teller.said('promisor_id', row)} promised {teller.said('promisee_id', row)}: {teller.said('what', row)}, "
        f"due {teller.said('due_on', row)}."
        for row in teller.rows("commitment")
    ]
    return " ".join(said)


def _corrected(teller: Teller) -> Telling:
    kind = KIND_BY_KEY[str(teller.value("kind"))].name
    return Telling(
        f"{teller.actor} corrected {_a(kind)} of {teller.said('held_on')}.",
        "The first version is kept and can be read.",
        (*teller.against_earlier("kind", "held_on", "account"), *_readings_against(teller)),
    )


def _readings_against(teller: Teller) -> tuple[Shown, ...]:
    now = readings_in_words(
        (teller.said("determinant", row), teller.value("score", row), teller.said("rater_id", row),
         teller.said("ratee_id", row))
        for row in teller.rows("reading")
    )
    return (Shown("Readings", teller.old_readings, now),) if now != teller.old_readings else ()


def readings_in_words(rows: Iterable[tuple[str, Plain, str, str]]) -> str:
    """Return readings as one line: "Openness 2 (Alder of Birch), Fairness 4 (Birch of Alder)"."""
    said = (f"{name} {score} ({rater} of {ratee})" for name, score, rater, ratee in rows)
    return ", ".join(sorted(said)) or "none"


def _settled(teller: Teller) -> Telling:
    outcome = OUTCOME_BY_KEY[str(teller.value("outcome"))].name.lower()
    whose, what = teller.book.promise(teller.value("commitment_id"))
    before = teller.earlier.get("outcome", "open")
    was = "open" if before == "open" else OUTCOME_BY_KEY[str(before)].name.lower()
    on = teller.said("settled_on")
    changed = (Shown("Promise", was, outcome),)
    return Telling(f"{teller.actor} marked {whose} promise {outcome}:", f"{what}{f', on {on}' if on else ''}.", changed)


def _promised(teller: Teller) -> Telling:
    return Telling(f"{teller.actor} recorded a promise:", _promises(teller))


def _dealt(teller: Teller) -> Telling:
    revision = teller.value("revision")
    if not teller.earlier:
        return Telling(f"{teller.actor} recorded the deal:", _terms(teller))
    return Telling(
        f"{teller.actor} revised the deal",
        f"to revision {revision}. Revision {int(str(revision)) - 1} stands in the record.",
        teller.against_earlier(*(name for name in teller.earlier if name not in NO_TERMS)),
    )


def _terms(teller: Teller) -> str:
    value = " ".join(part for part in (teller.said("value_pence"), teller.said("value_basis")) if part)
    parts = [
        value, teller.said("legal_form"), f"from {teller.said('starts_on')}" if teller.said("starts_on") else "",
        f"to {teller.said('ends_on')}" if teller.said("ends_on") else "",
        f"reference {teller.said('reference')}" if teller.said("reference") else "",
    ]
    said = ", ".join(part for part in parts if part) or "without terms"
    return f"{said}."


NO_TERMS = ("revision", "recorded_at", "superseded_at", "partnership_id", "@reason")


def _started(teller: Teller) -> Telling:
    since = teller.said("started_on")
    kind = _a(teller.said("kind"))
    name = f"{teller.said('name')}, {kind}{f', at work since {since}' if since else ''}."
    return Telling(f"{teller.actor} started the partnership", f"{name} {_short(teller.said('purpose'))}".strip())


def _joined(teller: Teller) -> Telling:
    since = teller.said("joined_on")
    role = teller.said("role").lower()
    from_day = f" from {since}" if since else ""
    return Telling(f"{teller.said('organisation_id')} joined", f"as {role}{from_day}, recorded by {teller.actor}.")


def _given_part(teller: Teller) -> Telling:
    part = PART_NAMES[str(teller.value("part"))].lower()
    return Telling(f"{teller.actor} gave {teller.said('person_id')} a part in it:", f"{part}.")


def _answered(teller: Teller) -> Telling:
    rule = RULE_NAMES.get(str(teller.value("rule")), str(teller.value("rule")))
    owner = teller.said("owner_id") or teller.said("owner_name")
    until = teller.said("until")
    rest = [
        teller.said("action"), f"by {owner}" if owner else "",
        f"{'look again on' if teller.value('kind') == 'planned' else 'until'} {until}" if until else "",
    ]
    words = words_of(teller.act.action).replace(" a flag", f" the flag “{rule}”")
    said = ", ".join(part for part in rest if part)
    return Telling(f"{teller.actor} {words}{':' if said else '.'}", f"{said}." if said else "")


TELLINGS: Mapping[str, Callable[[Teller], Telling]] = {
    "interaction:logged": _logged,
    "interaction:corrected": _corrected,
    "commitment:made": _promised,
    "settlement:made": _settled,
    "settlement:changed": _settled,
    "deal_revision:agreed": _dealt,
    "deal_revision:revised": _dealt,
    "partnership:started": _started,
    "participation:joined": _joined,
    "partnership_member:set": _given_part,
    "flag_answer:acknowledged": _answered,
    "flag_answer:planned": _answered,
    "flag_answer:deferred": _answered,
    "flag_answer:closed": _answered,
    **TELLINGS_OF_PEOPLE,
    **TELLINGS_OF_RULES,
    **TELLINGS_OF_USE,
}
"""The acts that have a sentence of their own; a new one gets its row here, or is told by its words and its fields."""
