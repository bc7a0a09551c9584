"""Pure decisions on applications: which state follows which, what is complete, what was missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.recognition.terms.applications import EDITABLE, ENDED, AppState

FOLLOWS: dict[AppState, frozenset[AppState]] = {
    AppState.DRAFT: frozenset({AppState.FIRST_REVIEW, AppState.REVIEW, AppState.WITHDRAWN}),
    AppState.FIRST_REVIEW: frozenset(
        {AppState.REVIEW, AppState.RETURNED, AppState.DECLINED, AppState.WITHDRAWN}
    ),
    AppState.REVIEW: frozenset(
        {
            AppState.CONSULTING,
            AppState.PROPOSED,
            AppState.RETURNED,
            AppState.DECLINED,
            AppState.WITHDRAWN,
        }
    ),
    AppState.RETURNED: frozenset(
        {AppState.FIRST_REVIEW, AppState.REVIEW, AppState.LAPSED, AppState.WITHDRAWN}
    ),
    AppState.CONSULTING: frozenset(
        {AppState.PROPOSED, AppState.RETURNED, AppState.DECLINED, AppState.WITHDRAWN}
    ),
    AppState.PROPOSED: frozenset(
        {AppState.NOTICED, AppState.RECOGNISED, AppState.DECLINED, AppState.WITHDRAWN}
    ),
    AppState.NOTICED: frozenset(
        {AppState.CONTESTED, AppState.RECOGNISED, AppState.DECLINED, AppState.WITHDRAWN}
    ),
    AppState.CONTESTED: frozenset({AppState.NOTICED, AppState.DECLINED, AppState.WITHDRAWN}),
    AppState.RECOGNISED: frozenset({AppState.REVERSED}),
    AppState.DECLINED: frozenset({AppState.REVIEW}),
    AppState.LAPSED: frozenset({AppState.REVIEW}),
    AppState.WITHDRAWN: frozenset(),
    AppState.REVERSED: frozenset(),
}


def check_follows(before: str, after: AppState) -> None:
    """Raise Refused for a state that may not follow the present one."""
    if after not in FOLLOWS[AppState(before)]:
        raise Refused(_("The application has moved on since you opened it: open its page again"))


def check_editable(state: str) -> None:
    """Raise Refused, saying why, when the enterprise may no longer change its application."""
    if state in EDITABLE:
        return
    if state in ENDED:
        raise Refused(_("This application has ended and stays as it is"))
    raise Refused(
        _("The application is with the officers: it can be changed only if it is returned to you")
    )


def missing_documents(
    documents: Sequence[dict[str, Any]], handed_in: Collection[str]
) -> list[dict[str, Any]]:
    """Return the required documents that were not handed in, in the order of the call."""
    return [one for one in documents if one["required"] and one["slug"] not in handed_in]


def check_complete(
    statement: str, missing: Sequence[str], declared: bool, *, longest_list: int = 5
) -> None:
    """Raise Refused at the first thing that keeps an application from being submitted."""
    if missing:
        names = _("; ").join(missing[:longest_list])
        raise Refused(_("These documents are still missing: %(names)s", names=names))
    if not statement.strip():
        raise Refused(_("Write what speaks for the recognition, then submit"), "statement")
    if not declared:
        raise Refused(_("Tick that the facts and documents are true and complete"), "declared")


def is_missed(correct_by: date | None, today: date) -> bool:
    """Say whether the day for a correction has passed; the day itself is still in time."""
    return correct_by is not None and correct_by < today


def check_correction_day(day: date, today: date) -> None:
    """Raise Refused unless the enterprise has at least the rest of tomorrow to correct."""
    if day <= today:
        raise Refused(_("Give the enterprise at least until tomorrow to correct"), "correct_by")


def check_words(words: str, field: str = "ground") -> None:
    """Raise Refused at a field where a decision needs words and has none."""
    if not words.strip():
        raise Refused(_("Give the ground: the enterprise reads it"), field)
