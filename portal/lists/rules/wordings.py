"""Which wording of an entry is public, and what is different about it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.wordings import STANDS, WordingState


def stands(state: str, before: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    """Say whether a wording is the public one: agreed or decided, and what was sent in is still
    what it was written for."""
    return state in STANDS and all(sent.get(name) == value for name, value in before.items())


def changes(
    sent: Mapping[str, Any], worded: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs, as it was sent in and as it is to read."""
    differing = [name for name, value in worded.items() if value != sent.get(name)]
    return {n: sent.get(n, "") for n in differing}, {n: worded[n] for n in differing}


def pieces(before: str, after: str) -> Sequence[tuple[str, str]]:
    """Return a text as pieces: ('same' | 'gone' | 'new', text), character by character."""
    found: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", before[i1:i2]))
            continue
        if i2 > i1:
            found.append(("gone", before[i1:i2]))
        if j2 > j1:
            found.append(("new", after[j1:j2]))
    return found


def check_may_decide(state: str, answer_by: date, today: date) -> None:
    """Raise Refused unless the submitter objected, or the day for an answer has passed."""
    if state == WordingState.PROPOSED and today <= answer_by:
        raise Refused(
            _(
                "The submitter may answer until %(day)s: decide after an objection or that day",
                day=answer_by.isoformat(),
            )
        )
    if state not in (WordingState.PROPOSED, WordingState.OBJECTED):
        raise Refused(_("This wording was answered already: open the page again"))


def check_none_waits(titles: Sequence[str]) -> None:
    """Raise Refused while wordings wait for an answer or a decision."""
    if titles:
        raise Refused(
            _(
                "Proposed wordings are still open: %(titles)s. Await the consent, decide or give"
                " them up",
                titles=_("; ").join(titles[:5]),
            )
        )
