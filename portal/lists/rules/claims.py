"""Which titles a text claims; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

MARKS = re.compile(r"[\s“”\"'‘’「」《》]+")  # 专精特新“小巨人” and 专精特新小巨人 say the same


def claimed_in(texts: Iterable[str], words: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the slugs of the titles that texts name; `words` holds by slug what names each.

    Where one name stands within a longer one, only the longer is claimed.
    """
    plain = MARKS.sub("", "\n".join(texts)).lower()
    named = sorted(
        ((MARKS.sub("", word).lower(), slug) for slug, said in words.items() for word in said),
        key=lambda pair: (-len(pair[0]), pair[1]),
    )
    found = set()
    for word, slug in named:
        if word and word in plain:
            found.add(slug)
            plain = plain.replace(word, "\0")
    return found
