"""How the tests are spread over processes (pytest-xdist, `--dist loadfile`).

The tests of a file stay together, because what one of them made is put back for the next
(tests/scenes.py). What takes longest comes first, so that no process idles at the end.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/browser/"  # these share one running portal
ONE_BY_ONE = ("tests/browser/test_every_page.py", "tests/test_access.py")
LONGEST = (
    *ONE_BY_ONE,
    JOURNEYS,
    "tests/delivery/",
    "tests/test_migrations.py",
    "tests/test_translations.py",
    "tests/counts/test_every_order.py",
    "tests/directory/",
)


def scope(nodeid: str) -> str:
    """Return what a test is kept together with."""
    if nodeid.startswith(ONE_BY_ONE):
        return nodeid
    return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]


def place(nodeid: str) -> int:
    """Return where a test comes: the longest first, then as collected."""
    return next((at for at, each in enumerate(LONGEST) if nodeid.startswith(each)), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))


class Spreading(LoadScopeScheduling):
    """Gives a process the next group in the order given."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Return a scheduler that keeps together what belongs together, in the order given."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Spreading(config, log)
