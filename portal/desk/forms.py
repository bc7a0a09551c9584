"""The desk's own forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import ChoiceField, CleanedStringField, Form, Optional, Required


class ReasonForm(Form):
    """A new sentence officers use often."""

    field = ChoiceField(_l("For"), [Optional()])
    text = CleanedStringField(_l("Reason"), [Required(_l("Write the reason"))], longest=300)


class RewordForm(Form):
    """Other words for a sentence."""

    text = CleanedStringField(_l("Reason"), [Required(_l("Write the reason"))], longest=300)
