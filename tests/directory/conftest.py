"""Every test of the public's pages has a database and a search index of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.search.documents_from_rows import all_documents
from portal.search.index import Index


@pytest.fixture(autouse=True)
def _index(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index folder in which nothing has been built yet."""
    monkeypatch.setattr(app.extensions["search"], "index", Index(tmp_path / "index"))


@pytest.fixture
def reindex(app: Flask) -> Callable[[], None]:
    """Build the index from what the rows say now."""

    def build() -> None:
        index = app.extensions["search"].index
        index.rebuild(all_documents())
        index.refresh()

    return build
