"""Issuing a certificate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import CleanedTextField, Optional, VersionedForm


class IssueForm(VersionedForm):
    """Carries how many certificates there were when it was opened, and why there is to be
    another."""

    ground = CleanedTextField(
        _l("Ground"),
        [Optional()],
        longest=500,
        description=_l("With what it rests on, such as the change of the name"),
    )
