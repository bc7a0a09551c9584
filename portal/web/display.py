"""How a person wants pages shown: language, large text, high contrast.

Each is one cookie, set by a small POST form and never guessed from the browser's headers, so
that pages can be cached per choice and anonymous pages set no cookie.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from babel import Locale
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    has_request_context,
    redirect,
    request,
)
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from portal.extensions import csrf
from portal.web.redirects import safe_next

YEAR = 365 * 24 * 3600
CHOICES = {  # cookie → what it may hold, the first being the default
    "language": ("zh", "en"),
    "display": ("standard", "elder"),
    "contrast": ("normal", "high"),
}
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")
csrf.exempt(blueprint)  # anonymous pages carry no token: the request's origin is checked instead


def preference(name: str) -> str:
    """Return what the cookie says; the default when it says nothing known, or for a command."""
    value = request.cookies.get(name, "") if has_request_context() else ""
    return value if value in CHOICES[name] else CHOICES[name][0]


def select_locale() -> str:
    """Return the locale of this request for Flask-Babel: the cookie's, else Chinese."""
    return LOCALES[preference("language")]


def locale() -> Locale | None:
    """Return what Flask-Babel's get_locale() does, at a tenth of its cost once it has been asked:
    a page asks some hundred times."""
    chosen = getattr(getattr(g, "_flask_babel", None), "babel_locale", None) if g else None
    return chosen or get_locale()


def speaks_english() -> bool:
    """Say whether the page, mail or message being written is in English."""
    chosen = locale()
    return chosen is not None and chosen.language == "en"


def language_tag() -> str:
    """Return the page's language as HTML writes it: zh-CN or en."""
    return LANGUAGE_TAGS["en" if speaks_english() else "zh"]


def is_same_origin() -> bool:
    """Say whether this site's own page sent the request, by what browsers add themselves."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.host


def here() -> str:
    """Return the address to come back to after a switch: this page, if it can be asked for."""
    if request.method in ("GET", "HEAD"):
        return safe_next(request.full_path.rstrip("?"))
    try:
        adapter = current_app.create_url_adapter(request)
    except HTTPException:
        return "/"
    return request.path if adapter and adapter.test(request.path, method="GET") else "/"


@blueprint.post("/<any(language, display, contrast):name>")
def choose(name: str) -> BaseResponse:
    """Keep one choice for a year and return to the page the person came from."""
    if not is_same_origin():
        abort(403)
    value = request.form.get("value", "")
    if value not in CHOICES[name]:
        abort(400)
    response = redirect(safe_next(request.form.get("next")), 303)
    response.set_cookie(
        name, value, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def declare_language(response: Response) -> Response:
    """Name the language of HTML answers in the header too."""
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language_tag()
    return response
