"""Where to find what some tests need beyond Python: Chromium, PostgreSQL and Redis."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import make_url

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
CHROMIUM_ON_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ADVICE = {
    "browser": (
        "needs Chromium: sudo apt install chromium, or brew install --cask google-chrome, "
        "or set CHROMIUM to its path"
    ),
    "postgresql": (
        "needs PostgreSQL: sudo apt install postgresql && sudo -u postgres createuser --createdb "
        '"$USER", or set TEST_POSTGRESQL_URL to a server where databases may be created'
    ),
    "redis": "needs Redis: sudo apt install redis-server, or brew install redis",
}


@cache
def chromium() -> str | None:
    """Return the path of a Chromium, from CHROMIUM or the usual places."""
    if given := os.environ.get("CHROMIUM"):
        return given
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return found or (str(CHROMIUM_ON_MAC) if CHROMIUM_ON_MAC.exists() else None)


@cache
def postgresql() -> str | None:
    """Return the SQLAlchemy address of a server where this user may create databases."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given.startswith("postgresql"):
        given = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg:///postgres")
    try:
        with psycopg.connect(plain_address(given), connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return None
    return given if row and row[0] else None


def redis_server() -> str | None:
    """Return the path of a Redis server to start."""
    return shutil.which("redis-server")


def plain_address(url: str) -> str:
    """Return an SQLAlchemy address as libpq reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def throwaway_database(server: str) -> Iterator[str]:
    """Create an empty UTF-8 database on a PostgreSQL server; yield its address.

    Afterwards it is dropped with every copy whose name begins with its name.
    """
    name = f"portal_test_{secrets.token_hex(6)}"
    with psycopg.connect(plain_address(server), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (found,) in connection.execute(query, [name]).fetchall():
                connection.execute(f"DROP DATABASE {found} WITH (FORCE)")
