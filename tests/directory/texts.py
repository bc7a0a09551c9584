"""What a page or a file says, as text."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """Return the text of a page or a file, a workbook's with all its parts,
    a PDF's of all its pages."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8")
