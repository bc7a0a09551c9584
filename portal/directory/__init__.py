"""What the public reads. Owns no tables; sets no cookie, opens no session, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response
from flask.sansio.blueprints import BlueprintSetupState

from portal.directory.asking.asked import asked_text
from portal.directory.asking.picks import picked
from portal.directory.files import documents
from portal.directory.files.names import export_query, export_url, quoted_export_query
from portal.directory.views import (
    basket,
    calls,
    comparison,
    downloads,
    enterprises,
    entries,
    feeds,
    home,
    lists,
    notices,
    outcomes,
    policies,
    recognition,
    search,
    search_feed,
    statements,
    suggest,
    titles,
    versions,
)
from portal.directory.views.preview import preview_pages
from portal.directory.words import pages, profile, rows, wording
from portal.directory.words.filters import filters, order_name
from portal.directory.words.timeline import timeline_of
from portal.web.page_cache import mark_kept

KIND = "<any(opportunity, supply, case):kind>"
FORM = "<any(csv, xlsx, json):form>"
TAKEN = "<any(pdf, xlsx, txt):form>"
ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("/", home.home),
    (f"/lists/{KIND}", lists.published_list),
    (f"/lists/{KIND}.{FORM}", downloads.published_list_file),
    (f"/lists/{KIND}.atom", feeds.published_list_feed),
    (f"/lists/{KIND}/years", comparison.comparison),
    (f"/lists/{KIND}/years.csv", comparison.comparison_file),
    (f"/lists/{KIND}.ics", feeds.published_list_calendar),
    ("/lists/basket", basket.basket),
    (f"/lists/basket.{TAKEN}", basket.basket_file),
    (f"/lists/<int:year>/{KIND}", lists.edition),
    (f"/lists/<int:year>/{KIND}.{FORM}", downloads.edition_file),
    (f"/lists/<int:year>/{KIND}/versions", versions.versions),
    (f"/lists/<int:year>/{KIND}/<int:number>/<version>.json", versions.version_content),
    (f"/lists/<int:year>/{KIND}/<int:number>/document", versions.issued_document),
    (f"/lists/<int:year>/{KIND}/<int:number>/catalogue.pdf", versions.catalogue),
    (f"/lists/<int:year>/{KIND}/outcomes", outcomes.outcomes),
    ("/lists/check", versions.check_list),
    ("/schemas/list-entries-1.json", documents.list_schema),
    ("/calls", calls.list_calls),
    ("/calls/<int:release_id>", calls.list_call),
    ("/calls/<int:release_id>/files/<name>", calls.list_call_file),
    ("/notices", notices.list_notices),
    ("/notices/<int:notice_id>", notices.list_notice),
    ("/entries/<number>", entries.entry),
    ("/entries/<number>/files/<key>", entries.entry_file),
    ("/enterprises", enterprises.registry),
    ("/enterprises.<any(csv, xlsx):form>", enterprises.registry_file),
    ("/enterprises/<uscc>", enterprises.enterprise),
    ("/titles", titles.titles),
    ("/titles/check", recognition.check_title),
    ("/titles/check/<number>", recognition.checked_title),
    ("/titles/<slug>", titles.title),
    ("/titles/<slug>.csv", titles.title_csv),
    ("/recognition", recognition.recognition),
    ("/recognition/calls/<int:call_id>", recognition.recognition_call),
    ("/recognition/notices/<int:notice_id>", recognition.recognition_notice),
    ("/search", search.search),
    ("/search.atom", search_feed.search_feed),
    ("/search/suggest", suggest.suggest),
    ("/policies", policies.policies),
    ("/policies/<slug>", policies.policy),
    ("/plan/targets", policies.targets),
    ("/accessibility", statements.accessibility),
    ("/privacy", statements.privacy),
    ("/about", statements.about),
    ("/contact", statements.contact),
    ("/site-map", statements.site_map),
    ("/robots.txt", statements.robots),
    ("/sitemap.xml", statements.sitemap),
)

blueprint = Blueprint("directory", __name__)
for rule, view in ROUTES:
    blueprint.add_url_rule(rule, view_func=view)


@blueprint.after_request
def keep(response: Response) -> Response:
    """Let every page be kept but those of a text: the index follows a change a moment later."""
    return response if asked_text() else mark_kept(response)


@preview_pages.context_processor
@blueprint.context_processor
def words() -> dict[str, Any]:
    """Hand the directory's templates what puts records into words."""
    return {
        "pages": pages,
        "export_url": export_url,
        "export_query": export_query,
        "quoted_export_query": quoted_export_query,
        "picked": picked,
    }


@blueprint.record_once
def share_words(state: BlueprintSetupState) -> None:
    """Hand templates what macros need that are drawn by themselves, away from a page."""
    shared = {"wording": wording, "profile": profile, "row_lines": rows, "timeline_of": timeline_of}
    state.app.jinja_env.globals.update(shared, filters=filters, order_name=order_name)
