"""Static files: vendored copies unchanged, addresses that cache for a year, the budget kept."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from portal.web.assets import asset_url, icon, qr
from tools import vendor

CSS = ROOT / "static" / "css" / "site.css"


def test_the_stylesheet_stays_within_its_budget() -> None:
    content = CSS.read_bytes()
    assert len(content) <= 60_000
    assert len(gzip.compress(content)) <= 12_000


@pytest.mark.parametrize("newer", ["@layer", ":is(", ":where(", ":has(", "@container", "color-mix"])
def test_the_stylesheet_keeps_to_old_browsers(newer: str) -> None:
    rules = CSS.read_text(encoding="utf-8").partition("*/")[2]
    assert newer not in rules


def test_vendored_copies_are_as_recorded() -> None:
    assert vendor.differences() == []


def test_changed_missing_and_unlisted_copies_are_named(tmp_path: Path) -> None:
    copy = tmp_path / "vendor"
    shutil.copytree(vendor.TARGET, copy)
    (copy / "lucide-static" / "x.svg").write_text("<svg></svg>")
    (copy / "lucide-static" / "check.svg").unlink()
    (copy / "more.js").write_text("")
    assert vendor.differences(copy) == [
        "missing: lucide-static/check.svg",
        "unlisted: more.js",
        "changed: lucide-static/x.svg",
    ]


def test_the_record_names_versions_as_locked() -> None:
    record = json.loads((vendor.TARGET / "vendor.json").read_text())
    lock = json.loads((vendor.TOOLS / "package-lock.json").read_text())["packages"]
    for package in ("lucide-static", "modern-normalize"):
        assert record[f"{package}@"]["version"] == lock[f"node_modules/{package}"]["version"]
        assert record[f"{package}@"]["integrity"] == lock[f"node_modules/{package}"]["integrity"]


def test_a_versioned_address_is_kept_for_a_year(here: Flask, client: FlaskClient) -> None:
    address = asset_url("css/site.css")
    assert address.startswith("/static/css/site.css?v=")
    with client.get(address) as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in response.headers.get("Vary", "")
    with client.get("/static/css/site.css") as response:
        assert response.headers["Cache-Control"] == "no-cache"


def test_icons_are_decoration_unless_named(here: Flask) -> None:
    assert 'aria-hidden="true"' in icon("check")
    assert 'role="img" aria-label="&lt;done&gt;"' in icon("check", "<done>")


def test_qr_codes_carry_a_name_and_no_style(here: Flask) -> None:
    drawn = qr("https://example.org/", "本页")
    assert 'aria-label="本页"' in drawn
    assert "style=" not in drawn
