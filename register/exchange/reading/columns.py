"""The columns that an import reads, and which columns of a file they are found in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 86
"""Similarity out of 100 from which a title is proposed for a column: `Organisation name` for `organisation-names`, and
not `start date` for `end date`, which reach 78."""


def always_read(_text: str) -> str:
    """Return that any cell can be read."""
    return ""


@dataclass(frozen=True)
class Column:
    """One column of an import."""

    key: str
    """Its title in the form of `column_key`, such as `end-date`."""
    about: str = ""
    """What stands in it, for guidance and the template's notes."""
    required: bool = False
    """Whether the file has to have it."""
    also: tuple[str, ...] = ()
    """Other titles by which files call it, in the form of `column_key`."""
    is_day: bool = False
    """Whether its cells are days, which may be written day first or month first."""
    tells_apart: bool = False
    """Whether it tells one row from another, so that it cannot say the same in every row."""
    words: tuple[str, ...] = ()
    """The words that it takes, where it takes no others."""
    unread: Callable[[str], str] = always_read
    """Returns why a cell cannot be read, as a clause that says what to do; empty when it can."""
    is_needed: bool = False
    """Whether a new row has to fill it."""

    @property
    def title(self) -> str:
        """The column's title as a template and a page write it."""
        return self.key.replace("-", " ").capitalize()


def column_key(title: str) -> str:
    """Return a column's title in the one form that columns are compared by.

    >>> column_key(" Official_Name")
    'official-name'
    """
    return "-".join(title.strip().casefold().replace("_", " ").replace("-", " ").split())


def told_apart(titles: Sequence[str]) -> tuple[str, ...]:
    """Return the titles of a header, each once: a second `Note` becomes `Note (2)`; a blank one stays blank.

    >>> told_apart(["Note", "", "note"])
    ('Note', '', 'note (2)')
    """
    met: Counter[str] = Counter()
    found = []
    for title in (" ".join(title.split()) for title in titles):
        met[column_key(title)] += 1
        count = met[column_key(title)]
        found.append(f"{title} ({count})" if title and count > 1 else title)
    return tuple(found)


def placed(columns: Iterable[Column], titles: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    """Return at which place of a header each column stands: where a person says, or else where its title is."""
    places = {column_key(title): place for place, title in reversed(list(enumerate(titles))) if title}
    loose = {letters_of(key): place for key, place in reversed(places.items())}
    found: dict[str, int] = {}
    for column in columns:
        if column.key in chosen:
            place = places.get(column_key(chosen[column.key]))
        else:
            place = _first((column.key, *column.also), places, loose, found.values())
        if place is not None:
            found[column.key] = place
    return found


def _first(
    keys: Sequence[str], places: Mapping[str, int], loose: Mapping[str, int], taken: Collection[int]
) -> int | None:
    """Return the place of the first of some titles that a header has; one spelt a little otherwise if it is free."""
    for key in keys:
        if key in places:
            return places[key]
        place = loose.get(letters_of(key))
        if place is not None and place not in taken:
            return place
    return None


def letters_of(title: str) -> str:
    """Return the letters and figures of a title alone: `Value (£)` is `value`, and `SupplierName` `suppliername`."""
    return "".join(filter(str.isalnum, title.casefold()))


def guessed(columns: Sequence[Column], titles: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return a title for each column: the chosen one, its own, or else the most similar that no other column has."""
    found = {key: titles[place] for key, place in placed(columns, titles, chosen).items()}
    free = [title for title in titles if title and title not in found.values()]
    for column in columns:
        if column.key in found or column.key in chosen:
            continue
        best = max(free, key=lambda title: _alike(column, title), default="")
        if best and _alike(column, best) >= ALIKE:
            found[column.key] = best
            free.remove(best)
    return found


def _alike(column: Column, title: str) -> float:
    key = column_key(title).replace("-", " ")
    return max(fuzz.token_sort_ratio(one.replace("-", " "), key) for one in (column.key, *column.also))
