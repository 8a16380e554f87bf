"""An auditor verifies the history, reads a record's story, opens the restricted records, and signs out for good."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from register.database import db
from register.partnerships.models import Partnership
from tests.fixtures.browsing import DESKTOP, PHONE, Served, Visit, first_of
from tests.fixtures.example import PASSWORD

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def restricted(served: Served) -> tuple[int, str]:
    """Return the id and the name of a restricted partnership."""
    with served.app.app_context():
        found = db.session.scalars(select(Partnership).where(Partnership.is_restricted)).first()
        assert found is not None
        return found.id, found.name


def signed_in(window: Visit, served: Served, role: str) -> None:
    """Sign in by the form, with a session of one's own."""
    with served.app.app_context():
        email = first_of(role).email
    page = window.to("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_an_auditor_verifies_the_history(visit: Opened, width: int) -> None:
    window = visit("auditor", width=width)
    page = window.to("/")
    page.get_by_role("link", name="Verify the history").click()
    page.get_by_role("button", name=re.compile("^Verify (now|again)$")).click()

    expect(page.get_by_role("heading", name="The history is whole")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="The chain is unbroken")).to_be_visible()
    assert window.troubles() == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_an_auditor_reads_the_story_of_a_record(visit: Opened, width: int) -> None:
    window = visit("auditor", width=width)
    page = window.to("/partnerships")
    page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link").first.click()
    page.get_by_role("link", name="History", exact=True).last.click()
    expect(page.get_by_role("heading", name="The story, newest first")).to_be_visible()
    assert window.troubles() == []

    page.get_by_label("Show").select_option("Interactions and readings")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^Entry [\d,]+$")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert window.troubles() == []


def test_restricted_records_open_with_a_reason_and_the_copied_cookie_dies(visit: Opened, served: Served) -> None:
    number, name = restricted(served)
    window = visit(alone=True)
    signed_in(window, served, "auditor")
    page = window.to(f"/partnerships/{number}")
    expect(page.get_by_text(name)).to_have_count(0)

    window.to("/")
    page.get_by_label("Why").fill("Internal audit 2026/07, sample of restricted cases")
    page.get_by_role("button", name="Open the restricted records").click()
    expect(page.get_by_text("The restricted records are open to you until")).to_be_visible()
    assert window.troubles() == []
    window.to(f"/partnerships/{number}")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert window.troubles() == []

    copied = page.context.cookies()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    thief = visit(alone=True)
    thief.page.context.add_cookies(copied)  # type: ignore[arg-type]
    stolen = thief.to(f"/partnerships/{number}")
    expect(stolen.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    expect(stolen.get_by_text(name)).to_have_count(0)
