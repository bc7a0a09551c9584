"""Entries by their place in an industry chain: written, signed, filtered, found, taken away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.directory.paper.catalogue_pages import page_data
from portal.extensions import db
from portal.lists import content
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Release, ReleaseVersion
from portal.lists.terms.errata import ErratumKind
from portal.taxonomy.models import Term
from portal.taxonomy.queries import get_term
from portal.taxonomy.terms import Scheme
from tests.browser_client import Browser
from tests.lists.factories import (
    entry_values,
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_signed_release,
    sign_all,
    start_signing,
)


def node(slug: str) -> Term:
    return get_term(Scheme.NODE, slug)


@pytest.fixture
def release(app: Flask) -> Release:
    """A public list: two entries in chains, one in none."""
    release = make_call()
    make_accepted(release, title="储能柜外壳配套", node=node("storage-battery"))
    make_accepted(release, title="硅片断线检测", node=node("wafer"))
    make_accepted(release, title="全市屋顶开放", standing=True, closes_on=None)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return release


def test_an_entry_names_chain_and_node(release: Release, visitor: Browser) -> None:
    page = visitor.get(f"/entries/{release.entries[0].number}")
    assert "产业链环节" in page.main
    assert "锂电 · 储能电池" in page.main
    assert "产业链环节" not in visitor.get(f"/entries/{release.entries[2].number}").main


def test_the_list_is_filtered_by_node(release: Release, visitor: Browser) -> None:
    page = visitor.get("/lists/opportunity?node=storage-battery")
    assert "储能柜外壳配套" in page.main
    assert "硅片断线检测" not in page.main
    file = visitor.ask("/lists/opportunity.csv?node=wafer&node=storage-battery")
    rows = list(csv.DictReader(io.StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))
    assert [row["产业链环节"] for row in rows] == ["储能电池", "硅片"]


def test_an_entry_is_found_by_the_name_of_its_chain(
    release: Release, visitor: Browser, reindex: Callable[[], None]
) -> None:
    reindex()
    assert "硅片断线检测" in visitor.get("/search?q=晶硅光伏").main


def test_the_catalogue_has_an_index_of_nodes_only_where_there_are_any(release: Release) -> None:
    version = db.session.scalars(select(ReleaseVersion)).one()
    indexes = {one["title"]: one["groups"] for one in page_data(version)["indexes"]}
    assert indexes["按产业链环节索引"] == [
        {"name": "晶硅光伏 · 硅片", "entries": [1]},
        {"name": "锂电 · 储能电池", "entries": [0]},
    ]


def test_a_catalogue_of_entries_in_no_chain_has_no_such_index(app: Flask) -> None:
    make_published_release()
    version = db.session.scalars(select(ReleaseVersion)).one()
    assert "按产业链环节索引" not in [one["title"] for one in page_data(version)["indexes"]]


def signed_in_the_form_before(monkeypatch: pytest.MonkeyPatch) -> Release:
    """Return a release that was signed before entries had a place in a chain."""
    with monkeypatch.context() as before:
        before.setattr(content, "FORMAT", "release-content/2")
        return make_signed_release(entries=2)


def test_what_was_signed_in_an_earlier_form_is_published_as_signed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, visitor: Browser
) -> None:
    release = signed_in_the_form_before(monkeypatch)
    signed = release.check_code
    publish(make_curator(), release, release.version)
    assert release.check_code == signed
    said = json.loads(release.content or "")
    assert said["format"] == "release-content/2"
    assert not any("node" in entry for entry in said["entries"])
    assert visitor.get(f"/entries/{release.entries[0].number}").heading
    assert visitor.ask("/lists/opportunity.csv").status_code == 200


def test_a_correction_that_names_a_node_brings_the_content_into_the_present_form(
    app: Flask, monkeypatch: pytest.MonkeyPatch, visitor: Browser
) -> None:
    release = signed_in_the_form_before(monkeypatch)
    publish(make_curator(), release, release.version)
    entry = release.entries[0]
    values = entry_values(title=entry.title, node=node("cathode"))
    erratum = errata.propose_correction(
        make_curator(), entry, entry.version, ErratumKind.CORRECTION, "补产业链环节", values
    )
    issue(make_curator("second"), erratum, erratum.version)
    said = json.loads(release.content or "")
    assert said["format"] == content.FORMAT
    assert [one["node"] and one["node"]["slug"] for one in said["entries"]] == ["cathode", None]
    first, second = db.session.scalars(select(ReleaseVersion).order_by(ReleaseVersion.id))
    assert all(content.check_code(one.content) == one.check_code for one in (first, second))
    assert "正极材料" in visitor.get(f"/entries/{entry.number}").main


def test_a_withdrawn_entry_keeps_its_node_in_the_content(release: Release) -> None:
    entry = release.entries[0]
    erratum = errata.propose_withdrawal(make_curator(), release, entry, "项目终止")
    issue(make_curator("second"), erratum, erratum.version)
    assert (entry.snapshot or {})["node"]["slug"] == "storage-battery"
