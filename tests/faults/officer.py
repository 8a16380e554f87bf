"""A process that logs meetings until it is killed: `python -m tests.faults.officer DATA URL PERSON PARTNERSHIP`."""

import sys
from pathlib import Path

from register.accounts.models import Person
from register.database import db
from register.database.engine import set_reading
from register.history.checkpointing import checkpoint_if_due
from register.opening import open_register
from register.partnerships.models import Partnership
from register.settings import Settings
from tests.factories import an_interaction


def work(settings: Settings, person_id: int, partnership_id: int) -> None:
    """Log one meeting after another, each in a transaction of its own, and say how many there are."""
    with open_register(settings).app_context():
        done = 0
        while True:
            # As at the web's edge: a checkpoint left this process reading only.
            set_reading(only=False)
            partnership = db.session.get_one(Partnership, partnership_id)
            an_interaction(db.session.get_one(Person, person_id), partnership, {"ilm:openness": 4})
            db.session.commit()
            checkpoint_if_due(settings)
            db.session.rollback()
            done += 1
            sys.stdout.write(f"{done}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    folder, url, *numbers = sys.argv[1:]
    own = Settings(data=Path(folder), database_url=url, secret_key=None, site_name="T", secure_cookies=False)
    work(own, *map(int, numbers))
