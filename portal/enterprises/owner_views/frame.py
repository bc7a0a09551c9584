"""The blueprint of a member's pages."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("enterprises_owner", __name__, url_prefix="/my/enterprises")


Answer = str | Response | tuple[str, int]
