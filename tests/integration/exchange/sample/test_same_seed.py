"""A made-up register is the same whenever it is made of the same seed."""

import pytest
from flask import Flask
from sqlalchemy import select

from register.clock import today
from register.database import db
from register.exchange.sample import writing
from register.exchange.sample.sizes import Size
from register.interactions.models import Interaction


def test_the_same_seed_tells_the_same(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "WEEKS", 26)
    told = []
    for seed in (3, 3, 4):
        assert sum(writing.write(Size(6, 6, 20), seed, today(), "a password for a sample")) == 20
        rows = db.session.execute(select(Interaction.held_on, Interaction.account).order_by(Interaction.id)).all()
        told.append([tuple(row) for row in rows])
        db.session.rollback()
    assert told[0] == told[1] != told[2]
