"""Chinese text in one spelling: widths, scripts, and what names of enterprises have in common.

OpenCC's dictionaries are loaded at first use: most processes never need them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

# Legal forms a name may end in, the longest first; the Company Law and its predecessors.
LEGAL_FORMS = (
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "个人独资企业",
    "农民专业合作社",
    "专业合作社",
    "合伙企业",
    "公司",
)
SHORTEST_CORE = 2  # characters a name keeps whatever is taken off
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PUNCTUATION = re.compile(r"[\W_]+")


class Name(NamedTuple):
    """A name in one spelling, and its core without place and legal form."""

    full: str
    core: str


@cache
def _simplifier() -> Any:
    """Traditional → simplified; loaded at first use."""
    import opencc  # noqa: PLC0415

    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Simplified characters for traditional ones; anything else unchanged."""
    return text if text.isascii() else str(_simplifier().convert(text))


def sort_key(name: str) -> str:
    """Return what Chinese names are sorted by: pinyin. Its 56 MB of dictionaries are loaded at
    first use, so that a process that only answers pages never holds them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return " ".join(lazy_pinyin(name))[:200]


def one_spelling(text: str) -> str:
    """Return a text in half width, lower case and simplified characters.

    What GB 2312 can write is simplified already: most names never load the dictionaries.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    try:
        folded.encode("gb2312")
    except UnicodeEncodeError:
        return simplify(folded)
    return folded


def normal_name(name: str, places: Sequence[str] = (), remarks: Sequence[str] = ()) -> Name:
    """Return a name in one spelling: widths, brackets, blanks and scripts alike.

    The core leaves out `places` in front or in brackets, the legal form at the end, and
    `remarks` in brackets, which say nothing of who it is. Places are taken longest first.
    """
    text = one_spelling(name)
    for inside in _IN_BRACKETS.findall(text):
        if inside in remarks:
            text = text.replace(f"({inside})", "")
    full = _PUNCTUATION.sub("", text)
    for inside in _IN_BRACKETS.findall(text):
        if inside in places:
            text = text.replace(f"({inside})", "")
    core = without_places(without_form(_PUNCTUATION.sub("", text)), places)
    return Name(full, core)


def without_form(text: str) -> str:
    """Return a name without the legal form it ends in."""
    for form in LEGAL_FORMS:
        if text.endswith(form) and len(text) - len(form) >= SHORTEST_CORE:
            return text.removesuffix(form)
    return text


def without_places(text: str, places: Sequence[str]) -> str:
    """Return a name without the places in front of it."""
    ordered = sorted(places, key=len, reverse=True)
    found = True
    while found:
        found = False
        for place in ordered:
            if text.startswith(place) and len(text) - len(place) >= SHORTEST_CORE:
                text, found = text.removeprefix(place), True
                break
    return text


def differ_by_one(one: str, other: str) -> bool:
    """Say whether two texts differ in exactly one character: another, one more or one less."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    return one[start:] == other[start + 1 :]
