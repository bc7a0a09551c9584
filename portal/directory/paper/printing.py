"""The press of this portal: its templates, its fonts, the city's mark."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from portal.typesetting import OnDemand, Press


def press() -> Press:
    """Return the press with this portal's templates and fonts."""
    config = current_app.config
    templates = Path(str(current_app.template_folder)) / "documents"
    return Press(templates, config["FONTS"], Path(config["DATA"]) / "fonts")


def on_demand() -> OnDemand:
    """Return the press for whoever asks, one document at a time."""
    return OnDemand(press(), Path(current_app.config["DATA"]) / "printed")


def letterhead() -> dict[str, str]:
    """Return what every document bears: the site's name and its mark as SVG."""
    site = current_app.extensions["site"]
    mark = Path(str(current_app.static_folder)) / site.seal
    return {"site": site.name_zh, "mark": mark.read_text(encoding="utf-8")}
