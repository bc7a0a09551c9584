"""Forms about people and their rights."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.terms import RIGHT_NAMES
from portal.web.forms import (
    ChoiceField,
    CleanedStringField,
    DateField,
    Form,
    Optional,
    Required,
    TickField,
)


class FindPersonForm(Form):
    """Looking for somebody by an identifier or a name."""

    who = CleanedStringField(
        _l("Find a person"),
        [Required(_l("Enter a whole mail address or phone number, or a part of a name"))],
        description=_l("A whole mail address or phone number, or at least two letters of a name"),
    )


class RightForm(Form):
    """Giving a right."""

    right = ChoiceField(
        _l("Right"),
        [Required(_l("Choose the right"))],
        choices=[("", _l("Choose")), *((str(right), name) for right, name in RIGHT_NAMES.items())],
    )
    department = ChoiceField(_l("For which department"), [Required(_l("Choose the department"))])
    district = ChoiceField(
        _l("Limited to a district"),
        [Optional()],
        description=_l("Without district and zone the right holds in the whole city"),
    )
    zone = ChoiceField(_l("Limited to a zone"), [Optional()])
    valid_from = DateField(_l("First day"), [Required(_l("Enter the first day"))])
    valid_until = DateField(
        _l("Until the day"), [Optional()], description=_l("Empty: without end, until it is ended")
    )


class ReasonForm(Form):
    """Anything that is ended or switched for a reason."""

    reason = CleanedStringField(
        _l("Reason"),
        [Required(_l("Give the reason; it stays in the history"))],
        description=_l("At most 300 characters; no telephone numbers or addresses of people"),
        longest=300,
    )


class RecoveryForm(Form):
    """Issuing a recovery code."""

    checked = TickField(
        _l("I know this person and have spoken to them by a way of my own"),
        [Required(_l("Make sure first who asks for the code, then tick the box"))],
    )


class DeputyForm(Form):
    """Setting a deputy for days of leave."""

    deputy = ChoiceField(
        _l("Deputy"),
        [Required(_l("Choose the deputy"))],
        description=_l("Officers with rights in force"),
    )
    valid_from = DateField(_l("First day"), [Required(_l("Enter the first day"))])
    valid_until = DateField(_l("Until the day"), [Required(_l("Enter the last day"))])
