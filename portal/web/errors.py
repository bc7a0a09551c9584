"""Error pages: one sentence what happened, one what to do, a telephone number.

They are drawn without the database whenever drawing the full frame fails, so that an error page
never fails itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, make_response, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.errors import (
    Busy,
    NotAllowed,
    NotFound,
    PortalError,
    Refused,
    Throttled,
    Unreadable,
)
from portal.web.keeping import sent_fields
from portal.web.requests import request_id


@dataclass(frozen=True)
class Explanation:
    """What an error page says: title, what happened, what to do next."""

    title: object
    what: object
    remedy: object


BUSY = 503

EXPLAINED = {
    400: Explanation(
        _l("The request cannot be read"),
        _l("The address or the form holds something the portal cannot read."),
        _l("Check the address, or start again from the home page."),
    ),
    403: Explanation(
        _l("This page is not open to you"),
        _l("Your account has no right to it, or you are not signed in."),
        _l("Sign in with another account, or ask the office named below."),
    ),
    404: Explanation(
        _l("Page not found"),
        _l("There is no page at this address; it may have been moved or withdrawn."),
        _l("Check the address, or search for what you are looking for."),
    ),
    405: Explanation(
        _l("This address cannot be opened directly"),
        _l("It takes what a form sends and has no page of its own."),
        _l("Go back to the form and send it from there."),
    ),
    413: Explanation(
        _l("Too much at once"),
        _l("The form or file is larger than the portal accepts."),
        _l("Shorten the text or send a smaller file, then send it again."),
    ),
    422: Explanation(
        _l("This cannot be done"),
        _l("The rules do not allow it in the present state."),
        _l("Go back, open the page again and see what has changed."),
    ),
    429: Explanation(
        _l("Too many requests"),
        _l("Too many requests came from here in a short time."),
        _l("Wait a minute, then try again."),
    ),
    500: Explanation(
        _l("Something went wrong here"),
        _l("The portal could not answer; nothing you sent was saved."),
        _l("Try again in a few minutes. If it happens again, call us and name the number below."),
    ),
    BUSY: Explanation(
        _l("Not at this moment"),
        _l("The portal is busy with what others asked for."),
        _l("Wait a minute, then try again."),
    ),
}
EXPIRED = Explanation(
    _l("The form has expired"),
    _l("The form was open for too long, or you have signed in or out since; nothing was saved."),
    _l("What you filled in is kept on this page. Send it again to continue."),
)
KEPT_HEADERS = ("Allow", "Retry-After")


def explain(code: int) -> Explanation:
    """Return the explanation of a status, or of the nearest one that has its own."""
    return EXPLAINED.get(code) or EXPLAINED[500 if code >= 500 else 400]


def error_page(code: int, said: object = "", shown: Explanation | None = None) -> Response:
    """Draw an error page; `said` is the reason in the words of the rule that refused."""
    values = {
        "code": code,
        "error": shown or explain(code),
        "said": said,
        "number": request_id(),
        "resent": sent_fields() if shown is EXPIRED or code == BUSY else [],
    }
    try:
        if code >= 500:
            raise LookupError("an error of ours is drawn without asking who is there")
        html = render_template("errors/error.html", layout="layouts/public.html", **values)
    except Exception:
        html = render_template("errors/error.html", layout="base.html", **values)
    return make_response(html, code)


def on_http(error: HTTPException) -> Response:
    """Draw the page of an HTTP error; answers that carry their own response stay as they are."""
    if error.code is None or error.response is not None:
        return error.get_response()
    if isinstance(error, CSRFError):
        g.csrf_valid = False
        return error_page(400, shown=EXPIRED)
    page = error_page(error.code)
    if error.code == 429:
        page.headers["Retry-After"] = "60"  # coarse limits count by the minute
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            page.headers[name] = value
    return page


def on_portal(error: PortalError) -> Response:
    """Draw the page of a refusal that no form could show."""
    codes: dict[type[PortalError], int] = {
        NotFound: 404, NotAllowed: 403, Throttled: 429, Refused: 422, Unreadable: 400, Busy: BUSY
    }  # fmt: skip
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), 422)
    current_app.logger.info("Refused: %s", type(error).__name__)
    page = error_page(code, said=error.message)
    if isinstance(error, Throttled):
        page.headers["Retry-After"] = str(int(error.wait.total_seconds()))
    if isinstance(error, Busy):
        page.headers["Retry-After"] = "60"
    return page


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(PortalError, on_portal)
