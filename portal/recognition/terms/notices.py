"""Vocabulary of public notices and objections."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class ObjectionResult(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"
    REJECTED = "rejected"


RESULT_NAMES = {
    ObjectionResult.UPHELD: _l("The objection holds: the enterprise is not recognised"),
    ObjectionResult.REJECTED: _l("The objection does not hold: the notice goes on"),
}
