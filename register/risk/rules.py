"""The rules of risk, one row each, in the order in which the watchlist explains them.

A rule's check is a pure function of the facts of one partnership: no database, no clock, no viewer. A rule is added by
writing its check and its row here; pages, command and guidance read this table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from register.risk import breach_rules, deal_rules, people_rules, trust_rules
from register.risk.facts import PartnershipFacts
from register.risk.flags import Finding, Flag, Severity
from register.risk.thresholds import RULES_AS_PUBLISHED, Limits, Thresholds


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a collaboration can be at risk."""

    key: str
    name: str
    group: str
    """The heading under which lists filter it."""
    says: str
    """When it fires, in a sentence for people, with the names of its thresholds in braces."""
    severity: Severity
    check: Callable[[PartnershipFacts, Limits], Finding | None]
    owner_acts: bool = False
    """Whether it is for the senior owner rather than the lead officer."""
    is_trouble: bool = False
    """Whether it speaks of harm to come; the others say that something is missing."""

    def said(self, at: Limits) -> str:
        """Return when it fires, with its thresholds filled in."""
        return self.says.format_map({name: f"{value:,.15g}" for name, value in at.items()})


RULES = (
    Rule("breach_exposure", "Breach exposure", "Breach or dispute",
         "Much happens between the partners and much of it goes badly: the most exposed tenth of relationships.",
         "high", trust_rules.breach_exposure, is_trouble=True),
    Rule("recent_breach", "Recent breach", "Breach or dispute",
         "A dispute, a broken promise or a reading of 1 in the last {days} days, or several that have not faded to "
         "{faded}.",
         "high", breach_rules.recent_breach, is_trouble=True),
    Rule("weak_trust", "Weak trust", "Weak trust",
         "It is more likely than {chance} % that trust lies below {below}, as a whole or in one determinant.",
         "high", trust_rules.weak_trust, is_trouble=True),
    Rule("one_sided", "One-sided", "One-sided",
         "One side trusts the other by {margin} points more than it is trusted, with a chance of more than {chance} %.",
         "medium", trust_rules.one_sided, is_trouble=True),
    Rule("gone_quiet", "Gone quiet", "Gone quiet",
         "Nothing was logged for {times} times the agreed or usual gap and more than {days} days: evidence is fading.",
         "quiet", people_rules.gone_quiet),
    Rule("not_known", "Not known", "Not known",
         "How the partners of a key or significant partnership stand is not known: missing evidence, not bad news.",
         "not-known", trust_rules.not_known),
    Rule("promises_overdue", "Promises overdue", "Promises overdue",
         "A promise of either side is open more than {grace} days past its date.",
         "medium", breach_rules.promises_overdue, is_trouble=True),
    Rule("strong_deal_weak_relationship", "Strong deal, weak relationship", "Deal beside relationship",
         "The deal has {complete} % of its documents or is worth £{value} a year, and the relationship is weak or "
         "not known.",
         "high", deal_rules.strong_deal_weak_relationship, is_trouble=True),
    Rule("thin_deal_good_relationship", "Good relationship, thin deal", "Deal beside relationship",
         "The relationship is sound or strong, and fewer than {thin} % of the governing documents are in place.",
         "deal", deal_rules.thin_deal_good_relationship, owner_acts=True),
    Rule("notice_open", "Notice window open", "Deal events",
         "The last day to give notice is within {days} days.",
         "deal", deal_rules.notice_open, owner_acts=True),
    Rule("review_overdue", "Review overdue", "Deal events",
         "The deal’s review day went by more than {grace} days ago.",
         "deal", deal_rules.review_overdue, owner_acts=True),
    Rule("no_agreement", "No agreement", "Deal events",
         "A key or significant partnership has no agreement on record.",
         "deal", deal_rules.no_agreement, owner_acts=True),
    Rule("no_exit", "No exit arrangement", "Deal events",
         "The deal of a key or significant partnership does not say how it would end.",
         "deal", deal_rules.no_exit, owner_acts=True),
    Rule("end_near", "End date near", "Deal events",
         "The deal or the partnership ends within {days} days, or ended while it is still open.",
         "deal", deal_rules.end_near, owner_acts=True),
    Rule("rests_on_one", "Rests on one person", "Rests on one person",
         "One officer or one contact took part in {share} % of the interactions of the last year, of {meetings} or "
         "more, and nobody else there in {beside} %; at once when that person is leaving.",
         "medium", people_rules.rests_on_one),
    Rule("single_point", "Single point of failure", "Single point of failure",
         "Without one organisation others would be cut off from the network.",
         "medium", people_rules.single_point),
)
RULE_BY_KEY = {rule.key: rule for rule in RULES}
GROUPS = tuple(dict.fromkeys(rule.group for rule in RULES))


def flags_from(facts: PartnershipFacts, thresholds: Thresholds = RULES_AS_PUBLISHED) -> tuple[Flag, ...]:
    """Return the flags of one live partnership, in the order of the rules."""
    return tuple(
        _flag(rule, facts, finding, thresholds.number) for rule in RULES
        if (finding := rule.check(facts, thresholds.limits(rule.key, facts.kind, facts.significance))) is not None
    )


def _flag(rule: Rule, facts: PartnershipFacts, finding: Finding, rule_set: int) -> Flag:
    severity = finding.severity or rule.severity
    return Flag(
        rule=rule.key, name=rule.name, partnership_id=facts.id, words=finding.words, reasons=finding.reasons,
        since=finding.since, clears=finding.clears, who_acts=who_acts(facts, owner=rule.owner_acts),
        severity=severity, is_trouble=rule.is_trouble and severity not in ("quiet", "not-known"), rule_set=rule_set,
    )


def who_acts(facts: PartnershipFacts, *, owner: bool) -> str | None:
    """Return the name of who acts: the lead officer, for the deal the senior owner; the other where one is missing."""
    first, second = facts.lead_officer, facts.senior_owner
    return (second or first) if owner else (first or second)
