"""The carried fonts: compressed in the repository, unpacked once into the data folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import lzma
import os
import tempfile
from pathlib import Path

RECORD = "vendor.json"  # written by tools/vendor.py: "<font>=" says what it unpacks to
PACKED = ".xz"
CHUNK = 1024 * 1024


class FontsDamaged(Exception):
    """A carried font is missing or is not what its record says."""


def unpack(carried: Path, folder: Path) -> Path:
    """Return the folder with the fonts as the record names them, unpacking what is not there.

    Each stands there whole or not at all: two processes may do this at once, and one that is
    killed leaves nothing that is taken for a font. Raises FontsDamaged, OSError on a full disk.
    """
    record = (carried / RECORD).read_bytes()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ready = folder / hashlib.sha256(record).hexdigest()[:12]
    for name, digest in fonts_in(json.loads(record)).items():
        if not (ready / name).is_file():
            ready.mkdir(exist_ok=True, mode=0o700)
            unpack_one(packed_font(carried, name), digest, ready / name)
    return ready


def fonts_in(record: dict[str, object]) -> dict[str, str]:
    """Return each font's name with the SHA-256 of what it unpacks to."""
    return {name[:-1]: str(digest) for name, digest in record.items() if name.endswith("=")}


def packed_font(carried: Path, name: str) -> Path:
    """Return where a font lies compressed. Raises FontsDamaged where it does not."""
    found = next(carried.glob(f"*/{name}{PACKED}"), None)
    if found is None:
        raise FontsDamaged(f"{name}{PACKED} is missing")
    return found


def unpack_one(packed: Path, digest: str, to: Path) -> None:
    """Unpack a font beside its place and move it there once it is what its digest says."""
    sha = hashlib.sha256()
    handle, draft = tempfile.mkstemp(dir=to.parent, prefix=".")
    try:
        with open(handle, "wb") as out, lzma.open(packed) as source:
            while chunk := source.read(CHUNK):
                sha.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if sha.hexdigest() != digest:
            raise FontsDamaged(f"{packed.name} is not what its record says")
        os.replace(draft, to)
    except (lzma.LZMAError, EOFError) as error:
        raise FontsDamaged(f"{packed.name} cannot be unpacked") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
