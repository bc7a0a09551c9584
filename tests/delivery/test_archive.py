"""A backup file is whole, private, and never writes outside its folder."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from portal.cli.archive import ArchiveError, unpack_archive, write_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    letter = tmp_path / "letter"
    letter.write_text("盖章件")
    target = tmp_path / "backup.tar.gz"
    write_archive(target, [("data/files/letter", letter)], {"made_at": "2025-01-01"})
    return target


def tar_of(path: Path, *entries: tarfile.TarInfo) -> Path:
    """Write a tar.gz of hand-made entries, each with the content its size asks for."""
    with tarfile.open(path, "w:gz") as tar:
        for entry in entries:
            tar.addfile(entry, io.BytesIO(b"x" * entry.size))
    return path


def test_round_trip(archive: Path, tmp_path: Path) -> None:
    manifest = unpack_archive(archive, tmp_path / "out")
    assert manifest["made_at"] == "2025-01-01"
    assert (tmp_path / "out/data/files/letter").read_text() == "盖章件"
    assert (tmp_path / "out/data/files/letter").stat().st_mode & 0o777 == 0o600


def test_only_its_owner_reads_it_and_nothing_unfinished_is_left(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    assert not list(archive.parent.glob(".*.partial"))


def test_an_existing_file_is_not_overwritten(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(ArchiveError, match="exists already"):
        write_archive(archive, [], {})
    assert archive.read_bytes() == before


def test_no_name_is_taken_by_an_interrupted_backup(tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    with pytest.raises(FileNotFoundError):
        write_archive(target, [("database", tmp_path / "absent")], {})
    assert not target.exists()


@pytest.mark.parametrize("length", [0, 40, 200])
def test_a_truncated_file_is_refused(archive: Path, tmp_path: Path, length: int) -> None:
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(ArchiveError, match="backup"):
        unpack_archive(archive, tmp_path / "out")


def test_changed_contents_are_refused(archive: Path, tmp_path: Path) -> None:
    manifest = json.dumps({"format": 1, "sha256": {"database": "0" * 64}}).encode()
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in (("database", b"other"), ("manifest.json", manifest)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    with pytest.raises(ArchiveError, match="damaged"):
        unpack_archive(archive, tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "data/../../outside"])
def test_a_path_leading_outside_is_refused(tmp_path: Path, name: str) -> None:
    source = tar_of(tmp_path / "bad.tar.gz", tarfile.TarInfo(name))
    with pytest.raises(ArchiveError, match="does not belong"):
        unpack_archive(source, tmp_path / "deep" / "out")
    assert not (tmp_path / "deep" / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    entry = tarfile.TarInfo("data/link")
    entry.type, entry.linkname = kind, "/etc/passwd"
    with pytest.raises(ArchiveError, match=r"does not belong|cannot be read"):
        unpack_archive(tar_of(tmp_path / "bad.tar.gz", entry), tmp_path / "out")


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    source = tar_of(tmp_path / "other.tar.gz", tarfile.TarInfo("readme"))
    with pytest.raises(ArchiveError, match="not a backup"):
        unpack_archive(source, tmp_path / "out")
