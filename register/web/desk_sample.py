"""A random sample at the auditor's desk: reproducible by anybody who knows its seed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from register.clock import today
from register.database import db
from register.history.story import acts_headed
from register.interactions.kinds import KIND_BY_KEY
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.reports.sample_lookups import POPULATION_BY_KEY, POPULATIONS
from register.reports.sampling import MOST, USUAL, number_of_record, sample
from register.web.days import read_day, short
from register.web.desk import blueprint
from register.web.history import readable
from register.web.security import allow, me
from register.web.sides import number_of
from register.web.told import tell

LONGEST_SEED = 40


class Drawn(NamedTuple):
    """One record of a sample."""

    record_id: int
    number: str
    """The first digits of its number."""
    name: str
    detail: str
    url: str


@blueprint.route("/desk/sample")
@allow("desk:use")
def sampled() -> ResponseReturnValue:
    """Draw a sample, and say of what, with which seed and how."""
    population = POPULATION_BY_KEY.get(request.args.get("of", ""), POPULATIONS[0])
    day = _asked_day()
    seed = "".join(request.args.get("seed", "").split())[:LONGEST_SEED] or f"{day:%Y%m%d}"
    size = min(number_of(request.args.get("size")) or USUAL, MOST)
    ids = population.ids(visible_to(me()), readable(), day)
    taken = sample(seed, population.key, ids, size)
    told = TELL[population.key](taken)
    rows = [told[key]._replace(number=number_of_record(seed, population.key, key)[:12]) for key in taken]
    return render_template(
        "desk/sample.html", population=population, populations=POPULATIONS, day=day, seed=seed, size=size, rows=rows,
        of=len(ids), sees_restricted=has_opened_restricted(me()),
    )


def _asked_day() -> date:
    """Return the day at whose end the population is taken; unasked yesterday, which no entry can change any more."""
    yesterday = today() - timedelta(days=1)
    return max(min(read_day(request.args.get("day"), "day") or yesterday, today()), date(1900, 1, 1))


def _interactions(ids: Sequence[int]) -> dict[int, Drawn]:
    rows = db.session.scalars(
        select(Interaction).where(Interaction.id.in_(ids)).options(joinedload(Interaction.partnership)),
    )
    return {
        row.id: Drawn(row.id, "", f"{KIND_BY_KEY[row.kind].name} of {short(row.held_on)}, {row.partnership.name}",
                      row.account, url_for("interactions.show", interaction_id=row.id))
        for row in rows
    }


def _partnerships(ids: Sequence[int]) -> dict[int, Drawn]:
    rows = db.session.scalars(select(Partnership).where(Partnership.id.in_(ids)))
    return {
        row.id: Drawn(row.id, "", row.name, row.purpose or "", url_for("partnerships.show", partnership_id=row.id))
        for row in rows
    }


def _entries(ids: Sequence[int]) -> dict[int, Drawn]:
    return {
        one.act.sequence: Drawn(
            one.act.sequence, "", f"Entry {one.act.sequence:,}", f"{one.telling.lead} {one.telling.rest}", one.url,
        )
        for one in tell(acts_headed(ids))
    }


TELL: Mapping[str, Callable[[Sequence[int]], dict[int, Drawn]]] = {
    "interaction": _interactions,
    "partnership": _partnerships,
    "entry": _entries,
}
