"""Contracts, grants and ties from a file into the register: arrangements with their partners and their deal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from register.accounts.models import Person
from register.database import db
from register.exchange.arrivals.deal_notices import first_deal, keep_notices
from register.exchange.arrivals.organisations import NOT_ADDED, Arrived, keep_organisations
from register.exchange.bringing.batch_lookups import last_act
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import AT_ONCE, aliases_of, in_portions
from register.exchange.bringing.outcomes import refused_in
from register.exchange.bringing.undo_changes import restored
from register.exchange.readers.arrangements import Arrangements
from register.exchange.reading.names import fingerprint
from register.exchange.reading.rows import ArrangementRow, Identifier
from register.partnerships.changes import add_participation, edit_partnership, start_partnership
from register.partnerships.lookups import deal_revisions, members
from register.partnerships.many_changes import NewPartnership, may_all_lead, new_partnership, start_partnerships
from register.partnerships.member_changes import set_member
from register.partnerships.models import Participation, Partnership, PartnershipIdentifier
from register.refusals import Refusal

NOT_YOURS = "in the register already, and somebody else looks after it"
PARTNER_LEFT_OUT = "one of its partners was not kept"


def bring_arrangements(errand: Errand, contracts: Arrangements) -> None:
    """Keep the arrangements of a file. Flushes and never commits.

    An arrangement is known by its identifier, such as that of its process. What is there stays as people made it; a
    file adds suppliers, and revises the deal by each notice that tells it anew, in order of their dates. The errand's
    leads look after arrangements that nobody looks after yet: without any named, whoever brings the file; every officer
    when the command line does.
    """
    partnerships = _known(errand, (*contracts.arrangements, *contracts.loose))
    parts = _parts(partnerships.values())
    met = _met(contracts, partnerships, parts)
    ids = keep_organisations(errand, contracts.organisations, contracts.findings, overrules=False, met=met)
    keeper = _Keeper(errand, contracts, ids)
    for row in contracts.arrangements:
        partnership = partnerships.get(row.identifier)
        keeper.keep(row, partnership, parts.get(partnership.id, {}) if partnership else {})
        errand.step()
    keeper.start_waiting()
    for row in contracts.loose:
        if partnership := partnerships.get(row.identifier):
            contracts.findings.skipped[row.missing] -= 1
            keeper.keep(replace(row, title=partnership.name), partnership, parts.get(partnership.id, {}))
    contracts.findings.skipped = +contracts.findings.skipped
    errand.summary.take_over(contracts.findings, "partnerships")


Parts = dict[str, int]
"""Who takes part in one partnership: organisations by the fingerprints of their names."""


def _known(errand: Errand, rows: Iterable[ArrangementRow]) -> dict[Identifier, Partnership]:
    """Return the partnerships that the register has for who brings the file, by their identifiers."""
    wanted = {row.identifier for row in rows}
    found: dict[Identifier, Partnership] = {}
    for values in in_portions(sorted({value for _, value in wanted})):
        known = db.session.execute(
            select(PartnershipIdentifier.scheme, PartnershipIdentifier.value, Partnership)
            .join(Partnership, Partnership.id == PartnershipIdentifier.partnership_id)
            .where(PartnershipIdentifier.value.in_(values), errand.seen())
        )
        found |= {(scheme, value): partnership for scheme, value, partnership in known if (scheme, value) in wanted}
    return found


def _parts(partnerships: Iterable[Partnership]) -> dict[int, Parts]:
    """Return who takes or took part in each partnership, by every name they have or had."""
    rows: list[Participation] = []
    for ids in in_portions(partnership.id for partnership in partnerships):
        rows += db.session.scalars(select(Participation).where(Participation.partnership_id.in_(ids)))
    aliases = aliases_of(row.organisation_id for row in rows)
    parts: dict[int, Parts] = defaultdict(dict)
    for row in rows:
        for name in (row.organisation.name, *(alias.name for alias in aliases.get(row.organisation_id, ()))):
            parts[row.partnership_id][fingerprint(name)] = row.organisation_id
    return parts


def _met(
    contracts: Arrangements, partnerships: Mapping[Identifier, Partnership], parts: Mapping[int, Parts]
) -> dict[int, int]:
    """Return the bodies that an earlier file brought: the same name in the same process is the same body."""
    met: dict[int, int] = {}
    for row in contracts.arrangements:
        partnership = partnerships.get(row.identifier)
        here = parts.get(partnership.id, {}) if partnership else {}
        for place in (*row.commissioners, *row.providers):
            if found := here.get(fingerprint(contracts.organisations[place].name)):
                met.setdefault(place, found)
    return met


def active_officers() -> list[int]:
    """Return the officers who may sign in: who looks after what is imported when nobody is named."""
    asked = select(Person.id).where(Person.role == "officer", Person.disabled_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(asked))


class _Keeper:
    """Keeps arrangement after arrangement of one file."""

    def __init__(self, errand: Errand, contracts: Arrangements, ids: Arrived) -> None:
        self.errand, self.actor, self.contracts, self.ids = errand, errand.actor, contracts, ids
        self.leads = errand.choices.leads or ((errand.person.id,) if errand.person else tuple(active_officers()))
        self.waiting: list[NewPartnership] = []
        """New ones that were checked, and start together."""
        self.starts_many = may_all_lead(self.leads)

    def keep(self, row: ArrangementRow, partnership: Partnership | None, parts: Parts) -> None:
        """Start or update one partnership. A closed one is left alone."""
        record = Record("partnerships", row.title, self.contracts.findings.sheet, row.row, partnership is None)
        record.skipped = self._left_out(row, partnership)
        if not record.skipped and partnership is None and self.starts_many and not row.earlier:
            self._start_soon(record, row)
        elif not record.skipped and (partnership is None or self.errand.choices.updates):
            self.start_waiting()
            with self.errand.part(record):
                self._bring(row, partnership, parts)
        self.errand.tell(record)

    def _start_soon(self, record: Record, row: ArrangementRow) -> None:
        """Check one that the register does not have and that one notice tells of; it starts with others like it."""
        sides: dict[int, str] = {}
        for role, body in self._sides(row):
            sides.setdefault(body, role)
        try:
            new = new_partnership(_facts(row), row.identifier, sides, first_deal(row))
        except Refusal as refusal:
            record.refused = refused_in(refusal, record.place, record.name)
            record.about = refusal.field or ""
            return
        self.waiting.append(new)
        self.errand.summary.unled += not self.leads
        if len(self.waiting) == AT_ONCE:
            self.start_waiting()

    def start_waiting(self) -> None:
        """Start those that were checked, so that partnerships get their numbers in the order of the file."""
        if self.waiting:
            start_partnerships(self.actor, self.waiting, self.leads)
            self.waiting.clear()
            self.errand.seal()

    def _sides(self, row: ArrangementRow) -> Iterator[tuple[str, int]]:
        """Yield the roles and organisations of a row, as they are kept."""
        for role, places in zip(row.roles, (row.commissioners, row.providers), strict=True):
            yield from ((role, body) for place in places if (body := self.ids[place]))

    def _bring(self, row: ArrangementRow, partnership: Partnership | None, parts: Parts) -> None:
        if partnership is not None:
            if partnership.is_closed and not restored(self.actor, "partnership", partnership.id):
                return
            self._revise(row, partnership)
        kept = partnership or self._start(row)
        self._join(row, kept, parts)
        self._lead(kept)

    def _left_out(self, row: ArrangementRow, partnership: Partnership | None) -> str:
        """Return why a row is left out, empty when it is not."""
        if partnership is None and not self.errand.choices.creates:
            return NOT_ADDED
        if partnership is not None and not self._may_touch(partnership):
            return NOT_YOURS
        if any(self.ids[place] is None for place in (*row.commissioners, *row.providers)):
            return PARTNER_LEFT_OUT
        return ""

    def _may_touch(self, partnership: Partnership) -> bool:
        """Say whether it is theirs; whoever undid the import that brought it may bring it again."""
        if self.errand.may_touch(partnership.id):
            return True
        act = last_act(("partnership", partnership.id)) if partnership.is_closed else None
        return act is not None and act.action.endswith(":undone") and act.actor == self.actor

    def _start(self, row: ArrangementRow) -> Partnership:
        partnership = start_partnership(self.actor, _facts(row), identifiers=dict([row.identifier]))
        keep_notices(self.actor, row, partnership, [], self.contracts.findings)
        return partnership

    def _revise(self, row: ArrangementRow, partnership: Partnership) -> None:
        """Revise the deal by what the file tells anew, and move the dates with it."""
        if keep_notices(self.actor, row, partnership, list(deal_revisions(partnership.id)), self.contracts.findings):
            dates = {"started_on": row.starts_on, "ends_on": row.ends_on}
            edit_partnership(self.actor, partnership, {key: day for key, day in dates.items() if day})

    def _join(self, row: ArrangementRow, partnership: Partnership, parts: Parts) -> None:
        """Add the organisations that take no part yet; those that left are not brought back."""
        had = set(parts.values())
        for role, places in zip(row.roles, (row.commissioners, row.providers), strict=True):
            for place in places:
                name = fingerprint(self.contracts.organisations[place].name)
                organisation_id = parts.get(name) or self.ids[place]
                if organisation_id and organisation_id not in had:
                    add_participation(self.actor, partnership, organisation_id, role)
                    had.add(organisation_id)

    def _lead(self, partnership: Partnership) -> None:
        """Name who looks after a partnership that nobody looks after, so that somebody can log against it."""
        if members(partnership.id):
            return
        self.errand.summary.unled += not self.leads
        for person_id in self.leads:
            set_member(self.actor, partnership, person_id, "lead")


def _facts(row: ArrangementRow) -> dict[str, Any]:
    """Return the facts with which a row's partnership starts."""
    return {
        "name": row.title,
        "kind": row.kind,
        "purpose": row.purpose,
        "started_on": row.starts_on,
        "ends_on": row.ends_on,
    }
