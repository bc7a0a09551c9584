"""Rule files as the engine holds them, kept by the digest of their text: a file is parsed once."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from portal.classification.criteria.library import read_text
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.vocabulary import Vocabulary, read_vocabulary

KEPT = 500  # versions; an installation has some twenty in force and a few drafts
_folder: list[Path] = []
_parsed: dict[str, Version] = {}


def set_fixtures(folder: Path) -> None:
    """Say where the facts a rule may read are listed; called once at start."""
    _folder[:] = [Path(folder)]
    _parsed.clear()


def vocabulary() -> Vocabulary:
    """Return the facts a rule may read; read once per process."""
    return _vocabulary(_folder[0])


@lru_cache(maxsize=4)
def _vocabulary(folder: Path) -> Vocabulary:
    return read_vocabulary(folder)


def canonical(content: bytes) -> str:
    """Return a file's text as it is kept: UTF-8 without mark, lines ended by \\n, none after the
    last. Raises UnicodeDecodeError."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n") + "\n"


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text as it is kept, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(digest: str, slug: str, text: str) -> Version:
    """Return the version a kept text describes; raises RuleFileError with file and line."""
    found = _parsed.get(digest)
    if found is None:
        found = read_text(text, f"{slug}.yaml", vocabulary())
        while len(_parsed) >= KEPT:
            _parsed.pop(next(iter(_parsed)), None)
        _parsed[digest] = found
    return found


def is_parsed(digest: str) -> bool:
    """Say whether a text was read already in this process, so that it need not be loaded."""
    return digest in _parsed


def known(digest: str) -> Version:
    """Return a version that was read already; raises KeyError."""
    return _parsed[digest]
