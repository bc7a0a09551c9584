"""Pure decisions on reversals: which decisions can be reversed, to what, and by whom."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.errors import NotAllowed, Refused
from portal.recognition.terms.applications import AppState

# What a reversal makes of an ended application: a recognition is undone, anything else is
# reviewed once more by the department in charge.
BECOMES: dict[str, AppState] = {
    AppState.RECOGNISED: AppState.REVERSED,
    AppState.DECLINED: AppState.REVIEW,
    AppState.LAPSED: AppState.REVIEW,
}


def check_reversible(state: str) -> None:
    """Raise Refused for an application without a decision that could be reversed."""
    if state not in BECOMES:
        raise Refused(_("There is no decision on this application that could be reversed"))


def check_second(person_id: int, asked_by_id: int, decided_by_id: int | None) -> None:
    """Raise NotAllowed for who proposed the reversal or took the decision it is about."""
    if person_id == asked_by_id:
        raise NotAllowed(_("You proposed this reversal yourself: a second officer decides on it"))
    if person_id == decided_by_id:
        raise NotAllowed(
            _("You took the decision that is to be reversed: another officer decides on it")
        )


def check_decline(opinion: str) -> None:
    """Raise Refused at `opinion` when it is not said why the decision is upheld."""
    if not opinion.strip():
        raise Refused(_("Say why the decision stands"), "opinion")
