"""Answers as JSON, and refusals that programs read."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

from portal.errors import Busy, NotFound, PortalError, Throttled, Unreadable

CODES: dict[type[PortalError], int] = {Unreadable: 400, NotFound: 404, Throttled: 429, Busy: 503}
A_MINUTE = "60"  # seconds; coarse limits count by the minute


def answered(content: Any, status: int = 200) -> Response:
    """Return content as JSON."""
    return Response(written(content) + b"\n", status, mimetype="application/json")


def written(content: Any) -> bytes:
    """Write content as JSON: days and moments as ISO 8601."""
    return orjson.dumps(content, option=orjson.OPT_UTC_Z)


def refused(code: int, reason: str) -> Response:
    """Return an error; programs wait as long as it says."""
    answer = answered({"status": code, "reason": reason}, code)
    if code in (429, 503):
        answer.headers["Retry-After"] = A_MINUTE
    return answer


def said_why(error: PortalError) -> Response:
    """Return why something is not answered."""
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)
    return refused(code, error.message)
