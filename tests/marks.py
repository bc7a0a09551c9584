"""The marks `browser`, `postgresql` and `redis`: tests that need more than Python.

Where it is missing the marked tests are skipped with a line that says how to get it; with CI=true
nothing is skipped: a missing prerequisite is a failure.

`--second-database` is for the run on another database after one on SQLite: it leaves out what
would say the same again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.prerequisites import ADVICE, chromium, postgresql, redis_server, throwaway_database


@pytest.fixture
def postgresql_database() -> Iterator[str]:
    """The address of an empty throwaway PostgreSQL database (mark the test `postgresql`)."""
    server = postgresql()
    assert server is not None
    with throwaway_database(server) as url:
        yield url


FINDERS = {"browser": chromium, "postgresql": postgresql, "redis": redis_server}
SECOND = (
    "left out, being the same on every database: tests that do not open the one under test, and "
    "the browser, whose portal keeps its own on SQLite and whose walks look at the same pages"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--second-database", action="store_true", help=SECOND)


def pytest_report_header(config: pytest.Config) -> str | None:
    return SECOND if config.getoption("second_database") else None


@pytest.hookimpl(trylast=True)  # after the browser's tests are marked
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on a second database, what says the same on every one."""
    if config.getoption("second_database"):
        left_out = [item for item in items if not depends_on_database(item)]
        items[:] = [item for item in items if depends_on_database(item)]
        config.hook.pytest_deselected(items=left_out)


def depends_on_database(item: pytest.Item) -> bool:
    """Say whether a test opens the database under test, and without a browser."""
    opens = "database_url" in getattr(item, "fixturenames", ())
    return opens and item.get_closest_marker("browser") is None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or in CI fail, a marked test whose prerequisite is missing."""
    for name, find in FINDERS.items():
        if item.get_closest_marker(name) and find() is None:
            if os.environ.get("CI") == "true":
                pytest.fail(ADVICE[name], pytrace=False)
            pytest.skip(ADVICE[name])
