"""The chart of trust over time in words: what it shows, for those who read and do not look."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from register.trust.figure import NOT_KNOWN, Standing
from register.trust.timeline import Moment
from register.web.chart_parts import Mark, Silence
from register.web.days import short

MOST_RUNS = 4
"""Changes of word that one sentence can tell."""

ENDINGS = (("kept", "kept"), ("late", "kept late"), ("broken", "broken"))


class Run(NamedTuple):
    """A stretch of time in which a standing kept its word."""

    word: str
    start: date


def runs(moments: Iterable[Moment]) -> list[Run]:
    """Return the words that a standing went through, oldest first."""
    found: list[Run] = []
    for moment in moments:
        if not found or found[-1].word != moment.standing.word:
            found.append(Run(moment.standing.word, moment.day))
    return found


def course(name: str, moments: Sequence[Moment]) -> str:
    """Say which words a relationship went through.

    Example: "Council of Ferncote was not known until 4 December 2024, then sound until 28 July 2026, and is mixed."
    """
    told = runs(moments)
    if not told:
        return ""
    if len(told) == 1:
        return f"{name} was {told[0].word} all the time shown."
    last = told[-1]
    if len(told) > MOST_RUNS:
        words = sorted({run.word for run in told})
        return (
            f"{name} changed its word {len(told) - 1} times, between {listed(words)}; "
            f"it is {last.word} since {short(last.start)}."
        )
    parts = [f"{one.word} until {short(after.start)}" for one, after in pairwise(told)]
    return f"{name} was {', then '.join(parts)}, and is {last.word} since."


def silence_words(quiet: Sequence[Silence], on: date) -> str:
    """Say what the longest silence did, and did not."""
    if not quiet:
        return ""
    longest = max(quiet, key=lambda silence: silence.days)
    others = _others(len(quiet) - 1)
    if longest.end >= on:
        return f"Nothing was logged for the last {longest.days} days: less is known, nothing has fallen.{others}"
    return (
        f"Nothing was logged for {longest.days} days to {short(longest.end)}: "
        f"less was known by then, nothing had fallen.{others}"
    )


def _others(number: int) -> str:
    if not number:
        return ""
    return " There is one shorter silence." if number == 1 else f" There are {number} shorter silences."


def promise_words(name: str, marks: Iterable[Mark]) -> str:
    """Say how many promises one side kept, kept late and broke."""
    names = [mark.name for mark in marks]
    parts = [f"{names.count(key)} {word}" for key, word in ENDINGS if key in names]
    return f"Promises by {name}: {listed(parts)}." if parts else ""


def figure_words(standing: Standing) -> str:
    """Say a standing as one reads it aloud: "mixed, 54 out of 100, nine times in ten between 26 and 84"."""
    if standing.word == NOT_KNOWN:
        return "not known: too little evidence for a figure"
    figure, low, high = (f"{100 * value:.0f}" for value in (standing.figure, standing.low, standing.high))
    return f"{standing.word}, {figure} out of 100, nine times in ten between {low} and {high}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: "one, two and three"."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
