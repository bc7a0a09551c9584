"""A published entry to be told of, and time that passes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.alerts.telling import tell_due
from portal.extensions import db
from portal.lists.models import Release
from tests.lists.factories import (
    make_published_release,
)

Reindex = Callable[[], None]
Tell = Callable[..., None]


@pytest.fixture
def tell(app: Flask, wait: Callable[..., None]) -> Tell:
    """Let time pass, and the worker look at what is due: tell(days=1)."""

    def look(**duration: float) -> None:
        wait(**duration)
        with app.app_context():
            while tell_due():
                pass
        db.session.rollback()

    return look


@pytest.fixture
def city(reindex: Reindex) -> Release:
    """A published entry, indexed."""
    release = make_published_release()
    reindex()
    return release
