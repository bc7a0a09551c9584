"""Saying that a likely pair is two enterprises."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import CleanedTextField, Form, Required


class DismissForm(Form):
    """Why the two records of a pair are two enterprises."""

    ground = CleanedTextField(
        _l("Why these are two enterprises"),
        [Required(_l("Say why these are two enterprises"))],
        longest=500,
        description=_l("The pair stays dismissed until one of the names changes"),
    )
