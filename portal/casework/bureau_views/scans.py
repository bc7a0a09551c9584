"""Taking in the scan that comes with a form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app

from portal import files


@contextmanager
def received(sent_file: Any) -> Iterator[files.Received | None]:
    """Take in a scan for an action to keep; None where none was sent."""
    if not sent_file:
        yield None
        return
    folder = Path(current_app.config["FILES"])
    with files.receiving(folder, sent_file.stream, sent_file.filename, field="scan") as kept:
        yield kept
