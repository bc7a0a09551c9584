"""Asking for a suspension or removal, answering it, and deciding on it."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.forms.common_reasons import WithCommon, WrittenOrCommon
from portal.enterprises.terms.standing import ACT_NAMES, KIND_NAMES, Act, Kind
from portal.web.forms import (
    ChoiceField,
    CleanedTextField,
    Form,
    RadioField,
    Required,
    TickField,
    VersionedForm,
)


class AskForm(WithCommon, VersionedForm):
    """What one officer asks for."""

    act = RadioField(_l("What is to be done"), [Required(_l("Choose what is to be done"))])
    kind = ChoiceField(
        _l("Why it is removed"),
        [Optional()],
        choices=[("", _l("Choose")), *((str(kind), KIND_NAMES[kind]) for kind in Kind)],
        description=_l("For a removal only; the public reads it at the old address"),
    )
    ground = CleanedTextField(
        _l("Ground"),
        [WrittenOrCommon(_l("Give the ground; the enterprise will read it"))],
        longest=500,
        description=_l("The enterprise and the second officer read it; the public does not"),
    )

    def offer(self, acts: tuple[Act, ...]) -> None:
        """Set what the state of the record allows."""
        self.act.offer([(str(act), ACT_NAMES[act]) for act in acts])


class StatementForm(Form):
    """The enterprise's answer."""

    statement = CleanedTextField(
        _l("Statement of the enterprise"),
        [Required(_l("Write what the second officer should know"))],
        longest=2000,
        description=_l("It can be sent once; the second officer reads it before deciding"),
    )


class SecondOfficerForm(VersionedForm):
    """A second officer's decision; forms say in `consents` and `declines` what each leads to."""

    consents: ClassVar[object]
    declines: ClassVar[object]
    decision = RadioField(_l("Decision"), [Required(_l("Choose a decision"))])
    opinion = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=500,
        description=_l("Needed when you decline; the officer who asked reads it"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.offer([("consent", self.consents), ("decline", self.declines)])

    @property
    def is_consent(self) -> bool:
        return bool(self.decision.data == "consent")


class ConsentForm(WithCommon, SecondOfficerForm):
    """A second officer's decision on a record's standing."""

    consents = _l("Consent: it takes effect at once")
    declines = _l("Decline: the record stays as it is")
    urgent = TickField(_l("The matter cannot wait for the enterprise’s answer"))


class WithdrawalForm(Form):
    """Takes a request back."""
