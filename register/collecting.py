"""Python's search for rings of objects that nobody holds any more, put off while very many objects are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search off for as long as the block runs.

    Python searches anew each time so many objects more were made, and finds nothing where all of them are still
    needed: of the facts of a thousand partnerships that was two fifths of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
