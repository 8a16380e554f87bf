"""Two people who merge or part the same two organisations at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.exchange.matching.merge_changes import merge_organisations
from register.exchange.matching.merge_models import OrganisationMerge
from register.exchange.matching.unmerge_changes import undo_merge
from register.history.verification import verify
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from tests.factories import a_person, an_organisation
from tests.fixtures.kept import Kept

DONE = "done"
Act = Callable[[Person], object]


def at_once(kept: Kept, person_id: int, *acts: Act) -> list[str]:
    """Return what each of two heard, who act at one moment after both have looked."""
    begin = Barrier(len(acts))

    def do(act: Act) -> str:
        with kept.app.app_context():
            begin.wait(10)
            try:
                act(db.session.get_one(Person, person_id))
                db.session.commit()
            except Refusal as refusal:
                return refusal.message
            return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(do, acts))


def merging(kept_id: int, merged_id: int) -> Act:
    def act(by: Person) -> None:
        one, other = (db.session.get_one(Organisation, key) for key in (kept_id, merged_id))
        merge_organisations(by, one, other, "They are one")

    return act


def parting(by: Person) -> None:
    undo_merge(by, db.session.scalars(select(OrganisationMerge)).one())


def test_of_two_merges_each_into_the_other_one_is_refused_and_one_parting_as_well(kept: Kept) -> None:
    by, one, other = a_person(), an_organisation("Alder"), an_organisation("Alder Ltd", closed_on=today())
    db.session.commit()
    person_id, first, second = by.id, one.id, other.id
    db.session.remove()

    said = at_once(kept, person_id, merging(first, second), merging(second, first))
    assert said == ["One of the two was merged already. Look at the one that was kept.", DONE]
    assert db.session.scalar(select(func.count(OrganisationMerge.id))) == 1
    db.session.remove()

    assert at_once(kept, person_id, parting, parting) == ["This merge was taken back already.", DONE]
    assert verify().is_whole
