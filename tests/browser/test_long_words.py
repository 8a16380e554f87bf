"""Names without an end, names written from right to left and names like markup, wherever they are shown."""

from collections.abc import Callable
from typing import Any

import pytest

from register.clock import today
from register.database import db
from register.interactions.commitment_changes import NewCommitment
from register.partnerships.contact_changes import add_contact
from register.partnerships.deal_changes import Share, revise_deal
from tests.factories import a_partnership, an_interaction, an_organisation
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit, first_of

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
ENDLESS = "Wortungeheuer" * 15  # 195 letters
HALF_ENDLESS = "Wortungeheuer" * 3
ARABIC = "مجلس الرعاية المتكاملة"
MARKUP = '<script>alert("1")</script> & <b>co</b>'
ZOOMED = DESKTOP // 2
"""How wide a window of 1,280 pixels is when its page is shown at 200 %."""

PAGES = (
    "/",
    "/partnerships?q=Wortungeheuer",
    "/partnerships/{work}",
    "/partnerships/{work}/edit",
    "/partnerships/{work}/deal",
    "/partnerships/{work}/deal/edit",
    "/partnerships/{work}/partners",
    "/partnerships/{work}/members",
    "/organisations?q=Wortungeheuer",
    "/organisations/{endless}",
    "/organisations/{markup}",
    "/organisations/{endless}/same-as/{half}",
    "/interactions?q=Wortungeheuer",
    "/interactions/new?partnership={work}",
    "/interactions/{meeting}",
    "/interactions/{meeting}/correct",
    "/relationships/{endless}/to/{half}?partnership={work}",
    "/search?q=Wortungeheuer",
    "/watchlist?mine=1&all=1",
    "/network?view=table&around={endless}",
    "/network?view=matrix&around={endless}",
    "/network?view=sentences&around={endless}",
    "/network?view=picture&around={endless}",
    "/network/measures?around={endless}",
    "/network/what-if?without=organisation-{endless}",
    "/history/partnership/{work}",
    "/history/organisation/{endless}",
)


@pytest.fixture(scope="module")
def hostile(served: Served) -> dict[str, int]:
    """Return the ids of a restricted partnership in which every word is one that a page has to bear."""
    with served.app.app_context():
        officer = first_of("officer")
        bodies = [an_organisation(name) for name in (ENDLESS, HALF_ENDLESS, ARABIC, MARKUP)]
        endless, half, _, markup = (body.id for body in bodies)
        facts: dict[str, Any] = {"name": ENDLESS, "purpose": ENDLESS, "senior_owner": ENDLESS, "is_restricted": True}
        work = a_partnership(bodies, {officer: "lead"}, **facts)
        terms = {"reference": HALF_ENDLESS, "exit_arrangement": ENDLESS, "value_pence": 10**11, "value_basis": "annual"}
        revise_deal(officer.actor, work, terms, (Share(endless, 10**11, ENDLESS), Share(half, None, HALF_ENDLESS)))
        add_contact(officer.actor, organisation_id=endless, role=HALF_ENDLESS, name=HALF_ENDLESS)
        promise = NewCommitment(endless, half, ENDLESS, today())
        for _ in range(3):
            meeting = an_interaction(officer, work, {"ilm:openness": 1}, account=ENDLESS, commitments=[promise])
        db.session.commit()
        return {"work": work.id, "endless": endless, "half": half, "markup": markup, "meeting": meeting.id}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_bears_words_without_an_end(visit: Opened, hostile: dict[str, int], path: str) -> None:
    window = visit("officer", width=PHONE)
    page = window.to(path.format(**hostile))
    assert page.get_by_role("heading", level=1).count() == 1
    assert "There is nothing here" not in page.title()

    wider = {}
    for width in (PHONE, ZOOMED, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        wider[width] = max(0, window.overflows())
    assert wider == {PHONE: 0, ZOOMED: 0, DESKTOP: 0}
    assert window.complaints == []
    assert page.locator("main script").count() == 0


def test_a_name_from_right_to_left_leaves_the_words_around_it_in_their_order(
    visit: Opened, hostile: dict[str, int]
) -> None:
    page = visit("officer").to("/partnerships/{work}/partners".format(**hostile))
    link = page.get_by_role("link", name=ARABIC, exact=True)
    assert link.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"


@pytest.mark.parametrize("path", ["/partnerships", "/organisations", "/interactions", "/network?view=table"])
def test_no_column_of_an_ordinary_table_breaks_an_ordinary_word(visit: Opened, path: str) -> None:
    page = visit("leader").to(path)
    broken = page.evaluate(
        """() => {
          const range = document.createRange(), found = [];
          for (const cell of document.querySelectorAll(".table :is(td, th)")) {
            const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              for (const word of node.data.matchAll(/\\p{L}+/gu)) {
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
                if (word[0].length < 25 && tops.size > 1) found.push(word[0]);
              }
            }
          }
          return found;
        }"""
    )
    assert broken == []


@pytest.mark.parametrize("role", ["officer", "governance", "auditor"])
def test_the_head_of_a_page_is_as_wide_as_the_page_and_says_what_is_searched(visit: Opened, role: str) -> None:
    page = visit(role).to("/guidance/words")
    for width in (DESKTOP, 1000, 830):
        page.set_viewport_size({"width": width, "height": 900})
        out = page.get_by_role("button", name="Sign out").bounding_box()
        column = page.get_by_role("main").bounding_box()
        search = page.get_by_role("searchbox").bounding_box()
        assert out
        assert column
        assert search
        assert out["x"] + out["width"] <= column["x"] + column["width"] + 1
        assert search["width"] >= 180


def test_a_list_of_meetings_is_cards_on_a_phone(visit: Opened) -> None:
    page = visit("officer", width=PHONE).to("/interactions")
    table = page.get_by_role("table")
    assert table.evaluate("e => e.scrollWidth <= e.parentElement.clientWidth")
