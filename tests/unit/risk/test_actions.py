"""Every rule and every determinant has something that helps, short enough to become a plan."""

from register.risk.actions import HELP_FOR_DETERMINANT, HELP_FOR_RULE, help_for
from register.risk.rules import RULES
from register.text import LINE
from register.trust.schemes import SCHEMES


def test_every_rule_has_something_that_helps() -> None:
    assert HELP_FOR_RULE.keys() == {rule.key for rule in RULES}
    assert all(help_for(rule.key) for rule in RULES)


def test_every_determinant_has_something_that_helps() -> None:
    assert HELP_FOR_DETERMINANT.keys() == {one.key for scheme in SCHEMES for one in scheme.determinants}


def test_each_fits_a_plan_and_ends_without_a_stop_which_the_page_adds() -> None:
    for helps in (*HELP_FOR_RULE.values(), *HELP_FOR_DETERMINANT.values()):
        for one in helps:
            assert len(one.action) <= LINE
            assert one.action[0].isupper()
            assert not one.action.endswith(".")
