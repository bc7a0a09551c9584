"""The addresses in the frame of every page, and addresses of lists with another query.

They are public addresses, not endpoints: the frame is drawn for unroutable requests too, and the
web layer knows no domain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.web.present import present_request

quoted = lru_cache(maxsize=512)(quote_plus)  # the same few words stand in most addresses
WRITTEN = "portal.query"  # where a request holds its query as addresses write it


@dataclass(frozen=True)
class Entry:
    """A link of the frame; `key` is what pages set as `section`."""

    key: str
    path: str
    label: object

    @property
    def url(self) -> str:
        return f"{present_request().script_root}{self.path}"


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
KEYS = {entry.path: entry.key for entry in MAIN[1:]}
UNDER = re.compile(rf"({'|'.join(map(re.escape, KEYS))})(?:/|\Z)")
SIGN_IN = Entry("sign-in", "/account/sign-in", _l("Sign in or register"))
SIGN_OUT = Entry("sign-out", "/account/sign-out", _l("Sign out"))


def current_entry(section: str) -> str:
    """Return the key of the main entry a page belongs to: the one it names, else by address."""
    if section:
        return section
    path = present_request().path
    found = UNDER.match(path)
    return KEYS[found[1]] if found else "home" if path == "/" else ""


def asked_query() -> dict[str, str]:
    """Return the query of this page's address by name, each with all its values as an address
    writes them. It is written once for a request: a page names some ten addresses of its own."""
    request = present_request()
    query: dict[str, str] | None = request.environ.get(WRITTEN)
    if query is None:
        query = {name: written(name, *given) for name, given in request.args.lists()}
        request.environ[WRITTEN] = query
    return query


def written(name: str, *values: object) -> str:
    """Return the values of a name as an address writes them."""
    return "&".join([f"{quoted(name)}={quoted(str(value))}" for value in values])


def query_without(*names: str) -> str:
    """Return this page's query without some names, with its question mark; "" for none."""
    text = "&".join(part for name, part in asked_query().items() if name not in names)
    return f"?{text}" if text else ""


def url_with(**changes: object) -> str:
    """Return this page's address with query values changed; None drops one, a list repeats it.

    The page number is dropped unless it is what changes: another query begins at its first page.
    """
    query = dict(asked_query())
    query.pop("page", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = written(name, *(value if isinstance(value, list) else [value]))
    text = "&".join(filter(None, query.values()))
    asked = present_request()
    path = f"{asked.script_root}{asked.path}"
    return f"{path}?{text}" if text else path


def url_before_number() -> str:
    """Return this page's address up to where the number of another page is written."""
    address = url_with()
    return f"{address}{'&' if '?' in address else '?'}page="


def page_url(number: int) -> str:
    """Return the address of another page of the same list; the first has no number."""
    return url_with(page=number if number > 1 else None)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        sign_in_entry=SIGN_IN,
        sign_out_entry=SIGN_OUT,
        url_with=url_with,
        page_url=page_url,
        url_before_number=url_before_number,
    )
