"""A process that writes to a register until somebody kills it: `python -m tests.faults.writer URL stream|hold`."""

import sys
from itertools import count

from sqlalchemy import Engine, create_engine, insert

from register import clock
from register.database.engine import configure
from register.database.models import Submission


def open_engine(url: str) -> Engine:
    """Return an engine with the product's own settings."""
    engine = create_engine(url)
    configure(engine)
    return engine


def submission(key: str) -> dict[str, object]:
    """Return one row to write."""
    return {"key": key, "location": "/", "submitted_at": clock.now()}


def stream(engine: Engine) -> None:
    """Write row after row, and say each one's key once it is committed."""
    for number in count():
        with engine.begin() as connection:
            connection.execute(insert(Submission), submission(str(number)))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def hold(engine: Engine) -> None:
    """Write rows, and keep the transaction open."""
    with engine.begin() as connection:
        connection.execute(insert(Submission), [submission(f"half {number}") for number in range(1000)])
        sys.stdout.write("holding\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    {"stream": stream, "hold": hold}[sys.argv[2]](open_engine(sys.argv[1]))
