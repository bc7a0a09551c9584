"""The web layer: knows HTTP and pages, knows no domain."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.extensions import babel
from portal.web import (
    assets,
    display,
    drawn,
    drawn_pages,
    errors,
    filters,
    frame,
    health,
    navigation,
    requests,
    templating,
    uploads,
)
from portal.web.application import Portal
from portal.web.health import Checks
from portal.web.kit import blueprint as web_blueprint
from portal.web.site import load_site

__all__ = ["Checks", "Portal", "init_app"]


def init_app(app: Flask, checks: Checks | None = None) -> None:
    """Install the web layer; call it before any template is drawn.

    Reads app.config["FIXTURES"]/site.yaml into app.extensions["site"]. `checks` are what
    /readyz asks, passed in by whoever composes the app.
    """
    app.extensions["site"] = load_site(Path(app.config["FIXTURES"]) / "site.yaml")
    uploads.init_app(app)
    requests.init_app(app)
    babel.init_app(
        app,
        default_locale=str(display.LOCALES["zh"]),
        default_timezone=app.extensions["site"].time_zone,
        locale_selector=display.select_locale,
    )
    templating.init_app(app)
    for part in (assets, filters, errors, navigation, frame, drawn, drawn_pages):
        part.init_app(app)
    health.init_app(app, checks or Checks())
    app.register_blueprint(display.blueprint)
    app.register_blueprint(web_blueprint)
