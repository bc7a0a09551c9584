"""Issuing a certificate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import CleanedTextField, Required, VersionedForm


class IssueForm(VersionedForm):
    """Issues the first certificate; carries how many there were when it was opened: none."""


class RenewForm(IssueForm):
    """Issues another certificate, and says why."""

    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Say why another certificate is issued"))],
        longest=500,
        description=_l("With what it rests on, such as the change of the name"),
    )
