"""An officer logs a meeting and follows it up: by the keyboard alone, without JavaScript, on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from register.clock import today
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit, first_of
from tests.fixtures.example import PASSWORD
from tests.fixtures.journeys import Ground, enter, interactions_of, key_in, key_in_day, new_ground, tab_to

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

ACCOUNT = "Ferncote brought the missed visits of October by team. Two teams agree to share a rota."
PROMISE = "Send the rota of both teams"


def sign_in_by_keyboard(page: Page, served: Served) -> None:
    """Sign in as the first officer without touching the mouse."""
    with served.app.app_context():
        email = first_of("officer").email
    key_in(page, page.get_by_role("textbox", name="Email address"), email)
    key_in(page, page.get_by_label("Password", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()


def log_by_keyboard(page: Page, ground: Ground) -> None:
    """Log a meeting with two readings and a promise from the page of the partnership."""
    enter(page, page.get_by_role("link", name="Log an interaction"))
    key_in(page, page.get_by_role("textbox", name="2. What happened?"), ACCOUNT)
    enter(page, page.get_by_text(f"How did {ground.they} do?"))
    rate(page, "Ability", 4, "Both teams came prepared")
    rate(page, "Openness", 2, "October was held back for a month")
    enter(page, page.get_by_text("What was promised?"))
    promise = page.get_by_role("group", name="Promise 1")
    tab_to(page, promise.get_by_label("Who promised"))
    page.keyboard.type(f"{ground.they}, to")
    key_in(page, promise.get_by_label("What"), PROMISE)
    key_in_day(page, promise.get_by_label("By when"), str(today() + timedelta(14)))
    enter(page, page.get_by_role("button", name="Save and see the next agenda"))


def rate(page: Page, determinant: str, score: int, seen: str) -> None:
    """Give a score by the arrow keys and say what was seen."""
    asked = page.get_by_role("group", name=determinant).first
    tab_to(page, asked.get_by_role("radio", name="Did not come up"))
    for _ in range(score):
        page.keyboard.press("ArrowRight")
    expect(asked.get_by_role("radio", checked=True)).to_have_value(str(score))
    key_in(page, page.get_by_label(f"What did you see? {determinant}").first, seen)


def test_an_officer_logs_a_meeting_by_the_keyboard_alone_and_gets_the_next_agenda(
    visit: Opened, served: Served,
) -> None:
    ground = new_ground(served)
    window = visit(alone=True)
    page = window.to("/sign-in")
    sign_in_by_keyboard(page, served)
    window.to(ground.path)

    log_by_keyboard(page, ground)

    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    expect(page.get_by_text("4 Good")).to_be_visible()
    agenda = page.get_by_role("region", name="Next agenda").or_(page.locator("section", has_text="Next agenda"))
    expect(agenda.get_by_role("link", name=PROMISE)).to_be_visible()
    assert window.troubles() == []


def test_the_key_that_logs_leads_to_the_first_question_and_the_last_word_is_saved_from_where_it_was_written(
    visit: Opened, served: Served,
) -> None:
    ground = new_ground(served)
    window = visit("officer")
    page = window.to("/partnerships")
    page.keyboard.press("l")
    expect(page.get_by_label("Partnership", exact=True)).to_be_focused()

    page.goto(window.address + ground.path)
    enter(page, page.get_by_role("link", name="Log an interaction"))
    account = page.get_by_role("textbox", name="2. What happened?")
    expect(account).to_be_focused()
    assert page.get_by_role("heading", level=1).evaluate("e => e.getBoundingClientRect().top") >= 0
    page.keyboard.type(ACCOUNT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Saved.")


def logged(window: Visit, ground: Ground) -> Page:
    """Log the meeting in the ordinary way, and return its page."""
    page = window.to(f"/interactions/new?partnership={ground.id}")
    page.get_by_role("textbox", name="2. What happened?").fill(ACCOUNT)
    page.get_by_text(f"How did {ground.they} do?").click()
    asked = page.get_by_role("group", name="Openness").first
    asked.get_by_role("radio", name="2 Poor").check()
    page.get_by_label("What did you see? Openness").first.fill("October was held back")
    page.get_by_text("What was promised?").click()
    promise = page.get_by_role("group", name="Promise 1")
    promise.get_by_label("What").fill(PROMISE)
    promise.get_by_label("By when").fill(str(today() + timedelta(14)))
    page.get_by_role("button", name="Save and see the next agenda").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    return page


def test_a_logged_meeting_is_on_the_partnership_and_in_the_evidence(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    window = visit("officer")
    page = logged(window, ground)

    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name=ground.name).click()
    expect(page.get_by_text(ACCOUNT)).to_be_visible()
    expect(page.get_by_role("link", name=PROMISE).first).to_be_visible()
    assert window.troubles() == []
    page.get_by_role("link", name=f"{ground.we}’s trust in {ground.they}").first.click()

    evidence = page.get_by_role("table", name="Evidence of how").get_by_role("row").filter(has_text="openness 2")
    expect(evidence).to_contain_text("0.25")
    assert window.troubles() == []
    evidence.get_by_role("link", name="Meeting: Ferncote brought").click()
    expect(page.get_by_text("October was held back")).to_be_visible()


def test_a_promise_is_answered_from_the_agenda(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    window = visit("officer")
    page = logged(window, ground)

    page.get_by_role("link", name=PROMISE).first.click()
    expect(page.get_by_role("heading", name=PROMISE, level=1)).to_be_visible()
    page.get_by_role("radio", name="Kept", exact=True).check()
    page.get_by_role("button", name="Save the answer").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    window.to(ground.path)
    expect(page.get_by_text("1 of 1 kept on time.")).to_be_visible()
    assert window.troubles() == []


def test_a_corrected_meeting_keeps_its_first_version_readable(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    window = visit("officer")
    page = logged(window, ground)

    page.get_by_role("link", name="Correct", exact=True).click()
    assert window.troubles() == []
    page.get_by_role("textbox", name="What happened?", exact=True).fill("It was November that was held back.")
    page.get_by_role("textbox", name="Why").fill("The wrong month was noted")
    page.get_by_role("button", name="Save the correction").last.click()

    expect(page.get_by_role("alert")).to_contain_text("Corrected.")
    expect(page.get_by_text("The wrong month was noted").first).to_be_visible()
    assert window.troubles() == []
    page.get_by_role("link", name="Read version 1").click()
    expect(page.get_by_text("This version was corrected.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(ACCOUNT).first).to_be_visible()
    page.get_by_role("link", name="Read the version that stands").click()
    expect(page.get_by_text("It was November that was held back.").first).to_be_visible()


@pytest.mark.parametrize(("width", "javascript"), [(DESKTOP, False), (PHONE, True), (PHONE, False)])
def test_two_lines_are_enough_on_any_device(visit: Opened, served: Served, width: int, javascript: bool) -> None:
    ground = new_ground(served)
    window = visit("officer", width=width, javascript=javascript)
    page = window.to("/interactions/new")
    page.get_by_label("Partnership", exact=True).select_option(ground.name)
    page.get_by_role("textbox", name="2. What happened?").fill(ACCOUNT)
    page.get_by_role("button", name="Save").last.click()

    expect(page.get_by_role("alert")).to_contain_text("Saved.")
    expect(page.get_by_text(ACCOUNT)).to_be_visible()
    assert interactions_of(served, ground) == 1
    assert window.complaints == []


@pytest.mark.parametrize(("width", "javascript"), [(DESKTOP, True), (PHONE, False)])
def test_newcomers_are_added_where_the_meeting_is_logged(
    visit: Opened, served: Served, width: int, javascript: bool,
) -> None:
    ground = new_ground(served)
    window = visit("officer", width=width, javascript=javascript)
    page = window.to(f"/interactions/new?partnership={ground.id}")
    page.get_by_role("textbox", name="2. What happened?").fill(ACCOUNT)
    page.get_by_text("Who was there", exact=True).click()
    page.get_by_text("Somebody new").click()
    page.get_by_text("An organisation that is not in the list").click()
    page.get_by_label("What the person does").fill("Carers’ lead")
    page.get_by_label("Where the person works").select_option("The new organisation below")
    page.get_by_label("Name of the organisation").fill(f"Carers of {ground.name}")
    page.get_by_label("Sector").select_option("Voluntary")
    page.get_by_role("button", name="Save and see the next agenda").click()

    expect(page.get_by_role("link", name=f"Carers of {ground.name}").first).to_be_visible()
    expect(page.get_by_text("Carers’ lead").first).to_be_visible()
    window.to(ground.path)
    expect(page.get_by_text(f"Carers of {ground.name}").first).to_be_visible()
