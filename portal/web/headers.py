"""Security and caching headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, request, session

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
HALF_YEAR = 180 * 24 * 3600


def protect(response: Response) -> Response:
    """Add the fixed headers; a view may set a stricter or wider one of its own."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={HALF_YEAR}"
    return response


def limit_caching(response: Response) -> Response:
    """Keep personal pages out of every cache, and cached pages apart by the display cookies."""
    if request.endpoint == "static":
        return response
    response.vary.add("Cookie")
    if session:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def init_app(app: Flask) -> None:
    app.after_request(protect)
    app.after_request(limit_caching)
