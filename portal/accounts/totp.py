"""Codes of an authenticator app (RFC 6238): six figures, a new one every 30 seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

from portal.accounts import keys

SECONDS = 30
LENIENCE = 1  # steps a clock may be off in either direction
USE = "totp"


def new_secret(person_id: int) -> str:
    """Return a new secret, sealed for the database and bound to the person."""
    return keys.seal(USE, f"{person_id}:{pyotp.random_base32()}")


def open_secret(person_id: int, sealed: str) -> str | None:
    """Return the secret as the app knows it; None when it was sealed for somebody else or under
    another secret of the portal."""
    owner, _, secret = (keys.unseal(USE, sealed) or "").partition(":")
    return secret if owner == str(person_id) else None


def address(secret: str, account: str, issuer: str) -> str:
    """Return the otpauth:// address a QR code shows to the app."""
    return pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(name=account, issuer_name=issuer)


def step_of(secret: str | None, code: str, at: datetime) -> int | None:
    """Return the time step of which this is the code, None when it is of none near `at`."""
    present = int(at.timestamp()) // SECONDS
    generator = pyotp.TOTP(secret or pyotp.random_base32(), interval=SECONDS)
    found = None
    for step in range(present - LENIENCE, present + LENIENCE + 1):
        if hmac.compare_digest(generator.at(step * SECONDS), code):
            found = step
    return found if secret else None
