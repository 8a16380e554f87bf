"""Acts with their sentences and names, ready for a page."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask import request, url_for

from register.accounts.lookups import names_of_actors
from register.history.envelope import Plain
from register.history.sentences import words_of
from register.history.story import Act
from register.interactions.lookups import readings
from register.interactions.models import Reading
from register.web.names import NameBook
from register.web.security import me
from register.web.teller import Teller, Telling
from register.web.tellings import readings_in_words, told


class Told(NamedTuple):
    """An act as a page shows it."""

    act: Act
    actor: str
    words: str
    telling: Telling
    url: str
    where: str | None
    """The name of the partnership it belongs to, where the reader may see it."""
    by_url: str | None = None
    """On the page of a story, the way to only what this person did in it."""


def tell(shown: Sequence[Act], book: NameBook | None = None) -> list[Told]:
    """Return acts with their sentences, the names of who acted and a link to each."""
    corrected = {act.superseded.entity_id for act in shown if act.action == "interaction:corrected" and act.superseded}
    old = readings(corrected)
    names = book or name_book(shown, [reading for some in old.values() for reading in some])
    actors = names_of_actors(act.actor for act in shown)
    return [_told(act, actors[act.actor], names, old) for act in shown]


def _told(act: Act, actor: str, book: NameBook, old: dict[int, list[Reading]]) -> Told:
    before = old.get(act.superseded.entity_id, []) if act.superseded else []
    said = readings_in_words(
        (book.said("determinant", one.determinant), one.score, book.said("rater_id", one.rater_id),
         book.said("ratee_id", one.ratee_id))
        for one in before
    )
    telling = told(Teller(act, actor, book, said))
    url = url_for("history.entry", sequence=act.sequence)
    return Told(act, actor, words_of(act.action), telling, url, book.partnership(act.scope_id), _by_url(act))


def _by_url(act: Act) -> str | None:
    kind, _, number = act.actor.partition(":")
    if request.blueprint != "history" or kind != "person" or not request.endpoint:
        return None
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if key not in ("after", "before", "by")}
    return url_for(request.endpoint, **{**(request.view_args or {}), **kept, "by": number})


def name_book(shown: Iterable[Act], old: Iterable[Reading] = ()) -> NameBook:
    """Return the names behind the ids that some acts mention."""
    pairs: list[tuple[str, Plain]] = [pair for one in old for pair in (
        ("rater_id", one.rater_id), ("ratee_id", one.ratee_id),
    )]
    for act in shown:
        pairs.append(("partnership_id", act.scope_id))
        for row in act.rows:
            pairs.extend((change.name, value) for change in row.fields for value in (change.was, change.now))
            pairs.extend(row.before.items())
    return NameBook(pairs, me())
