"""`register import`: what it prints, what it refuses, and that a refusal keeps nothing."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from register.cli import import_
from register.cli.import_ import import_group
from register.cli.setting_up import init
from register.database import db
from register.history.models import HistoryEntry
from register.partnerships.lookups import members
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from tests.factories import a_person, an_organisation

FIXTURES = Path(__file__).parents[2] / "fixtures" / "exchange"
COUNCILS, PACKAGE = str(FIXTURES / "councils.csv"), str(FIXTURES / "release_package.json")
NOTHING = {"created": 0, "updated": 0, "unchanged": 0, "skipped": 0, "refused": 0}


@pytest.fixture
def opened(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Let the commands work in the test's own transaction, kept and undone as a command does."""

    @contextmanager
    def in_the_test() -> Iterator[Flask]:
        try:
            yield app
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise

    monkeypatch.setattr(import_, "opened", in_the_test)
    return app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(import_group, arguments)


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, Refusal)
    assert result.stdout == ""
    return result.exception.message


def count(table: type[Organisation | Partnership | HistoryEntry]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_organisations_are_brought_in_and_counted(opened: Flask) -> None:
    result = run("organisations", COUNCILS)
    assert result.exit_code == 0
    assert result.stdout == "Organisations: 12 created, 0 updated, 0 unchanged, 0 skipped, 0 refused.\n"
    assert "this name lost a letter" in result.stderr
    assert count(Organisation) == 12


def test_contracts_are_brought_in_with_what_was_skipped_and_why(opened: Flask) -> None:
    result = run("ocds", PACKAGE)
    assert result.stdout.splitlines() == [
        "Organisations: 8 created, 0 updated, 0 unchanged, 0 skipped, 0 refused.",
        "Partnerships: 6 created, 0 updated, 0 unchanged, 3 skipped, 0 refused.",
        "Skipped 3 × release without an award.",
        "Nobody looks after 6 of the partnerships yet. Once an officer can sign in, bring the file again.",
    ]
    assert count(Partnership) == 6


def test_counts_are_printed_as_json_and_nothing_else_on_standard_output(opened: Flask) -> None:
    assert json.loads(run("ocds", PACKAGE, "--json").stdout) == {
        "organisations": {**NOTHING, "created": 8},
        "partnerships": {**NOTHING, "created": 6, "skipped": 3},
    }
    assert json.loads(run("ocds", PACKAGE, "--json").stdout) == {
        "organisations": {**NOTHING, "unchanged": 8},
        "partnerships": {**NOTHING, "unchanged": 6, "skipped": 3},
    }
    assert json.loads(run("organisations", COUNCILS, "--json").stdout)["partnerships"] == NOTHING


def test_an_import_is_taken_back_by_its_number(opened: Flask) -> None:
    said = run("councils", COUNCILS).stderr
    number = said.rpartition(" ")[2].strip()
    assert f"register import undo {number}" in said
    assert run("undo", number).stdout == f"Import {number} was undone.\n"
    assert "undone already" in refused("undo", number)
    assert refused("undo", "999999") == "There is no import 999999."
    assert run("undo", "x").exit_code == 2


def test_how_a_table_is_read_can_be_said(opened: Flask, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("A title\nCode|Named|nation\nQXA|Alder Council|England\nQXB||England\n", encoding="utf-16")
    options = ("--encoding", "utf-16", "--delimiter", "upright stroke", "--header-row", "2", "--mode", "create")
    columns = ("--column", "local-authority-code=code", "--column", "official-name=Named")
    assert "Row 4, column Named: this is blank" in refused("councils", str(odd), *options, *columns)
    result = run("councils", str(odd), *options, *columns, "--row-by-row")
    assert result.stdout == "Organisations: 1 created, 0 updated, 0 unchanged, 0 skipped, 1 refused.\n"
    assert "Refused: Row 4, column Named: this is blank" in result.stderr
    assert refused("councils", str(odd), "--encoding", "klingon") == "There is no encoding called klingon."
    unknown = refused("councils", COUNCILS, "--column", "name=x")
    assert unknown.startswith("There is no column name. There are local-authority-code,")
    nowhere = refused("councils", COUNCILS, "--column", "nation=Land")
    assert "column nation: the file has no column Land; the file begins with " in nowhere
    assert refused("councils", COUNCILS, "--column", "nation").startswith("nation names no column. Write --column KEY=")
    assert run("councils", COUNCILS, "--delimiter", "?").exit_code == 2


def test_row_by_row_keeps_the_processes_and_ties_that_can_be_kept(opened: Flask, tmp_path: Path) -> None:
    package = json.loads(Path(PACKAGE).read_text(encoding="utf-8"))
    package["releases"][0]["date"] = "yesterday"
    odd, drawn = tmp_path / "odd.json", tmp_path / "drawn.edgelist"
    odd.write_text(json.dumps(package), encoding="utf-8")
    drawn.write_text("Alder Birch\nCedar\n", encoding="utf-8")
    assert 'Releases, row 1, column date, "yesterday": this is not a date and time' in refused("ocds", str(odd))
    result = run("ocds", str(odd), "--row-by-row")
    assert "Partnerships: 5 created, 0 updated, 0 unchanged, 3 skipped, 1 refused.\n" in result.stdout
    assert 'Refused: Releases, row 1, column date, "yesterday"' in result.stderr
    result = run("network", str(drawn), "--row-by-row")
    assert "Partnerships: 1 created, 0 updated, 0 unchanged, 0 skipped, 1 refused.\n" in result.stdout
    assert 'Refused: Row 2, "Cedar": this line does not name two nodes.' in result.stderr


@pytest.mark.parametrize(("kind", "file", "created"), [("organisations", COUNCILS, 12), ("ocds", PACKAGE, 8)])
def test_a_dry_run_counts_the_same_and_writes_nothing(opened: Flask, kind: str, file: str, created: int) -> None:
    result = run(kind, file, "--dry-run")
    assert f"Organisations: {created} created" in result.stdout
    assert result.stdout.endswith("Nothing was written: this was a dry run.\n")
    assert (count(Organisation), count(Partnership), count(HistoryEntry)) == (0, 0, 0)


def test_every_officer_looks_after_what_is_brought_unless_some_are_named(opened: Flask) -> None:
    first, second = a_person(), a_person()
    db.session.commit()
    run("ocds", PACKAGE, "--lead", second.email)
    (one, *_) = db.session.scalars(select(Partnership))
    assert [member.person_id for member in members(one.id)] == [second.id]
    assert first.id != second.id


def test_every_officer_looks_after_it_when_none_is_named(opened: Flask) -> None:
    officers = {a_person().id, a_person().id}
    a_person("leader")
    db.session.commit()
    assert "Nobody looks after" not in run("ocds", PACKAGE).stdout
    (one, *_) = db.session.scalars(select(Partnership))
    assert {member.person_id for member in members(one.id)} == officers


def test_a_lead_who_is_no_officer_is_refused(opened: Flask) -> None:
    leader = a_person("leader")
    db.session.commit()
    for email in ("nobody@testshire.example", leader.email):
        assert refused("ocds", PACKAGE, "--lead", email) == f"There is no officer with the address {email}."
    assert count(Partnership) == 0


def test_one_of_our_own_sheets_goes_by_its_name_alone(opened: Flask, tmp_path: Path) -> None:
    an_organisation("Alder")
    file = tmp_path / "contacts.csv"
    file.write_text("Organisation,Role\nAlder,Clerk\n")
    assert "1 created" in run("contacts", str(file)).output
    assert "1 unchanged" in run("sheet-contacts", str(file)).output
    assert run("interactions", "--help").output.startswith("Usage: import interactions")


def test_a_column_may_say_the_same_in_every_row_and_days_be_written_month_first(opened: Flask, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("Name,Opened on\nAlder Trust,03/04/2019\n")
    kind = ("--value", "kind=Charity", "--dates", "month-first")
    said = refused("sheet-organisations", str(names), *kind, "--value", "sector=odd")
    assert 'Column Sector, "odd": this word is not known; use one of Public' in said
    assert refused("sheet-organisations", str(names), "--value", "sector").startswith("sector names no column.")
    assert "There is no column flavour." in refused("sheet-organisations", str(names), "--value", "flavour=x")
    result = run("sheet-organisations", str(names), *kind, "--value", "sector=Voluntary")
    assert result.exit_code == 0
    assert "Column Sector: “Voluntary” in every row, as was chosen." in result.stderr
    (found,) = db.session.scalars(select(Organisation)).all()
    assert (found.sector, str(found.opened_on)) == ("voluntary", "2019-03-04")


def test_a_broken_file_is_refused_with_row_column_and_reason_and_keeps_nothing(opened: Flask, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    lines = Path(COUNCILS).read_text(encoding="utf-8").replace("2023-04-01,QXE,England", "2023-14-01,QXE,England")
    broken.write_text(lines, encoding="utf-8")
    assert refused("organisations", str(broken)).splitlines() == [
        "broken.csv has 1 problem, and nothing of it was kept.",
        'Row 9, column end-date, "2023-14-01": this is not a date; write it as 2023-04-01 or 01/04/2023.',
    ]
    assert count(Organisation) == 0


def test_a_rule_of_the_register_refuses_the_whole_file(opened: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_facts: object) -> None:
        raise Refusal("Not this one.")

    monkeypatch.setattr("register.partnerships.many_changes.checked_terms", refuse)
    assert 'Releases, row 1, "Parking pilot": Not this one.' in refused("ocds", PACKAGE)
    assert (count(Organisation), count(Partnership), count(HistoryEntry)) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["organisations", "ocds"])
def test_a_file_that_is_not_there_is_refused_in_one_sentence(kind: str, tmp_path: Path) -> None:
    assert refused(kind, str(tmp_path / "none")) == f"There is no file {tmp_path / 'none'}."


def test_the_wrong_kind_of_file_is_refused_in_one_sentence() -> None:
    assert refused("organisations", PACKAGE) == "release_package.json is JSON, not CSV."
    assert refused("ocds", COUNCILS) == "councils.csv is not JSON."


def test_many_notes_are_cut_short(opened: Flask, tmp_path: Path) -> None:
    codes = ",".join(f"QY{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    file = tmp_path / "many.csv"
    file.write_bytes(
        "local-authority-code,official-name,nation,end-date,replaced-by\n"
        f'QXA,Ald\u00e9r Council,England,2024-04-01,"{codes}"\n'.encode("cp1252")
    )
    lines = run("organisations", str(file)).stderr.splitlines()
    assert lines[0] == "many.csv is not UTF-8 (line 2), so it was read as Windows-1252."
    assert len(lines) == 22
    assert lines[20] == "And 33 more notes."


def test_progress_is_shown_where_somebody_is_looking(opened: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, expected in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with import_._progress(2) as step:
            step()
            step()
        assert ("Importing" in stream.getvalue()) is expected


def test_a_register_is_filled_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTER_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "Make one with: register init" in refused("organisations", COUNCILS)
    assert CliRunner().invoke(init).exit_code == 0
    assert run("organisations", COUNCILS, "--dry-run").exit_code == 0
    assert "12 created" in run("organisations", COUNCILS).stdout
    assert "12 unchanged" in run("organisations", COUNCILS).stdout
