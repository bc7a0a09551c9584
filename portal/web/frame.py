"""The frame of every page: its parts that are alike for everyone, drawn once and kept.

They hold most of a page's texts, and looking those up again for every request costs more than
the page itself. In debug mode nothing is kept, so that a changed template shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, get_flashed_messages, request, session
from markupsafe import Markup, escape

from portal.web.display import here, preferences
from portal.web.navigation import FOOT, MAIN, SIGN_IN, current_entry

NEXT = "next-address"  # stands in kept switches where the address to come back to belongs


@dataclass(frozen=True)
class Frame:
    """The parts from top to bottom, for one language, manner of display and main entry."""

    head: Markup
    skip_link: Markup
    switches: Markup
    sign_in: Markup
    masthead: Markup
    help_line: Markup
    foot: Markup

    @property
    def site_bar(self) -> Markup:
        """Organisers and the switches of display and language, which lead back to this page."""
        return Markup(self.switches.replace(NEXT, escape(here())))  # noqa: S704 escaped just now


def frame(section: str = "") -> Frame:
    """Return the frame of this page; `section` is its main entry where the address does not say."""
    kept: dict[tuple[object, ...], Frame] = current_app.extensions["frame"]
    current = current_entry(section)
    key = (*preferences().values(), request.script_root, current)
    found = kept.get(key)
    if found is None:
        found = draw(current)
        if not current_app.debug:
            kept[key] = found
    return found


def draw(current: str) -> Frame:
    """Draw the parts with the macros of templates/components."""
    site, chosen = current_app.extensions["site"], preferences()
    large = chosen["display"] == "elder"
    return Frame(
        head=macro("site_head", site),
        skip_link=macro("skip_link"),
        switches=macro("site_bar", site.organisers, chosen, NEXT),
        sign_in=macro("sign_in", SIGN_IN),
        masthead=macro("masthead", site, MAIN, current),
        help_line=macro("help_line", site.contact) if large else Markup(""),
        foot=macro("site_foot", site, FOOT),
    )


def macro(name: str, *shown: Any) -> Markup:
    """Return what the macro of the same name in components/<name>.html draws."""
    module = current_app.jinja_env.get_template(f"components/{name}.html").module
    return Markup(getattr(module, name)(*shown))  # noqa: S704 a macro escapes


def flashes() -> Markup:
    """Return what was just done, said once; somebody without a session has done nothing."""
    return macro("flashes", get_flashed_messages(with_categories=True)) if session else Markup("")


def init_app(app: Flask) -> None:
    app.extensions["frame"] = {}
    app.jinja_env.globals.update(frame=frame, flashes=flashes)
