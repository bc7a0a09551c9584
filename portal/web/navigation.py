"""The addresses in the frame of every page, and addresses of lists with another query.

They are public addresses, not endpoints: the frame is drawn for unroutable requests too, and the
web layer knows no domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, request
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Entry:
    """A link of the frame; `key` is what pages set as `section`."""

    key: str
    path: str
    label: object

    @property
    def url(self) -> str:
        return f"{request.script_root}{self.path}"


MAIN = (
    Entry("home", "/", _l("Home")),
    Entry("opportunity", "/lists/opportunity", _l("Opportunities")),
    Entry("supply", "/lists/supply", _l("Supply")),
    Entry("case", "/lists/case", _l("Cases")),
    Entry("enterprises", "/enterprises", _l("Enterprises")),
    Entry("titles", "/titles", _l("Titles")),
    Entry("certificate", "/titles/check", _l("Check a certificate")),
    Entry("policies", "/policies", _l("Policies and notices")),
)
FOOT = (
    Entry("site-map", "/site-map", _l("Site map")),
    Entry("about", "/about", _l("About")),
    Entry("accessibility", "/accessibility", _l("Accessibility")),
    Entry("privacy", "/privacy", _l("Personal information")),
    Entry("contact", "/contact", _l("Contact")),
)
SIGN_IN = Entry("sign-in", "/account/sign-in", _l("Sign in or register"))
SIGN_OUT = Entry("sign-out", "/account/sign-out", _l("Sign out"))


def current_entry(section: str) -> str:
    """Return the key of the main entry a page belongs to: the one it names, else by address."""
    if section:
        return section
    path = request.path
    for entry in MAIN[1:]:
        if path == entry.path or path.startswith(entry.path + "/"):
            return entry.key
    return "home" if path == "/" else ""


def url_with(**changes: object) -> str:
    """Return this page's address with query values changed; None drops one, a list repeats it.

    The page number is dropped unless it is what changes: another query begins at its first page.
    """
    query = request.args.to_dict(flat=False)
    query.pop("page", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    text = urlencode(query, doseq=True)
    path = f"{request.script_root}{request.path}"
    return f"{path}?{text}" if text else path


def page_url(number: int) -> str:
    """Return the address of another page of the same list; the first has no number."""
    return url_with(page=number if number > 1 else None)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        sign_in_entry=SIGN_IN,
        sign_out_entry=SIGN_OUT,
        url_with=url_with,
        page_url=page_url,
    )
