"""What views say about their answers, read by the middleware in the request's environment."""

from __future__ import annotations

from flask import Response

from portal.web.present import present_request

KEEP = "portal.keep"
STATE = "portal.state"  # of the content, as it was before the request began to read


def mark_kept(response: Response) -> Response:
    """Let this answer be kept unless the view decided otherwise: whole, public, 200."""
    whole = response.status_code == 200 and not response.is_streamed
    present_request().environ.setdefault(KEEP, whole and "Set-Cookie" not in response.headers)
    return response


def may_be_kept() -> None:
    """Let this answer be kept although it is read from a file."""
    present_request().environ[KEEP] = True


def leave_out() -> None:
    """Keep this answer nowhere: it shows something that may change without a public change."""
    present_request().environ[KEEP] = False
