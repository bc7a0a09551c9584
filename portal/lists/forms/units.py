"""Units of a call: naming and reopening them, handing in for one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.units import AFTER_NAMES, After
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedTextField,
    DateField,
    Form,
    RadioField,
    Required,
    UploadField,
    VersionedForm,
    WholeNumberField,
)

CALL_DAY = _l("Leave empty for the last day of the call; the day itself counts")
SCANNED = _l("The submission with the unit’s stamp: PDF, JPG or PNG, at most 20 MB")


class AddUnitsForm(Form):
    """Bodies a call is addressed to, with what is expected of each."""

    bodies = ChoicesField(_l("Units"), [Required(_l("Choose at least one unit"))])
    expected = WholeNumberField(
        _l("Entries expected of each"), [Required(_l("Enter how many entries are expected"))]
    )
    due_on = DateField(_l("Last day for these units"), [Optional()], description=CALL_DAY)


class UnitForm(VersionedForm):
    """What is expected of one unit, and until when."""

    expected = WholeNumberField(
        _l("Entries expected"), [Required(_l("Enter how many entries are expected"))]
    )
    due_on = DateField(_l("Last day for this unit"), [Optional()], description=CALL_DAY)


class ReopenForm(VersionedForm):
    """Late handing-in of one unit."""

    until = DateField(_l("Reopened until"), [Required(_l("Enter the day until which it is open"))])
    reason = CleanedTextField(
        _l("Reason"), [Required(_l("Say why the unit may hand in late"))], longest=300
    )


class StartForm(Form):
    """Which kind of entry the unit begins."""

    subtype = ChoiceField(_l("Kind of entry"), [Required(_l("Choose the kind of entry"))])


class HandInForm(VersionedForm):
    """The stamped scan that goes with the entries."""

    scan = UploadField(
        _l("Stamped scan"), [Required(_l("Choose the stamped scan"))], description=SCANNED
    )


class NilForm(VersionedForm):
    """That there is nothing to report, and why."""

    ground = CleanedTextField(
        _l("Why there is nothing to report"),
        [Required(_l("Say why there is nothing to hand in"))],
        longest=500,
    )
    scan = UploadField(_l("Stamped scan"), [Optional()], description=SCANNED)


class WithdrawForm(VersionedForm):
    """Taking back what stands handed in."""

    reason = CleanedTextField(_l("Reason"), [Optional()], longest=300)


class OpinionForm(VersionedForm):
    """What the unit says of an enterprise's entry; the version is the entry's."""

    supported = RadioField(
        _l("Opinion"),
        [Required(_l("Choose whether the unit supports the entry"))],
        choices=[("yes", _l("Supported")), ("no", _l("Not supported"))],
    )
    ground = CleanedTextField(
        _l("Ground"),
        [Optional()],
        longest=1000,
        description=_l("The curators read it; needed when the entry is not supported"),
    )


class SheetForm(Form):
    """A filled template."""

    subtype = ChoiceField(_l("Kind of entry"), [Required(_l("Choose the kind of entry"))])
    file = UploadField(
        _l("Filled template"),
        [Required(_l("Choose the filled template"))],
        description=_l("XLSX or CSV, at most 8 MB and 300 entries"),
    )


class SheetConfirmForm(VersionedForm):
    """What becomes of the rows that were found in order."""

    after = RadioField(
        _l("What to do with these entries"),
        [Required(_l("Choose what to do with the entries"))],
        choices=[(str(after), AFTER_NAMES[after]) for after in After],
    )
    scan = UploadField(
        _l("Stamped scan"),
        [Optional()],
        description=_l("Needed to hand in at once: PDF, JPG or PNG, at most 20 MB"),
    )
