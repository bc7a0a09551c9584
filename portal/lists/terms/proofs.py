"""Vocabulary of the proof report."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class FindingKind(StrEnum):
    """What the proof report finds."""

    MISSING = "missing"
    NOTICE = "notice"
    UNFAIR = "unfair"
    CLAIM = "claim"
    REPEATED = "repeated"
    DEAD_LINK = "dead_link"
    LONG_TITLE = "long_title"
    OVER = "over"


FINDING_NAMES = {
    FindingKind.MISSING: _l("Missing or wrong"),
    FindingKind.NOTICE: _l("Official notice of a procurement"),
    FindingKind.UNFAIR: _l("Phrase of unfair competition"),
    FindingKind.CLAIM: _l("Title claimed that is not valid"),
    FindingKind.REPEATED: _l("Like an entry of last year"),
    FindingKind.DEAD_LINK: _l("Dead link"),
    FindingKind.LONG_TITLE: _l("Long title"),
    FindingKind.OVER: _l("Closing date before the release"),
}


UNDECIDABLE = frozenset({FindingKind.MISSING, FindingKind.NOTICE})


class LinkResult(StrEnum):
    """What a look at a public address came to."""

    OK = "ok"
    DEAD = "dead"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


LINK_RESULT_NAMES = {
    LinkResult.OK: _l("Answers"),
    LinkResult.DEAD: _l("Answers that there is no such page"),
    LinkResult.UNREACHABLE: _l("Gives no good answer"),
    LinkResult.REFUSED: _l("Not looked at: no public address"),
}
