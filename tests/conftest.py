"""The portal under test: one application, a fresh database for every test.

The database holds the reference fixtures. It is migrated and loaded once per process, then
copied for each test: a file on SQLite, a template database on PostgreSQL (TEST_DATABASE_URL).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url

from config import ROOT
from portal import clock, create_app
from portal.accounts import passwords
from portal.accounts.models import Person
from portal.cli.seed.reference import load_reference
from portal.extensions import db
from tests.browser_client import Browser
from tests.prerequisites import plain_address, throwaway_database
from tests.worker import Mailbox

pytest_plugins = ["tests.marks"]
NOW = "2026-11-22T10:00:00"


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of this process's database, empty at first."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if server.startswith("postgresql"):
        with throwaway_database(server) as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.db'}"


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
        RATELIMIT_ENABLED=False,
    )
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody = passwords._hasher.hash("no such person")
    with app.app_context():
        upgrade()
        load_reference(ROOT / "fixtures")
        db.session.remove()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def pristine(application: Flask, database_url: str) -> str:
    """A copy of the loaded database, from which every test starts: a path or a name."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        copy = f"{url.database}.pristine"
        shutil.copyfile(str(url.database), copy)
        return copy
    name = f"{url.database}_pristine"
    recreate(database_url, name, str(url.database))
    return name


def recreate(database_url: str, name: str, template: str) -> None:
    """Create a PostgreSQL database anew as the copy of another."""
    admin = make_url(database_url).set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain_address(admin), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture
def app(application: Flask, pristine: str, database_url: str) -> Iterator[Flask]:
    """The portal with a fresh database, inside an application context."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{url.database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(pristine, str(url.database))
    else:
        recreate(database_url, str(url.database), pristine)
    shutil.rmtree(application.config["DATA"] / "mail", ignore_errors=True)
    clock.set_clock(NOW, application.extensions["site"].time_zone)
    with application.app_context():
        yield application
        db.session.remove()
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
def wait(app: Flask) -> Callable[..., None]:
    """Let time pass: wait(minutes=31)."""

    def pass_time(**duration: float) -> None:
        moment = clock.now() + timedelta(**duration)
        clock.set_clock(moment.isoformat(), app.extensions["site"].time_zone)

    return pass_time
