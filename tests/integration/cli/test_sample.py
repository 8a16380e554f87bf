"""`register sample`: a made-up register for an empty place, and for no other."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from register.accounts.changes import sign_in
from register.database import db
from register.interactions.models import Interaction
from register.opening import open_register
from register.settings import from_environment
from tests.fixtures.commands import Register


@pytest.fixture
def small(register: Register) -> str:
    """What the command says of a small sample."""
    said = register("sample", "--size", "40")
    assert said.code == 0
    return said.out


def test_it_makes_a_register_that_people_can_sign_in_to(register: Register, environment: Path, small: str) -> None:
    assert re.search(r"8 organisations, \d+ partnerships, 40 interactions", small)
    assert "officer1@sample.example" in small
    password = small.strip().rpartition(" ")[2]
    app = open_register(from_environment())
    with app.app_context():
        assert sign_in("officer1@sample.example", password, "127.0.0.1")
        assert len(db.session.scalars(select(Interaction.id)).all()) == 40
        db.session.rollback()
        db.engine.dispose()
    said = register("history", "verify")
    assert (said.code, "The history is whole" in said.out) == (0, True)
    assert list((environment / "checkpoints").iterdir())


def test_a_register_that_holds_anything_is_refused(register: Register, made: Path) -> None:
    said = register("sample", "--size", "40")
    assert said.code == 1
    assert str(made) in said.err
    assert "needs an empty one" in said.err


def test_a_register_that_was_only_made_is_filled(register: Register, environment: Path) -> None:
    assert register("init").code == 0
    assert register("sample", "--size", "40", "--seed", "2").code == 0
    assert register("sample", "--size", "40").code == 1
    assert environment.exists()


@pytest.mark.parametrize("size", ["M", "0", "9999999"])
def test_a_size_that_is_none_is_refused_and_nothing_is_made(register: Register, environment: Path, size: str) -> None:
    said = register("sample", "--size", size)
    assert said.code == 1
    assert "The size is S, L, or a number" in said.err
    assert not environment.exists()
