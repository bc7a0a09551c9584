"""How a person wants pages shown: language, large text, high contrast.

Each is one cookie, set by a small POST form and never guessed from the browser's headers, so
that pages can be cached per choice and anonymous pages set no cookie.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale
from flask import (
    Blueprint,
    abort,
    current_app,
    has_request_context,
    redirect,
    request,
)
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response as BaseResponse

from portal.extensions import csrf
from portal.web.present import present_g, present_request
from portal.web.redirects import safe_next

YEAR = 365 * 24 * 3600
CHOICES = {  # cookie → what it may hold, the first being the default
    "language": ("zh", "en"),
    "display": ("standard", "elder"),
    "contrast": ("normal", "high"),
}
LOCALES = {"zh": Locale("zh", "CN", "Hans"), "en": Locale("en")}
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")
csrf.exempt(blueprint)  # anonymous pages carry no token: the request's origin is checked instead


@lru_cache(maxsize=1024)
def choices_in(cookies: str) -> dict[str, str]:
    """Return what a Cookie header chooses, the defaults where it says nothing known."""
    given = parse_cookie(cookies)
    return {
        name: value if (value := given.get(name, "")) in known else known[0]
        for name, known in CHOICES.items()
    }


def preferences() -> dict[str, str]:
    """Return what the cookies choose; the defaults for a command."""
    asked = present_request().environ if has_request_context() else {}
    return choices_in(asked.get("HTTP_COOKIE", ""))


def preference(name: str) -> str:
    """Return what the cookies choose in one respect."""
    return preferences()[name]


def select_locale() -> Locale:
    """Return the locale of this request for Flask-Babel: the cookie's, else Chinese."""
    return LOCALES[preferences()["language"]]


def locale() -> Locale | None:
    """Return what Flask-Babel's get_locale() does, at a tenth of its cost: the language forced by
    whoever writes a letter, else the page's. A page asks some dozen times."""
    try:
        kept = present_g()
    except RuntimeError:
        return None
    forced = getattr(getattr(kept, "_flask_babel", None), "babel_locale", None)
    chosen: Locale | None = forced or getattr(kept, "locale", None)
    if chosen is None:
        chosen = kept.locale = select_locale()
    return chosen


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
    asked = present_request()
    if asked.method in ("GET", "HEAD"):
        return safe_next(asked.full_path.rstrip("?"))
    try:
        adapter = current_app.create_url_adapter(asked)
    except HTTPException:
        return "/"
    return asked.path if adapter and adapter.test(asked.path, method="GET") else "/"


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
