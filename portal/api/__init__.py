"""The public's lists and search as JSON. Owns no tables; reads what the pages read, by the same
queries, so that nothing is in it that no page shows. docs/api.md describes it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from portal.api.answers import answered
from portal.api.views import description, enterprises, entries, search
from portal.directory.asking.asked import asked_text
from portal.errors import Busy, NotFound, PortalError, Throttled, Unreadable
from portal.web.errors import explain
from portal.web.page_cache import mark_kept

CODES: dict[type[PortalError], int] = {Unreadable: 400, NotFound: 404, Throttled: 429, Busy: 503}
A_MINUTE = "60"  # seconds; coarse limits count by the minute

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.add_url_rule("/enterprises", view_func=enterprises)
blueprint.add_url_rule("/lists/<any(opportunity, supply, case):kind>", view_func=entries)
blueprint.add_url_rule("/search", view_func=search)
blueprint.add_url_rule("/openapi.json", view_func=description)


@blueprint.errorhandler(HTTPException)
def refuse(error: HTTPException) -> Response:
    """Say an HTTP error as JSON."""
    return refused(error.code or 500, str(explain(error.code or 500).what))


@blueprint.errorhandler(PortalError)
def say_why(error: PortalError) -> Response:
    """Say as JSON why something is not answered."""
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)
    return refused(code, error.message)


def refused(code: int, reason: str) -> Response:
    """Return an error; programs wait as long as it says."""
    answer = answered({"status": code, "reason": reason}, code)
    if code in (429, 503):
        answer.headers["Retry-After"] = A_MINUTE
    return answer


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
