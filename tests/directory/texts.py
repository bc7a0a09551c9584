"""What a page or a file says, as text."""

from __future__ import annotations

import io
import zipfile


def text_of(content: bytes) -> str:
    """Return the text of a page or a file, a workbook's with all its parts."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    return content.decode("utf-8")
