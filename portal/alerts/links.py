"""The link in every message, by which its reader changes or stops an alert without signing in."""

from __future__ import annotations

import hashlib
import hmac

from portal.accounts.keys import derive
from portal.alerts.models import Alert
from portal.errors import NotFound
from portal.extensions import db

DIGITS = 32  # hex digits of the signature: 128 bits


def token_of(alert_id: int) -> str:
    """Return what stands in an alert's link: its number, signed."""
    return f"{alert_id}-{signature(alert_id)}"


def signature(alert_id: int) -> str:
    """Return the signature of an alert's number under a key of this use only."""
    made = hmac.new(derive("alert-link"), str(alert_id).encode(), hashlib.sha256)
    return made.hexdigest()[:DIGITS]


def get_by_token(token: str) -> Alert:
    """Return the alert a link is for; raises NotFound for a link that was altered or is spent."""
    number, _, signed = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound
    if not hmac.compare_digest(signed.encode(), signature(int(number)).encode()):
        raise NotFound
    alert = db.session.get(Alert, int(number))
    if alert is None:
        raise NotFound
    return alert
