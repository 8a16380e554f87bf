"""A new address is not forgotten: whoever adds one is told where it is to be written down."""

from flask import Flask

from tests.fixtures.addresses import told_apart
from tests.fixtures.pages import Furnished


def test_an_address_that_the_table_lacks_is_named_with_what_to_do() -> None:
    new, gone, other = told_apart({"/new": "x:y", "/other": "a:b"}, {"/gone": "x:y", "/other": "c:d"})
    assert new.startswith('"/new": "x:y" is new')
    assert gone.startswith('"/gone" has no route any more')
    assert other.endswith("which is meant?")
    assert told_apart({"/": "x:y"}, {"/": "x:y"}) == []


def test_every_part_of_an_address_has_something_to_stand_for(app: Flask, furnished: Furnished) -> None:
    parts = furnished.addresses(furnished.open)
    lacking = [
        f"{rule.rule} needs {name} in Furnished.addresses of tests/fixtures/pages.py"
        for rule in app.url_map.iter_rules()
        for name in sorted(rule.arguments - parts.keys())
    ]
    assert lacking == []
