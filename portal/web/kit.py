"""The page of all components, for those who build pages and for the tests that draw it."""

from __future__ import annotations

from datetime import datetime, timezone

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    CodeField,
    DateField,
    Form,
    MoneyField,
    Optional,
    RadioField,
    Required,
    TickField,
    UploadField,
    VersionedForm,
    WholeNumberField,
)
from portal.web.pagination import Page

blueprint = Blueprint("web", __name__)
SIZES = [("large", _l("Large")), ("medium", _l("Medium")), ("small", _l("Small"))]


class KitForm(Form):
    """One field of every shape."""

    name = CleanedStringField(_l("Name of the enterprise"))
    code = CodeField(_l("Credit code"), description=_l("18 characters, on the business licence"))
    capital = MoneyField(_l("Registered capital"))
    staff = WholeNumberField(_l("R&D staff"), [Required(_l("Enter the number of R&D staff"))])
    size = ChoiceField(_l("Size"), choices=[("", _l("Choose")), *SIZES])
    founded = DateField(_l("Established on"), [Optional()])
    scale = RadioField(_l("Scale"), choices=SIZES)
    shown = ChoicesField(_l("Shown on the public page"), choices=SIZES)
    technology = CleanedTextField(_l("Core technology"), description=_l("At most 300 characters"))
    proof = UploadField(_l("Evidence"), description=_l("PDF, JPG or PNG, at most 20 MB"))
    agreed = TickField(_l("The facts are true and complete"))


class KitDecisionForm(VersionedForm):
    """A decision, as officers take it."""

    outcome = RadioField(_l("Outcome"), choices=[("admit", _l("Admit")), ("return", _l("Return"))])
    opinion = CleanedTextField(
        _l("Opinion for the enterprise"), description=_l("The enterprise sees it")
    )


def sample_form() -> KitForm:
    """Return the form as it comes back with two things to correct."""
    form = KitForm(formdata=None, data={"code": "91510000MA00000X0A", "scale": "medium"})
    form.code.errors = [_("The check character of the credit code is wrong. Check the last one.")]
    form.staff.errors = [str(_l("Enter the number of R&D staff"))]
    return form


@blueprint.get("/kit")
def kit() -> str:
    """Show every component in its states."""
    return render_template(
        "kit.html",
        form=sample_form(),
        decision_form=KitDecisionForm(formdata=None, data={"version": 3}),
        page=Page(number=2, total=231),
        at=datetime(2025, 11, 24, 1, 12, tzinfo=timezone.utc),
    )
