"""Opening a register: settings in, an application with its database and its guard out; pages are added by `web`."""

import logging
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from register import locations
from register.accounts.models import Person
from register.database import db
from register.database.copying import sqlite_file
from register.database.engine import configure, reading
from register.database.models import Submission
from register.erasures.models import Erasure
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.matching.merge_models import OrganisationMerge
from register.exchange.taking.export_models import ExportMade
from register.history import guard, recording
from register.history.checkpoints import make_checkpoint
from register.history.models import HistoryHead
from register.interactions.models import Interaction
from register.network.kept_models import KeptMeasures
from register.network.models import KeptLayout
from register.partnerships.deal_models import DealRevision
from register.refusals import Refusal
from register.reports.models import EvidencePack
from register.risk.kept_models import KeptSurvey
from register.risk.models import FlagAnswer
from register.settings import Settings
from register.trust.models import Evidence

logger = logging.getLogger(__name__)

TABLES = (Person, Submission, HistoryHead, Interaction, KeptLayout, DealRevision, Evidence, FlagAnswer, ImportBatch,
          ExportMade, OrganisationMerge, Erasure, KeptMeasures, EvidencePack,
          KeptSurvey)  # fmt: skip
"""One table of each file of tables: naming them here loads them all, whoever opens the register."""

RECORDING = recording.recorded
"""Named so that the session is listened to from the start."""


def open_register(settings: Settings) -> Flask:
    """Return an application whose `app_context()` gives the session; nothing is created or changed."""
    app = Flask(
        "register",
        template_folder=str(locations.templates()),
        static_folder=str(locations.static()),
    )
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        REGISTER=settings,
    )
    db.init_app(app)
    Migrate(app, db, directory=str(locations.migrations()), render_as_batch=True)
    with app.app_context():
        configure(db.engine)
        guard.install(db.engine)
    return app


def engine_options(settings: Settings) -> dict[str, object]:
    """Return what the engine is made with: a PostgreSQL server may have restarted, an SQLite file has not."""
    return {} if settings.database_url.startswith("sqlite") else {"pool_pre_ping": True}


def make_tables(app: Flask) -> None:
    """Create the data folder and bring the tables to this version; run again, it changes nothing.

    What is made here is for the account that runs the register alone: others on the machine read none of it.
    """
    settings: Settings = app.config["REGISTER"]
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = sqlite_file(settings.database_url)
    if file and file.parent.is_dir() and not file.exists():
        file.touch(mode=0o600)
    try:
        with app.app_context():
            is_behind = _is_behind()
            if is_behind:
                _sign(settings, "before migration")
            upgrade()
            if is_behind:
                _sign(settings, "after migration")
    finally:
        let_go(app)


def make_anew(app: Flask) -> None:
    """Make the tables again from nothing: only for a register in which nobody has kept anything."""
    let_go(app)
    with app.app_context():
        downgrade(revision="base")
    make_tables(app)


def let_go(app: Flask) -> None:
    """Close every connection: server processes that are forked must not share one.

    A process that closes an SQLite file it inherited drops the locks it holds on that file by its own connections.
    """
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _is_behind() -> bool:
    """Say whether there are tables of an earlier version, which a migration is about to change."""
    newest = ScriptDirectory(str(locations.migrations())).get_current_head()
    with reading(), db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current is not None and current != newest


def _sign(settings: Settings, why: str) -> None:
    """Make a checkpoint where that can be; a migration that mends something must not wait for it."""
    try:
        with reading():
            make_checkpoint(settings, why, is_fresh=True)
    except (OSError, Refusal, SQLAlchemyError) as error:
        logger.warning("No checkpoint could be made %s: %s", why, error)
    finally:
        db.session.remove()


def is_made() -> bool:
    """Say whether the register's tables are there."""
    return inspect(db.engine).has_table(HistoryHead.__tablename__)


def require_made(settings: Settings) -> None:
    """Refuse to work on a register that was never made."""
    path = settings.database_url.removeprefix("sqlite:///")
    if path != settings.database_url and not Path(path).exists():
        message = f"There is no register at {path}. Make one with: register init"
        raise Refusal(message)
    if not is_made():
        message = "The database holds no register yet. Make one with: register init"
        raise Refusal(message)


def require_administrator() -> None:
    """Refuse to serve a register that nobody could look after."""
    found = select(Person.id).where(Person.role == "administrator", Person.disabled_at.is_(None)).limit(1)
    if db.session.scalar(found) is None:
        message = "Add an administrator first: register user add EMAIL --name NAME --role administrator"
        raise Refusal(message)
