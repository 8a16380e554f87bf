"""The chain, link by link in the order of its numbers; and what its entries say was erased."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import exists, select

from register.database import db
from register.history.commitments import holds, object_in
from register.history.envelope import ERASED, FIRST_LINK, link
from register.history.live import as_it_stands, streamed
from register.history.sealing import ENTRY, HEAD, VALUE

Step = Callable[[int], object]
"""Called with how many more entries are done, so that whoever waits sees it move."""
EVERY = 2000
"""Entries."""
ASKED = ("sequence", "action", "entity", "entity_id", "envelope", "entry_hash")


@dataclass
class Chain:
    """What was walked along."""

    size: int = 0
    last: str = FIRST_LINK
    """The hash of the last entry."""
    erased: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The fields of which an entry says that they were erased, by the entry that had them."""


def walk(chain: Chain, step: Step) -> Iterator[str]:
    """Yield what is wrong with the numbers, the links and the head."""
    asked = streamed(*(ENTRY.c[name] for name in ASKED)).order_by(ENTRY.c.sequence)
    for sequence, action, entity, entity_id, envelope, entry_hash in db.session.execute(asked):
        chain.size += 1
        if sequence != chain.size:
            yield f"Entry {sequence} stands where entry {chain.size} should be: entries are missing."
        if link(chain.last, str(envelope)) != entry_hash:
            yield f"Entry {sequence} ({action}, {entity} {entity_id}) does not follow from the entry before it."
        if f'"{ERASED}":' in str(envelope):
            _note_erased(chain, sequence, (object_in(envelope) or {}).get("fields"))
        chain.last = str(entry_hash)
        if chain.size % EVERY == 0:
            step(EVERY)
    yield from _check_head(chain)


def _note_erased(chain: Chain, sequence: int, fields: object) -> None:
    """Take up what an entry says was erased: only of entries before it, and only what it committed to."""
    stored = db.session.scalar(select(as_it_stands(VALUE.c["values"])).where(VALUE.c.sequence == sequence))
    pair = (object_in(stored) or {}).get(ERASED)
    said = pair[1] if pair and isinstance(fields, dict) and holds(pair, fields.get(ERASED)) else None
    for one in said if isinstance(said, list) else ():
        is_pair = isinstance(one, list) and len(one) == len(("entry", "field"))
        if is_pair and isinstance(one[0], int) and one[0] < sequence:
            chain.erased[one[0]].add(str(one[1]))


def _check_head(chain: Chain) -> Iterator[str]:
    heads = db.session.execute(select(*map(as_it_stands, HEAD.c))).all()
    size, last = next(((size, last) for key, size, last in heads if key == 1), (0, None))
    if len(heads) > 1:
        yield "There is more than one head of the history."
    if size != chain.size:
        yield f"The head says {size} entries, and there are {chain.size}: the end was cut off or forged."
    elif last is not None and last != chain.last:
        yield "The head does not name the last entry."


def stray_values() -> Iterator[str]:
    """Yield the values that belong to no entry."""
    has_entry = exists().where(ENTRY.c.sequence == VALUE.c.sequence)
    asked = select(as_it_stands(VALUE.c.sequence)).where(~has_entry).order_by(VALUE.c.sequence)
    for sequence in db.session.scalars(asked):
        yield f"Values were slipped in for entry {sequence}, which does not exist."
