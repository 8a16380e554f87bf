"""The auditor's desk: who may sit at it, what adds up, what is drawn, what is missing, and what is taken away."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from register.accounts.changes import open_restricted
from register.accounts.models import AccessEntry
from register.clock import today
from register.database import db
from register.history.guard import close_guard, open_guard
from register.history.lookups import entries_of
from register.history.verification import verify
from register.partnerships.changes import close_partnership
from register.partnerships.deal_changes import revise_deal
from register.partnerships.models import Partnership
from register.reports.models import EvidencePack
from register.settings import Settings
from register.trust.models import TrustState
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in
from tests.fixtures.pages import Furnished
from tests.fixtures.stories import HOSTILE, days_ago, words_of

PAGES = ("/desk", "/desk/reconcile", "/desk/sample", "/desk/sample?of=entry", "/desk/sample?of=partnership",
         "/desk/gaps", "/desk/figures", "/desk/pack", "/desk/access")  # fmt: skip
HOSTILE_SAMPLES = (
    f"seed={HOSTILE}", "size=999999", "size=-1", "of=nothing", "day=0001-01-01", "seed=%00",
)
FILES = {
    "story.html", "interactions.csv", "readings.csv", "promises.csv", "entries.jsonl", "SHA256SUMS", "checkpoint.txt",
    "key.txt", "verifier.py", "check_pack.py", "README.txt",
}


def seen(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words_of(answer.text)


@pytest.fixture(autouse=True)
def settings(app: Flask, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose checkpoints are this test's own: those of an undone test would not fit."""
    kept: Settings = app.config["REGISTER"]
    app.config["REGISTER"] = replace(kept, checkpoints=tmp_path / "outside", keys=tmp_path / "keys")
    yield app.config["REGISTER"]
    app.config["REGISTER"] = kept


@pytest.fixture
def auditor(client: FlaskClient, furnished: Furnished) -> FlaskClient:
    """The browser of an auditor, with something on each page."""
    return signed_in(client, furnished.people["auditor"])


@pytest.mark.parametrize(("who", "pages"), [
    ("officer", ()), ("leader", ()), ("administrator", ()), ("governance", ("/desk/access",)), ("auditor", PAGES),
])  # fmt: skip
def test_who_may_sit_at_the_desk(client: FlaskClient, furnished: Furnished, who: str, pages: tuple[str, ...]) -> None:
    signed_in(client, furnished.people[who])
    for page in PAGES:
        assert client.get(page).status_code == (200 if page in pages else 403), page
    assert client.post("/desk/pack", data={"reason": "x"}).status_code == (200 if who == "auditor" else 403)


def test_restricted_partnerships_are_counted_only_under_an_opening(auditor: FlaskClient, furnished: Furnished) -> None:
    for page in PAGES:
        assert "Quiet matter" not in seen(auditor, page), page
    assert "of 1 partnerships" in seen(auditor, "/desk/sample?of=partnership&day=" + today().isoformat())
    open_restricted(furnished.people["auditor"], "Audit 7.")
    assert "of 2 partnerships" in seen(auditor, "/desk/sample?of=partnership&day=" + today().isoformat())
    assert "Quiet matter" in seen(auditor, "/desk/gaps")
    assert "Audit 7." in seen(auditor, "/desk/access")


def test_two_dates_add_up_and_lead_to_what_moved(auditor: FlaskClient, furnished: Furnished) -> None:
    close_partnership("register", furnished.open, today(), "It is done.")
    page = auditor.get(f"/desk/reconcile?from={days_ago(30)}&to={today()}").text
    told = words_of(page)
    assert re.search(r"Partnerships 0 0 0 0 0 yes 1 0", told)
    assert re.search(r"Organisations 0 4 0 0 4 yes", told) or "yes" in told
    assert "no:" not in told
    assert f'href="/history/partnership/{furnished.open.id}"' in page
    assert "Interactions 0 1 1 yes" in told


@pytest.mark.parametrize("query", ["from=2999-01-01&to=0001-01-01", "from=&to=", "from=2020-01-01&to=2020-01-01"])
def test_any_two_dates_are_answered(auditor: FlaskClient, query: str) -> None:
    assert "no:" not in seen(auditor, f"/desk/reconcile?{query}")


@pytest.mark.parametrize("page", ["reconcile?from=x", "sample?day=30+February+2026"])
def test_what_is_no_day_is_refused(auditor: FlaskClient, page: str) -> None:
    answer = auditor.get(f"/desk/{page}")
    assert answer.status_code == 400
    assert "Enter a day that exists" in answer.text


