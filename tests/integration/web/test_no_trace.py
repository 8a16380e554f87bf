"""What happens in restricted partnerships changes no byte of anything that those outside them get."""

import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import unified_diff
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from register.accounts.models import Person
from register.accounts.token_changes import issue_token
from register.clock import now, pretending, today
from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure, lift_hold, set_hold
from register.exchange.exports import EXPORTS
from register.exchange.network_formats import NETWORK_FORMAT_BY_KEY
from register.exchange.taking.export_changes import make_feed, record_export
from register.history.erasing import Field
from register.interactions.commitment_changes import NewCommitment
from register.interactions.disagreement_changes import state_disagreement
from register.network.saved_view_changes import save_view
from register.partnerships.changes import close_partnership
from register.partnerships.member_changes import end_member, set_member
from tests.factories import a_partnership, a_person, an_interaction, partners_of, signed_in
from tests.fixtures.pages import Furnished

LEFT_OUT = frozenset({
    "/history/checkpoints", "/history/receipt", "/history/receipts", "/history/verify", "/history/verifier",
    "/desk/access", "/sign-in",
})
"""Pages that count every entry of the chain for those who verify it, who took files away, and what draws lots."""
MORE = (
    "/partnerships?sort=-name", "/partnerships?state=closed", "/organisations?sort=-name", "/search?q=secret",
    "/search?q=matter", "/interactions?sort=-held_on", "/interactions?q=secret",
    "/network?view=table", "/network?view=matrix", "/network?view=picture", "/network?view=table&standing=weak",
    "/network?view=picture&against=2020-01-01", "/network?view=sentences&against=2020-01-01",
    "/network/data?against=2020-01-01", "/network?around={organisation_id}&view=table",
    "/network/what-if?without=organisation-{organisation_id}", "/network/what-if?without=partnership-{partnership_id}",
    "/history/late?days=0", "/export?of=partnerships", "/export?of=interactions&q=secret", "/export?of=organisations",
    "/desk/reconcile?from=2020-01-01&to={today}", "/desk/sample?seed=7&size=50", "/desk/gaps?all=1",
    "/history/organisation/{organisation_id}?known=2020-01-01", "/partnerships/{partnership_id}?known={today}",
    "/network/data?known={today}", "/watchlist?known={today}",
)  # fmt: skip
"""Addresses with something asked for, beside each page as it opens."""
FORM_KEY = re.compile(rb'(name="(?:form_key|csrf_token|key)"[^>]*value=")[^"]*')
END_OF_THE_CHAIN = re.compile(
    rb" \xc2\xb7 (?:Checkpoint|History) [^<]*(?=<)|<p class=\"quiet\">The chain holds.*?</p>"
    rb"|<dt>(?:Entries|Last link)</dt>.*?</dd>",
)
"""What those who verify the history are told of its end, of which a restricted act is an entry as any other."""
ASK_MORE = frozenset({"officer", "auditor"})
"""Who asks for more than each page as it opens, and takes files away: the others see no more than these do."""
OF_VERIFIERS = frozenset({"auditor", "governance", "administrator"})
DRAWN_ANEW = frozenset({"Set-Cookie", "Content-Length", "Date"})


class Outside(NamedTuple):
    """Somebody outside, with what programs of theirs show to be let in, and a twin who takes the files away."""

    person: Person
    twin: Person
    secret: str | None
    feeds: tuple[str, ...]


def outside(furnished: Furnished, role: str) -> Outside:
    """Return somebody of a role who may not know of the restricted partnerships."""
    person, twin = furnished.people[role], a_person(role)
    if role == "administrator":
        return Outside(person, twin, None, ())
    secret = issue_token(person, "A program", ("read", "log"), 30)[1]
    return Outside(person, twin, secret, tuple(make_feed(person, is_mine=mine, live=0)[1] for mine in (True, False)))


class Asked(NamedTuple):
    """What is asked for, the same before and after."""

    pages: list[str]
    by_programs: list[str]


def asked_of(app: Flask, furnished: Furnished, role: str) -> Asked:
    """Return the address of each page about the open partnership and about the restricted one, and some asked more."""
    pages: list[str] = []
    by_programs: list[str] = []
    for about in (furnished.open, furnished.restricted):
        parts = {**furnished.addresses(about), "today": today()}
        with app.test_request_context():
            for rule in _read_rules(app) if about is furnished.open else _about_records(app):
                address = url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})
                if rule.rule.startswith("/api"):
                    by_programs += [address, f"{address}?limit=1"]
                else:
                    pages.append(address)
        if about is furnished.open and role in ASK_MORE:
            pages += [address.format(**parts) for address in MORE]
    return Asked([*dict.fromkeys(pages)], [*dict.fromkeys(by_programs)])


