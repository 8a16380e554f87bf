"""A network that is too large for one picture in Chromium: it opens on groups, and a group opens by click or key."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from register.web import network_groups
from tests.fixtures.browsing import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the example for a large network: the register is served from this process."""
    monkeypatch.setattr(network_groups, "LARGEST_DRAWN", 20)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_large_network_opens_on_groups_without_a_complaint(visit: Opened, width: int) -> None:
    window = visit("leader", width=width)
    page = window.to("/network?view=picture")
    expect(page.get_by_text(re.compile("are too many"))).to_be_visible()
    expect(page.locator("#network-picture[data-drawn]")).to_be_attached()
    assert window.troubles() == []


def test_a_group_is_entered_and_left_by_keyboard_alone(visit: Opened) -> None:
    window = visit("leader")
    page = window.to("/network?view=picture")
    group = page.locator('a[href*="within="]').first
    group.focus()
    group.press("Enter")
    expect(page).to_have_url(re.compile("within="))
    back = page.get_by_role("link", name=re.compile("^Back to all groups"))
    expect(back.first).to_be_visible()
    assert window.troubles() == []
    back.first.press("Enter")
    expect(page).not_to_have_url(re.compile("within="))


def test_groups_can_be_read_and_searched_without_a_script(visit: Opened) -> None:
    page = visit("leader", javascript=False).to("/network?view=picture&find=council")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    page.locator('a[href*="chosen="]').first.click()
    expect(page).to_have_url(re.compile("within="))
