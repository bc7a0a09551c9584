"""Before the signing: what a list asks for, opinions of other bodies, the public notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.casework.objection_forms import ObjectionForm, PaperObjectionForm
from portal.casework.opinion_forms import AnswerForm, PaperReplyForm
from portal.lists.terms.steps import SETTLED_NAMES
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    Form,
    Optional,
    PlainHiddenField,
    RadioField,
    Required,
    TickField,
    VersionedForm,
    WholeNumberField,
)

ENTRY = "entry_"
Answering = TypeVar("Answering", bound="OpinionForm")


class AsksForm(VersionedForm):
    """What stands before the signing of a list."""

    asks_opinions = TickField(_l("Opinion of other bodies"))
    notice_days = WholeNumberField(
        _l("Public notice, working days"),
        [Optional()],
        description=_l("0 where the list is not put to public notice"),
    )


class AskForm(VersionedForm):
    """Whom to ask for an opinion, until when, with which words."""

    bodies = ChoicesField(_l("Bodies asked"), [Optional()])
    others = CleanedTextField(
        _l("Bodies outside the portal"),
        [Optional()],
        longest=1000,
        description=_l("One a line; they are asked and answer on paper"),
    )
    days = WholeNumberField(
        _l("Working days to answer"), [Required(_l("Enter how many working days they have"))]
    )
    words = CleanedTextField(
        _l("Covering text"), [Required(_l("Write what they are asked"))], longest=2000
    )


class OpinionForm(AnswerForm):
    """A body's answer, on the whole list and by entry."""

    ground = CleanedTextField(
        _l("Opinion on the whole list"),
        [Optional()],
        longest=2000,
        description=_l("With its ground; what concerns one entry is written beside it"),
    )


class PaperOpinionForm(OpinionForm, PaperReplyForm):
    """A body's answer on paper, as the paper says it."""


def with_entries(form: type[Answering], titles: Mapping[int, str]) -> type[Answering]:
    """Return a form of an answer with a text beside each entry of the draft."""
    texts = {
        f"{ENTRY}{entry_id}": CleanedTextField(
            _("Opinion on: %(title)s", title=title), [Optional()], longest=2000
        )
        for entry_id, title in titles.items()
    }
    return type(form.__name__, (form,), texts)


class SettleForm(VersionedForm):
    """What becomes of an opinion."""

    result = RadioField(
        _l("Settled as"),
        [Required(_l("Choose how it is settled"))],
        choices=[(str(one), name) for one, name in SETTLED_NAMES.items()],
    )
    reason = CleanedTextField(
        _l("Reason"),
        [Required(_l("Give the reason; the body reads it"))],
        longest=1000,
        description=_l("What is changed in the list, or why nothing is"),
    )


class NoticeForm(VersionedForm):
    """What a public notice says."""

    days = WholeNumberField(
        _l("Working days"), [Required(_l("Enter for how many working days it runs"))]
    )
    document_no = CleanedStringField(_l("Document number"), [Optional()], longest=80)
    scope = CleanedTextField(
        _l("What may be objected"),
        [Required(_l("Write what may be objected"))],
        longest=1000,
    )
    department = ChoiceField(_l("Body that handles objections"), [Required(_l("Choose the body"))])
    office = CleanedStringField(_l("Office to ask"), [Required(_l("Enter the office"))], longest=60)
    phone = CleanedStringField(_l("Landline"), [Required(_l("Enter the landline"))], longest=40)
    address = CleanedStringField(
        _l("Address for objections on paper"),
        [Required(_l("Enter the address"))],
        longest=200,
    )


class ExtendForm(VersionedForm):
    """A notice that is to run longer."""

    days = WholeNumberField(
        _l("Working days more"), [Required(_l("Enter how many working days more"))]
    )
    reason = CleanedTextField(
        _l("Reason"), [Required(_l("Say why; it stands on the notice"))], longest=300
    )


class KeepForm(VersionedForm):
    """Why a change needs no new notice, of the content whose code was shown."""

    seen_code = PlainHiddenField()
    ground = CleanedTextField(
        _l("Why no new notice is needed"),
        [Required(_l("Give the ground; it stands in the review sheet"))],
        longest=1000,
    )


class OwnObjectionForm(ObjectionForm):
    """An objection to an entry on a notice or to the whole list."""

    organisation = ChoiceField(
        _l("I object"),
        [Optional()],
        description=_l("Sealed likewise"),
    )


class LetterForm(PaperObjectionForm):
    """An objection to a list that came in on paper."""

    entry = ChoiceField(_l("What it objects to"), [Optional()])
    organisation = CleanedStringField(_l("Organisation it speaks for"), [Optional()], longest=120)


def grounds_of(form: Form) -> dict[int, str]:
    """Return what was written beside the entries."""
    return {
        int(field.name.removeprefix(ENTRY)): field.data or ""
        for field in form
        if field.name.startswith(ENTRY)
    }
