"""A part of the review sheet."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.reviews import CONCLUSION_NAMES, CONCLUSIONS_OF, PART_NAMES, Part
from portal.web.forms import (
    CleanedTextField,
    Form,
    PlainHiddenField,
    RadioField,
    Required,
)


class ReviewForm(Form):
    """What one part concludes, on the content whose code was shown."""

    seen_code = PlainHiddenField()
    part = RadioField(_l("Part of the sheet"), [Required(_l("Choose the part"))])
    conclusion = RadioField(
        _l("Conclusion"),
        [Required(_l("Choose a conclusion"))],
        choices=[(str(one), name) for one, name in CONCLUSION_NAMES.items()],
    )
    ground = CleanedTextField(
        _l("Ground"),
        [Optional()],
        longest=1000,
        description=_l("Needed where something was not passed or does not apply"),
    )

    def offer(self, parts: list[Part]) -> None:
        """Offer the parts the officer may give, with the conclusions they know."""
        self.part.offer([(str(part), PART_NAMES[part]) for part in parts])
        known = {one for part in parts for one in CONCLUSIONS_OF[part]}
        self.conclusion.offer(
            [(str(one), name) for one, name in CONCLUSION_NAMES.items() if one in known]
        )
