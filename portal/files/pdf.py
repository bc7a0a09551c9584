"""Whether a PDF can be opened by who has to read it."""

from __future__ import annotations

import mmap
from pathlib import Path

ENCRYPTED = b"/Encrypt"


def needs_password(path: Path) -> bool:
    """Say whether a PDF opens with a password only.

    One that is merely protected against copying or printing opens without; of a damaged one the
    reader will see that it is damaged.
    """
    if not mentions_encryption(path):
        return False
    from pypdf import PdfReader  # noqa: PLC0415 - a heavy library, for a rare file
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        with path.open("rb") as stream:
            reader = PdfReader(stream)
            return reader.is_encrypted and not reader.decrypt("")
    except (PyPdfError, NotImplementedError, ValueError, KeyError, TypeError):
        return False


def mentions_encryption(path: Path) -> bool:
    """Say whether the mark of an encrypted PDF stands anywhere in a file, without reading it in."""
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return content.find(ENCRYPTED) >= 0
