"""The portal under test: one application, a fresh database for every test.

The database holds the reference fixtures. It is migrated and loaded once per process and put back
before each test, on SQLite or PostgreSQL (TEST_DATABASE_URL).
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.schema import DropSchema

from config import ROOT
from portal import clock, create_app
from portal.accounts import passwords
from portal.accounts.models import Person
from portal.cli.seed.reference import load_reference
from portal.counts import kept
from portal.extensions import db, limiter
from portal.search.documents_from_rows import all_documents
from portal.search.engine import Engine
from portal.search.engines import open_engine
from portal.search.postgres_engine.tables import SCHEMA
from portal.search.queries import SynonymTable
from tests import scenes
from tests.browser_client import Browser
from tests.fresh_database import Fresh, FreshFile, keep
from tests.prerequisites import throwaway_database
from tests.worker import Mailbox, Phones

pytest_plugins = ["tests.marks", "tests.spreading"]
NOW = "2026-11-22T10:00:00"


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The address of this process's database, empty at first."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if server.startswith("postgresql"):
        with throwaway_database(server) as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
            yield f"sqlite:///{Path(folder) / 'portal.db'}"


def memory_folder() -> str | None:
    """Return a folder in memory where the system has one: a test's data need not outlive it."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@pytest.fixture(scope="session")
def application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The portal with its reference data loaded."""
    app = create_app(
        {
            "DATABASE_URL": database_url,
            "PORTAL_DATA": str(tmp_path_factory.mktemp("data")),
            "SECRET_KEY": "for tests only, never anywhere else",
            "PORTAL_NOW": NOW,
            "PUBLIC_URL": "http://localhost",
        },
        TESTING=True,
    )
    limiter.enabled = False  # but where a test is about it
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody = passwords._hasher.hash("no such person")
    with app.app_context():
        upgrade()
        load_reference(ROOT / "fixtures")
        db.session.remove()
        db.engine.dispose()
    gc.collect()
    gc.freeze()  # what stays to the end need not be looked through with every collection
    gc.set_threshold(20_000, 10, 10)  # rarer: a test is short, and its process may be larger
    return app


@pytest.fixture(scope="session")
def pristine(application: Flask, database_url: str) -> Fresh:
    """The loaded database, from which every test starts."""
    fresh = keep(database_url, db.metadata)
    if isinstance(fresh, FreshFile):
        scenes.stage = scenes.Stage(application, fresh)
    return fresh


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that builds the index runs on each engine; on SQLite there is one."""
    searches = {"reindex", "every_engine"} & set(metafunc.fixturenames)
    if searches and os.environ.get("TEST_DATABASE_URL", "").startswith("postgresql"):
        metafunc.parametrize("search_engine", ["whoosh", "postgresql"], indirect=True)


@pytest.fixture
def search_engine(request: pytest.FixtureRequest) -> str:
    """The engine whose index a test builds."""
    return str(getattr(request, "param", "whoosh"))


@pytest.fixture
def every_engine() -> None:
    """Has a test run on each engine that builds the index without `reindex`."""


def empty_index(name: str, folder: Path) -> Engine:
    """An index of an engine, not built yet."""
    if name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(DropSchema(SCHEMA, cascade=True, if_exists=True))
    return open_engine(name, folder, db.engine)


@pytest.fixture
def app(
    application: Flask,
    pristine: Fresh,
    search_engine: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Flask]:
    """The portal with a fresh database and no index built yet, inside an application context."""
    pristine.restore()
    application.extensions["kept_pages"].store.clear()
    kept.forget()
    application.extensions["search"].synonyms = SynonymTable()
    for left in ("mail", "sms", "files"):
        shutil.rmtree(application.config["DATA"] / left, ignore_errors=True)
    clock.set_clock(NOW, application.extensions["site"].time_zone)
    with application.app_context():
        application.extensions["search"].index = empty_index(search_engine, tmp_path / "index")
        if scenes.stage:
            scenes.stage.begin(keeps="monkeypatch" not in request.fixturenames)
        yield application
        db.session.remove()
        application.extensions["readers"].close()
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app)


@pytest.fixture
def someone(app: Flask) -> Callable[[Person], Browser]:
    """A browser in which a person is signed in."""
    return lambda person: Browser(app).sign_in(person)


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """The worker's hands on the mails: drains the outbox and reads what was written."""
    return Mailbox(app)


@pytest.fixture
def phones(app: Flask) -> Phones:
    """The worker's hands on the SMS."""
    return Phones(app)


@pytest.fixture
def reindex(app: Flask) -> Callable[[], None]:
    """Build the index from what the rows say now."""

    @scenes.scene
    def build() -> None:
        index = app.extensions["search"].index
        index.rebuild(all_documents())
        index.open()

    return build


@pytest.fixture
def wait(app: Flask) -> Callable[..., None]:
    """Let time pass: wait(minutes=31)."""

    def pass_time(**duration: float) -> None:
        moment = clock.now() + timedelta(**duration)
        clock.set_clock(moment.isoformat(), app.extensions["site"].time_zone)

    return pass_time
