"""Files of the lists: of exactly what is filtered, and of whole editions."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from portal import clock
from portal.directory.asking.asked import counted
from portal.directory.asking.listing import asked_words, read_listed
from portal.directory.files.documents import Download, send
from portal.directory.files.names import export_url
from portal.directory.queries.editions import get_edition, listed_in
from portal.directory.queries.entries import SCHEMES, source
from portal.directory.queries.vocabulary import vocabulary
from portal.errors import Unreadable
from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.web.filters import in_language
from portal.web.json_answers import said_why
from portal.web.requests import public_url


@counted
def published_list_file(kind: str, form: str) -> Response:
    """Send the entries of a list that the address asks for; a program that asks for something
    else is told so in JSON."""
    try:
        return send(what_of(Kind(kind)), form)
    except Unreadable as error:
        if form != "json":
            raise
        return said_why(error)


def what_of(kind: Kind) -> Download:
    """Return the entries of a list that the address asks for. Raises Unreadable."""
    asked_of = source(kind, vocabulary(*SCHEMES))
    return Download(
        name=f"{kind}-{clock.today().isoformat()}",
        title=str(KIND_NAMES[kind]),
        asked=asked_words(asked_of),
        address=public_url(export_url("directory.published_list", kind=kind)),
        entries=read_listed(asked_of),
    )


def edition_file(year: int, kind: str, form: str) -> Response:
    """Send a whole edition, in the order in which it was signed."""
    edition = get_edition(year, Kind(kind))
    what = Download(
        name=f"{kind}-{year}-{clock.today().isoformat()}",
        title=in_language(edition, "title"),
        asked=[(_("Order"), _("As signed"))],
        address=public_url(url_for("directory.edition", year=year, kind=kind)),
        entries=listed_in(edition),
    )
    return send(what, form)
