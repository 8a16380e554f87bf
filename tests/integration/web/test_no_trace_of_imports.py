"""What is brought in says nothing of restricted partnerships to those outside them, and nothing stays of a dry run."""

import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from register.accounts.models import Person
from register.clock import now, pretending, today
from register.database import db
from register.history.recording import recorded
from register.interactions.commitment_changes import NewCommitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.member_changes import end_member, set_member
from register.partnerships.models import Participation, Partnership, PartnershipIdentifier
from register.trust.changes import set_restriction
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.bringing import check, keep, staged

FIXTURES = Path(__file__).parents[2] / "fixtures" / "exchange"
PACKAGE = (FIXTURES / "release_package.json").read_text(encoding="utf-8")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20200101T000000Z\r\n"
    "DTSTART:20200101T100000Z\r\nDTEND:20200101T110000Z\r\nSUMMARY:A meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
TOKENS = re.compile(rb"/import/files/[\w-]+|name=\"(?:form_key|csrf_token)\"[^>]*value=\"[^\"]*")
SECRET = "The secret work"


class Scene(NamedTuple):
    """Who knows of the restricted partnership, who does not, and an open one that both look after."""

    outsider: Person
    insider: Person
    open: Partnership


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    outsider, insider = a_person(), a_person()
    both = a_partnership(members={outsider: "lead", insider: "lead"}, name="The open work")
    an_interaction(insider, both)
    db.session.commit()
    with pretending(now()):
        yield Scene(outsider, insider, both)


def newest(column: Any) -> int:
    return db.session.scalar(select(func.max(column))) or 0


def give_numbers_again() -> None:
    """Let the next rows have the numbers that the probes name; dry runs drew some of them from sequences."""
    if db.engine.dialect.name == "postgresql":
        for table in ("partnership", "participation", "interaction", "commitment"):
            following = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"
            again = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({following}), false)"
            db.session.execute(text(again))


def probes(scene: Scene) -> dict[str, tuple[str, str, str]]:
    """Return files about the next partnership, by every way in which a row can mean it: kind, file name, content."""
    number, part = newest(Partnership.id) + 1, newest(Participation.id) + 1
    meeting, promise = newest(Interaction.id) + 1, newest(Commitment.id) + 1
    one, two = (body.id for body in partners_of(scene.open))
    day = today().isoformat()
    found: dict[str, list[str]] = {
        "partnerships": ["Id,Name,Kind,Identifiers", f"{number},Another,commissioning,", f",{SECRET},commissioning,",
                         ",By its number elsewhere,commissioning,X-PORTAL secret-1"],
        "participations": ["Id,Partnership id,Partnership,Organisation id,Role"],
        "deals": ["Partnership id,Partnership,Reference"],
        "contributions": ["Partnership id,Partnership,Organisation id,Money"],
        "interactions": ["Id,Partnership id,Partnership,Kind,Held on,What happened,Present",
                         f"{meeting},,,meeting,{day},Changed,#{one}"],
        "commitments": ["Id,Partnership id,Partnership,Interaction id,Promised by id,Promised to id,What,Due on"
                        ",Outcome",
                        f"{promise},,,,{one},{two},,{day},kept",
                        f",{scene.open.id},,{meeting},{one},{two},At their meeting,{day},"],
        "readings": ["Interaction id,Rater id,Rated id,Determinant,Score", f"{meeting},{one},{two},ilm:openness,1"],
    }
    for means in (f"{number},", f",{SECRET}"):
        found["participations"].append(f",{means},{one},partner")
        found["deals"].append(f"{means},R1")
        found["contributions"].append(f"{means},{one},12")
        found["interactions"].append(f",{means},meeting,{day},We met,#{one}; #{two}")
        found["commitments"].append(f",{means},,{one},{two},A secret promise,{day},")
    found["participations"].append(f"{part},,,,lead")
    sheets = {f"sheet-{key}": (f"sheet-{key}", f"{key}.csv", "\n".join(rows)) for key, rows in found.items()}
    return sheets | {"ocds": ("ocds", "package.json", PACKAGE), "calendar": ("calendar", "met.ics", CALENDAR)}


