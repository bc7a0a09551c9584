"""Vocabulary of stored assessments."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

DIGEST_METHOD = "sha256"


class Verdict(StrEnum):
    """What a pre-check comes to."""

    MET = "met"
    UNMET = "unmet"
    UNDETERMINED = "undetermined"


class Gap(StrEnum):
    """What stands between an enterprise and all criteria of a version."""

    NONE = "none"
    JUDGEMENT = "judgement"
    DATA = "data"
    ONE = "one"
    ONE_AND_DATA = "one_and_data"
    MORE = "more"
    CLASS = "class"


VERDICT_NAMES = {
    Verdict.MET: _l("All criteria met on the data given"),
    Verdict.UNMET: _l("Not met on the data given"),
    Verdict.UNDETERMINED: _l("Cannot be determined yet"),
}
GAP_NAMES = {
    Gap.NONE: _l("All criteria met"),
    Gap.JUDGEMENT: _l("Only a reviewer’s judgement is open"),
    Gap.DATA: _l("Only data missing"),
    Gap.ONE: _l("One criterion short"),
    Gap.ONE_AND_DATA: _l("One criterion short, and data missing"),
    Gap.MORE: _l("Several criteria short"),
    Gap.CLASS: _l("Not for enterprises of this class"),
}
# What the list of near misses holds, and what it holds when asked for.
NEAR = (Gap.ONE, Gap.JUDGEMENT, Gap.DATA)
LISTED = (*NEAR, Gap.ONE_AND_DATA)
