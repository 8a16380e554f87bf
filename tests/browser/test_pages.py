"""Every page in Chromium: nothing for axe to find, no complaint, no request elsewhere, no wider than a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from register.clock import clocks_now
from register.database import db
from register.interactions.models import Commitment, Interaction, Reading
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_models import Contact
from register.risk.watchlist import watchlist
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

PAGES = (
    ("officer", "/"),
    ("officer", "/partnerships"),
    ("officer", "/partnerships/new"),
    ("officer", "/partnerships/{partnership}"),
    ("officer", "/partnerships/{partnership}/edit"),
    ("officer", "/partnerships/{partnership}/deal"),
    ("officer", "/organisations"),
    ("officer", "/organisations/new"),
    ("officer", "/organisations/duplicates"),
    ("officer", "/organisations/{rater}/same-as/{ratee}"),
    ("officer", "/organisations/{organisation}"),
    ("officer", "/organisations/{organisation}/edit"),
    ("officer", "/interactions"),
    ("officer", "/interactions/new"),
    ("officer", "/interactions/new?partnership={partnership}"),
    ("officer", "/interactions/{interaction}"),
    ("officer", "/commitments/{commitment}"),
    ("governance", "/interactions/{opinion}/opinions/{opinion_rater}/of/{opinion_ratee}/disagreement"),
    ("officer", "/relationships/{rater}/to/{ratee}?partnership={partnership}"),
    ("officer", "/import"),
    ("officer", "/import/councils"),
    ("officer", "/search?q=council"),
    ("officer", "/export"),
    ("officer", "/export?of=interactions&kind=board"),
    ("officer", "/export/calendars"),
    ("officer", "/guidance/sheets"),
    ("officer", "/clocks"),
    ("officer", "/history/partnership/{partnership}"),
    ("leader", "/"),
    ("leader", "/watchlist"),
    ("leader", "/watchlist?state=planned&state=open"),
    ("officer", "/partnerships/{flagged}/flags/{rule}"),
    ("officer", "/partnerships/{flagged}/flags/{rule}?help=1"),
    ("leader", "/network?view=sentences"),
    ("leader", "/network?view=table"),
    ("leader", "/network?view=matrix"),
    ("leader", "/network?view=picture"),
    ("leader", "/network?view=sentences&theme=children&nodes=both"),
    ("leader", "/network?view=table&against={then}"),
    ("leader", "/network/views"),
    ("leader", "/network/views/new?view=matrix&theme=children&against={then}"),
    ("leader", "/network?view=matrix&against={then}"),
    ("leader", "/network?view=matrix&against={then}&chosen={rater}-{ratee}"),
    ("leader", "/network/measures"),
    ("leader", "/network/what-if"),
    ("leader", "/network/what-if?without=organisation-{organisation}"),
    ("leader", "/guidance"),
    ("officer", "/guidance/first-steps"),
    ("leader", "/guidance/network"),
    ("auditor", "/guidance/history"),
    ("leader", "/guidance/rules"),
    ("leader", "/rules/trial"),
    ("leader", "/rules/trial?threshold=gone_quiet.days&place=&value=90"),
    ("leader", "/guidance/trust"),
    ("leader", "/guidance/self-check"),
    ("leader", "/guidance/words"),
    ("leader", "/guidance/permissions"),
    ("leader", "/guidance/imports"),
    ("leader", "/guidance/api"),
    ("leader", "/tokens"),
    ("leader", "/tokens/new"),
    ("auditor", "/"),
    ("auditor", "/history"),
    ("auditor", "/history/verify"),
    ("auditor", "/history/receipts?digits=0000aaaa"),
    ("auditor", "/history/entries/1"),
    ("auditor", "/history/late"),
    ("auditor", "/desk"),
    ("auditor", "/desk/reconcile"),
    ("auditor", "/desk/sample?of=entry"),
    ("auditor", "/desk/gaps"),
    ("auditor", "/desk/figures"),
    ("auditor", "/desk/figures/{rater}/of/{ratee}?partnership={partnership}"),
    ("auditor", "/desk/pack"),
    ("auditor", "/desk/access"),
    ("auditor", "/history/partnership/{partnership}?on=2026-06-30&known=2026-06-30&order=oldest"),
    ("auditor", "/history/person/1"),
    ("governance", "/"),
    ("governance", "/erasures"),
    ("governance", "/erasures?q=a"),
    ("governance", "/erasures/new?record=contact:{contact}"),
    ("governance", "/holds?q=a"),
    ("governance", "/holds/new?record=partnership:{partnership}"),
    ("administrator", "/"),
    ("administrator", "/people"),
    ("administrator", "/people/new"),
    (None, "/sign-in"),
    (None, "/guidance/accessibility"),
    ("officer", "/nowhere"),
)


@pytest.fixture(scope="session")
def ids(served: Served) -> dict[str, int | str]:
    """Return ids with which each kind of page shows something."""
    with served.app.app_context():
        interaction = db.session.scalars(
            select(Interaction)
            .join(Partnership, Partnership.id == Interaction.partnership_id)
            .where(Partnership.is_restricted.is_(False), Interaction.superseded_at.is_(None))
            .order_by(Interaction.id.desc()),
        ).first()
        assert interaction is not None
        partners = db.session.scalars(
            select(Participation.organisation_id).where(Participation.partnership_id == interaction.partnership_id),
        ).all()
        opinion = db.session.scalars(
            select(Reading).join(Interaction).join(Partnership).where(Partnership.is_restricted.is_(False)),
        ).first()
        assert opinion
        commitment = db.session.scalars(
            select(Commitment.id)
            .join(Partnership, Partnership.id == Commitment.partnership_id)
            .where(Partnership.is_restricted.is_(False)),
        ).first()
        contact = db.session.scalars(select(Contact.id)).first()
        assert commitment
        assert contact
        flagged = next(entry for entry in watchlist(clocks_now()) if not entry.facts.is_restricted)
        return {
            "opinion": opinion.interaction_id,
            "opinion_rater": opinion.rater_id,
            "opinion_ratee": opinion.ratee_id,
            "flagged": flagged.id,
            "rule": flagged.worst.rule,
            "interaction": interaction.id,
            "partnership": interaction.partnership_id,
            "organisation": partners[0],
            "rater": partners[0],
            "ratee": partners[1],
            "commitment": commitment,
            "then": (clocks_now().on - timedelta(days=250)).isoformat(),
            "contact": contact,
        }


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_is_accessible_quiet_and_fits(
    visit: Opened,
    ids: dict[str, int | str],
    role: str | None,
    path: str,
    width: int,
) -> None:
    window = visit(role, width=width)
    window.to(path.format(**ids))
    # A page has the colours of a wide window in a narrow one too; what only narrow pages have, the journeys look at.
    assert window.troubles(colours=width == DESKTOP) == []
