"""The marks `browser` and `postgresql`: tests that need more than Python.

Where it is missing the marked tests are skipped with a line that says how to get it; with CI=true
nothing is skipped: a missing prerequisite is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.prerequisites import ADVICE, chromium, postgresql, throwaway_database


@pytest.fixture
def postgresql_database() -> Iterator[str]:
    """The address of an empty throwaway PostgreSQL database (mark the test `postgresql`)."""
    server = postgresql()
    assert server is not None
    with throwaway_database(server) as url:
        yield url


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or in CI fail, a marked test whose prerequisite is missing."""
    for name, find in (("browser", chromium), ("postgresql", postgresql)):
        if item.get_closest_marker(name) and find() is None:
            if os.environ.get("CI") == "true":
                pytest.fail(ADVICE[name], pytrace=False)
            pytest.skip(ADVICE[name])
