"""What the worker does for certificates: each on its own, so that one failing holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import current_app

from portal.classification.actions import certificates
from portal.classification.queries.certificates import get_certificate
from portal.directory.paper.printing import letterhead, press
from portal.extensions import db
from portal.outbox import Handlers, Unfinished
from portal.typesetting import Composed
from portal.web.assets import qr_svg
from portal.web.requests import public_url

logger = logging.getLogger(__name__)


def handlers() -> Handlers:
    """Return the handler of the topic."""
    return {certificates.TOPIC: make}


def make(payloads: Sequence[Mapping[str, Any]]) -> None:
    """Make the files of the certificates named; what fails is tried again later."""
    failed = {}
    for position, payload in enumerate(payloads):
        try:
            make_one(payload["certificate"])
        except Exception as error:
            logger.exception("certificate %s could not be made", payload["certificate"])
            db.session.rollback()
            failed[position] = type(error).__name__
    if failed:
        raise Unfinished(failed)


def make_one(certificate_id: int) -> None:
    """Make the file of one certificate, which leads to the public page of its number."""
    number = get_certificate(certificate_id).statement["number"]
    address = public_url(f"/titles/check/{quote(number)}")
    certificates.make(certificate_id, address, compose, Path(current_app.config["FILES"]))


def compose(data: dict[str, Any], moment: datetime) -> Composed:
    """Return a certificate's page with the city's mark and the code to scan."""
    shown = letterhead() | {"qr": qr_svg(data["address"])}
    return press().compose("certificate.typ", data | shown, moment)
