"""The yearly confirmation: one tick, one act."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import Required, TickField, VersionedForm


class ConfirmationForm(VersionedForm):
    still_true = TickField(
        _l("Everything above is still true"),
        [Required(_l("Tick that everything is still true, or change first what is not"))],
    )
