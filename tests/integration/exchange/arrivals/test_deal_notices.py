"""Releases of one process as revisions of its deal: each once, in order of date, whatever order they come in."""

import json
from typing import Any

from flask import Flask
from sqlalchemy import select

from register.database import db
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import IMPORT_BY_KEY, keep
from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.uploads import Upload
from register.history.models import HistoryEntry, HistoryValue
from register.history.recording import recorded
from register.partnerships.lookups import deal_revisions
from tests.integration.exchange.arrivals.test_arrangements import Edit, arrangement, bring, changed, count


def notices(*amounts: float) -> Edit:
    """Replace the releases by one for each month and amount, the newest first, as a portal lists them."""

    def edit(releases: list[dict[str, Any]]) -> None:
        first = json.dumps(releases[0])
        releases[:] = []
        for month, amount in enumerate(amounts, start=1):
            one = json.loads(first)
            one |= {"id": f"n{month}", "date": f"2025-{month:02}-01T10:00:00Z", "tag": ["awardUpdate"]}
            one["awards"][0]["value"]["amount"] = amount
            releases.insert(0, one)

    return edit


def values(process: str = "0001") -> list[int | None]:
    return [revision.value_pence for revision in reversed(deal_revisions(arrangement(process).id))]


def reasons() -> list[object]:
    entries = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    told = [(entry.action, facts(entry.sequence).get("@reason")) for entry in entries]
    return list(dict.fromkeys(reason for action, reason in told if action.startswith("deal_revision:")))


def facts(sequence: int) -> dict[str, Any]:
    kept = db.session.get(HistoryValue, sequence)
    return {name: value for name, (_, value) in json.loads(kept.values).items()} if kept else {}


def test_each_release_of_a_file_that_changes_the_terms_is_a_revision_with_its_date_and_reason(app: Flask) -> None:
    content = changed(notices(100, 100, 200, 150))
    assert bring(content).partnerships.created == 1
    assert values() == [10_000, 20_000, 15_000]
    revisions = deal_revisions(arrangement("0001").id)
    assert [one.told_at and one.told_at.month for one in revisions] == [4, 3, 1]
    assert reasons() == [
        "Release n1 of 1 January 2025 (award update)",
        "Release n3 of 1 March 2025 (award update)",
        "Release n4 of 1 April 2025 (award update)",
    ]
    before = count(HistoryEntry)
    assert bring(content).partnerships.unchanged == 1
    assert count(HistoryEntry) == before


def test_a_file_of_older_releases_overwrites_nothing_newer_and_says_so(app: Flask) -> None:
    bring(changed(lambda releases: (notices(100, 200)(releases), releases.pop(1))))
    summary = bring(changed(lambda releases: (notices(100, 200)(releases), releases.pop(0))))
    assert summary.partnerships.unchanged == 1
    assert values() == [20_000]
    assert summary.notes[-1].endswith(
        "Release n1 of 1 January 2025 (award update) tells other terms, but is older than what the register has, "
        "so they stay."
    )


def test_releases_that_come_month_by_month_end_as_in_one_file(app: Flask) -> None:
    for months in (1, 2, 3):
        bring(changed(notices(*(100, 200, 100)[:months])))
    assert values() == [10_000, 20_000, 10_000]
    assert bring(changed(notices(100, 200, 100))).partnerships.unchanged == 1


def test_a_revision_that_an_undone_import_made_comes_back_with_its_file(app: Flask) -> None:
    bring(changed(notices(100)))
    later = changed(notices(100, 200))
    errand = Errand("register")
    reading = read_contracts(Upload("later.json", later.encode()))
    batch = keep(IMPORT_BY_KEY["ocds"], reading, errand, Upload("later.json", later.encode()))
    db.session.commit()
    assert batch is not None
    undo_batch("register", batch, None)
    db.session.commit()
    assert values() == [10_000, 20_000, 10_000]
    assert bring(later).partnerships.updated == 1
    assert values() == [10_000, 20_000, 10_000, 20_000]


def later(**told: Any) -> str:
    """A release that goes on from an award of another file, and names nobody."""
    period = {"startDate": "2025-01-23T00:00:00Z", "endDate": "2027-04-23T23:59:59+01:00"}
    contract = {"id": "c1", "awardID": "a1", "status": "active", "period": period, **told}
    one = {"id": "u1", "ocid": "ocds-zzzzzz-0001", "date": "2025-06-01T00:00:00Z", "tag": ["contractUpdate"]}
    return json.dumps({"releases": [{**one, "contracts": [contract]}]})


def test_a_later_file_may_tell_of_a_contract_alone(app: Flask) -> None:
    bring()
    summary = bring(later())
    assert (summary.partnerships.updated, summary.partnerships.skipped) == (1, 0)
    (line,) = summary.of("changed")
    assert line.name == "Parking pilot"
    assert line.fields[0].becomes == "23 April 2027"
    assert values() == [9_300_700, 9_300_700]
    assert str(arrangement("0001").ends_on) == "2027-04-23"
    assert (bring(later()).partnerships.unchanged, len(values())) == (1, 2)


def test_a_contract_alone_of_a_process_that_nobody_knows_is_skipped(app: Flask) -> None:
    summary = bring(later())
    assert (summary.partnerships.created, summary.partnerships.skipped) == (0, 1)
    assert dict(summary.reasons) == {"process whose award names no supplier": 1}


def test_what_a_later_file_changes_of_a_deal_is_told_as_its_page_says_it(app: Flask) -> None:
    bring(changed(notices(100)))
    summary = bring(changed(notices(100, 120.5, 1500)))
    (line,) = [line for line in summary.of("changed") if line.noun == "partnerships"]
    assert [(field.name, field.was, field.becomes) for field in line.fields] == [
        ("Deal, revision 2: Value", "£100", "£120.50"), ("Deal, revision 3: Value", "£120.50", "£1,500"),
    ]  # fmt: skip


def test_of_a_deal_that_people_entered_only_the_last_notice_counts(app: Flask) -> None:
    bring(changed(notices(100)))
    parking = arrangement("0001")
    revisions = deal_revisions(parking.id)
    with recorded("register", "deal_revision:revised"):
        for revision in revisions:
            revision.told_at = None
    summary = bring(changed(notices(50, 70, 100)))
    assert summary.partnerships.unchanged == 1
    assert values() == [10_000]
    assert bring(changed(notices(50, 70, 80))).partnerships.updated == 1
    assert values() == [10_000, 8_000]
