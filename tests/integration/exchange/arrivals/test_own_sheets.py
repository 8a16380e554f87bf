"""Our own sheets: what went out comes back unchanged, edited cells change just these, new rows know one another."""


import pytest
from flask import Flask
from sqlalchemy import func, select

from register.clock import day_words
from register.database import db
from register.exchange.sheets.layouts import SHEETS
from register.history.models import HistoryEntry
from register.history.verification import verify
from tests.fixtures.sheets import a_hostile_register, back, cells, edited, out, told
from tests.fixtures.stories import days_ago


@pytest.mark.parametrize(("key", "name"), [("xlsx", "all.xlsx"), ("csv", "all.zip")])
def test_everything_that_went_out_comes_back_unchanged_and_goes_out_again_byte_for_byte(
    app: Flask, key: str, name: str
) -> None:
    officer, _ = a_hostile_register()
    first, before = out(key), db.session.scalar(select(func.count(HistoryEntry.sequence)))
    summary = back("sheets", name, first, leads=(officer.id,))
    assert summary.problems == []
    assert told(summary, "unchanged") == sum(tally.total for tally in summary.tallies.values()) > 12
    assert db.session.scalar(select(func.count(HistoryEntry.sequence))) == before
    assert out(key) == first


@pytest.mark.parametrize("sheet", [sheet.key for sheet in SHEETS])
def test_each_sheet_alone_comes_back_unchanged(app: Flask, sheet: str) -> None:
    officer, _ = a_hostile_register()
    summary = back(f"sheet-{sheet}", f"{sheet}.csv", out(sheet), leads=(officer.id,))
    assert summary.problems == []
    assert summary.tallies[sheet].unchanged == summary.tallies[sheet].total > 0


@pytest.mark.parametrize(
    ("sheet", "changes", "said"),
    [
        ("organisations", {"Place": "Northwick"}, [("Place", "'@home", "Northwick")]),
        ("organisations", {"Place": "-"}, [("Place", "'@home", "")]),
        ("organisations", {"Sector": "voluntary"}, [("Sector", "Public", "Voluntary")]),
        ("contacts", {"Email": "a@b.example"}, [("Email", "", "a@b.example")]),
        ("partnerships", {"Theme": "Transport and highways"}, [("Theme", "", "Transport and highways")]),
        ("participations", {"Role": "funder"}, [("Role", "Commissioner", "Funder")]),
        ("deals", {"Value": "£2,000"}, [("Value", "1234567.89", "2000.00")]),
        ("contributions", {"Money": "2"}, [("Money", "1.00", "2.00")]),
        ("interactions", {"Kind": "Meeting"}, [("Kind", "Board", "Meeting")]),
        ("readings", {"Score": "2"}, [("Score", "1", "2")]),
        ("commitments", {"Outcome": "withdrawn", "Settled on": ""}, None),
    ],
)
def test_an_edited_cell_changes_just_that(
    app: Flask, sheet: str, changes: dict[str, str], said: list[tuple[str, str, str]] | None
) -> None:
    officer, _ = a_hostile_register()
    if said is None:
        changes["Settled on"] = days_ago(0).isoformat()
        said = [("Outcome", "", "Withdrawn"), ("Settled on", "", day_words(days_ago(0)))]
    before = out(sheet)
    summary = back(f"sheet-{sheet}", f"{sheet}.csv", edited(before, changes), leads=(officer.id,))
    assert summary.problems == []
    assert told(summary, "updated") == 1
    (line,) = summary.of("changed")
    assert [(field.name, field.was, field.becomes) for field in line.fields] == said
    after, was = cells(out(sheet)), cells(before)
    assert {title for title in was if was[title] != after[title]} <= {*changes, "Revision", "Logged by"}
    db.session.expire_all()
    assert verify().problems == ()
