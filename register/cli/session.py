"""How a command opens the register: from the environment, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from register.database import db
from register.database.engine import reading
from register.history.checkpointing import checkpoint_if_due
from register.history.sweeping import after_erasing
from register.opening import open_register, require_made
from register.settings import Settings, from_environment


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Flask]:
    """Open the register for a command that changes it: kept at the end, undone when anything fails."""
    settings = settings or from_environment()
    app = open_register(settings)
    with app.app_context():
        require_made(settings)
        try:
            yield app
            db.session.commit()
            checkpoint_if_due(settings)
            after_erasing(settings)
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def opened_to_read() -> Iterator[Flask]:
    """Open the register for a command that only asks: it waits for nobody and keeps nothing."""
    settings = from_environment()
    app = open_register(settings)
    with app.app_context(), reading():
        require_made(settings)
        yield app
        db.session.rollback()
