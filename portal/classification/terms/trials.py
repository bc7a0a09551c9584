"""Vocabulary of trials: what would become of the registry if the rules changed."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class TrialState(StrEnum):
    """How far a trial is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Outcome(StrEnum):
    """How an enterprise would stand otherwise than now."""

    GAINS = "gains"
    LOSES = "loses"
    OPENS = "opens"
    RULED_OUT = "ruled_out"


TRIAL_STATE_NAMES = {
    TrialState.RUNNING: _l("Running"),
    TrialState.DONE: _l("Finished"),
    TrialState.FAILED: _l("Stopped"),
}
OUTCOME_NAMES = {
    Outcome.GAINS: _l("Would meet the conditions"),
    Outcome.LOSES: _l("Would no longer meet them"),
    Outcome.OPENS: _l("Would become undetermined"),
    Outcome.RULED_OUT: _l("Undetermined so far, would not meet them"),
}
VERDICT_NAMES = {
    "met": _l("Conditions met"),
    "unmet": _l("Conditions not met"),
    "undetermined": _l("Undetermined"),
}
