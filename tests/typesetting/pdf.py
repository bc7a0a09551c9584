"""Reading back from a PDF what its readers are told: without a library, from its bytes."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def opened(content: bytes) -> bytes:
    """Return a PDF with every compressed part of it readable."""
    parts = [content]
    for packed in STREAM.findall(content):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


def fonts_in(content: bytes) -> set[str]:
    """Return the names of the embedded fonts, without the mark of their subset."""
    found = re.findall(rb"/FontName\s*/([A-Z]{6})\+([\w-]+)", opened(content))
    return {name.decode() for _subset, name in found}


def characters_in(content: bytes) -> set[str]:
    """Return the characters that can be copied out: what the fonts' maps lead back to."""
    maps = re.findall(rb"beginbfchar(.*?)endbfchar", opened(content), re.DOTALL)
    codes = [
        code for one in maps for code in re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", one)
    ]
    return set("".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes))
