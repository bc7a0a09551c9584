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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, or in CI fail, the marked tests whose prerequisite is missing."""
    found = {"browser": chromium, "postgresql": postgresql}
    for name, find in found.items():
        marked = [item for item in items if item.get_closest_marker(name)]
        if not marked or find() is not None:
            continue
        if os.environ.get("CI") == "true":
            raise pytest.UsageError(f"{len(marked)} tests cannot run: {name} {ADVICE[name]}")
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=f"{name} {ADVICE[name]}"))
