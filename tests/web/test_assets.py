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


@pytest.mark.parametrize("target", vendor.TARGETS.values(), ids=vendor.TARGETS)
def test_vendored_copies_are_as_recorded(target: Path) -> None:
    assert vendor.differences(target) == []


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


@pytest.mark.parametrize("name", vendor.TARGETS)
def test_the_record_names_versions_as_locked(name: str) -> None:
    record = json.loads((vendor.TARGETS[name] / "vendor.json").read_text())
    lock = json.loads((vendor.TOOLS / "package-lock.json").read_text())["packages"]
    packages = json.loads((vendor.TOOLS / "package.json").read_text())[name]
    assert len(packages) == 2
    for package in packages:
        assert record[f"{package}@"]["version"] == lock[f"node_modules/{package}"]["version"]
        assert record[f"{package}@"]["integrity"] == lock[f"node_modules/{package}"]["integrity"]


@pytest.mark.parametrize("package", ["noto-sans-sc", "noto-serif-sc"])
def test_fonts_come_with_their_licence(package: str) -> None:
    licence = (vendor.FONTS / package / "LICENSE_FONT").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


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
