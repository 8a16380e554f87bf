"""Something is wrong with what was typed: the page says what, leads there, and has lost nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from register.clock import today
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit
from tests.fixtures.journeys import Ground, interactions_of, new_ground, tab_to

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

FUTURE = str(today() + timedelta(3))


def mistaken(window: Visit, ground: Ground) -> Page:
    """Send a log form with a future day, nothing written, and a 1 without what was seen."""
    page = window.to(f"/interactions/new?partnership={ground.id}")
    page.get_by_label("Day it happened").fill(FUTURE)
    page.get_by_text(f"How did {ground.they} do?").click()
    page.get_by_role("group", name="Openness").first.get_by_role("radio", name="1 Very poor").check()
    page.get_by_role("group", name="Fairness").first.get_by_role("radio", name="4 Good").check()
    page.get_by_label("What did you see? Fairness").first.fill("Costs were shared evenly")
    page.get_by_text("What was promised?").click()
    page.get_by_role("group", name="Promise 1").get_by_label("What").fill("Send the rota")
    page.get_by_role("button", name="Save and see the next agenda").click()
    return page


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_errors_are_summed_up_with_links_and_everything_typed_is_kept(
    visit: Opened, served: Served, width: int,
) -> None:
    ground = new_ground(served)
    window = visit("officer", width=width)
    page = mistaken(window, ground)

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Log an interaction · Partnership register")
    expect(page.get_by_label("Day it happened")).to_have_value(FUTURE)
    ratings = page.get_by_role("group", name="Openness").first
    expect(ratings.get_by_role("radio", checked=True)).to_have_value("1")
    expect(page.get_by_label("What did you see? Fairness").first).to_have_value("Costs were shared evenly")
    expect(page.get_by_role("group", name="Promise 1").get_by_label("What")).to_have_value("Send the rota")
    assert interactions_of(served, ground) == 0
    assert window.troubles() == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_link_of_the_summary_leads_to_a_field_that_can_be_seen(
    visit: Opened, served: Served, width: int,
) -> None:
    ground = new_ground(served)
    page = mistaken(visit("officer", width=width), ground)
    links = page.get_by_role("alert").get_by_role("link")

    expect(links).to_have_count(4)
    for link in links.all():
        target = page.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
        link.click()
        expect(target).to_be_focused()
        expect(target).to_be_in_viewport()


def test_the_keyboard_goes_from_the_summary_to_the_field_and_on_to_saving(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    page = mistaken(visit("officer"), ground)
    account = page.get_by_role("textbox", name="2. What happened?")

    for link, field, text in (
        ("Day", page.get_by_label("Day it happened"), None),
        ("what happened", account, "Both teams agreed a rota."),
    ):
        page.locator(".govuk-error-summary").focus()
        tab_to(page, page.get_by_role("alert").get_by_role("link").filter(has_text=link).first)
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        if text:
            page.keyboard.type(text)

    expect(account).to_have_value("Both teams agreed a rota.")


def test_mended_errors_save_what_was_kept(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    window = visit("officer", width=PHONE)
    page = mistaken(window, ground)

    page.get_by_label("Day it happened").fill(str(today()))
    page.get_by_role("textbox", name="2. What happened?").fill("Both teams agreed a rota.")
    page.get_by_label("What did you see? Openness").first.fill("October was held back")
    page.get_by_role("group", name="Promise 1").get_by_label("By when").fill(FUTURE)
    page.get_by_role("button", name="Save and see the next agenda").click()

    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    expect(page.get_by_text("1 Very poor")).to_be_visible()
    expect(page.get_by_text("Costs were shared evenly")).to_be_visible()
    assert interactions_of(served, ground) == 1
    assert window.troubles() == []


def test_a_day_that_is_none_comes_back_as_it_was_typed(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    window = visit("officer", width=PHONE, javascript=False)
    page = window.to(f"/interactions/new?partnership={ground.id}")
    page.get_by_role("textbox", name="2. What happened?").fill("x" * 30)
    page.get_by_role("button", name="Save and see the next agenda").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved.")

    window.to(f"/partnerships/{ground.id}/deal/edit")
    page.get_by_label("Value", exact=True).fill("a lot")
    page.get_by_role("textbox", name="Reference").fill("DN 4711")
    page.get_by_role("button", name="Save the deal").click()

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("Value", exact=True)).to_have_value("a lot")
    expect(page.get_by_role("textbox", name="Reference")).to_have_value("DN 4711")
