"""Handing in a sheet, having it checked, confirming and undoing its import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.terms.record import EXISTING_NAMES, Existing
from portal.web.forms import (
    ChoiceField,
    Form,
    RadioField,
    Required,
    UploadField,
    VersionedForm,
)


class SheetForm(Form):
    """Hands in a sheet."""

    file = UploadField(
        _l("Sheet"),
        [Required(_l("Choose the sheet to upload"))],
        description=_l(".xlsx or .csv, at most 64 MB"),
    )
    existing = RadioField(
        _l("Records that exist already"),
        [Required(_l("Choose what to do with records that exist already"))],
        choices=list(EXISTING_NAMES.items()),
        default=Existing.KEEP,
    )


class CheckForm(VersionedForm):
    """Has the sheet checked under the row of titles that is chosen."""

    header_row = ChoiceField(
        _l("Row that names the columns"), [Required(_l("Choose the row that names the columns"))]
    )


class ConfirmForm(VersionedForm):
    """Lets the accepted rows be written."""


class UndoForm(VersionedForm):
    """Takes the import back."""
