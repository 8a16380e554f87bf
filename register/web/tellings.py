"""How an act is told: a sentence written from its entries, and what was before beside what is now.

Example: "Priya Nair logged an incident of 28 July 2026 between the Council and Brightwell: eleven patients waited."
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from register.history.envelope import Plain
from register.history.sentences import label_of, words_of
from register.history.story import ERASED, Act, RowChange
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY
from register.partnerships.kinds import MEMBER_PARTS
from register.partnerships.kinds import names as names_of
from register.risk.rules import RULES
from register.web.chart_words import listed
from register.web.names import NameBook

LONGEST = 260
"""Characters of an account that a line of the story shows; its page shows it whole."""
MOST_FIELDS = 8
RULE_NAMES = {rule.key: rule.name.lower() for rule in RULES}
PART_NAMES = names_of(MEMBER_PARTS)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Shown(NamedTuple):
    """One field as it is shown: what it was (None for a new one) beside what it is."""

    label: str
    was: str | None
    now: str
    is_erased: bool = False


@dataclass(frozen=True)
class Telling:
    """An act in words."""

    lead: str
    """What was done, and by whom: set in bold."""
    rest: str = ""
    """What the lead goes on with."""
    fields: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Teller:
    """An act with all that its sentence needs."""

    act: Act
    actor: str
    book: NameBook
    old_readings: str = ""
    """The readings of the interaction that a correction took the place of, in words."""

    @property
    def earlier(self) -> Mapping[str, Plain]:
        """What the row held that this act took the place of; empty where it took that of none."""
        return self.act.superseded.before if self.act.superseded else {}

    def value(self, name: str, row: RowChange | None = None) -> Plain:
        """Return what a field of the act's subject, or of another row of it, became."""
        found = row or self.act.subject
        return next((change.now for change in found.fields if change.name == name), None)

    def said(self, name: str, row: RowChange | None = None) -> str:
        """Return the same in words, empty where there is none."""
        value = self.value(name, row)
        return "" if value in (None, "") else self.book.said(name, value)

    def rows(self, entity: str) -> list[RowChange]:
        """Return the rows of one kind that the act made."""
        return [row for row in self.act.rows if row.entity == entity and row.is_new]

    def fields(self, *rows: RowChange, but: Sequence[str] = ()) -> tuple[Shown, ...]:
        """Return what changed in some rows."""
        return tuple(
            self.shown(change.name, change.was, change.now)
            for row in rows for change in row.fields if not change.is_new and change.name not in but
        )[:MOST_FIELDS]

    def shown(self, name: str, was: Plain, now: Plain) -> Shown:
        """Return one field, old and new in words."""
        erased = ERASED in (was, now)
        return Shown(label_of(name), self.book.said(name, was), self.book.said(name, now), erased)

    def against_earlier(self, *names: str) -> tuple[Shown, ...]:
        """Return what differs from the row that this one took the place of."""
        return tuple(
            self.shown(name, self.earlier[name], self.value(name))
            for name in names if name in self.earlier and (self.earlier[name] or None) != (self.value(name) or None)
        )[:MOST_FIELDS]


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
        return Telling(lead + ":", teller.book.summed_up(act.subject) + ".")
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
}
"""The acts that have a sentence of their own; a new one gets its row here, or is told by its words and its fields."""
