"""Static files with addresses that change when they do, inline icons, QR codes."""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache, lru_cache
from pathlib import Path

import segno
from flask import Flask, Response
from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.web.page_cache import may_be_kept
from portal.web.present import present_app, present_request

ICONS = "vendor/lucide-static"
SCREEN_MASK = 0  # of codes on pages
YEAR = 365 * 24 * 3600
FRAME = Markup(
    '<svg class="icon" {attributes} viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)


def static_folder() -> str:
    return present_app().static_folder or "static"


@lru_cache(maxsize=256)
def digest(path: str, changed: int) -> str:
    """Return 12 hex digits of a file's hash; `changed` (mtime in ns) only keys the cache."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def asset_url(name: str) -> str:
    """Return the address of a static file, good for a year: /static/css/site.css?v=1f0c9a3e5b7d.

    It does without url_for, so that the pages for unroutable requests can be drawn too.
    """
    app = present_app()
    version = version_of(name) if app.debug else first_version_of(static_folder(), name)
    return f"{present_request().script_root}{app.static_url_path}/{name}?v={version}"


@cache
def first_version_of(_folder: str, name: str) -> str:
    """Return the version a file had when this process first named it: files come with the program,
    and one changed under its feet is served as it is, but not to be kept (`cache_static`)."""
    return version_of(name)


def version_of(name: str) -> str:
    """Return the version of a static file, which changes with its content."""
    path = Path(static_folder()) / name
    return digest(str(path), path.stat().st_mtime_ns)


@cache
def icon_body(path: Path) -> str:
    """Return the drawing inside a Lucide file, on one line."""
    found = re.search(r"<svg.*?>(.*?)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{path.name} holds no drawing")
    return " ".join(found.group(1).split())


def icon(name: str, label: str | None = None) -> Markup:
    """Return one inline icon; with a label it speaks for itself, without it is decoration."""
    return drawn_icon(static_folder(), name, label)


@lru_cache(maxsize=1024)
def drawn_icon(folder: str, name: str, label: str | None) -> Markup:
    """Return an icon of a folder."""
    body = Markup(icon_body(Path(folder) / ICONS / f"{name}.svg"))  # noqa: S704 vendored
    attributes = Markup('role="img" aria-label="{}"').format(label) if label else None
    return FRAME.format(attributes=attributes or Markup('aria-hidden="true"'), body=body)


def qr(text: str, label: str | None = None) -> Markup:
    """Return a QR code of the text as inline SVG without style attributes."""
    spoken = escape(label or _("QR code of this page"))
    named = f'<svg role="img" aria-label="{spoken}" '
    drawing = qr_svg(text, SCREEN_MASK).replace("<svg ", named, 1)
    return Markup(drawing)  # noqa: S704 drawn here, label escaped


@lru_cache(maxsize=1024)
def qr_svg(text: str, mask: int | None = None) -> str:
    """Return the drawing of a QR code. Every mask is read alike; the one with the best contrast,
    which paper gets, takes longer to find than to draw the rest of a page."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=mask).save(
        out, kind="svg", xmldecl=False, omitsize=True, border=1, svgclass="qr", lineclass=None
    )
    return out.getvalue().decode().strip()


def cache_static(response: Response) -> Response:
    """Let versioned static files be kept for a year, others be asked for each time.

    A version that is not this file's, from a page drawn before or after it changed, is no version.
    """
    request = present_request()
    if request.endpoint == "static" and response.status_code in (200, 304):
        response.cache_control.clear()
        if request.args.get("v") == version_of((request.view_args or {})["filename"]):
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
            may_be_kept()
        else:
            response.headers["Cache-Control"] = "no-cache"
    return response


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(asset_url=asset_url, icon=icon, qr=qr)
    app.after_request(cache_static)
