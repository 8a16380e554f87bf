"""The reasons of flags that argue from trust: what pulled a view down, and what would lift it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from register.clock import day_words
from register.risk.flags import Reason, capital, counted
from register.risk.views import Piece, ViewFacts
from register.trust.figure import HALF_LIFE, decay

BAD: Final = 0.5
"""The share of bad from which a piece of evidence is a reason."""
REASONS_SHOWN: Final = 3
GOOD_MEETING: Final = (0.75, 0.25)
"""What a meeting rated "good" adds."""
MOST_MEETINGS: Final = 12


def worst_pieces(views: Iterable[ViewFacts], on: date) -> list[Piece]:
    """Return what pulled some views down most, each source once, the heaviest first."""
    by_source: dict[str, tuple[float, Piece]] = {}
    for view in views:
        for piece in view.pieces:
            weight = piece.bad * decay((on - piece.held_on).days, HALF_LIFE)
            if piece.bad >= BAD and weight > by_source.get(piece.source, (0.0, piece))[0]:
                by_source[piece.source] = weight, piece
    return [piece for _, piece in sorted(by_source.values(), key=lambda found: (-found[0], found[1].source))]


def pieces_as_reasons(views: Iterable[ViewFacts], on: date) -> tuple[Reason, ...]:
    """Return the worst evidence of some views as reasons with links to where it came from."""
    return tuple(_piece_reason(piece) for piece in worst_pieces(views, on)[:REASONS_SHOWN])


def _piece_reason(piece: Piece) -> Reason:
    kind, _, number = piece.source.partition(":")
    text = piece.words or kind
    if kind == "interaction":
        return Reason(text, "interaction", (int(number),), day_words(piece.held_on))
    return Reason(text, "commitment", (int(number),), day_words(piece.held_on))


def standing_reasons(views: Iterable[ViewFacts]) -> tuple[Reason, ...]:
    """Return views as reasons: the figure, and for which part."""
    reasons = (
        Reason(f"{capital(view.about)}{': ' + view.determinant.lower() if view.determinant else ''}", "relationship",
               view.target, f"{view.word if not view.determinant else 'at'} {view.points}")
        for view in views
    )
    return tuple(dict.fromkeys(reasons))[:4]


def enough_meetings(view: ViewFacts, cleared: Callable[[float, float], bool]) -> str:
    """Return how many meetings rated "good" would clear something, as a sentence's end."""
    for number in range(1, MOST_MEETINGS + 1):
        good, bad = (kept + number * added for kept, added in zip((view.good, view.bad), GOOD_MEETING, strict=True))
        if cleared(good, bad):
            return f"{counted(number, 'meeting')} rated “good”, or as many promises kept, would do."
    return f"more than {MOST_MEETINGS} meetings rated “good” would be needed, or a year in which they outweigh the old."
