"""The forecast on the register's own data: what is known of a relationship, who is lenient, versions of the model."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from register.accounts.models import Person
from register.clock import Clocks, day_of, now, today
from register.database import db
from register.history.models import HistoryEntry
from register.history.recording import recorded, seal_recorded
from register.history.story import about, acts
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust import model_changes
from register.trust.changes import set_restriction
from register.trust.check_lookups import current_check
from register.trust.forecast import FIGURE, RICHER, SIMPLE, Model, figures, inputs
from register.trust.forecast_backtest import Step
from register.trust.forecast_lookups import forecast_of, known_of, leniencies_of
from register.trust.judgement_lookups import judgement_count, judgements, kinds_of_open
from register.trust.judgements import Judged, Judgement, in_order, known_before_each
from register.trust.lookups import View, views
from register.trust.model import FIXED, RELEASED
from register.trust.model_changes import adopt_form, fit_forecast, keep_released_model, renew_forecast
from register.trust.model_lookups import last_fit, model_in_force, model_versions
from register.trust.models import ModelVersion
from register.trust.self_check import Check, Group, Scores, Way
from tests.factories import a_partnership, a_person, an_interaction, partners_of


def a_story() -> tuple[Person, list[Partnership]]:
    """Two partnerships of one officer, rated differently and in both directions, long ago recorded."""
    officer = a_person(name="Imogen")
    one, other = a_partnership(members={officer: "lead"}), a_partnership(members={officer: "lead"})
    for place, partnership in enumerate((one, other)):
        for days in (300, 200, 100, 50):
            score = 5 if place else 2
            an_interaction(officer, partnership, {"ilm:ability": score}, held_on=today() - timedelta(days=days))
        an_interaction(officer, partnership, {"ilm:openness": 4}, held_on=today() - timedelta(days=20), back=True)
    return officer, [one, other]


def first_of(partnership: Partnership) -> tuple[Relationship, View]:
    one, other = partners_of(partnership)[:2]
    relationship = Relationship(partnership.id, one.id, other.id)
    return relationship, views([relationship], Clocks(today()))[relationship]


def test_judgements_are_units_of_open_partnerships_with_the_day_they_became_known(session: scoped_session[Any]) -> None:
    officer, (one, other) = a_story()
    before = judgements()
    assert len(before) == judgement_count() == 10
    assert {judgement.known_on for judgement in before} == {day_of(now())}
    an_interaction(officer, one, {"ilm:ability": 1}, held_on=today() - timedelta(days=50))
    shared = [row for row in judgements() if row.pieces == 2]
    assert [row.good for row in shared] == [0.125]  # a 2 and a 1 of one day share one unit
    set_restriction("register", other, is_restricted=True, reason="sensitive")
    assert {judgement.partnership_id for judgement in judgements()} == {one.id}
    assert [partnership_id for partnership_id, _ in kinds_of_open()] == [one.id]


def test_what_a_page_knows_is_what_the_stream_knows_before_a_judgement_of_tomorrow(
    session: scoped_session[Any],
) -> None:
    officer, (one, _) = a_story()
    relationship, _ = first_of(one)
    key, tomorrow = f"{officer.actor}:own", today() + timedelta(days=1)
    ahead = Judgement(tomorrow, tomorrow, *relationship, key, 1.0)
    stream = known_before_each(Judged(in_order([*judgements(), ahead])))
    view = views([relationship], Clocks(tomorrow))[relationship]
    page = known_of(relationship, view, key, Clocks(tomorrow))
    for asked, streamed in zip(page, stream, strict=True):
        assert asked[0] == pytest.approx(streamed[-1], rel=1e-9, abs=1e-9)


def test_before_anything_was_fitted_the_forecast_is_the_figure(session: scoped_session[Any]) -> None:
    officer, (one, _) = a_story()
    relationship, view = first_of(one)
    forecast = forecast_of(relationship, view, f"{officer.actor}:own", Clocks(today()))
    assert (forecast.form, forecast.rows) == (FIGURE, 0)
    assert forecast.chance == pytest.approx(view.standing.figure, rel=1e-9)


def test_of_little_history_the_fit_stays_the_figure_and_says_on_how_much(session: scoped_session[Any]) -> None:
    _, (one, _) = a_story()
    assert renew_forecast("register").form == FIGURE
    fit = last_fit()
    assert fit is not None
    assert fit[1].rows == 10
    assert fit_forecast() == fit[1]  # fitted again on the same past
    relationship, view = first_of(one)
    assert forecast_of(relationship, view, "", Clocks(today())).rows == 10
    assert model_in_force().number == 1


def test_another_form_forecasts_with_its_own_coefficients_and_leaves_the_figure(session: scoped_session[Any]) -> None:
    officer, (one, _) = a_story()
    renew_forecast("register")
    adopt_form(officer.actor, SIMPLE, "Tried for once.")
    relationship, view = first_of(one)
    key = f"{officer.actor}:own"
    forecast = forecast_of(relationship, view, key, Clocks(today()))
    known = known_of(relationship, view, key, Clocks(today()))
    fit = last_fit()
    assert fit is not None
    score = inputs(known)[0, :6] @ fit[1].model(SIMPLE).coefficients
    assert forecast.form == SIMPLE
    assert forecast.chance == pytest.approx(1 / (1 + 2.718281828459045 ** -score))
    assert figures(known)[0] == pytest.approx(view.standing.figure)


def test_a_rater_who_scores_others_high_is_lenient_and_the_own_relationship_is_left_out(
    session: scoped_session[Any],
) -> None:
    officer, (poor, good) = a_story()
    key = f"{officer.actor}:own"
    kind, strict = (
        leniencies_of(first_of(partnership)[0], [key, "", key], first_of(partnership)[1], Clocks(today()))
        for partnership in (poor, good)
    )
    assert [one.rater_key for one in kind] == [key]
    assert kind[0].value > 0 > strict[0].value
    assert kind[0].points > 0 > strict[0].points
    assert kind[0].judgements == pytest.approx(strict[0].judgements)


def test_what_is_restricted_says_nothing_of_a_rater(session: scoped_session[Any]) -> None:
    officer, (poor, good) = a_story()
    set_restriction("register", good, is_restricted=True, reason="sensitive")
    relationship, view = first_of(poor)
    assert leniencies_of(relationship, [f"{officer.actor}:own"], view, Clocks(today()))[0].judgements == 0


def test_a_self_check_of_pages_is_that_of_now(session: scoped_session[Any]) -> None:
    officer, (one, _) = a_story()
    seal_recorded(db.session())
    first = current_check()
    assert first is not None
    assert first.rows == 10
    an_interaction(officer, one, {"ilm:ability": 5})
    second = current_check()
    assert second is not None
    assert second.rows == 11


# Versions of the model


def test_a_register_without_a_version_computes_with_the_released_one(session: scoped_session[Any]) -> None:
    assert model_in_force() == RELEASED
    assert list(model_versions()) == [RELEASED]


def test_the_released_model_is_written_down_once(session: scoped_session[Any]) -> None:
    assert keep_released_model()
    assert not keep_released_model()
    assert (model_in_force().number, dict(model_in_force().fixed)) == (1, dict(FIXED))


def test_a_change_of_form_is_a_new_version_in_the_history_with_who_and_why(session: scoped_session[Any]) -> None:
    officer = a_person(name="Imogen")
    keep_released_model()
    adopt_form(officer.actor, SIMPLE, "  It earned\tits place.  ")
    seal_recorded(db.session())
    newest, first = model_versions()
    assert (newest.number, newest.form, newest.adopted_by) == (2, SIMPLE, officer.actor)
    assert (first.number, first.form) == (1, FIGURE)
    (act,) = acts(about("model_version", 2))
    assert (act.actor, act.action, act.reason) == (officer.actor, "model_version:adopted", "It earned its place.")


def test_a_release_with_other_constants_is_a_new_version(session: scoped_session[Any]) -> None:
    keep_released_model()
    row = db.session.scalars(select(ModelVersion)).one()
    older = row.parameters.replace('"half_life_days":180.0', '"half_life_days":365.0')
    assert older != row.parameters
    with recorded("register", "model_version:adopted"):
        row.parameters = older
    assert keep_released_model()
    assert (model_in_force().number, model_in_force().fixed["half_life_days"]) == (2, 180.0)


@pytest.mark.parametrize(("form", "why"), [("oracle", "x"), (FIGURE, "x"), (SIMPLE, " "), (SIMPLE, "a\x00b")])
def test_what_is_no_change_or_has_no_reason_is_refused(session: scoped_session[Any], form: str, why: str) -> None:
    with pytest.raises(Refusal):
        adopt_form("register", form, why)
    assert db.session.scalar(select(func.count()).select_from(ModelVersion)) == 0
    assert db.session.scalar(select(func.count()).where(HistoryEntry.entity == "model_version")) == 0


def earned(form: str) -> Check:
    """Return a check in which a form earned its place on the past."""
    figure = Way(Scores(0.05, 0.49, 0.1), ())
    group = Group("", 700, Scores(0.06, 0.54, 0.0), figure, Way(Scores(0.04, 0.47, 0.13), ()))
    return Check(700, (group,), form, (Step(0, form),), (Model(SIMPLE, (0.0, 0.0, 1.0, 0.0, 0.0, 0.0)),))


def test_a_form_that_earned_its_place_is_adopted_with_its_record_and_left_when_it_lost_it(
    session: scoped_session[Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_changes, "self_check", lambda *_: earned(SIMPLE))
    renew_forecast("command line")
    in_force = model_in_force()
    assert (in_force.number, in_force.form, in_force.adopted_by) == (2, SIMPLE, "command line")
    assert in_force.why == (
        "On 700 judgements its simple form did better than the figure itself by two standard errors. All that was "
        "forecast so far had a log loss of 0.4700, the figure of 0.4900."
    )
    renew_forecast("command line")
    assert model_in_force().number == 2  # fitted again in the same form: no new version
    monkeypatch.setattr(model_changes, "self_check", lambda *_: earned(FIGURE))
    renew_forecast("command line", "It no longer helps.")
    assert (model_in_force().number, model_in_force().form) == (3, FIGURE)
    assert model_in_force().why == "It no longer helps."


def test_a_form_of_which_no_coefficients_are_kept_gives_way_to_the_figure(
    session: scoped_session[Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, (one, _) = a_story()
    adopt_form("register", RICHER, "Tried.")
    monkeypatch.setattr(model_changes, "self_check", lambda *_: earned(SIMPLE))
    fit_forecast()  # holds no coefficients of the richer form
    relationship, view = first_of(one)
    assert forecast_of(relationship, view, "", Clocks(today())).form == FIGURE
