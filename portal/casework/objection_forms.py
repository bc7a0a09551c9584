"""The forms by which an objection to a public notice is raised, or recorded from paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.casework.objectors import Objector
from portal.web.forms import (
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    RadioField,
    Required,
    UploadField,
    UploadsField,
    VersionedForm,
)

MOST_PROOFS = 3


class ObjectionForm(Form):
    """An objection by a named person."""

    name = CleanedStringField(
        _l("Your name"),
        [Required(_l("Enter your name: an objection is raised by a named person"))],
        longest=60,
        description=_l("Sealed: only the officers who examine the objection may have it shown"),
    )
    contact = CleanedStringField(
        _l("Phone or mail to reach you"),
        [Required(_l("Enter how to reach you"))],
        longest=120,
        description=_l("Sealed likewise"),
    )
    statement = CleanedTextField(
        _l("What you object to, and on what facts"),
        [Required(_l("Write what you object to"))],
        longest=3000,
    )
    proof: UploadField = UploadsField(
        _l("Files"),
        [Optional()],
        most=MOST_PROOFS,
        description=_l("PDF, JPG or PNG, at most 20 MB each; up to three, chosen together"),
    )

    def objector(self) -> Objector:
        """Return who objects, and for whom where that is asked."""
        speaks_for = self.organisation.data if "organisation" in self else ""
        return Objector(self.name.data or "", self.contact.data or "", speaks_for or "")


class PaperObjectionForm(ObjectionForm):
    """An objection that came in on paper."""

    name = CleanedStringField(
        _l("Name under the letter"),
        [Required(_l("Enter the name: an objection is raised by a named person"))],
        longest=60,
        description=_l("Sealed: only the officers who examine the objection may have it shown"),
    )
    contact = CleanedStringField(
        _l("Phone, mail or address to answer to"),
        [Required(_l("Enter where the answer goes to"))],
        longest=120,
        description=_l("Sealed likewise"),
    )
    received_on = DateField(_l("Came in on"), [Required(_l("Enter the day the letter came in"))])
    proof = UploadField(
        _l("Scan of the letter"),
        [Required(_l("Choose the scan"))],
        description=_l("PDF, JPG or PNG, at most 20 MB; sealed with the name"),
    )


class HandleForm(VersionedForm):
    """What became of an objection; the page offers the results."""

    result = RadioField(_l("Result"), [Required(_l("Choose the result"))])
    answer = CleanedTextField(
        _l("Answer"),
        [Required(_l("Write the answer: who raised the objection reads it"))],
        longest=1000,
    )
