"""Security and caching headers of every answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from wsgiref.types import WSGIEnvironment

from flask import Response, session
from werkzeug.datastructures import Headers

from portal.web.display import language_tag
from portal.web.present import present_request
from portal.web.requests import request_id

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'none'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
FIXED = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
CACHING = (("Cache-Control", "no-cache"), ("Vary", "Cookie"))
HALF_YEAR = 180 * 24 * 3600
STRICT = (("Strict-Transport-Security", f"max-age={HALF_YEAR}"),)
HTML = "text/html"
LEADING = {"location", "content-location"}  # which are to be written out as whole addresses


class Answer(Response):
    """An answer that says what every answer says; a view may set stricter or wider headers of its
    own. It is said as the answer leaves: by then nothing is to be looked at but names."""

    def get_wsgi_response(
        self, environ: WSGIEnvironment
    ) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        request = present_request()
        is_static = request.endpoint == "static"
        if not is_static:
            self.keep_personal()
        body, status, headers = super().get_wsgi_response(environ)
        said = {name.lower(): value for name, value in headers}
        wanted = usual(request.is_secure, is_static)
        headers += [(name, value) for key, name, value in wanted if key not in said]
        if "content-language" not in said and said.get("content-type", "").startswith(HTML):
            headers.append(("Content-Language", language_tag()))
        headers.append(("X-Request-Id", request_id()))
        return body, status, headers

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Return the headers as they are where nothing is to be put right: those of a page of known
        length that leads nowhere. Werkzeug checks all of them again in a copy."""
        names = {name.lower() for name, _value in self.headers}
        is_page = self.status_code == 200 and "content-length" in names
        is_right = is_page and LEADING.isdisjoint(names)
        return self.headers if is_right else super().get_wsgi_headers(environ)

    def keep_personal(self) -> None:
        """Keep personal pages out of every cache, and kept pages apart by the display cookies."""
        if "Vary" in self.headers:
            self.vary.add("Cookie")
        if session:
            self.headers["Cache-Control"] = "no-store"


@cache
def usual(is_secure: bool, is_static: bool) -> tuple[tuple[str, str, str], ...]:
    """Return what an answer says that does not say otherwise: each name in small letters, name
    and value."""
    wanted = FIXED + (STRICT if is_secure else ()) + (() if is_static else CACHING)
    return tuple((name.lower(), name, value) for name, value in wanted)
