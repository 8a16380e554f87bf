"""While many objects are made the search for rings is put off, and it goes on whatever happens."""

import gc

import pytest

from register.collecting import uncollected


def test_it_is_put_off_and_taken_up_again() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_taken_up_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    with uncollected(), uncollected():
        pass
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
