"""The parts of the frame that are alike for everyone, drawn once and kept.

They hold most of a page's texts, and looking those up again for every request costs more than
the page itself. In debug mode nothing is kept, so that a changed template shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from portal.web.display import CHOICES, here, language_tag, preference
from portal.web.navigation import FOOT, MAIN, current_entry

NEXT = "next-address"  # stands in kept switches where the address to come back to belongs


def keep(part: str, key: tuple[object, ...], draw: Callable[[Any], str]) -> Markup:
    """Return a part drawn with the macros of components/<part>.html, kept by language and key."""
    kept: dict[tuple[object, ...], Markup] = current_app.extensions["frame"]
    full_key = (part, language_tag(), request.script_root, *key)
    if full_key not in kept or current_app.debug:
        macros = current_app.jinja_env.get_template(f"components/{part}.html").module
        kept[full_key] = Markup(draw(macros))  # noqa: S704 drawn by a macro, which escapes
    return kept[full_key]


def masthead(section: str) -> Markup:
    """Return seal, wordmark and main navigation; `section` may be empty."""
    site, current = current_app.extensions["site"], current_entry(section)
    return keep("masthead", (current,), lambda macros: macros.masthead(site, MAIN, current))


def site_bar() -> Markup:
    """Return the organisers and the switches of display and language."""
    organisers = current_app.extensions["site"].organisers
    key = tuple(preference(name) for name in CHOICES)
    drawn = keep("site_bar", key, lambda macros: macros.site_bar(organisers, preference, NEXT))
    return Markup(drawn.replace(NEXT, escape(here())))  # noqa: S704 escaped just now


def site_foot() -> Markup:
    """Return the foot of the page."""
    site = current_app.extensions["site"]
    return keep("site_foot", (), lambda macros: macros.site_foot(site, FOOT))


def init_app(app: Flask) -> None:
    app.extensions["frame"] = {}
    app.jinja_env.globals.update(masthead=masthead, site_bar=site_bar, site_foot=site_foot)
