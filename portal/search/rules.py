"""What may stand in a group of words, and what must not stand in a wish; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _

from portal.errors import Refused
from portal.search.analysis import compact, normalise

FEWEST, MOST = 2, 20  # words of a group
LONGEST = 40  # characters of a word
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")
MAIL = re.compile(r"\S+@\S+\.\S+")


def words_in(text: str) -> list[str]:
    """Return the words of a text, one to a line or between commas, each spelling once."""
    parts = [part.strip() for part in re.split(r"[\n,，、;；]", text)]
    return list({normalise(part): part for part in reversed(parts) if part}.values())[::-1]


def check_words(words: Sequence[str], taken: Mapping[str, Iterable[str]]) -> None:
    """Raise Refused unless the words can stand for each other. `taken` are the words of the other
    groups by normalised form."""
    if not FEWEST <= len(words) <= MOST:
        raise Refused(_("A group has 2 to 20 words: write them one to a line"), "words")
    for word in words:
        if not compact(word) or len(word) > LONGEST:
            raise Refused(
                _("“%(word)s” is no word of at most 40 characters", word=word[:LONGEST]), "words"
            )
        if normalise(word) in taken:
            others = _(", ").join(taken[normalise(word)])
            raise Refused(
                _("“%(word)s” stands already with %(others)s", word=word, others=others), "words"
            )


def check_nobody_named(text: str) -> None:
    """Raise Refused when a wish holds a number or address at which somebody can be reached."""
    if PHONE.search(text) or MAIL.search(text):
        raise Refused(
            _("Leave out telephone numbers and mail addresses: nobody answers to them here"), "text"
        )
