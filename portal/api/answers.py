"""Answers as JSON."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response


def answered(content: Any, status: int = 200) -> Response:
    """Return content as JSON: days and moments as ISO 8601."""
    body = orjson.dumps(content, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)
    return Response(body, status, mimetype="application/json")
