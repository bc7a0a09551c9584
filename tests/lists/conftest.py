"""Every test of the lists has a database."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Nothing here works without the reference data."""
