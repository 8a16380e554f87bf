"""What one page wants beyond what every refresh does: a view of the picture, the measures of a part or a past day."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from register import background
from register.accounts.models import Person
from register.background import MEASURES, PLACES, Wanted, refresh_wanted
from register.clock import Clocks, clocks_now, now, pretending, today
from register.database import db
from register.network import changes, kept_lookups
from register.network.kept_lookups import ALL_NOW, OPEN, carriers_for, clearance, part_name, worked_out_for
from register.network.kept_models import KeptMeasures, RefreshTurn
from register.network.layout_lookups import kept_places, whole_places
from register.network.lookups import network_for
from register.network.map_views import BOTH, WHOLE, as_query
from register.network.narrowing import Filters
from register.network.saved_view_changes import save_view
from register.network.worked_out import NOTHING
from register.partnerships.changes import add_participation
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.refreshing import refresh
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.kept import Kept


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every network counts as too large to be worked out by a page."""
    monkeypatch.setattr(kept_lookups, "SMALL", 1)
    monkeypatch.setattr(kept_lookups, "AT_ONCE", 1)


@pytest.fixture
def one(kept: Kept) -> Partnership:
    """An open partnership of three, committed."""
    made = a_partnership(partners=3)
    db.session.commit()
    return made


def test_a_refresh_lays_out_the_standing_views_and_those_that_were_saved(one: Partnership) -> None:
    saved = Filters(around=partners_of(one)[0].id, steps=2)
    save_view(a_person(), "Ours", "view=table&" + as_query(saved), is_shared=False)
    db.session.commit()
    refresh()

    assert whole_places(BOTH).keys() == {-one.id, *(body.id for body in partners_of(one))}
    assert kept_places(Filters(theme=one.theme or "none")) is not None
    assert kept_places(saved) is not None
    assert kept_places(Filters(theme="transport")) is None


def test_a_view_that_a_page_wants_is_laid_out_alone(one: Partnership) -> None:
    around = Filters(around=partners_of(one)[0].id)

    assert refresh_wanted(Wanted(PLACES, as_query(around)))
    assert kept_places(around) is not None
    assert kept_places(WHOLE) is None


def test_the_measures_of_a_past_day_are_kept_for_those_who_see_the_same(one: Partnership, large: None) -> None:
    member, outsider = a_person(), a_person()
    hidden = a_partnership(partners_of(one)[:2], {member: "lead"}, is_restricted=True)
    add_participation("register", hidden, an_organisation().id, "partner")
    db.session.commit()
    then = Clocks(today() - timedelta(days=1))
    part, on = part_name(WHOLE, then), then.on.isoformat()

    def found(person: Person) -> kept_lookups.Found:
        return worked_out_for(network_for(person, then), person, part)

    assert found(outsider).worked_out == NOTHING
    assert refresh_wanted(Wanted(MEASURES, "", clearance({hidden.id}), on))
    assert found(member).as_of is not None
    assert found(outsider).worked_out == NOTHING
    assert refresh_wanted(Wanted(MEASURES, "", OPEN, on))
    assert found(outsider).as_of is not None
    assert found(outsider).worked_out.closeness != found(member).worked_out.closeness
    assert carriers_for(network_for(member, then), member, visible_to(member), then, part).carriers == {}


def test_measures_that_nobody_may_see_are_not_worked_out(one: Partnership, large: None) -> None:
    assert refresh_wanted(Wanted(MEASURES, "theme=children", "nobody's", today().isoformat()))
    assert db.session.scalars(select(KeptMeasures)).all() == []


def test_parts_are_kept_for_a_day_and_not_without_end(one: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    with pretending(now() - timedelta(days=2)):
        refresh_wanted(Wanted(MEASURES, "kind=old", OPEN))
    for kind in ("first", "second"):
        refresh_wanted(Wanted(MEASURES, f"kind={kind}", OPEN))
    monkeypatch.setattr(changes, "MOST_PARTS", 1)
    refresh()
    db.session.rollback()

    assert sorted(row.part for row in db.session.scalars(select(KeptMeasures))) == [
        ALL_NOW,
        part_name(Filters(kind="second"), clocks_now()),
    ]


def test_what_a_page_wants_waits_while_somebody_else_is_at_work(one: Partnership) -> None:
    refresh()
    db.session.execute(update(RefreshTurn).values(taken_at=now()))
    db.session.commit()

    assert not refresh_wanted(Wanted(PLACES, "theme=children"))


def test_a_process_that_a_page_starts_is_told_what_is_wanted(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []

    class Process:
        def __init__(self, _command: list[str], *, env: dict[str, str], **_: object) -> None:
            told.append(json.loads(env[background.WANTED]))

        def poll(self) -> None:
            return None

    monkeypatch.setattr(background, "_started", {})
    monkeypatch.setattr("register.background.subprocess.Popen", Process)
    wanted = Wanted(MEASURES, "theme=children", OPEN, "2026-01-01")
    background.start(kept.app.config["REGISTER"], wanted)
    background.start(kept.app.config["REGISTER"], wanted)

    assert [Wanted(**one) for one in told] == [wanted]
    assert wanted.clocks == Clocks(date(2026, 1, 1))


def test_the_process_does_what_it_is_told_and_no_more(
    one: Partnership, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def entered() -> Iterator[None]:
        yield

    class Opened:
        app_context = staticmethod(entered)

    monkeypatch.setattr(background, "open_register", lambda _settings: Opened())
    monkeypatch.setattr("register.background.os.nice", lambda _: None)
    monkeypatch.setenv("REGISTER_DATA", str(kept.app.config["REGISTER"].data))
    monkeypatch.setenv("DATABASE_URL", kept.app.config["REGISTER"].database_url)
    monkeypatch.setenv(background.WANTED, json.dumps(Wanted(PLACES, "nodes=both")._asdict()))

    assert background.main() == 0
    assert kept_places(BOTH) is not None
    assert kept_places(WHOLE) is None
