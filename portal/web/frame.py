"""The frame of every page: what is alike for everyone, drawn once and kept.

It holds most of a page's texts, and looking those up again for every request costs more than the
page itself. In debug mode nothing is kept, so that a changed template shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, get_flashed_messages, session
from markupsafe import Markup

from portal.web.display import here, preferences
from portal.web.drawn import Mould, draw
from portal.web.navigation import FOOT, MAIN, SIGN_IN, current_entry
from portal.web.present import present_app, present_request

CUT, NEXT = Markup("\x02"), Markup("\x03")  # which no text holds (portal.web.cleaning)


@dataclass(frozen=True)
class Frame:
    """The texts of templates/frame.html, each up to what base.html puts there, for one language,
    manner of display and main entry."""

    to_title: Markup
    to_tags: Markup
    to_body_class: Markup
    site_bar: Mould
    to_workbar: Markup
    to_main: Markup
    to_end: Markup
    sign_in: Markup

    @property
    def to_account(self) -> Markup:
        """Organisers and the switches of display and language, which lead back to this page."""
        return Markup(self.site_bar.filled(here()))  # noqa: S704 macros escape, and so do moulds


def frame(section: str = "") -> Frame:
    """Return the frame of this page; `section` is its main entry where the address does not say."""
    app = present_app()
    kept: dict[tuple[object, ...], Frame] = app.extensions["frame"]
    current = current_entry(section)
    key = (*preferences().values(), present_request().script_root, current)
    found = kept.get(key)
    if found is None:
        found = drawn_frame(current)
        if not app.debug:
            kept[key] = found
    return found


def drawn_frame(current: str) -> Frame:
    """Draw the frame and cut it."""
    whole = draw("frame.html", "page", preferences(), MAIN, FOOT, current, CUT, NEXT)
    title, tags, body_class, account, workbar, main, end = map(Markup, whole.split(CUT))
    bar = account.split(NEXT)
    return Frame(
        title,
        tags,
        body_class,
        Mould(bar, [0] * (len(bar) - 1)),
        workbar,
        main,
        end,
        macro("sign_in", SIGN_IN),
    )


def macro(name: str, *shown: Any) -> Markup:
    """Return what the macro of the same name in components/<name>.html draws."""
    return Markup(draw(f"components/{name}.html", name, *shown))  # noqa: S704 a macro escapes


def flashes() -> Markup:
    """Return what was just done, said once; somebody without a session has done nothing."""
    return macro("flashes", get_flashed_messages(with_categories=True)) if session else Markup("")


def init_app(app: Flask) -> None:
    app.extensions["frame"] = {}
    app.jinja_env.globals.update(frame=frame, flashes=flashes)
