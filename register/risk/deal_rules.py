"""Rules that argue from the deal: beside the relationship, and by its dates."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from register.clock import day_words
from register.risk.facts import DealFacts, PartnershipFacts
from register.risk.flags import Finding, Reason, counted, listed
from register.risk.reasons import enough_meetings, pieces_as_reasons, standing_reasons
from register.risk.replay import held_since, not_known_since
from register.risk.thresholds import NONE, PUBLISHED, Limits
from register.risk.views import ViewFacts
from register.trust.figure import band, figure, unknown, word

STRONG: Final = PUBLISHED["strong_deal_weak_relationship"]
THIN: Final = PUBLISHED["thin_deal_good_relationship"]
NOTICE: Final = PUBLISHED["notice_open"]
REVIEW: Final = PUBLISHED["review_overdue"]
END: Final = PUBLISHED["end_near"]


def strong_deal_weak_relationship(facts: PartnershipFacts, at: Limits = STRONG) -> Finding | None:
    """Find how collaborations usually fail: sound terms or much money, and a relationship that is neither."""
    if not is_strong_deal(facts, at) or facts.word not in ("weak", "not known"):
        return None
    weakest = facts.weakest
    since = _weak_since(weakest) if weakest else _unknown_since(facts)
    if since is None:
        return None
    views = [weakest] if weakest else []
    return Finding(
        f"The deal is {_strength(facts, at)}, and {weakest.about} is weak, at {weakest.points}." if weakest else
        f"The deal is {_strength(facts, at)}, and how the partners stand is not known.",
        (*_deal_reason(facts), *pieces_as_reasons(views, facts.on), *standing_reasons(views)),
        max(since, _deal_since(facts)),
        "The relationship is no longer weak: " + enough_meetings(weakest, _no_longer_weak(weakest)) if weakest else
        "A review is logged with readings on both sides.",
        None if weakest else "not-known",
    )


def is_strong_deal(facts: PartnershipFacts, at: Limits = STRONG) -> bool:
    """Say whether a deal is complete or of high value."""
    deal = facts.deal
    return deal is not None and (_is_complete(deal, at) or (deal.annual_pence or 0) >= 100 * at["value"])


def _is_complete(deal: DealFacts, at: Limits) -> bool:
    return deal.completeness >= at["complete"] / 100


def _strength(facts: PartnershipFacts, at: Limits) -> str:
    deal = facts.deal
    return "all but complete" if deal is not None and _is_complete(deal, at) else "of high value"


def _weak_since(view: ViewFacts) -> date | None:
    return held_since(view, lambda at: _word(at.good, at.bad, view.lent) == "weak")


def _no_longer_weak(view: ViewFacts) -> Callable[[float, float], bool]:
    return lambda good, bad: _word(good, bad, view.lent) != "weak"


def _word(good: float, bad: float, lent: float) -> str:
    return word(figure(good, bad, lent), *band(good, bad, lent), unknown(good, bad))


def _unknown_since(facts: PartnershipFacts) -> date:
    return max((not_known_since(view, facts.began_on) for view in facts.views), default=facts.began_on)


def _deal_since(facts: PartnershipFacts) -> date:
    deal = facts.deal
    days = [day for day in (deal.agreed_on, deal.recorded_on) if day is not None and day <= facts.on] if deal else []
    return min(days, default=facts.began_on)


def _deal_reason(facts: PartnershipFacts) -> tuple[Reason, ...]:
    deal = facts.deal
    if deal is None:
        return ()
    value = f"{_millions(deal.annual_pence)} a year, " if deal.annual_pence else ""
    return (Reason("The deal", "deal", (), f"{value}{100 * deal.completeness:.0f} % of its documents in place"),)


def _millions(pence: int) -> str:
    pounds = pence / 100
    return f"£{pounds / 1_000_000:.1f}m" if pounds >= 1_000_000 else f"£{pounds:,.0f}"  # noqa: PLR2004 - a million


def thin_deal_good_relationship(facts: PartnershipFacts, at: Limits = THIN) -> Finding | None:
    """Find the reverse: good will that no paper holds, should the people change."""
    if not facts.is_significant or facts.deal is None or is_strong_deal(facts):
        return None
    if facts.deal.completeness >= at["thin"] / 100 or facts.word not in ("strong", "sound"):
        return None
    missing = facts.deal.missing
    return Finding(
        f"They trust one another, and {counted(len(missing), 'governing document')} are missing.",
        (Reason("The deal", "deal", (), f"missing: {listed(name.lower() for name in missing)}"),
         *standing_reasons([facts.weakest] if facts.weakest else [])),
        _deal_since(facts), f"{_share(at['thin'])} of the governing documents are in place.",
    )


def _share(percent: float) -> str:
    return "Half" if percent == 50 else f"{percent:g} %"  # noqa: PLR2004 - a half


def notice_open(facts: PartnershipFacts, at: Limits = NOTICE) -> Finding | None:
    """Find a deal of which notice can still be given, and must be soon."""
    day = facts.deal.notice_on if facts.deal else None
    ahead = timedelta(days=int(at["days"]))
    if day is None or not day - ahead <= facts.on <= day:
        return None
    return Finding(
        f"The last day to give notice is {day_words(day)}, {_ahead((day - facts.on).days)}.",
        (Reason("The deal’s dates", "deal", (), _ends_note(facts)),), day - ahead,
        f"A decision to go on or to give notice is recorded in the deal, or {day_words(day)} goes by.",
    )


def _ahead(days: int) -> str:
    return f"in {counted(days, 'day')}" if days else "today"


def _ends_note(facts: PartnershipFacts) -> str:
    day = end_day(facts)
    return f"ends {day_words(day)}" if day else "no end date"


def end_day(facts: PartnershipFacts) -> date | None:
    """Return the day on which the deal ends, or else the partnership."""
    return facts.deal.ends_on if facts.deal and facts.deal.ends_on else facts.ends_on


def review_overdue(facts: PartnershipFacts, at: Limits = REVIEW) -> Finding | None:
    """Find a deal whose review day went by."""
    day = facts.deal.review_on if facts.deal else None
    grace = timedelta(days=int(at["grace"]))
    if day is None or day + grace >= facts.on:
        return None
    return Finding(
        f"The review was due on {day_words(day)}, {counted((facts.on - day).days, 'day')} ago.",
        (Reason("The deal’s dates", "deal", (), f"review {day_words(day)}"),), day + grace + timedelta(days=1),
        "The review is held and the deal revised with the next review day.",
    )


def no_agreement(facts: PartnershipFacts, _at: Limits = NONE) -> Finding | None:
    """Find a partnership that matters without an agreement."""
    deal = facts.deal
    if not facts.is_significant or (deal is not None and deal.is_agreed):
        return None
    return Finding(
        "No agreement is recorded." if deal else "No deal is recorded.",
        (Reason("The deal", "deal", (), "no agreement date and no signed agreement" if deal else "none"),),
        facts.began_on, "The deal is recorded with its agreement.",
    )


def no_exit(facts: PartnershipFacts, _at: Limits = NONE) -> Finding | None:
    """Find a deal that matters and does not say how it would end."""
    deal = facts.deal
    if not facts.is_significant or deal is None or not deal.is_agreed or deal.has_exit:
        return None
    return Finding(
        "The deal has no exit arrangement.", (Reason("The deal", "deal", (), _ends_note(facts)),),
        _deal_since(facts), "An exit arrangement is recorded in the deal.",
    )


def end_near(facts: PartnershipFacts, at: Limits = END) -> Finding | None:
    """Find a partnership that ends soon, or whose end went by while it was still at work."""
    day = end_day(facts)
    ahead = timedelta(days=int(at["days"]))
    if day is None or facts.on < day - ahead:
        return None
    days = (day - facts.on).days
    return Finding(
        f"It ends on {day_words(day)}, {_ahead(days)}." if days >= 0 else
        f"It ended on {day_words(day)} and is still open.",
        (Reason("The deal’s dates", "deal", (), _ends_note(facts)),), day - ahead,
        "The deal is extended, or the partnership closed.",
    )
