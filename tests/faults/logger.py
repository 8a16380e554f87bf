"""A process that logs interactions in transactions of its own: `python -m tests.faults.logger DATA URL WRITES`.

It says how long the longest of them took, in milliseconds.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.opening import open_register
from register.partnerships.models import Partnership
from register.settings import Settings
from tests.factories import an_interaction


def log(data: Path, url: str, writes: int) -> float:
    """Log so many interactions about one relationship; return the longest time that one took."""
    app = open_register(
        Settings(data=data, database_url=url, secret_key=None, site_name="Testshire", secure_cookies=False),
    )
    longest = 0.0
    with app.app_context():
        for number in range(writes):
            # Of other days: readings of one day share a unit of weight, and each new one reckons it again.
            held_on = today() - timedelta(days=number)
            began = time.perf_counter()
            officer = db.session.scalars(select(Person).where(Person.role == "officer")).one()
            partnership = db.session.scalars(select(Partnership)).one()
            an_interaction(officer, partnership, {"ilm:openness": 4}, held_on=held_on)
            db.session.commit()
            longest = max(longest, time.perf_counter() - began)
        db.session.remove()
        db.engine.dispose()
    return longest


if __name__ == "__main__":
    sys.stdout.write(f"{log(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])) * 1000:.0f}\n")
