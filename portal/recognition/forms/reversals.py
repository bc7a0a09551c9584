"""Forms by which officers reverse a decision."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import CleanedTextField, Optional, RadioField, Required, VersionedForm


class AskForm(VersionedForm):
    """Why a decision is to be reversed."""

    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Give the ground: the enterprise reads it"))],
        longest=500,
        description=_l("With the facts or the document it rests on; the enterprise reads it"),
    )


class ConfirmForm(VersionedForm):
    """The second officer's decision."""

    decision = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            ("confirm", _l("Confirm: the decision is reversed at once")),
            ("decline", _l("Decline: the decision stands")),
        ],
    )
    opinion = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=500,
        description=_l("Needed when you decline; the officer who asked reads it"),
    )
