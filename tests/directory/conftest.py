"""What tests of the public's pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.search.documents_from_rows import all_documents


@pytest.fixture
def reindex(app: Flask) -> Callable[[], None]:
    """Build the index from what the rows say now."""

    def build() -> None:
        index = app.extensions["search"].index
        index.rebuild(all_documents())
        index.refresh()

    return build
