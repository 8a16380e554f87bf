"""Pages and their files keep to the content security policy, and ask nothing of any other host."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from register.locations import static, templates

PAGES = sorted(templates().rglob("*.html"))
SHEETS = sorted(static().rglob("*.css"))
SCRIPTS = sorted(static().rglob("*.js"))
OTHERS = ("govuk-frontend", "vis-network")
OURS = [path for path in (*SHEETS, *SCRIPTS) if not path.name.startswith(OTHERS)]
LARGEST = 300
UNSTYLED = {
    "as-of__words", "filters__form", "foot__figures", "foot__marks", "nav__item", "pager__count", "score__body",
    "sort__arrow", "tabs__item",
}
"""Names that only say what a thing is; they take their look from what they stand in."""

OFFLINE = (templates() / "network" / "file.html",)
"""Files to take away that work offline: each carries its own policy, with the hashes of what stands in it."""
TEMPLATING = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def name_of(path: Path) -> str:
    return path.name


def test_there_are_pages_sheets_and_a_script_to_look_at() -> None:
    assert {"base.html", "forms.html", "404.html"} <= {path.name for path in PAGES}
    assert {"govuk-frontend.css", "register.css", "register.js"} <= {path.name for path in (*SHEETS, *SCRIPTS)}


@pytest.mark.parametrize("path", [path for path in PAGES if path not in OFFLINE], ids=name_of)
def test_no_page_has_style_or_script_of_its_own(path: Path) -> None:
    text = TEMPLATING.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle\s*=", text), "the policy refuses style attributes: use a class"
    assert not re.search(r"<style\b", text, re.IGNORECASE), "put it into a sheet of static/"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text, re.IGNORECASE), "put it into a script of static/"
    assert "javascript:" not in text.lower()
    for tag in re.findall(r"<script\b[^>]*>", text, re.IGNORECASE):
        assert "src=" in tag or "application/json" in tag, "the policy refuses script within a page, though not data"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_page_takes_anything_from_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(src|<link[^>]*href)\s*=\s*[\"'](https?:)?//", text)


@pytest.mark.parametrize("path", SHEETS, ids=name_of)
def test_no_sheet_takes_anything_from_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for address in re.findall(r"url\(\s*[\"']?([^)\"']*)", text):
        assert address.startswith(("data:", "#")), address
    assert "@import" not in text
    assert "@font-face" not in text
    assert "sourceMappingURL" not in text


def test_the_compiled_sheet_has_no_crown_and_no_gds_transport() -> None:
    text = (static() / "govuk-frontend.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in text
    assert "crown" not in text.lower()
    assert '"Helvetica Neue",Arial,sans-serif' in text


def test_the_licence_of_the_compiled_sheet_stands_beside_it() -> None:
    text = (static() / "LICENCES.md").read_text(encoding="utf-8")
    assert "The MIT License" in text
    version = re.search(r'frontend-version: "([\d.]+)"', (static() / "govuk-frontend.css").read_text(encoding="utf-8"))
    assert version
    assert f"govuk-frontend) {version[1]}" in text


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_our_own_sheets_and_scripts_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LARGEST


def test_the_page_for_a_failure_asks_nothing_of_the_application() -> None:
    """It is shown when the database or the session has failed, so it is drawn here without either."""
    bare = Environment(loader=FileSystemLoader(templates()), autoescape=True, undefined=StrictUndefined)
    html = bare.get_template("errors/500.html").render()
    assert "Something went wrong" in html
    assert 'href="/"' in html
    addresses = re.findall(r'href="(/static/[^"]+)"', html)
    assert addresses
    assert all((static() / address.removeprefix("/static/")).is_file() for address in addresses)


def test_every_class_that_the_macros_name_is_styled_somewhere() -> None:
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)))
    shared = [path for path in PAGES if path.parent.name in {"macros", "errors"} or path.name == "base.html"]
    named = {
        name for path in shared for names in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8"))
        for name in names.split()
    }
    assert named - styled == UNSTYLED
