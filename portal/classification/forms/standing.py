"""Asking for a suspension, restoration or revocation of a title, and deciding on it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.classification.terms.standing import ACT_NAMES, Act
from portal.enterprises.forms.standing import SecondOfficerForm
from portal.web.forms import (
    CleanedTextField,
    DateField,
    Optional,
    RadioField,
    Required,
    VersionedForm,
)


class AskForm(VersionedForm):
    """What one officer asks for."""

    act = RadioField(_l("What is to be done"), [Required(_l("Choose what is to be done"))])
    begins_on = DateField(
        _l("In effect from"),
        [Required(_l("Enter the day from which it holds"))],
        description=_l("For a title granted elsewhere the day its grantor names"),
    )
    ban_until = DateField(
        _l("Not to be granted again until"),
        [Optional()],
        description=_l("For a revocation only, where the rules bar the enterprise for a time"),
    )
    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Give the ground; the enterprise will read it"))],
        longest=500,
        description=_l("With the document it rests on; the enterprise reads it"),
    )

    def offer(self, acts: tuple[Act, ...]) -> None:
        """Set what the standing of the title allows."""
        self.act.offer([(str(act), ACT_NAMES[act]) for act in acts])


class ConsentForm(SecondOfficerForm):
    """A second officer's decision on a title's standing."""

    consents = _l("Consent: it takes effect at once")
    declines = _l("Decline: the title stays as it is")
