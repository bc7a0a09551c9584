"""Vocabulary of the plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

OBSERVATION_ACTS = {
    "record_observation": _l("Value recorded"),
    "approve_observation": _l("Value approved"),
}