def test_a_sample_says_of_what_with_which_seed_and_stays_the_same(auditor: FlaskClient, furnished: Furnished) -> None:
    for number in range(5):
        an_interaction(furnished.people["member"], furnished.open, account=f"Meeting {number}")
    address = f"/desk/sample?of=interaction&seed=7&size=3&day={today()}"
    once = seen(auditor, address)
    assert "3 of 6 interactions" in once
    assert "Seed 7." in once
    assert once == seen(auditor, address)
    assert once != seen(auditor, address.replace("seed=7", "seed=8"))


@pytest.mark.parametrize("query", HOSTILE_SAMPLES)
def test_hostile_samples_are_answered(auditor: FlaskClient, query: str) -> None:
    assert "<script>alert" not in auditor.get(f"/desk/sample?{query}").text


def test_each_gap_has_its_count_and_its_cases(auditor: FlaskClient, furnished: Furnished) -> None:
    told = seen(auditor, "/desk/gaps")
    assert "No agreement 1 1" in told
    assert "No exit arrangement 1 1" in told
    assert "No review in 12 months 1 1" in told
    assert "Readings without evidence 0 1" in told
    revise_deal("register", furnished.open, {"documents": ["agreement", "exit"]})
    an_interaction(furnished.people["member"], furnished.open, kind="review")
    an_interaction(furnished.people["member"], furnished.open, held_on=days_ago(40))
    told = seen(auditor, "/desk/gaps")
    assert "No agreement 0 1" in told
    assert "No exit arrangement 0 1" in told
    assert "No review in 12 months 0 1" in told
    assert "Late entries 1 3" in told


def test_figures_are_equal_until_a_stored_sum_is_altered(auditor: FlaskClient, furnished: Furnished) -> None:
    first, second = partners_of(furnished.open)
    address = f"/desk/figures/{first.id}/of/{second.id}?partnership={furnished.open.id}"
    assert "1 of 1 figures" in seen(auditor, "/desk/figures")
    assert "The figure is equal" in seen(auditor, address)
    connection = db.session.connection()
    open_guard(connection)
    connection.execute(update(TrustState).values(good_180=TrustState.good_180 * 1.5))
    close_guard(connection)
    assert "0 of 1 figures" in seen(auditor, "/desk/figures")
    assert "The figure is not equal" in seen(auditor, address)


def test_a_figure_of_the_past_is_worked_out_as_of_then(auditor: FlaskClient, furnished: Furnished) -> None:
    first, second = partners_of(furnished.open)
    an_interaction(furnished.people["member"], furnished.open, {"ilm:openness": 5}, held_on=days_ago(100))
    address = f"/desk/figures/{first.id}/of/{second.id}?partnership={furnished.open.id}&on={days_ago(50)}"
    assert "The figure is equal" in seen(auditor, address)


@pytest.mark.parametrize("address", ["/desk/figures/1/of/999999", "/desk/figures/999999/of/1?partnership=1"])
def test_a_figure_of_nothing_is_not_found(auditor: FlaskClient, address: str) -> None:
    assert auditor.get(address).status_code == 404


def take(client: FlaskClient, partnership: Partnership | None, **more: str) -> zipfile.ZipFile:
    sent = {"partnership": str(partnership.id) if partnership else "", "reason": "Audit 2026/07", **more}
    answer = client.post("/desk/pack", data=sent)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_pack_holds_the_story_the_tables_the_entries_and_what_checks_them(
    auditor: FlaskClient, furnished: Furnished, tmp_path: Path,
) -> None:
    an_interaction(furnished.people["member"], furnished.open, account="=1+1")
    pack = take(auditor, furnished.open)
    assert set(pack.namelist()) >= FILES
    assert "Account of Open matter" in pack.read("story.html").decode()
    assert "'=1+1" in pack.read("interactions.csv").decode()
    assert "Quiet matter" not in "".join(pack.read(name).decode("utf-8", "replace") for name in pack.namelist())
    pack.extractall(tmp_path / "pack")
    assert checked(tmp_path / "pack") == (0, "The pack is whole.\n")
    assert any(json.loads(line)["path"] for line in pack.read("entries.jsonl").splitlines())


