"""Deals of the example, from months counted from now to dates, and from pounds to pence."""

from datetime import date, timedelta
from random import Random

from register.exchange.example.days import month_end, month_start, office_hours, working_day
from register.exchange.example.outlines import Terms
from register.exchange.example.records import Deal, Share
from register.partnerships.kinds import DOCUMENTS

BEGAN = 552
"""Days ago, when the council began to keep this register."""


def deals(terms: Terms, today: date, random: Random) -> tuple[Deal, ...]:
    """Return the revisions of a deal, oldest first: one, or two where the value was revised."""
    began = today - timedelta(BEGAN)
    first = working_day(max(began, month_start(today, terms.starts) if terms.starts is not None else began))
    if terms.before is None:
        return (_deal(terms, today, terms.pounds, None, first, random),)
    pounds, months, reason = terms.before
    revised = working_day(month_start(today, -months) + timedelta(9))
    return (
        _deal(terms, today, pounds, None, first, random),
        _deal(terms, today, terms.pounds, reason, revised, random),
    )


def _deal(terms: Terms, today: date, pounds: int | None, reason: str | None, recorded_on: date, random: Random) -> Deal:
    return Deal(
        reference=terms.reference,
        legal_form=terms.form,
        agreed_on=None if terms.agreed is None else working_day(month_start(today, terms.agreed) + timedelta(11)),
        value_pence=_pence(pounds),
        value_basis=terms.basis,
        starts_on=_start(terms.starts, today),
        review_on=_start(terms.review, today),
        notice_on=_notice(terms, today),
        ends_on=None if terms.ends is None else month_end(today, terms.ends),
        extension=terms.extension,
        exit_arrangement=terms.exit,
        benefits_expected=terms.expected,
        benefits_realised=terms.realised,
        documents=tuple(kind.key for kind in DOCUMENTS if kind.key not in terms.missing),
        shares=_shares(terms, pounds),
        reason=reason,
        recorded_at=office_hours(recorded_on, random),
    )


def _start(months: int | None, today: date) -> date | None:
    return None if months is None else month_start(today, months)


def _notice(terms: Terms, today: date) -> date | None:
    """Return the last day to give notice: so many months before the end, or none where that is not agreed."""
    if terms.ends is None or terms.notice is None:
        return None
    return month_end(today, terms.ends - terms.notice)


def _shares(terms: Terms, pounds: int | None) -> tuple[Share, ...]:
    """Return what each side puts in; of an earlier value in the same proportions, the first side taking the rest."""
    named = sum(money or 0 for _, money, _ in terms.shares)
    if pounds is None or pounds == named or not named:
        return tuple(Share(organisation, _pence(money), in_kind) for organisation, money, in_kind in terms.shares)
    scaled = [None if money is None else money * pounds // named // 1000 * 1000 for _, money, _ in terms.shares]
    scaled[0] = (scaled[0] or 0) + pounds - sum(money or 0 for money in scaled)
    return tuple(
        Share(organisation, _pence(money), in_kind)
        for (organisation, _, in_kind), money in zip(terms.shares, scaled, strict=True)
    )


def _pence(pounds: int | None) -> int | None:
    return None if pounds is None else pounds * 100
