"""Acts that need no more than what was seen, or a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    CleanedTextField,
    Required,
    VersionedForm,
)


class ActForm(VersionedForm):
    """One act on what was seen; needs nothing else."""


class ReasonForm(VersionedForm):
    """An act that is explained to those it concerns."""

    reason = CleanedTextField(_l("Reason"), [Required(_l("Give the reason"))], longest=300)
