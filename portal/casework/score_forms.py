"""The forms of a sheet officers fill in, and of declaring a conflict of interest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.casework.scoring import MET, UNMET, SheetKind
from portal.web.filters import in_language
from portal.web.forms import (
    CleanedStringField,
    CleanedTextField,
    Form,
    Optional,
    RadioField,
    Required,
    VersionedForm,
    WholeNumberField,
)


def score_form(sheet: Sequence[dict[str, Any]]) -> type[VersionedForm]:
    """Return the form of a sheet: points or a verdict for each line, and an opinion."""
    fields: dict[str, Any] = {}
    for line in sheet:
        label = in_language({"name_zh": line["zh"], "name_en": line["en"]})
        needed = [Required(_l("Give an answer for every line of the sheet"))]
        if line["kind"] == SheetKind.POINTS:
            hint = _l("0 to %(most)s points", most=line["max"])
            fields[line["id"]] = WholeNumberField(label, needed, description=hint)
        else:
            choices = [(MET, _l("Met")), (UNMET, _l("Not met"))]
            fields[line["id"]] = RadioField(label, needed, choices=choices)
    fields["remarks"] = CleanedTextField(_l("Opinion"), [Optional()], longest=1000)
    return type("ScoreForm", (VersionedForm,), fields)


class ConflictForm(Form):
    """Declares a conflict of interest."""

    conflict = CleanedStringField(
        _l("What the conflict is"),
        [Required(_l("Say in a few words what the conflict is"))],
        longest=300,
    )
