"""The macros of templates/, drawn without the application, and their HTML in a form that can be compared."""

from html.parser import HTMLParser
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from register.locations import templates

VOID = {"input", "link", "meta", "br"}

environment = Environment(
    loader=FileSystemLoader(templates()), autoescape=True, trim_blocks=True, lstrip_blocks=True,
    undefined=StrictUndefined,
)
forms: Any = environment.get_template("macros/forms.html").module
page: Any = environment.get_template("macros/page.html").module
standing: Any = environment.get_template("macros/standing.html").module


class Pieces(HTMLParser):
    """HTML as a flat list of tags with sorted attributes and of words, so that only meaning is compared."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The scripts of govuk-frontend are not used, so neither are its hooks for them.
        kept = sorted(f"{name}={value or ''}" for name, value in attrs if not name.startswith("data-"))
        self.found.append((tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.found.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        if words := data.split():
            self.found.append(("words", " ".join(words)))


def pieces(html: str) -> list[tuple[str, ...]]:
    """Return the HTML in the form that is compared."""
    return Pieces(str(html)).found


def attributes(html: str, tag: str) -> list[dict[str, str]]:
    """Return the attributes of each such tag, in order."""
    found = [piece for piece in pieces(html) if piece[0] == tag]
    return [dict(attribute.split("=", 1) for attribute in piece[1:]) for piece in found]


def called(source: str, **values: object) -> str:
    """Return a page that calls macros with a body of its own."""
    imports = "{% import 'macros/page.html' as page %}{% import 'macros/forms.html' as forms %}"
    return environment.from_string(imports + source).render(**values)
