"""Handing a record over, and taking it over by a code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import CleanedStringField, Form, Required


class CodeDecisionForm(Form):
    """Issues or voids a code."""


class HandOverForm(Form):
    """The code in the bureau's letter."""

    code = CleanedStringField(
        _l("Hand-over code"),
        [Required(_l("Enter the code in the letter"))],
        longest=40,
        description=_l("16 letters and figures; hyphens and small letters make no difference"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
