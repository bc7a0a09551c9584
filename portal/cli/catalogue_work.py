"""What the worker does for catalogues: each on its own, so that one failing holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from portal.directory.paper.catalogue_pages import file_name, page_data
from portal.directory.paper.printing import letterhead, press
from portal.extensions import db
from portal.lists.actions import catalogues
from portal.lists.models import ReleaseVersion
from portal.outbox import Handlers, Unfinished
from portal.typesetting import Composed

logger = logging.getLogger(__name__)


def handlers() -> Handlers:
    """Return the handler of the topic."""
    return {catalogues.TOPIC: make}


def make(payloads: Sequence[Mapping[str, Any]]) -> None:
    """Make the catalogues of the versions named; what fails is tried again later."""
    folder = Path(current_app.config["FILES"])
    failed = {}
    for position, payload in enumerate(payloads):
        try:
            catalogues.make(payload["version"], file_name, compose, folder)
        except Exception as error:
            logger.exception("the catalogue of version %s could not be made", payload["version"])
            db.session.rollback()
            failed[position] = type(error).__name__
    if failed:
        raise Unfinished(failed)


def compose(version: ReleaseVersion) -> Composed:
    """Return a version's catalogue, as of the moment it was issued: a repeat is the same."""
    return press().compose("catalogue.typ", page_data(version) | letterhead(), version.issued_at)
