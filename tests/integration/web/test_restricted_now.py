"""What was worked out while all saw a partnership is forgotten the moment it is restricted."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from register.accounts.models import Person
from register.clock import clocks_now, now
from register.database import db
from register.network.kept_lookups import ALL_NOW, OPEN
from register.network.kept_models import KeptMeasures
from register.partnerships.models import Partnership
from register.risk import kept_lookups
from register.risk.kept_changes import keep_survey
from register.risk.kept_lookups import history_size
from register.risk.watchlist import surveyed, visible_survey
from tests.factories import a_partnership, a_person, an_organisation, signed_in


def told_to(person: Person, partnership: Partnership) -> str:
    """Return what the list says of one partnership."""
    entries = visible_survey(person, clocks_now()).entries
    return next((repr(entry) for entry in entries if entry.id == partnership.id), "")


def test_no_list_of_a_large_register_names_who_takes_part_in_what_was_restricted_since(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_lookups, "FEW", 2)
    lead, outsider = a_person(), a_person()
    some = [an_organisation(name) for name in ("Alder", "Birch", "Cedar", "Dell", "Elm", "Fir")]
    shown, delicate, *_ = (
        a_partnership([some[one], some[other]], {lead: "lead"})
        for one, other in ((0, 1), (1, 2), (0, 3), (3, 4), (4, 5))
    )
    db.session.commit()
    keep_survey(surveyed(clocks_now()), history_size())
    db.session.execute(insert(KeptMeasures).values(
        clearance=OPEN, part=ALL_NOW, fingerprint="of more", worked_out_at=now(), found="{}",
    ))
    db.session.commit()
    assert "Cedar" in told_to(outsider, shown)
    page = f"/partnerships/{delicate.id}/restriction"
    answer = signed_in(client, lead).post(page, data={"reason": "A child.", "version": delicate.version})
    assert answer.status_code == 302
    assert "Cedar" not in told_to(outsider, shown)
    assert db.session.scalar(select(KeptMeasures.fingerprint)) is None
    keep_survey(surveyed(clocks_now()), history_size())
    assert "Birch" in told_to(outsider, shown)
    assert "Cedar" not in told_to(outsider, shown)