def _read_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.rule not in LEFT_OUT and not rule.rule.startswith(
            ("/static", "/calendars"),
        ):
            yield rule


def _about_records(app: Flask) -> Iterator[Rule]:
    return (rule for rule in _read_rules(app) if rule.arguments)


def told(answer: TestResponse, role: str = "") -> tuple[object, ...]:
    """Return all that an answer says, but for what is drawn by lot; of a packed file, what is in it."""
    body = answer.get_data()
    heads = sorted((name, value) for name, value in answer.headers.items() if name not in DRAWN_ANEW)
    answer.close()
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            body = b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    body = FORM_KEY.sub(rb"\1", body)
    return answer.status_code, heads, END_OF_THE_CHAIN.sub(b"", body) if role in OF_VERIFIERS else body


def all_that_is_told(client: FlaskClient, asked: Asked, somebody: Outside) -> dict[str, object]:
    """Return everything that somebody outside can get, by what they asked for."""
    role = somebody.person.role
    signed_in(client, somebody.person)
    found: dict[str, object] = {address: told(client.get(address), role) for address in asked.pages}
    if somebody.secret:
        head = {"Authorization": f"Bearer {somebody.secret}"}
        found |= {address: told(client.get(address, headers=head)) for address in asked.by_programs}
        found |= {f"{token}.ics": told(client.get(f"/calendars/{token}.ics")) for token in somebody.feeds}
    if role in ASK_MORE:
        signed_in(client, somebody.twin)
        found |= {address: told(client.post(address), role) for address in _files()}
    return found


def differing(one: object, other: object) -> list[str]:
    """Return the first lines that differ, for whoever has to find the leak."""
    was, became = (repr(said).split("\\n") for said in (one, other))
    return [line[:400] for line in unified_diff(was, became, n=0, lineterm="")][2:8]


def _files() -> list[str]:
    return [
        *(f"/export/{export.key}" for export in EXPORTS),
        *(f"/network/download/{key}" for key in NETWORK_FORMAT_BY_KEY),
    ]


def live_in_secret(furnished: Furnished, colleague: Person, second_of_governance: Person) -> None:
    """Let much happen in restricted partnerships, between organisations that everybody knows."""
    member, governance = furnished.people["member"], furnished.people["governance"]
    new = a_partnership(
        partners_of(furnished.open), {member: "lead"}, name="Secret second", is_restricted=True, purpose="Secret",
        ends_on=today() + timedelta(days=20), lead_officer_id=member.id,
    )
    for about in (furnished.restricted, new):
        first, second = partners_of(about)
        meeting = an_interaction(
            member, about, {"ilm:openness": 1}, held_on=today() - timedelta(days=40), account="A secret account",
            commitments=[NewCommitment(second.id, first.id, "A secret promise", today() - timedelta(days=5))],
        )
        an_interaction(member, about, {"ilm:openness": 5}, back=True, account="Secret, the other way")
        state_disagreement(member, meeting, first.id, second.id, statement="A secret objection", manner="told")
        end_member(member.actor, set_member(member.actor, about, colleague.id, "officer"))
    db.session.commit()
    (erasure,) = ask_for_erasure(
        governance, ("partnership", new.id), [Field("partnership", new.id, "purpose")], ground="unlawful", reason="Why",
    )
    confirm_erasure(second_of_governance, erasure)
    lift_hold(governance, set_hold(governance, "partnership", new.id, "A secret claim"), "It was settled")
    save_view(member, "Secret second", "view=table", is_shared=False)
    record_export(member.actor, "csv", 9, person_id=member.id, narrowed="Search: secret")
    close_partnership(member.actor, new, today(), "It came to its end")
    db.session.commit()


@pytest.mark.parametrize("role", ["officer", "leader", "auditor", "governance", "administrator"])
def test_no_byte_that_those_outside_get_changes(
    app: Flask, client: FlaskClient, furnished: Furnished, role: str,
) -> None:
    somebody, others = outside(furnished, role), (a_person(), a_person("governance"))
    with pretending(now()):
        signed_in(client, furnished.people["officer"]).post("/export/csv").close()
        asked = asked_of(app, furnished, role)
        before = all_that_is_told(client, asked, somebody)
        live_in_secret(furnished, *others)
        after = all_that_is_told(client, asked, somebody)
    changed = {address: differing(before[address], after[address]) for address in before
               if before[address] != after[address]}
    assert changed == {}
