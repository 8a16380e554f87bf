"""An officer starts a partnership from nothing, revises its deal, closes it and opens it again; two edit at once."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit
from tests.fixtures.journeys import new_ground, partnerships_named

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

_numbers = count(1)


def start(window: Visit, name: str, organisation: str) -> Page:
    """Fill in the form that starts a partnership, with a new organisation as its provider, and leave it unsent."""
    page = window.to("/partnerships/new")
    page.get_by_role("link", name="Add the organisation").click()
    page.get_by_label("Name", exact=True).fill(organisation)
    page.get_by_role("radio", name="Voluntary").check()
    page.get_by_label("Kind", exact=True).select_option("Charity")
    page.get_by_role("button", name="Add the organisation").click()
    expect(page.get_by_role("heading", name=organisation, level=1)).to_be_visible()
    page.get_by_role("link", name="Start a partnership with it").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("radio", name="Commissioning arrangement").check()
    page.get_by_label("First organisation").select_option(index=1)
    page.get_by_label("Its role").first.select_option("Commissioner")
    expect(page.get_by_label("Second organisation").locator("option:checked")).to_have_text(organisation)
    page.get_by_label("Its role").last.select_option("Provider")
    return page


def test_a_partnership_is_started_from_nothing_and_run_to_its_end(visit: Opened) -> None:
    number = next(_numbers)
    window = visit("officer")
    name, organisation = f"Friendship at home {number}", f"Ottermere Befrienders {number}"
    page = start(window, name, organisation)
    assert window.troubles() == []
    page.get_by_role("button", name="Start the partnership").click()

    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("link", name="log the first interaction")).to_be_visible()
    assert window.troubles() == []
    revise_the_deal(window, page)
    close_and_reopen(window, page, name)


def revise_the_deal(window: Visit, page: Page) -> None:
    """Record the deal, then revise it: both revisions stay."""
    page.get_by_role("link", name="Record the deal").first.click()
    page.get_by_label("Value", exact=True).fill("80k")
    page.get_by_label("The value is").select_option(index=1)
    page.get_by_role("button", name="Save the deal").click()
    expect(page.get_by_role("alert")).to_contain_text("The deal is on record.")
    page.get_by_role("link", name="Revise the deal").click()
    expect(page.get_by_label("Value", exact=True)).to_have_value("80,000")
    page.get_by_label("Value", exact=True).fill("95,000")
    page.get_by_label("What changed, and why?").fill("More visits were bought")
    page.get_by_role("button", name="Save the deal").click()
    expect(page.get_by_text("Revision 2").first).to_be_visible()
    expect(page.get_by_text("£80,000").first).to_be_visible()
    expect(page.get_by_text("£95,000").first).to_be_visible()
    assert window.troubles() == []


def close_and_reopen(window: Visit, page: Page, name: str) -> None:
    """Close the partnership with a reason and open it again."""
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name=name).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Close it").click()
    page.get_by_label("Why is it closed?").fill("The contract ended")
    page.get_by_role("button", name="Close the partnership").click()
    expect(page.get_by_text("The contract ended")).to_be_visible()
    expect(page.get_by_role("link", name="Log an interaction")).to_have_count(0)
    assert window.troubles() == []
    page.get_by_role("link", name="Open it again").click()
    page.get_by_label("Why is it opened again?").fill("It was extended after all")
    page.get_by_role("button", name="Open the partnership again").click()
    expect(page.get_by_role("alert")).to_contain_text("Partnership opened again.")
    expect(page.get_by_role("link", name="Log an interaction").first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_makes_one_partnership(visit: Opened, served: Served, javascript: bool) -> None:
    number = next(_numbers)
    name = f"Twice at once {number}"
    window = visit("officer", javascript=javascript)
    page = start(window, name, f"Twofold Trust {number}")
    page.get_by_role("button", name="Start the partnership").dblclick()

    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert partnerships_named(served, name) == 1


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_second_of_two_editors_sees_mine_theirs_and_the_original_and_may_save(
    visit: Opened, served: Served, width: int,
) -> None:
    ground = new_ground(served)
    first, second = visit("officer"), visit("officer", width=width)
    theirs, mine = first.to(f"{ground.path}/edit"), second.to(f"{ground.path}/edit")
    theirs.get_by_label("Senior owner").fill("The director of care")
    theirs.get_by_role("button", name="Save").first.click()
    expect(theirs.get_by_role("alert")).to_contain_text("Partnership changed.")

    mine.get_by_label("Senior owner").fill("The director of place")
    mine.get_by_role("button", name="Save").first.click()
    expect(mine.get_by_role("heading", name="Somebody else changed this")).to_be_visible()
    expect(mine.get_by_role("row", name="Senior owner")).to_contain_text("The director of care")
    expect(mine.get_by_role("row", name="Senior owner")).to_contain_text("The director of place")
    expect(mine.get_by_role("row")).to_have_count(2)
    assert second.troubles() == []
    mine.get_by_role("button", name="Save mine").click()

    expect(mine.get_by_role("alert")).to_contain_text("Partnership changed.")
    expect(mine.get_by_text("The director of place").first).to_be_visible()
    assert second.troubles() == []
