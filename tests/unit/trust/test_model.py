"""A version of the model is the constants of the code, kept as a text that is read back the same."""

from register.trust.figure import HALF_LIFE
from register.trust.forecast import FIGURE, RICHER
from register.trust.model import FIXED, RELEASED, read_parameters, written


def test_the_released_model_is_version_one_with_the_constants_of_the_figure() -> None:
    assert (RELEASED.number, RELEASED.form, RELEASED.adopted_at) == (1, FIGURE, None)
    assert RELEASED.fixed["half_life_days"] == HALF_LIFE == 180
    assert RELEASED.fixed["prior_strength"] == 2


def test_what_is_written_is_read_back() -> None:
    assert read_parameters(written(FIXED, RICHER)) == (dict(FIXED), RICHER)


def test_the_same_model_is_always_the_same_text() -> None:
    turned = dict(reversed(list(FIXED.items())))
    assert written(turned, FIGURE) == written(FIXED, FIGURE)
