"""Fields in which one chooses: a word of the vocabulary, or a record by its id."""

from collections.abc import Iterable, Sequence

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from register.partnerships.kinds import Kind
from register.web.record_ids import LARGEST_ID


def word_choices(kinds: Iterable[Kind], none: str | None = None) -> list[SelectChoice]:
    """Return a choice for each word, its meaning as the hint; `none` is the label for choosing none of them."""
    rows = [SelectChoice(kind.key, kind.name, {"hint": kind.meaning} if kind.meaning else {}) for kind in kinds]
    return rows if none is None else [SelectChoice("", none), *rows]


def word_radios(label: str, kinds: Iterable[Kind], sentence: str) -> RadioField:
    """Return radios for words of which one must be chosen; `sentence` asks for it."""
    return RadioField(label, choices=word_choices(kinds), invalid_choice_message=sentence)


def word_select(label: str, kinds: Iterable[Kind], sentence: str, none: str) -> SelectField:
    """Return a list of words of which none need be chosen; its data are the key or None."""
    return SelectField(
        label,
        choices=word_choices(kinds, none),
        coerce=key_or_none,
        invalid_choice_message=sentence,
    )


def word_checkboxes(label: str, kinds: Iterable[Kind], sentence: str) -> SelectMultipleField:
    """Return checkboxes for words of which several may be chosen."""
    return SelectMultipleField(label, choices=word_choices(kinds), invalid_choice_message=sentence)


def record_select(label: str, sentence: str) -> SelectField:
    """Return a list of records; its choices are set for each page by `record_choices`, its data are the id or None."""
    return SelectField(
        label,
        coerce=number_or_none,
        choices=[],
        invalid_choice_message=sentence,
        invalid_value_message=sentence,
    )


def record_choices(records: Iterable[tuple[int, str]], none: str) -> list[SelectChoice]:
    """Return a choice for each (id, label), after one for none of them."""
    return [SelectChoice("", none), *(SelectChoice(str(key), label) for key, label in records)]


def key_or_none(value: object) -> str | None:
    """Return a key as the database keeps it; None for nothing."""
    return str(value) if value not in ("", None) else None


def number_or_none(value: object) -> int | None:
    """Return an id; None for nothing. Raises ValueError for what is no number, or one that no id can be."""
    if value in ("", None):
        return None
    number = int(str(value))
    if not 0 < number <= LARGEST_ID:
        raise ValueError(value)
    return number


def labels_of(rows: Sequence[tuple[int, str, str | None]]) -> list[tuple[int, str]]:
    """Return (id, label) of (id, name, place): the place is added where two share a name.

    >>> labels_of([(1, "Age Concern", "Leeds"), (2, "Age Concern", None), (3, "Mind", "Leeds")])
    [(1, 'Age Concern (Leeds)'), (2, 'Age Concern (no. 2)'), (3, 'Mind')]
    """
    names = [name for _, name, _ in rows]
    twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    return [(key, f"{name} ({place or f'no. {key}'})" if name in twice else name) for key, name, place in rows]
