"""PDFs that only open with a password are refused; protection against copying is no reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfWriter

from portal import files
from portal.errors import Refused
from tests.files.factories import PDF

ALGORITHMS = ("RC4-128", "AES-128", "AES-256")


def encrypted(password: str, algorithm: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def take(app: Flask, content: bytes) -> None:
    folder = Path(app.config["FILES"])
    with files.receiving(folder, io.BytesIO(content), "证明.pdf", field="proof"):
        pass


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_with_a_password_is_refused_with_what_to_do(app: Flask, algorithm: str) -> None:
    with pytest.raises(Refused, match="去掉密码另存") as said:
        take(app, encrypted("geheim", algorithm))
    assert said.value.field == "proof"
    assert not [path for path in Path(app.config["FILES"]).rglob("*") if path.is_file()]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_protected_against_copying_alone_is_taken(app: Flask, algorithm: str) -> None:
    take(app, encrypted("", algorithm))


@pytest.mark.parametrize("content", [PDF, PDF + b"/Encrypt", b"%PDF-1.7 /Encrypt 5 0 R\n%%EOF"])
def test_what_only_speaks_of_encryption_is_taken(app: Flask, content: bytes) -> None:
    take(app, content)
