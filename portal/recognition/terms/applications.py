"""Vocabulary of applications for a title the city grants itself."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class AppState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    FIRST_REVIEW = "first_review"
    REVIEW = "review"
    RETURNED = "returned"
    CONSULTING = "consulting"
    PROPOSED = "proposed"
    NOTICED = "noticed"
    CONTESTED = "contested"
    RECOGNISED = "recognised"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVERSED = "reversed"


APP_STATE_NAMES = {
    AppState.DRAFT: _l("Draft"),
    AppState.FIRST_REVIEW: _l("First review"),
    AppState.REVIEW: _l("Under review"),
    AppState.RETURNED: _l("Returned for correction"),
    AppState.CONSULTING: _l("Opinions being asked"),
    AppState.PROPOSED: _l("Proposed for recognition"),
    AppState.NOTICED: _l("Public notice running"),
    AppState.CONTESTED: _l("Objection being examined"),
    AppState.RECOGNISED: _l("Recognised"),
    AppState.DECLINED: _l("Not recognised"),
    AppState.WITHDRAWN: _l("Withdrawn"),
    AppState.LAPSED: _l("Lapsed, not corrected in time"),
    AppState.REVERSED: _l("Recognition reversed"),
}
EDITABLE = frozenset({AppState.DRAFT, AppState.RETURNED})
UNDER_WAY = frozenset(
    {
        AppState.FIRST_REVIEW,
        AppState.REVIEW,
        AppState.RETURNED,
        AppState.CONSULTING,
        AppState.PROPOSED,
        AppState.NOTICED,
        AppState.CONTESTED,
    }
)
ENDED = frozenset(AppState) - EDITABLE - UNDER_WAY
REVIEWED = frozenset({AppState.REVIEW, AppState.CONSULTING})


class Step(StrEnum):
    """What an officer may decide in a review."""

    PASS_ON = "pass_on"
    ASK_BODIES = "ask_bodies"
    PROPOSE = "propose"
    RETURN = "return"
    DECLINE = "decline"


STEP_NAMES = {
    Step.PASS_ON: _l("Pass on to the department in charge"),
    Step.ASK_BODIES: _l("Ask bodies for their opinion"),
    Step.PROPOSE: _l("Propose for recognition"),
    Step.RETURN: _l("Return for correction"),
    Step.DECLINE: _l("Do not recognise"),
}
STEPS_IN: dict[AppState, tuple[Step, ...]] = {
    AppState.FIRST_REVIEW: (Step.PASS_ON, Step.RETURN, Step.DECLINE),
    AppState.REVIEW: (Step.ASK_BODIES, Step.PROPOSE, Step.RETURN, Step.DECLINE),
    AppState.CONSULTING: (Step.PROPOSE, Step.RETURN, Step.DECLINE),
}
# A renewal is reviewed by one officer of the department in charge and decided by another.
RENEWAL_STEPS: dict[AppState, tuple[Step, ...]] = {
    AppState.REVIEW: (Step.PROPOSE, Step.RETURN, Step.DECLINE),
}
