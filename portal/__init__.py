"""The portal: create_app() composes it and reads as its table of contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, SettingsError, load_config
from portal import city, cli, clock, desk, web
from portal.accounts import access
from portal.accounts.bureau_views import blueprint as accounts_bureau
from portal.accounts.owner_views import blueprint as accounts_owner
from portal.accounts.views import blueprint as accounts
from portal.alerts.owner_views import blueprint as alerts_owner
from portal.alerts.reading import set_reader
from portal.alerts.views import blueprint as alerts
from portal.api import blueprint as api
from portal.casework import load_procedures
from portal.classification import parsed_rules
from portal.classification.actions import claim_following as claims
from portal.classification.actions import following as titles
from portal.classification.actions.keeping import watch_facts
from portal.classification.applying import load_applying
from portal.classification.bureau_views import blueprint as classification_bureau
from portal.classification.fact_sources import load_fact_sources
from portal.classification.owner_views import blueprint as classification_owner
from portal.classification.renewing import set_renewals
from portal.cli.readiness import checks
from portal.content_version import VersionReader, set_unread
from portal.counts import watch_records
from portal.database import holds_demonstration, set_up_engine
from portal.desk.worklist import check_pages
from portal.directory import blueprint as directory
from portal.directory import keeping
from portal.directory.saving.public_pages import PublicPages
from portal.directory.views.editing import editing_pages
from portal.directory.views.preview import preview_pages
from portal.enterprises.bureau_views import blueprint as enterprises_bureau
from portal.enterprises.bureau_views.import_pages import blueprint as imports_bureau
from portal.enterprises.following import set_followers
from portal.enterprises.owner_views import blueprint as enterprises_owner
from portal.enterprises.owner_views import contact_links
from portal.extensions import db, limiter, migrate
from portal.garbage import collect_between_steps
from portal.lists import following as entries
from portal.lists import readers as _list_readers  # noqa: F401 - says who reads its files
from portal.lists.bureau_views import blueprint as lists_bureau
from portal.lists.bureau_views import submissions_bureau
from portal.lists.owner_views import blueprint as lists_owner
from portal.lists.procedures import load_curation
from portal.matching.bureau_views import blueprint as matching_bureau
from portal.matching.finding import set_finder
from portal.matching.owner_views import blueprint as matching_owner
from portal.matching.weighing import load_weights
from portal.partners.bureau_views import blueprint as partners_bureau
from portal.partners.owner_views import blueprint as partners_owner
from portal.recognition import readers as _readers  # noqa: F401 - says who reads its files
from portal.recognition.actions import following as applications
from portal.recognition.bureau_views import blueprint as recognition_bureau
from portal.recognition.owner_views import blueprint as recognition_owner
from portal.recognition.queries.renewals import under_renewal
from portal.search.alike import SearchFinder
from portal.search.bureau_views import blueprint as search_bureau
from portal.search.engines import open_engine
from portal.search.queries import SynonymTable
from portal.search.searcher import Searcher
from portal.search.views import blueprint as search
from portal.web import reading
from portal.web.page_cache import PageCache

BLUEPRINTS = (
    accounts,
    accounts_owner,
    accounts_bureau,
    enterprises_owner,
    contact_links,
    preview_pages,
    enterprises_bureau,
    imports_bureau,
    classification_owner,
    classification_bureau,
    recognition_owner,
    recognition_bureau,
    partners_owner,
    partners_bureau,
    alerts,
    alerts_owner,
    lists_owner,
    lists_bureau,
    submissions_bureau,
    editing_pages,
    matching_owner,
    matching_bureau,
    search,
    search_bureau,
    desk.blueprint,
    directory,
    api,
)


def create_app(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Flask:
    """Return the portal for these environment variables; `overrides` are for tests."""
    collect_between_steps()
    app = web.Portal(
        "portal", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_mapping(load_config(environ) | overrides)
    web.init_app(app, checks())
    set_the_city(app)
    load_procedures(app.config["FIXTURES"] / "casework.yaml", app.config["CASE_IDLE"])
    load_curation(app.config["FIXTURES"] / "curation.yaml")
    load_weights(app.config["FIXTURES"] / "matching.yaml")
    load_fact_sources(app.config["FIXTURES"])
    load_applying(app.config["FIXTURES"])
    parsed_rules.set_fixtures(app.config["FIXTURES"])
    set_up_database(app)
    set_up_search(app)
    access.init_app(app)
    limiter.count_in(app.config["RATE_LIMITS"])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    check_pages(app)
    set_renewals(under_renewal)
    set_reader(PublicPages())
    follow_merges()
    watch_facts()
    watch_records()
    cli.init_app(app)
    stand_behind_proxies(app)
    keep_pages(app)
    return app


def follow_merges() -> None:
    """Say what follows a merged record, in this order: applications read the titles as moved."""
    set_followers(
        {
            "titles": titles.FOLLOWER,
            "title_claims": claims.FOLLOWER,
            "applications": applications.FOLLOWER,
            "entries": entries.FOLLOWER,
        }
    )


def stand_behind_proxies(app: Flask) -> None:
    """Take client address, scheme and host from as many proxies as the settings name."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]


def keep_pages(app: Flask) -> None:
    """Answer what is alike for everybody in front of everything; nothing while templates are
    written."""
    set_unread(keeping.UNREAD)
    size = app.config["PAGE_CACHE"]
    if not size or app.debug:
        return
    reader = VersionReader(app.extensions["readers"])
    cache = PageCache(
        app.wsgi_app,
        keeping.state_of_content(reader),
        keeping.PARAMETERS,
        app.config["SESSION_COOKIE_NAME"],
        size,
    )
    app.extensions["kept_pages"] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]


def set_the_city(app: Flask) -> None:
    """Hand the city's clock, number patterns and rhythms to the domains."""
    site = app.extensions["site"]
    clock.set_clock(app.config["PORTAL_NOW"], site.time_zone)
    city.set_confirmation(site.confirmation)
    city.set_joining(site.joining)
    city.set_weights(site.completeness)
    numbers = site.numbers
    marked = {
        f"entry_{kind}": numbers.entry.replace("{mark}", mark)
        for kind, mark in numbers.marks.items()
    }
    own = ("submission", "admission", "letter", "application", "certificate")
    plain = {name: getattr(numbers, name) for name in own}
    city.set_patterns(plain | marked)
    city.set_words({"name_places": site.name_places, "name_remarks": site.name_remarks})
    city.set_divisions({**site.divisions.current, **site.divisions.abolished})


def set_up_database(app: Flask) -> None:
    """Bind the database and its migrations."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    reading.init_app(app)
    with app.app_context():
        set_up_engine(db.engine)
        if app.config["PRODUCTION"] and holds_demonstration():
            raise SettingsError(
                "The database holds demonstration accounts: start production on an empty one."
            )


def set_up_search(app: Flask) -> None:
    """Open the search over the index the settings choose; it is built by command and worker."""
    named = app.config["SEARCH_ENGINE"], app.config["DATA"] / "index"
    with app.app_context():
        index = open_engine(*named, db.engine, app.config["SEARCH_REPLICA"])
    app.extensions["search"] = Searcher(index, SynonymTable())
    set_finder(SearchFinder(lambda: current_app.extensions["search"]))
