"""The facts of the network and the register's life, kept in memory while nothing that one sees has moved.

Reckoning twenty thousand organisations takes seconds. Whoever sees the same version of the register on the same day
gets the same facts, and a change that one may not see moves nothing.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from register.clock import Clocks, today
from register.network.facts import Facts
from register.network.facts_lookups import facts_for
from register.network.life import Life, life_of
from register.network.lookups import logged_by_day
from register.network.version_lookups import Version, version_for
from register.web.security import me

Made = TypeVar("Made")

MOST_VIEWS = 200_000
"""Standings that a worker keeps in memory, some 60 MB: two of the largest networks, or twenty of a usual one."""
MOST_LIVES = 64


class Kept(Generic[Made]):
    """What was made for a key, the least lately asked for forgotten first once their sizes add up to too much."""

    def __init__(self, largest: int, size_of: Callable[[Made], int]) -> None:
        self._largest, self._size_of = largest, size_of
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, version: Version, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept of a version under a key, or make it and keep it.

        Before anything is in the history that one sees, one version is like another, and there is little to make.
        """
        if not version.last_entry:
            return make()
        key = version, key
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > 1 and sum(map(self._size_of, self._made.values())) > self._largest:
                self._made.popitem(last=False)
        return made


FACTS: Kept[Facts] = Kept(MOST_VIEWS, lambda facts: len(facts.views) + len(facts.nodes))
LIVES: Kept[Life | None] = Kept(MOST_LIVES, lambda _life: 1)


def facts_on(clocks: Clocks) -> Facts:
    """Return what the signed-in person may see of the network on a day."""
    return FACTS.get(version_for(me()), clocks, lambda: facts_for(me(), clocks))


def life_known(known: date | None) -> Life | None:
    """Return the register's life up to today as the signed-in person may see it, as it was known on a day."""
    return LIVES.get(version_for(me()), (known, today()), lambda: life_of(logged_by_day(me(), known), today()))
