"""The public's lists and search as JSON. Owns no tables; reads what the pages read, by the same
queries, so that nothing is in it that no page shows. docs/api.md describes it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from portal.api.views import description, enterprises, entries, nothing, search
from portal.directory.asking.asked import asked_text
from portal.errors import PortalError
from portal.web.errors import explain
from portal.web.json_answers import refused, said_why
from portal.web.page_cache import mark_kept

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.add_url_rule("/enterprises", view_func=enterprises)
blueprint.add_url_rule("/lists/<any(opportunity, supply, case):kind>", view_func=entries)
blueprint.add_url_rule("/search", view_func=search)
blueprint.add_url_rule("/openapi.json", view_func=description)
blueprint.add_url_rule("/<path:name>", view_func=nothing)
blueprint.register_error_handler(PortalError, said_why)


@blueprint.errorhandler(HTTPException)
def refuse(error: HTTPException) -> Response:
    """Say an HTTP error as JSON."""
    return refused(error.code or 500, str(explain(error.code or 500).what))


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Let scripts of any site read it: it is public, and no cookie counts here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    return response


@blueprint.after_request
def keep(response: Response) -> Response:
    """Let every answer be kept but those of a text: the index follows a change a moment later."""
    return response if asked_text() else mark_kept(response)
