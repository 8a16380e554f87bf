"""Every kind of import stands in one group of the page: whoever adds one is told to say where it belongs."""

from collections import Counter

from register.exchange.imports import IMPORTS
from register.web.imports_groups import GROUPS, SHEETS_ALONE


def test_every_kind_of_import_is_offered_once() -> None:
    offered = Counter(kind.key for group in GROUPS for kind in group.kinds)
    offered.update(kind.key for kind in SHEETS_ALONE)
    assert offered == Counter(kind.key for kind in IMPORTS)
