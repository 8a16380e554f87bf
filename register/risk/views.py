"""How one organisation sees another, with the evidence behind it: what the rules of trust argue from."""

from dataclasses import dataclass
from datetime import date

from register.trust.figure import NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Piece:
    """What one rater's readings of one day, or one promise, said of a relationship; it weighs one unit."""

    held_on: date
    good: float
    bad: float
    rows: int
    """How many pieces of evidence share the unit."""
    source: str
    """Where the worst of it came from: "interaction:7" or "commitment:3"."""
    words: str = ""
    """What happened, in short."""


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """How one organisation sees another, as a whole or in one determinant."""

    rater_id: int
    ratee_id: int
    rater: str
    ratee: str
    word: str = NOT_KNOWN
    good: float = 0.0
    bad: float = 0.0
    lent: float = 0.5
    figure: float = 0.5
    low: float = 0.05
    high: float = 0.95
    unknown: float = 1.0
    figure_90: float = 0.5
    count_365: float = 0.0
    rows: int = 0
    first_held_on: date | None = None
    last_held_on: date | None = None
    determinant: str = ""
    """The name of a determinant, such as "Openness"; empty for the relationship as a whole."""
    pieces: tuple[Piece, ...] = ()
    """Oldest first; gathered only where a rule may need them."""

    @property
    def is_known(self) -> bool:
        """Whether more is known than not."""
        return self.word != NOT_KNOWN

    @property
    def about(self) -> str:
        """The relationship in words, such as "Riverside’s trust in Lanmark"."""
        return f"{self.rater}{'’' if self.rater.endswith('s') else '’s'} trust in {self.ratee}"

    @property
    def target(self) -> tuple[int, int]:
        """The ids that name the relationship inside its partnership."""
        return self.rater_id, self.ratee_id

    @property
    def points(self) -> str:
        """The figure out of 100."""
        return f"{100 * self.figure:.0f}"
