"""Rules that argue from who meets whom: gone quiet, rests on one person, single point of failure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Final, NamedTuple

from register.clock import day_words
from register.risk.facts import Carrier, Meeting, PartnershipFacts
from register.risk.flags import Finding, Reason, counted, listed
from register.risk.replay import run_start_back
from register.risk.thresholds import NONE, PUBLISHED, Limits

QUIET: Final = PUBLISHED["gone_quiet"]
ONE: Final = PUBLISHED["rests_on_one"]
LAST_YEAR: Final = timedelta(days=365)
LEAST_WHEN_LEAVING: Final = 3


def gone_quiet(facts: PartnershipFacts, at: Limits = QUIET) -> Finding | None:
    """Find partners that met regularly and no longer do. It says that evidence fades, and nothing of a dispute."""
    usual = facts.cadence_days or facts.usual_gap
    if usual is None or facts.last_held_on is None:
        return None
    silent_until = facts.last_held_on + timedelta(days=max(int(at["days"]), int(at["times"] * usual)))
    if facts.on <= silent_until:
        return None
    days = (facts.on - facts.last_held_on).days
    rhythm = "agreed to meet" if facts.cadence_days else "usually met"
    return Finding(
        f"Nothing was logged for {counted(days, 'day')}, and the partners {rhythm} every {round(usual)}. "
        "The evidence is fading; nothing has fallen.",
        (Reason("The last interactions", "plain", (), f"the last on {day_words(facts.last_held_on)}"),),
        silent_until + timedelta(days=1), "An interaction is logged: arrange a review.",
    )


class Share(NamedTuple):
    """In how many of how many interactions somebody took part."""

    carrier: Carrier
    present: int
    of: int
    leaving: bool
    since: date


def rests_on_one(facts: PartnershipFacts, at: Limits = ONE) -> Finding | None:
    """Find a tie that one officer or one contact carries; at once when that one is leaving."""
    found = sorted(
        carried(facts, at), key=lambda share: (not share.leaving, -share.present / share.of, share.carrier.name),
    )
    if not found:
        return None
    first = found[0]
    return Finding(
        _carried_words(first, facts.on),
        tuple(Reason(_share_words(share), note=_leaving_note(share)) for share in found),
        first.since if first.leaving else min(share.since for share in found),
        "Somebody else of each side takes part in half of the interactions.",
        "high" if first.leaving else None,
    )


def _carried_words(share: Share, on: date) -> str:
    if share.leaving and share.carrier.leaves_on:
        leaves = "leaves" if share.carrier.leaves_on > on else "left"
        return f"{share.carrier.name}, who carries it, {leaves} on {day_words(share.carrier.leaves_on)}."
    return f"{share.carrier.name} took part in {share.present} of {share.of} interactions of the last year."


def _share_words(share: Share) -> str:
    whose = f", {share.carrier.organisation}," if share.carrier.organisation else ""
    return f"{share.carrier.name}{whose} took part in {share.present} of {share.of}, and nobody else there in half"


def _leaving_note(share: Share) -> str:
    return f"last day {day_words(share.carrier.leaves_on)}" if share.leaving and share.carrier.leaves_on else ""


def carried(facts: PartnershipFacts, at: Limits = ONE) -> list[Share]:
    """Return the officer and the contacts on whom the tie rests alone: the register's side, and each partner's."""
    partners = sorted({body for meeting in facts.meetings for body, _ in meeting.contacts})
    found = [
        _carrier_of(facts.on, facts.people, _people, facts.meetings, at),
        *(_carrier_of(facts.on, facts.contacts, _contacts_of(body), _meetings_with(facts, body), at)
          for body in partners),
    ]
    return [share for share in found if share is not None and (share.leaving or not _has_colleagues(facts, share))]


def _has_colleagues(facts: PartnershipFacts, share: Share) -> bool:
    """Say whether an officer is one of several who look after the partnership and know it, meetings or not."""
    return facts.officers > 1 and not share.carrier.organisation


Who = Callable[[Meeting], Iterable[int]]


class _Log(NamedTuple):
    """Who of one side was in each meeting, oldest first: the year up to any day is a stretch of it."""

    days: list[date]
    present: list[frozenset[int]]

    def year_to(self, day: date) -> list[frozenset[int]]:
        """Return who was in each meeting of the year up to a day."""
        return self.present[bisect_right(self.days, day - LAST_YEAR) : bisect_right(self.days, day)]

    def first_of_year_to(self, day: date) -> date:
        """Return the day of the first of them."""
        return self.days[bisect_right(self.days, day - LAST_YEAR)]


def _log(meetings: Iterable[Meeting], who: Who) -> _Log:
    ordered = sorted(meetings, key=lambda meeting: meeting.held_on)
    return _Log([meeting.held_on for meeting in ordered], [frozenset(who(meeting)) for meeting in ordered])


def _people(meeting: Meeting) -> Iterable[int]:
    return meeting.people


def _contacts_of(organisation: int) -> Who:
    return lambda meeting: [contact for body, contact in meeting.contacts if body == organisation]


def _meetings_with(facts: PartnershipFacts, organisation: int) -> list[Meeting]:
    return [meeting for meeting in facts.meetings if organisation in meeting.organisations]


def _carrier_of(
    on: date, carriers: Mapping[int, Carrier], who: Who, meetings: Sequence[Meeting], at: Limits,
) -> Share | None:
    """Return the one who carries a side, if there is such a one."""
    log = _log(meetings, who)
    year = log.year_to(on)
    least = int(at["meetings"])
    one = _alone(year, 1, at)
    if one is None or one not in carriers:
        return None
    carrier = carriers[one]
    leaving = carrier.leaves_on is not None
    if len(year) < (LEAST_WHEN_LEAVING if leaving else least):
        return None
    days = sorted(set(log.days), reverse=True)
    since = run_start_back((day, _alone(log.year_to(day), least, at) == one) for day in days)
    if leaving and carrier.known_since:
        since = carrier.known_since
    present = sum(one in there for there in year)
    return Share(carrier, present, len(year), leaving, since or log.first_of_year_to(on))


def _alone(year: Sequence[frozenset[int]], least: int, at: Limits) -> int | None:
    """Return who was in four of five meetings while nobody else of that side was in half; None where there is none."""
    if len(year) < least:
        return None
    ranked = Counter(chain.from_iterable(year)).most_common(2)
    if not ranked or ranked[0][1] < at["share"] / 100 * len(year):
        return None
    return None if len(ranked) > 1 and ranked[1][1] >= at["beside"] / 100 * len(year) else ranked[0][0]


def single_point(facts: PartnershipFacts, _at: Limits = NONE) -> Finding | None:
    """Find an organisation of the partnership without which others would be cut off from the network."""
    if not facts.cut_off:
        return None
    first = facts.cut_off[0]
    return Finding(
        f"Without {first.point}, {listed(first.others[:4])} would be cut off from the rest of the network.",
        tuple(Reason(f"{cut.point} is the only link of {listed(cut.others[:4])}", "organisation", (cut.point_id,))
              for cut in facts.cut_off),
        min(cut.since for cut in facts.cut_off), "A second partner meets them in a partnership of its own.",
    )