def said(browser: FlaskClient, files: dict[str, tuple[str, str, str]], number: int) -> dict[str, object]:
    """Return all that each step says of each file."""
    found: dict[str, object] = {}
    for key, (kind, name, content) in files.items():
        for row_by_row in ("", "y"):
            address = staged(browser, content, kind=kind, name=name)
            chosen = {"partnership_id": str(number)} if kind == "calendar" else {}
            answers = [browser.get(address), check(browser, address, row_by_row=row_by_row, **chosen),
                       browser.get(f"{address}/refused.csv"), browser.get(address)]
            found[f"{key} {row_by_row}"] = [(one.status_code, TOKENS.sub(b"", one.data)) for one in answers]
            browser.post(f"{address}/discard", follow_redirects=True)
    return found


def differing(one: object, other: object) -> list[str]:
    """Return the first lines that differ."""
    was, became = (repr(told).split("\\n") for told in (one, other))
    return [line[:400] for line in unified_diff(was, became, n=0, lineterm="")][2:8]


def a_secret(scene: Scene) -> Partnership:
    """Return a restricted partnership with something of each sort, between organisations of the open one."""
    secret = a_partnership(partners_of(scene.open), {scene.insider: "lead"}, name=SECRET, is_restricted=True)
    first, second = (body.id for body in partners_of(secret))
    an_interaction(
        scene.insider, secret, {"ilm:openness": 5}, account="We met",
        commitments=[NewCommitment(first, second, "A secret promise", today() + timedelta(days=5))],
    )
    db.session.commit()
    return secret


def test_a_dry_run_says_nothing_of_what_its_person_may_not_know(client: FlaskClient, scene: Scene) -> None:
    files, number = probes(scene), newest(Partnership.id) + 1
    browser = signed_in(client, scene.outsider)
    before = said(browser, files, number)
    give_numbers_again()
    secret = a_secret(scene)
    with recorded("register", "partnership:edited"):
        for scheme, value in (("X-PORTAL", "secret-1"), ("OCID", "ocds-zzzzzz-0001"), ("OCID", "ocds-zzzzzz-0002")):
            db.session.add(PartnershipIdentifier(partnership_id=secret.id, scheme=scheme, value=value))
    db.session.commit()
    assert secret.id == number
    after = said(browser, files, number)
    assert {key: differing(before[key], after[key]) for key in before if before[key] != after[key]} == {}


def test_what_somebody_else_chose_for_columns_is_not_proposed(client: FlaskClient, scene: Scene) -> None:
    secret = a_secret(scene)
    first, second = partners_of(secret)
    titles = "Sort,Held on,What happened,Present\n"
    rows = f"meeting,{today()},Something secret,#{first.id}; #{second.id}\n"
    outsider = signed_in(client, scene.outsider)
    address = staged(outsider, titles + rows, kind="sheet-interactions", name="theirs.csv")
    before = TOKENS.sub(b"", outsider.get(address).data)
    insider = signed_in(client, scene.insider)
    theirs = staged(insider, titles + rows, kind="sheet-interactions", name="theirs.csv")
    check(insider, theirs, **{"column-partnership": "–=", "value-partnership": SECRET, "column-kind": "Sort"})
    assert "/import/batches/" in keep(insider, theirs).request.path
    again = staged(insider, titles + rows, kind="sheet-interactions", name="theirs.csv")
    assert SECRET in insider.get(again).text
    assert TOKENS.sub(b"", signed_in(client, scene.outsider).get(address).data) == before


def test_what_a_dry_run_found_is_told_no_more_once_it_tells_of_a_hidden_partnership(
    client: FlaskClient, scene: Scene,
) -> None:
    members = {scene.outsider: "lead", scene.insider: "lead"}
    shown = a_partnership(partners_of(scene.open), members, name="Shown until now")
    db.session.commit()
    browser = signed_in(client, scene.outsider)
    content = f"Id,Name\n{shown.id},Another name\n,New without a kind\n"
    address = staged(browser, content, kind="sheet-partnerships")
    assert shown.name in check(browser, address, row_by_row="y").text
    an_organisation()
    a_secret(scene)
    assert shown.name in browser.get(f"{address}/outcome").text
    assert browser.get(f"{address}/refused.csv").status_code == 200
    end_member("register", set_member("register", shown, scene.outsider.id, "officer"))
    set_restriction("register", shown, is_restricted=True, reason="Delicate.")
    db.session.commit()
    answer = browser.get(f"{address}/outcome", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, address)
    assert "Shown until now" not in answer.text
    assert browser.get(f"{address}/refused.csv").status_code == 404
    assert keep(browser, address).request.path == address
    assert "There is no record with this number here" in check(browser, address, row_by_row="y").text
