"""Short ways to say what a test starts from: people, organisations, partnerships, meetings."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from flask.testing import FlaskClient

from register.accounts.changes import start_session
from register.accounts.models import Person
from register.accounts.passwords import hash_password
from register.clock import now, today
from register.database import db
from register.history.recording import recorded
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.interactions.commitment_changes import NewCommitment
from register.interactions.models import Interaction
from register.partnerships.changes import add_participation, start_partnership
from register.partnerships.lookups import all_participations
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import add_organisation
from register.partnerships.organisation_models import Organisation
from register.web.identity import TOKEN

PASSWORD = "correct horse battery"
_hashed: list[str] = []
_numbers = count(1)


def a_person(role: str = "officer", name: str | None = None, **facts: Any) -> Person:
    """Return somebody of a role; the password is `PASSWORD`, hashed once for all of them."""
    if not _hashed:
        _hashed.append(hash_password(PASSWORD))
    number = next(_numbers)
    person = Person(**{
        "email": f"person{number}@testshire.example", "name": name or f"Person {number}", "role": role,
        "job_title": None, "password_hash": _hashed[0], "created_at": now(), "disabled_at": None, **facts,
    })
    with recorded("register", "person:added"):
        db.session.add(person)
    return person


def an_unrecorded_person(**facts: Any) -> Person:
    """Return a row to be added by the test itself, unlike `a_person`, which adds and records it."""
    return Person(**{
        "email": "ada@testshire.example", "name": "Ada", "role": "officer", "job_title": None, "password_hash": "x",
        "created_at": now(), "disabled_at": None, **facts,
    })


def an_organisation(name: str | None = None, **facts: Any) -> Organisation:
    """Return an organisation, public and a council unless said otherwise."""
    return add_organisation("register", **{
        "name": name or f"Organisation {next(_numbers)}", "sector": "public", "kind": "council", **facts,
    })


def a_partnership(
    partners: int | Sequence[Organisation] = 2, members: Mapping[Person, str] | None = None,
    roles: Sequence[str] | None = None, **facts: Any,
) -> Partnership:
    """Return a partnership of some new (or given) organisations, with people who look after it.

    Example: `a_partnership(partners=3, members={officer: "lead"}, kind="multi_agency", is_restricted=True)`.
    """
    partnership = start_partnership("register", {
        "name": f"Partnership {next(_numbers)}", "kind": "commissioning", **facts,
    })
    bodies = [an_organisation() for _ in range(partners)] if isinstance(partners, int) else partners
    for place, body in enumerate(bodies):
        role = roles[place] if roles else "commissioner" if place == 0 else "partner"
        add_participation("register", partnership, body.id, role)
    for person, part in (members or {}).items():
        set_member("register", partnership, person.id, part)
    return partnership


def partners_of(partnership: Partnership) -> list[Organisation]:
    """Return the organisations that take part, in order of joining."""
    return [row.organisation for row in all_participations(partnership.id)]


def an_interaction(
    by: Person, partnership: Partnership, scores: Mapping[str, int] | None = None, *, kind: str = "meeting",
    held_on: date | None = None, account: str = "We met and talked.", back: bool = False,
    commitments: Sequence[NewCommitment] = (),
) -> Interaction:
    """Return a logged interaction in which the first partner rated the second (or `back`: the second the first).

    `scores` is {determinant: score}, such as {"ilm:openness": 4}.
    """
    first, second, *_ = [row.organisation_id for row in all_participations(partnership.id)]
    rater, ratee = (second, first) if back else (first, second)
    readings = [
        NewReading(rater, ratee, determinant, score, "what was seen", "told" if back else "own")
        for determinant, score in (scores or {}).items()
    ]
    happening = Happening(kind, held_on or today(), account, [Present(first), Present(second)], readings)
    return log_interaction(by, partnership, happening, commitments)


def signed_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Return the browser with a person signed in."""
    token = start_session(person)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client
