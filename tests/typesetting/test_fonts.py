"""Fonts unpacked from the repository: whole or not at all, whoever does it and whatever happens."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import ROOT
from portal.typesetting import FontsDamaged
from portal.typesetting.coverage import Fitting
from portal.typesetting.fonts import unpack

CONTENT = b"as good as a font" * 100_000


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """A folder that carries one small font."""
    folder = tmp_path / "carried"
    (folder / "noto").mkdir(parents=True)
    (folder / "noto" / "Sample.ttf.xz").write_bytes(lzma.compress(CONTENT))
    record = {"Sample.ttf=": hashlib.sha256(CONTENT).hexdigest(), "noto/Sample.ttf.xz": "…"}
    (folder / "vendor.json").write_text(json.dumps(record))
    return folder


def left_in(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_font_is_unpacked_once(carried: Path, tmp_path: Path) -> None:
    ready = unpack(carried, tmp_path / "data")
    assert (ready / "Sample.ttf").read_bytes() == CONTENT
    (carried / "noto" / "Sample.ttf.xz").unlink()
    assert unpack(carried, tmp_path / "data") == ready
    assert left_in(tmp_path / "data") == ["Sample.ttf"]


def test_a_font_that_was_lost_is_unpacked_again(carried: Path, tmp_path: Path) -> None:
    (unpack(carried, tmp_path / "data") / "Sample.ttf").unlink()
    assert (unpack(carried, tmp_path / "data") / "Sample.ttf").read_bytes() == CONTENT


def test_two_at_once_leave_one_whole_font(carried: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        folders = list(pool.map(lambda _n: unpack(carried, tmp_path / "data"), range(8)))
    assert len(set(folders)) == 1
    assert left_in(tmp_path / "data") == ["Sample.ttf"]
    assert (folders[0] / "Sample.ttf").read_bytes() == CONTENT


def test_new_fonts_get_a_folder_of_their_own(carried: Path, tmp_path: Path) -> None:
    before = unpack(carried, tmp_path / "data")
    (carried / "noto" / "Sample.ttf.xz").write_bytes(lzma.compress(b"newer"))
    record = {"Sample.ttf=": hashlib.sha256(b"newer").hexdigest()}
    (carried / "vendor.json").write_text(json.dumps(record))
    after = unpack(carried, tmp_path / "data")
    assert (before / "Sample.ttf").read_bytes() == CONTENT
    assert (after / "Sample.ttf").read_bytes() == b"newer"


@pytest.mark.parametrize(
    "packed", [lzma.compress(b"another font"), lzma.compress(CONTENT)[:-50], b"no archive"]
)
def test_a_damaged_font_is_never_put_in_place(carried: Path, tmp_path: Path, packed: bytes) -> None:
    (carried / "noto" / "Sample.ttf.xz").write_bytes(packed)
    with pytest.raises(FontsDamaged):
        unpack(carried, tmp_path / "data")
    assert left_in(tmp_path / "data") == []


def test_a_missing_font_is_named(carried: Path, tmp_path: Path) -> None:
    (carried / "noto" / "Sample.ttf.xz").unlink()
    with pytest.raises(FontsDamaged, match=r"Sample\.ttf\.xz is missing"):
        unpack(carried, tmp_path / "data")


def test_a_full_disk_leaves_nothing(
    carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        unpack(carried, tmp_path / "data")
    assert left_in(tmp_path / "data") == []


def test_the_carried_fonts_have_what_names_of_enterprises_use(tmp_path: Path) -> None:
    ready = unpack(ROOT / "fonts", tmp_path)
    for path in ready.glob("*.ttf"):
        fitting = Fitting([path])
        assert fitting.fit({"名": ["眉山（示例）·Ａ㛃𫚖䶮", 3]}) == {
            "名": ["眉山（示例）·Ａ㛃𫚖䶮", 3]
        }
        assert fitting.fit_text("𠮷〓") == "〓〓"
        assert list(fitting.missing) == ["𠮷"]
