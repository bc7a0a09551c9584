"""The facts of the city: complete, and nothing in code."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from config import ROOT
from portal.web.site import Site, SiteError, load_site

PATH = ROOT / "fixtures" / "site.yaml"


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(PATH)


def changed(tmp_path: Path, **facts: object) -> Path:
    """Write the site file with some facts changed; None leaves one out."""
    whole = yaml.safe_load(PATH.read_text(encoding="utf-8")) | facts
    path = tmp_path / "site.yaml"
    kept = {name: value for name, value in whole.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return path


def test_both_lead_bodies_stand_in_order(site: Site) -> None:
    assert [body.name_zh for body in site.organisers] == [
        "眉山市经济合作局",
        "眉山市经济和信息化局",
    ]


def test_numbers_are_made_from_patterns(site: Site) -> None:
    mark = site.numbers.marks["opportunity"]
    number = site.numbers.entry.format(mark=mark, year=2025, release=3, serial=12)
    assert number == "MS-JH-2025-03-012"
    assert site.numbers.submission.format(year=2025, serial=431) == "S2025-0431"


def test_an_abolished_division_names_the_district_of_today(site: Site) -> None:
    assert site.divisions.district("511422") == "pengshan"
    assert site.divisions.district("511402") == "dongpo"
    assert site.divisions.district("511181") is None


def test_every_district_has_its_own_tile(site: Site) -> None:
    cells = [(tile.row, tile.column) for tile in (*site.tiles, site.citywide_tile)]
    assert len(set(cells)) == len(cells)
    assert {tile.district for tile in site.tiles} == set(site.divisions.current.values())


def test_the_images_are_there(site: Site) -> None:
    assert (ROOT / "static" / site.seal).is_file()
    assert (ROOT / "static" / site.wordmark).is_file()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"domain": None}, "missing domain"),
        ({"mayor": "x"}, "unknown mayor"),
        ({"domain": 5}, r"site.yaml.domain: 5"),
        ({"tiles": [{"row": 1, "column": 1}]}, r"tiles\[0\]: missing district"),
        ({"city": "x"}, "site.yaml.city: missing"),
    ],
)
def test_a_wrong_file_is_named_by_its_fact(
    tmp_path: Path, facts: dict[str, object], said: str
) -> None:
    with pytest.raises(SiteError, match=said):
        load_site(changed(tmp_path, **facts))
