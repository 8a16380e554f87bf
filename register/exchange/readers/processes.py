"""One process as its releases tell it, one after the other, each adding to what those before it said."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from register.clock import LONDON, day_of
from register.exchange.readers.awards import Award, Release
from register.exchange.readers.drafts import Draft, drafted
from register.exchange.reading.documents import NO_YEARS, Branch
from register.exchange.reading.findings import Findings
from register.text import LINE

MOST_STAGES = 100
"""Releases of one process that may each be a revision, the newest: a portal that republishes daily says no more."""

STAGES = ("planning", "tender", "award", "contract", "implementation")
"""How far a release has come, for those that bear the same date: portals that date by the day have many."""
AFTER = ("Amendment", "Update", "Cancellation", "Termination")
"""What a tag ends with that changes what an earlier release of the same stage said."""


@dataclass
class Process:
    """What the releases so far say of one process."""

    releases: list[Release] = field(default_factory=list)
    """The newest first."""
    awards: dict[str, Award] = field(default_factory=dict)
    contracts: dict[str, Award] = field(default_factory=dict)
    """The same for contracts, which may come in releases of their own."""

    def hear(self, version: Branch) -> None:
        """Take in one further release: an award or a contract that was told before is told anew."""
        release = Release(version)
        self.releases.insert(0, release)
        heard = len(self.releases)
        for told, key in ((self.awards, "awards"), (self.contracts, "contracts")):
            for part in version.branches(key):
                part_id = part.line("id") or f"{version.row} {part.path}"
                told[part_id] = _retold(told.pop(part_id, None), Award(part, release, heard))

    def draft(self) -> Draft | None:
        """Return what all of it comes to; None, counted as skipped, when it binds nobody."""
        awards, contracts = (sorted(told.values(), key=_newest) for told in (self.awards, self.contracts))
        return drafted(self.releases, awards, contracts)


def _newest(award: Award) -> int:
    return -award.heard


def _retold(before: Award | None, award: Award) -> Award:
    """Return an award as a later release tells it: what that release leaves out stays as it was, as OCDS merges them.

    Names and ids of parties hold in the release that gave them, so an award remembers where its suppliers stand.
    """
    if before is None:
        return award
    values = {**before.branch.values}
    for key, value in award.branch.values.items():
        former = values.get(key)
        values[key] = {**former, **value} if isinstance(former, dict) and isinstance(value, dict) else value
    named_by = None if award.branch.values.get("suppliers") else before.named_by or before
    return replace(award, branch=replace(award.branch, values=values), named_by=named_by)


def in_order(versions: Sequence[Branch]) -> list[Branch]:
    """Return the releases of a process, oldest first; of one date and stage the last of the file, as portals list."""
    placed = sorted(enumerate(versions), key=lambda one: (_seconds(one[1]), _stage(one[1]), -one[0]))
    return [version for _, version in placed]


def told(versions: Sequence[Branch]) -> Draft | None:
    """Return what a process comes to, with what its earlier releases came to, oldest first, where terms changed.

    Only what holds today is answered for: a slip in a release that a later one took the place of refuses nothing.
    """
    ordered = in_order(versions)
    process = Process()
    for version in ordered:
        process.hear(version)
    last = process.draft()
    if last is None:
        _note_cancelled(process)
        return None
    return _since(last, _stages(ordered[-MOST_STAGES:]) if len(ordered) > 1 else [])


def _note_cancelled(process: Process) -> None:
    """Say of a process whose awards were all called off what that means for the register, which closes nothing."""
    off = [award for award in process.awards.values() if award.branch.line("status") == "cancelled"]
    if off and len(off) == len(process.awards):
        reason = "this award was cancelled, so nothing was made of it; close the arrangement if the register has it"
        off[-1].branch.note("status", "cancelled", reason)


def _stages(ordered: Sequence[Branch]) -> list[Draft]:
    """Return what a process came to after each of its releases, where it bound somebody."""
    unheard, process = Findings(), Process()
    stages = []
    for version in ordered:
        process.hear(replace(version, findings=unheard))
        if draft := process.draft():
            stages.append(_dated(draft, version))
    return stages


def _since(last: Draft, stages: Sequence[Draft]) -> Draft:
    """Return the last draft with the stages that changed the terms before it, dated by the first that told its own."""
    changed: list[Draft] = []
    for stage in stages:
        if not changed or stage.terms != changed[-1].terms:
            changed.append(stage)
    if not changed:
        return _dated(last, last.latest)
    return replace(last, told_at=changed[-1].told_at, told_by=changed[-1].told_by, earlier=tuple(changed[:-1]))


def _dated(draft: Draft, version: Branch) -> Draft:
    at = released_at(version)
    return replace(draft, told_at=at, told_by=_named(version, at))


def _named(version: Branch, at: datetime | None) -> str:
    """Return a release as a reason names it: `Release n2 of 1 May 2025 (award update): extended by a year`."""
    day = day_of(at) if at else None
    tags = ", ".join(_in_words(tag) for tag in version.words("tag"))
    said = "".join([
        f"Release {version.line('id')}".strip(),
        f" of {day.day} {day:%B %Y}" if day else "",
        f" ({tags})" if tags else "",
        f": {why}" if (why := _why(version)) else "",
    ])  # fmt: skip
    return said if len(said) <= LINE else said[: LINE - 1].rstrip() + "…"


def _in_words(tag: str) -> str:
    """Return a tag as words: `awardUpdate` is `award update`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag).strip()


def _why(version: Branch) -> str:
    """Return why a release amends what it amends, in its own words; empty when it does not say."""
    parts = [part for key in ("contracts", "awards") for part in version.branches(key)]
    amendments = [amendment for part in parts for amendment in part.branches("amendments")]
    said = (amendment.line(key) for amendment in reversed(amendments) for key in ("rationale", "description"))
    return next((words for words in said if words), "")


def released_at(version: Branch) -> datetime | None:
    """Return when a release was made, so that dates of all zones compare; None, refused, when it is no date."""
    text = version.line("date")
    try:
        at = datetime.fromisoformat(text) if text and text[:4] not in NO_YEARS else None
        return at and (at if at.tzinfo else at.replace(tzinfo=LONDON)).astimezone(LONDON)
    except (ValueError, OverflowError):
        version.refuse("date", text, "this is not a date and time; write it as 2023-04-01T00:00:00Z")
        return None


def _seconds(version: Branch) -> float:
    at = released_at(version)
    return at.timestamp() if at else 0.0


def _stage(version: Branch) -> int:
    """Return how far a release has come by its tags: an update after what it updates."""
    found = [0]
    for tag in version.words("tag"):
        stage = next((place for place, name in enumerate(STAGES, start=1) if tag.startswith(name)), 0)
        found.append(2 * stage + tag.endswith(AFTER))
    return max(found)
