"""The deal of a partnership is revised and never overwritten."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from register.clock import Clocks, clocks_now, pretending
from register.partnerships.deal_changes import Share, current_deal, revise_deal
from register.partnerships.lookups import deal_revisions, deals_in_force, shares_of
from register.refusals import Refusal
from tests.factories import a_partnership, an_organisation, partners_of

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_revision_supersedes_the_one_before_and_keeps_it(app: Flask) -> None:
    partnership = a_partnership()
    revise_deal("register", partnership, {"value_pence": 100, "value_basis": "annual"})
    revise_deal("register", partnership, {"value_pence": 200, "value_basis": "annual"}, reason="A new price.")
    assert [(row.revision, row.value_pence) for row in deal_revisions(partnership.id)] == [(2, 200), (1, 100)]
    current = current_deal(partnership.id)
    assert current is not None
    assert current.revision == 2


def test_deals_are_read_as_they_were_known_on_a_day(app: Flask) -> None:
    partnership = a_partnership()
    with pretending(MARCH):
        revise_deal("register", partnership, {"reference": "first"})
    with pretending(JUNE):
        revise_deal("register", partnership, {"reference": "second"})

    def known(clocks: Clocks) -> str | None:
        deal = deals_in_force([partnership.id], clocks).get(partnership.id)
        return deal.reference if deal else None

    assert known(Clocks(date(2026, 2, 28))) is None
    assert known(Clocks(date(2026, 5, 31))) == "first"
    assert known(Clocks(date(2026, 7, 1), date(2026, 3, 1))) == "first"
    assert known(Clocks(date(2026, 7, 1))) == "second"
    assert known(clocks_now()) == "second"


def test_each_side_puts_in_money_and_other_things(app: Flask) -> None:
    partnership = a_partnership()
    first, second = partners_of(partnership)
    deal = revise_deal("register", partnership, {}, (Share(first.id, 5000, None), Share(second.id, None, "two nurses")))
    assert [(row.money_pence, row.in_kind) for row in shares_of(deal)] == [(5000, None), (None, "two nurses")]


def test_who_takes_no_part_puts_nothing_in(app: Flask) -> None:
    with pytest.raises(Refusal, match="Only organisations that take part") as caught:
        revise_deal("register", a_partnership(), {}, (Share(an_organisation().id, 5000, None),))
    assert caught.value.field == "shares"


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"value_pence": 100}, "value_basis"),
        ({"value_pence": 100, "value_basis": "none"}, "value_pence"),
        ({"value_pence": -1, "value_basis": "annual"}, "value_pence"),
        ({"value_pence": 10**15, "value_basis": "annual"}, "value_pence"),
        ({"value_pence": 1, "value_basis": "weekly"}, "value_basis"),
        ({"legal_form": "handshake"}, "legal_form"),
        ({"starts_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"notice_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}, "notice_on"),
        ({"reference": "a" * 201}, "reference"),
        ({"exit_arrangement": "a\x00"}, "exit_arrangement"),
    ],
)
def test_terms_that_cannot_be_are_refused_by_their_field(app: Flask, terms: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        revise_deal("register", a_partnership(), terms)
    assert caught.value.field == field


def test_the_documents_in_place_are_kept_in_one_order_and_unknown_ones_left_out(app: Flask) -> None:
    deal = revise_deal("register", a_partnership(), {"documents": ["exit", "agreement", "a joke"]})
    assert deal.documents_in_place == ("agreement", "exit")
    assert "Exit arrangement" not in deal.missing_documents
