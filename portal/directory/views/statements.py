"""What the portal says of itself, the map of the site, and what machines read."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, current_app, render_template, stream_with_context, url_for
from markupsafe import escape

from portal.directory.queries.editions import public_editions
from portal.directory.queries.sitemap import numbers, policy_slugs, title_slugs, usccs
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.web.drawn_pages import drawn_page
from portal.web.navigation import FOOT
from portal.web.requests import public_url

FIXED = ("home", "registry", "titles", "policies", "targets", "about", "contact", "site_map")
CLOSED = ("/account/", "/my", "/bureau", "/preferences/", "/search", "/lists/basket")


def accessibility() -> bytes | str:
    """State how accessible the portal is and whom to ask."""
    return drawn_page("directory/accessibility.html", ())


def privacy() -> bytes | str:
    """State how personal information is handled."""
    days = current_app.config["SEARCH_NEED_DAYS"]
    return drawn_page("directory/privacy.html", (days,), wish_days=days)


def about() -> bytes | str:
    """Say what the portal is and who runs it."""
    return drawn_page("directory/about.html", ())


def contact() -> bytes | str:
    """Say where to get help."""
    return drawn_page("directory/contact.html", ())


def site_map() -> str:
    """List the pages of the portal."""
    return render_template(
        "directory/site_map.html", kinds=KIND_NAMES, editions=public_editions(), foot=FOOT
    )


def robots() -> Response:
    """Tell crawlers what not to read and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {public_url(url_for('directory.sitemap'))}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def sitemap() -> Response:
    """Send the addresses of all public pages, read while they are being sent."""
    return Response(stream_with_context(sitemap_lines()), mimetype="application/xml")


def sitemap_lines() -> Iterator[str]:
    """Yield the sitemap line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for path in paths():
        yield f"<url><loc>{escape(public_url(path))}</loc></url>\n"
    yield "</urlset>\n"


def paths() -> Iterator[str]:
    """Yield the path of every public page."""
    yield from (url_for(f"directory.{name}") for name in FIXED)
    yield from (url_for("directory.published_list", kind=kind) for kind in Kind)
    for edition in public_editions():
        yield url_for("directory.edition", year=edition.year, kind=edition.kind)
    yield from (url_for("directory.entry", number=number) for number in numbers())
    yield from (url_for("directory.enterprise", uscc=uscc) for uscc in usccs())
    yield from (url_for("directory.title", slug=slug) for slug in title_slugs())
    yield from (url_for("directory.policy", slug=slug) for slug in policy_slugs())
