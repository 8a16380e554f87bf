"""An officer brings a file in: what was read, the dry run, the import, and the way back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.fixtures.browsing import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

FILE = FilePayload(
    name="councils of ours.csv",
    mimeType="text/csv",
    buffer=b"Code;Official name;Country;End date\nQXA;Alder Council;England;2020-13-01\nQXB;Birch Council;England;\n",
)


@pytest.mark.parametrize(("width", "javascript"), [(DESKTOP, True), (PHONE, True), (PHONE, False)])
def test_an_officer_brings_a_file_in_and_takes_it_back(visit: Opened, width: int, javascript: bool) -> None:
    window = visit("officer", width=width, javascript=javascript)
    page = window.to("/import/councils")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()

    page.get_by_label("The file").set_input_files(FILE)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="What was read of your file")).to_be_visible()
    page.get_by_label("Local authority code").select_option("Code")
    page.get_by_label("Nation", exact=True).select_option("Country")
    assert window.troubles() == []

    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("Nothing is imported while rows are refused.")).to_be_visible()
    assert window.troubles() == []

    page.get_by_role("link", name="choose to import the others, row by row").click()
    page.get_by_label("Import the others, row by row").check()
    page.get_by_role("button", name="See what it would do").click()
    page.get_by_role("button", name="Import it now").click()
    expect(page.get_by_role("heading", name="councils of ours.csv")).to_be_visible()
    assert window.troubles() == []

    page.get_by_role("link", name="Undo this import").click()
    assert window.troubles() == []
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("It was undone on")).to_be_visible()
    assert window.troubles() == []
