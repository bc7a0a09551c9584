"""Where a person is sent after an act, and back to: addresses of this site only."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, redirect
from werkzeug.wrappers import Response

LONGEST = 2000


def done(url: str, said: str) -> Response:
    """Say what was done and go on."""
    flash(said, "good")
    return redirect(url, 303)


def safe_next(target: str | None, default: str = "/") -> str:
    """Return `target` if it is a plain path of this site, otherwise `default`.

    Browsers drop control characters and read backslashes as slashes, so both are refused, as are
    addresses with a scheme or host ("//elsewhere").
    """
    if not target or len(target) > LONGEST or not target.startswith("/"):
        return default
    if target.startswith("//") or "\\" in target or not target.isprintable():
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
