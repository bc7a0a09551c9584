"""Forms about partner organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.forms.registration import CreditCodeField
from portal.partners.terms import FIELD_NAMES, KIND_NAMES, STANDING_NAMES, Standing
from portal.web.forms import (
    ChoiceField,
    CleanedStringField,
    Form,
    Optional,
    RadioField,
    Required,
    VersionedForm,
)


class PartnerFields(Form):
    """What an organisation says of itself, its code apart."""

    name = CleanedStringField(
        FIELD_NAMES["name"], [Required(_l("Enter the name of the organisation"))], longest=120
    )
    kind = ChoiceField(
        FIELD_NAMES["kind"],
        [Required(_l("Choose the kind of organisation"))],
        choices=[("", _l("Choose")), *((str(kind), name) for kind, name in KIND_NAMES.items())],
    )
    province = CleanedStringField(
        FIELD_NAMES["province"],
        [Required(_l("Enter the province of registration"))],
        longest=40,
    )
    city = CleanedStringField(
        FIELD_NAMES["city"], [Required(_l("Enter the city of registration"))], longest=40
    )


class NewPartnerForm(PartnerFields):
    """Registering an organisation."""

    uscc = CreditCodeField(
        FIELD_NAMES["uscc"],
        [Required(_l("Enter the unified social credit code"))],
        description=_l("18 characters, on the licence or certificate of the organisation"),
    )


class EditPartnerForm(PartnerFields, VersionedForm):
    """Changing what an organisation says of itself."""


class StandingForm(VersionedForm):
    """What an officer found."""

    standing = RadioField(
        _l("Finding"),
        [Required(_l("Choose what you found"))],
        choices=[
            (str(each), STANDING_NAMES[each]) for each in (Standing.VERIFIED, Standing.FLAGGED)
        ],
    )
    ground = CleanedStringField(
        _l("Ground"),
        [Optional()],
        longest=300,
        description=_l("Needed when something is doubtful; the organisation reads it"),
    )
