"""Security and caching headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, request, session

from portal.web.display import language_tag
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
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = "Strict-Transport-Security"
HALF_YEAR = 180 * 24 * 3600


def finish(response: Response) -> Response:
    """Add what every answer says; a view may set stricter or wider headers of its own."""
    headers = response.headers
    wanted = FIXED | ({STRICT: f"max-age={HALF_YEAR}"} if request.is_secure else {})
    if request.endpoint != "static":
        wanted |= caching(response)
    if response.mimetype == "text/html":
        wanted["Content-Language"] = language_tag()
    said = {name.lower() for name, _value in headers}
    for name, value in wanted.items():
        if name.lower() not in said:
            headers.add(name, value)
    headers.add("X-Request-Id", request_id())
    return response


def caching(response: Response) -> dict[str, str]:
    """Keep personal pages out of every cache, and cached pages apart by the display cookies."""
    if "Vary" in response.headers:
        response.vary.add("Cookie")
    if session:
        response.headers["Cache-Control"] = "no-store"
    return {"Cache-Control": "no-cache", "Vary": "Cookie"}


def init_app(app: Flask) -> None:
    app.after_request(finish)
