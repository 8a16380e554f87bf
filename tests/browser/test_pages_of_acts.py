"""The pages about something that was done in Chromium: an erasure asked for, a hold, a disagreement, a merge."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from register.database import db
from register.erasures.changes import ask_for_erasure, set_hold
from register.exchange.matching.merge_changes import merge_organisations
from register.history.erasing import Field
from register.interactions.disagreement_changes import state_disagreement
from register.interactions.models import Interaction, Reading
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from tests.factories import a_partnership, an_organisation
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit, first_of

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

PAGES = (
    ("governance", "/erasures/{erasure}", "Decide on an erasure"),
    ("governance", "/holds/{hold}/lift", "Lift a legal hold"),
    ("governance", "/disagreements/{disagreement}/withdraw", "Withdraw a disagreement"),
    ("officer", "/organisations/{merged}", "An organisation that was merged into another"),
    ("officer", "/organisations/{kept}", "An organisation into which another was merged"),
    ("officer", "/organisations/merges/{merge}/undo", "Take a merge back"),
    ("officer", "/organisations/duplicates", "Who is who, with a merge"),
)


@pytest.fixture(scope="module")
def acts(served: Served) -> dict[str, int]:
    """Return the ids of what was done, about organisations that only this test knows."""
    long = "Lengthofnamethatnobodycanbreakanywhereatall"
    with served.app.app_context():
        officer, governance = first_of("officer"), first_of("governance")
        kept, merged, other = (an_organisation(f"{name} {long}") for name in ("Kept", "Merged", "Other"))
        work = a_partnership([merged, other], {officer: "lead"}, name=f"Work of {long}", purpose=f"For {long}")
        db.session.commit()
        # Of the example: tests of other pages look at its newest meeting.
        opinions = select(Reading).join(Interaction).join(Partnership).where(Partnership.is_restricted.is_(False))
        opinion = db.session.scalars(opinions.order_by(Reading.id)).first()
        assert opinion
        meeting = db.session.get_one(Interaction, opinion.interaction_id)
        contact = add_contact(officer.actor, organisation_id=other.id, role="Manager", name=long)
        db.session.commit()
        disagreement = state_disagreement(
            governance, meeting, opinion.rater_id, opinion.ratee_id, statement=f"{long} did.", manner="told"
        )
        db.session.commit()
        asked = [Field("contact", contact.id, "name")]
        (erasure,) = ask_for_erasure(
            governance, ("contact", contact.id), asked, ground="request", reason="Letter of 3 May."
        )
        hold = set_hold(governance, "partnership", work.id, f"Claim of {long}")
        merge = merge_organisations(officer, kept, merged, f"One charity number of {long}.")
        db.session.commit()
        return {
            "erasure": erasure.id, "hold": hold.id, "disagreement": disagreement.id,
            "merged": merged.id, "kept": kept.id, "merge": merge.id,
        }  # fmt: skip


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize(("role", "path"), [page[:2] for page in PAGES], ids=[page[2] for page in PAGES])
def test_a_page_of_an_act_is_accessible_quiet_and_fits(
    visit: Opened, acts: dict[str, int], role: str, path: str, width: int
) -> None:
    window = visit(role, width=width)
    page = window.to(path.format(**acts))
    assert page.get_by_role("heading", level=1).count() == 1
    assert "There is no such page" not in page.title()
    assert window.troubles() == []
