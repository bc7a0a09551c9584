"""What a proof report finds in one entry; pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.proofs import LINK_RESULT_NAMES, UNDECIDABLE, FindingKind, LinkResult

PUNCTUATION = re.compile(r"[\W_]+")


class Finding(NamedTuple):
    """One finding: at which field, in words, and the passage it is about."""

    kind: FindingKind
    field: str
    words: str
    passage: str

    @property
    def mark(self) -> str:
        """What a decision on the finding rests on: the same passage found again is the same."""
        text = "\n".join((self.kind, self.field, self.passage))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


def normal_title(title: str) -> str:
    """Return a title without what does not tell two apart: width, case, blanks, punctuation."""
    return PUNCTUATION.sub("", unicodedata.normalize("NFKC", title).lower())


def long_title(title: str, longest: int) -> Iterator[Finding]:
    """Yield a title that is longer than is read at a glance."""
    if len(title) > longest:
        words = _("%(length)d characters; up to %(longest)d are read at a glance")
        said = words % {"length": len(title), "longest": longest}
        yield Finding(FindingKind.LONG_TITLE, "title", said, title)


def unfair_phrases(texts: Mapping[str, str], phrases: Sequence[str]) -> Iterator[Finding]:
    """Yield each phrase of unfair competition that a text holds, blanks between characters or
    not."""
    for name, text in texts.items():
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        for phrase in phrases:
            place = plain.find(phrase)
            if place >= 0:
                around = plain[max(place - 12, 0) : place + len(phrase) + 12]
                said = _("“%(phrase)s” in: …%(around)s…", phrase=phrase, around=around)
                yield Finding(FindingKind.UNFAIR, name, said, phrase)


def over(closes_on: date | None, today: date) -> Iterator[Finding]:
    """Yield a closing date that is over before the entry is public."""
    if closes_on is not None and closes_on < today:
        said = _("%(day)s is over: nobody could take part any more", day=closes_on.isoformat())
        yield Finding(FindingKind.OVER, "closes_on", said, closes_on.isoformat())


def repeated(title: str, last_year: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the entry of last year of the same title; `last_year` holds numbers by normal
    title."""
    number = last_year.get(normal_title(title))
    if number is not None:
        said = _("The same title as %(number)s; mark it as continued if it is", number=number)
        yield Finding(FindingKind.REPEATED, "title", said, number)


def dead_links(
    links: Mapping[str, str], results: Mapping[str, tuple[str, Any]]
) -> Iterator[Finding]:
    """Yield the links that do not answer well; `results` are (result, day of the look)."""
    for name, address in links.items():
        result, day = results.get(address, ("", None))
        if result and result != LinkResult.OK:
            words = LINK_RESULT_NAMES[LinkResult(result)]
            said = _("%(words)s (looked at on %(day)s): %(address)s", words=words, day=day,
                     address=address)  # fmt: skip
            yield Finding(FindingKind.DEAD_LINK, name, said, address)


def notice_faults(field: str, address: Any, takes_interest: bool) -> Iterator[Finding]:
    """Yield what is wrong with an entry that must lead to an official notice."""
    if not address:
        said = _("The link to the official notice is missing")
        yield Finding(FindingKind.NOTICE, field, said, "")
    if takes_interest:
        said = _("It takes expressions of interest, which belong to the official procedure")
        yield Finding(FindingKind.NOTICE, field, said, "interest")


def check_decidable(kind: FindingKind, ground: str) -> None:
    """Raise Refused for what must be corrected instead, or without a ground."""
    if kind in UNDECIDABLE:
        raise Refused(_("This has to be corrected; it cannot be let stand"))
    if not ground.strip():
        raise Refused(_("Give the ground of this conclusion"), "ground")


def check_no_notice_missing(titles: Sequence[str]) -> None:
    """Raise Refused while a procurement lacks its official notice."""
    if titles:
        raise Refused(
            _(
                "The official notice has to be linked, and no interest taken: %(titles)s",
                titles=_("; ").join(titles[:5]),
            )
        )


def check_phrases_decided(count: int) -> None:
    """Raise Refused while phrases of unfair competition are not decided on."""
    if count:
        raise Refused(
            _(
                "Decide on the phrases of unfair competition in the proof report first:"
                " %(count)d are open",
                count=count,
            )
        )
