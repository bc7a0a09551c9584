"""The blueprint of an officer's pages."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("enterprises_bureau", __name__, url_prefix="/bureau/enterprises")


Answer = str | Response | tuple[str, int]
