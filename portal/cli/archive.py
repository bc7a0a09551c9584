"""One backup as one file: a tar.gz whose manifest names the SHA-256 of everything in it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class ArchiveError(Exception):
    """The file is no backup of ours, is damaged, or cannot be written; the message says which."""


def write_archive(target: Path, members: Iterable[tuple[str, Path]], about: dict[str, str]) -> None:
    """Write members (name in the archive, file) and a manifest to `target`, mode 0600.

    The file appears under its name only when it is complete. Raises ArchiveError when it exists.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists already: choose another name.")
    partial = target.with_name(f".{target.name}.partial")
    hashes = {}
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            for name, path in members:
                hashes[name] = add_member(tar, name, path)
            manifest = {"format": FORMAT, **about, "sha256": hashes}
            add_bytes(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    partial.rename(target)


def add_member(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file without its owner's name and return its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(file.fileno()).st_size
        entry.mode = 0o600
        entry.mtime = int(path.stat().st_mtime)
        tar.addfile(entry, file)
    return digest


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a small file from memory."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(content))


def unpack_archive(source: Path, target: Path) -> dict[str, Any]:
    """Unpack a backup into the empty folder `target` and return its manifest.

    Everything is checked against the manifest; nothing is written outside `target`.
    Raises ArchiveError when the file is unreadable, damaged or not a backup.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            hashes = {entry.name: unpack_member(tar, entry, target) for entry in tar}
    except (OSError, EOFError, zlib.error, tarfile.TarError) as problem:
        raise ArchiveError(f"{source} cannot be read as a backup: {problem}.") from problem
    if hashes.pop(MANIFEST, None) is None:
        raise ArchiveError(f"{source} is not a backup of this portal: it has no {MANIFEST}.")
    manifest: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
    if manifest.get("format") != FORMAT:
        raise ArchiveError(f"{source} has format {manifest.get('format')}, not {FORMAT}.")
    if manifest.get("sha256") != hashes:
        raise ArchiveError(f"{source} is damaged: its contents differ from its manifest.")
    return manifest


def unpack_member(tar: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> str:
    """Write one plain file of the archive under `target`, mode 0600; returns its SHA-256."""
    name = PurePosixPath(entry.name)
    content = tar.extractfile(entry) if entry.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise ArchiveError(f"{entry.name!r} does not belong into a backup: nothing was restored.")
    path = target.joinpath(*name.parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content, open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        shutil.copyfileobj(content, file, CHUNK)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()
