"""What people type, put right before it is checked: never more than form and blanks."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Full-width letters and digits become plain ones; full-width punctuation is right in Chinese.
NARROW = {n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F) if chr(n - 0xFEE0).isalnum()}
ADDRESS = re.compile(r"https?://[^\s/@\\<>\"]+\.[^\s@\\<>\"]+")
# What turns the direction of reading round: a name may look like another one with it.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


def clean_text(text: str) -> str:
    """Return text as one line or several: composed, plain letters and digits, trimmed."""
    text = unicodedata.normalize("NFC", text).translate(UNSEEN).translate(NARROW)
    lines = [line.replace("\u3000", " ").strip() for line in text.splitlines()]
    return "\n".join(lines).strip()


def clean_line(text: str) -> str:
    """Return text on one line, runs of blanks made one."""
    return " ".join(clean_text(text).split())


def clean_code(text: str) -> str:
    """Return a code or number: plain forms, no blanks and no separators of thousands."""
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text).translate(UNSEEN))


def clean_address(text: str) -> str:
    """Return a web address; https:// is put before a bare host."""
    text = unicodedata.normalize("NFKC", text).translate(UNSEEN).strip()
    return f"https://{text}" if text and "://" not in text else text


def is_address(text: str) -> bool:
    """Say whether a text is a web address."""
    return ADDRESS.fullmatch(text) is not None