def checked(folder: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, folder / "check_pack.py"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("name", "was", "becomes", "says"), [
    ("interactions.csv", "Account", "Recount", "interactions.csv is not what it was."),
    ("entries.jsonl", "Account of Open", "Account of Shut", "account is not the value that was recorded"),
    ("entries.jsonl", "interaction:logged", "interaction:edited", "its envelope was altered"),
])
def test_a_pack_that_was_altered_is_found_out(
    auditor: FlaskClient, furnished: Furnished, tmp_path: Path, name: str, was: str, becomes: str, says: str,
) -> None:
    take(auditor, furnished.open).extractall(tmp_path)
    before = (tmp_path / name).read_text(encoding="utf-8")
    assert was in before
    (tmp_path / name).write_text(before.replace(was, becomes), encoding="utf-8")
    code, said = checked(tmp_path)
    assert code == 1
    assert says in said


def test_taking_evidence_is_recorded_in_the_history_and_in_the_log(auditor: FlaskClient, furnished: Furnished) -> None:
    pack = take(auditor, furnished.open)
    kept = db.session.scalars(select(EvidencePack)).one()
    assert (kept.partnership_id, kept.reason) == (furnished.open.id, "Audit 2026/07")
    assert kept.entries == len(pack.read("entries.jsonl").splitlines()) > 5
    assert [entry.scope_id for entry in entries_of("evidence_pack", kept.id)] == [furnished.open.id]
    assert db.session.scalars(select(AccessEntry.kind).where(AccessEntry.what == "/desk/pack")).all() == ["download"]
    assert verify().is_whole
    assert "took evidence away" in seen(auditor, f"/history/partnership/{furnished.open.id}")
    assert "Audit 2026/07" in seen(auditor, "/desk")


@pytest.mark.parametrize(("sent", "says"), [
    ({"reason": " "}, "Say what the evidence is for"),
    ({"reason": "x", "since": "x"}, "Enter a day that exists"),
    ({"reason": "x", "since": "2026-02-01", "until": "2026-01-01"}, "first day has to lie before the last"),
])
def test_a_pack_that_is_asked_for_wrongly_is_refused(auditor: FlaskClient, sent: dict[str, str], says: str) -> None:
    answer = auditor.post("/desk/pack", data={"partnership": "", **sent})
    assert answer.status_code == 422
    assert says in answer.text
    assert db.session.scalars(select(EvidencePack)).all() == []


def test_a_pack_of_a_hidden_partnership_is_not_found(auditor: FlaskClient, furnished: Furnished) -> None:
    sent = {"partnership": str(furnished.restricted.id), "reason": "x"}
    assert auditor.post("/desk/pack", data=sent).status_code == 404


def test_a_pack_of_a_period_holds_what_was_recorded_in_it(auditor: FlaskClient, furnished: Furnished) -> None:
    whole, nothing = take(auditor, None), take(auditor, None, until=days_ago(2).isoformat())
    assert len(whole.read("entries.jsonl").splitlines()) > 10
    assert nothing.read("entries.jsonl") == b""
    assert json.loads(whole.read("entries.jsonl").splitlines()[0])["sequence"] >= 1


def test_the_log_can_be_narrowed_and_hides_what_is_closed_to_its_reader(
    client: FlaskClient, furnished: Furnished,
) -> None:
    auditor, governance = furnished.people["auditor"], furnished.people["governance"]
    open_restricted(auditor, "Audit 7.")
    signed_in(client, auditor).get(f"/partnerships/{furnished.restricted.id}")
    signed_in(client, governance)
    told = seen(client, "/desk/access")
    assert "Quiet matter" not in told
    assert "one that is closed to you" in told
    narrowed = seen(client, "/desk/access?kind=sign-in")
    assert "one that is closed to you" not in narrowed
    assert auditor.name in seen(client, f"/desk/access?by={auditor.id}")


def test_a_desk_of_an_empty_register_says_so(client: FlaskClient) -> None:
    signed_in(client, a_person("auditor"))
    for page in PAGES:
        seen(client, page)
    assert db.session.scalar(text("SELECT count(*) FROM partnership")) == 0


def test_yesterdays_population_is_not_changed_by_todays_entries(client: FlaskClient) -> None:
    officer, auditor = a_person(), a_person("auditor")
    found = a_partnership(members={officer: "lead"})
    signed_in(client, auditor)
    before = seen(client, "/desk/sample?of=entry").partition("Every figure on this page")[0]
    an_interaction(officer, found, held_on=today() - timedelta(days=3))
    assert seen(client, "/desk/sample?of=entry").startswith(before)
