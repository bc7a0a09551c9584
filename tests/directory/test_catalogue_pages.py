"""What a catalogue says: the frozen content of its version, indexed, and nothing else."""

from __future__ import annotations

import json
import re

from flask import Flask
from sqlalchemy import select

from portal.cli import catalogue_work
from portal.directory.paper.catalogue_pages import page_data
from portal.extensions import db
from portal.lists.models import ReleaseVersion
from tests.lists.factories import make_published_release
from tests.typesetting.pdf import characters_in, opened


def the_version() -> ReleaseVersion:
    """Return the only version of the only release."""
    return db.session.scalars(select(ReleaseVersion)).one()


def test_only_what_is_public_is_inside(app: Flask) -> None:
    release = make_published_release()
    said = json.dumps(page_data(the_version()), ensure_ascii=False)
    content = json.loads(release.content or "")
    assert "@portal.example" not in said, "who sent it in and who curated it"
    release.entries[0].title = "尚未公开的新说法"
    assert "尚未公开" not in json.dumps(page_data(the_version()), ensure_ascii=False)
    assert content["entries"][0]["title_zh"] in said


def test_a_publisher_without_name_is_in_no_index(app: Flask) -> None:
    release = make_published_release()
    version = the_version()
    content = json.loads(release.content or "")
    name = content["entries"][0]["publisher"]["name_zh"]
    publishers = page_data(version)["indexes"][2]["groups"]
    assert [group["name"] for group in publishers] == [name]
    content["entries"][0]["publisher"] |= {"anonymous": True, "name_zh": "匿名发布"}
    version.content = json.dumps(content)
    said = json.dumps(page_data(version), ensure_ascii=False)
    assert name not in json.dumps(page_data(version)["indexes"], ensure_ascii=False)
    assert "匿名发布" in said


def test_entries_without_zone_stand_in_the_index_under_their_district(app: Flask) -> None:
    make_published_release(entries=2)
    places, fields, _publishers = page_data(the_version())["indexes"]
    assert places["groups"] == [{"name": "东坡区", "entries": [0, 1]}]
    assert [group["entries"] for group in fields["groups"]] == [[0, 1]]


def test_a_long_entry_goes_over_pages_and_marks_in_a_text_stay_text(
    app: Flask,
) -> None:
    release = make_published_release()
    version = the_version()
    pages = count_pages(catalogue_work.compose(version).content)
    content = json.loads(release.content or "")
    (entry,) = content["entries"]
    entry["title_zh"] = "= #标题 [甲]"
    column = {"key": "a", "type": "text", "label_zh": "站点", "unit_zh": ""}
    long = {"type": "long_text", "value": "#set page(fill: red) $x$ *粗* <b> @引用 `甲` // 乙"}
    table = {"type": "table", "columns": [column], "value": [[f"站{n}"] for n in range(150)]}
    entry["details"] = [{"key": "k", "label_zh": "内容"} | part for part in (long, table)]
    version.content = json.dumps(content)
    composed = catalogue_work.compose(version).content
    assert set("=#[]$*<>@`/") <= characters_in(composed)
    assert count_pages(composed) >= pages + 2


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type/Page\b", opened(content)))
