"""The versions of a published list: what each said, what changed, whether a copy is genuine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from portal import files
from portal.directory.queries.editions import get_issued_edition, get_public_release
from portal.directory.words.values import plain_value_of
from portal.errors import NotFound
from portal.lists.models import ReleaseVersion
from portal.lists.queries.catalogues import present_catalogues
from portal.lists.queries.documents import issued_documents
from portal.lists.queries.errata import SHORTEST_CODE, get_version, versions_of, with_check_code
from portal.lists.terms.errata import ERRATUM_KIND_NAMES, RELEASE_FIELD_NAMES
from portal.lists.terms.fields import FIELD_NAMES
from portal.lists.terms.kinds import Kind
from portal.web.filters import in_language, named

NAMES: Mapping[str, object] = {
    **FIELD_NAMES,
    **RELEASE_FIELD_NAMES,
    "summary_zh": FIELD_NAMES["summary"],
    "subtype": _l("Kind"),
    "publisher": _l("Publisher"),
    "takes_interest": _l("Takes expressions of interest"),
}
LONGEST_CODE = 64


def versions(year: int, kind: str) -> str:
    """Show the history of an edition: each version with what changed and why."""
    edition = get_issued_edition(year, Kind(kind))
    return render_template(
        "directory/versions.html",
        edition=edition,
        kind=Kind(kind),
        versions=versions_of(edition),
        changes=changes_shown,
        kind_names=ERRATUM_KIND_NAMES,
    )


def version_content(year: int, kind: str, number: int, version: str) -> Response:
    """Send the content of one version, byte for byte what its check code is the SHA-256 of."""
    found = get_version(get_issued_edition(year, Kind(kind)), number, version)
    response = Response(found.content.encode("utf-8"), mimetype="application/json")
    name = f"{year}-{kind}-{number}-{version}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def issued_document(year: int, kind: str, number: int) -> Response:
    """Send the scan of the document a public release was issued with."""
    release = get_public_release(get_issued_edition(year, Kind(kind)), number)
    found = issued_documents([release.id]).get(release.id)
    if found is None:
        raise NotFound
    return send_file(
        files.path_of(current_app.config["FILES"], found.name),
        mimetype=found.content_type,
        as_attachment=True,
        download_name=found.original_name,
    )


def catalogue(year: int, kind: str, number: int) -> Response:
    """Send the printable catalogue of a release as it is now; while it is being made, lead to the
    page that says so."""
    release = get_public_release(get_issued_edition(year, Kind(kind)), number)
    found = present_catalogues([release]).get(release.id)
    if found is None:
        return redirect(url_for("directory.edition", year=year, kind=kind))
    return send_file(
        files.path_of(current_app.config["FILES"], found.file.name),
        mimetype=found.file.content_type,
        as_attachment=True,
        download_name=found.file.original_name,
        etag=found.file.digest,
    )


def check_list() -> str:
    """Ask for a check code, or say which list and version it belongs to and what became of it."""
    code = "".join(request.args.get("code", "").lower().split())[:LONGEST_CODE]
    is_code = len(code) >= SHORTEST_CODE and all(digit in "0123456789abcdef" for digit in code)
    return render_template(
        "directory/check_list.html",
        code=code,
        is_code=is_code,
        shortest=SHORTEST_CODE,
        versions=with_check_code(code) if is_code else [],
        kind_names=ERRATUM_KIND_NAMES,
    )


def changes_shown(version: ReleaseVersion) -> list[tuple[object, object, object]]:
    """Return (item, before, after) of what the public read differently from this version on."""
    return [] if version.erratum is None else changes_of(version.erratum.shown)


def changes_of(shown: Iterable[Mapping[str, Any]]) -> list[tuple[object, object, object]]:
    """Return (item, before, after) of the differences an erratum made."""
    return [(label_of(change), said(change["before"]), said(change["after"])) for change in shown]


def label_of(change: Mapping[str, Any]) -> object:
    """Return the name of what changed; a detail has its own."""
    detail = change["after"] or change["before"]
    if change["key"] == "details" and isinstance(detail, Mapping):
        return in_language(detail, "label")
    return NAMES.get(change["key"], change["key"])


def said(value: Any) -> Markup:
    """Return a value of the content as a page writes it."""
    if value in (None, "", [], {}):
        return escape(_("Empty"))
    if isinstance(value, Mapping):
        return escape(plain_value_of(value)) if "type" in value else named(value)
    if isinstance(value, list):
        return escape(_(", ")).join(named(one) for one in value)
    return escape(_("yes") if value is True else _("no") if value is False else value)
