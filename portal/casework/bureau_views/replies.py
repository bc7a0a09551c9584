"""The officers' pages of a reply on paper: recording it, comparing it as a second officer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person
from portal.casework import replies as actions
from portal.casework.bureau_views.scans import received
from portal.casework.models import Reply
from portal.casework.opinion_forms import ConfirmReplyForm, PaperReplyForm, RejectForm
from portal.casework.opinions import REPLY_NAMES
from portal.casework.replies import Paper
from portal.database import transaction
from portal.web.forms import attempt
from portal.web.redirects import done

Answer = str | Response | tuple[str, int]
Shown = TypeVar("Shown", bound=Reply)


def recorded(form: PaperReplyForm, record: Callable[[Paper], object]) -> bool:
    """Record the reply on paper a sent form holds, with its scan; say whether that was done."""

    def act() -> None:
        with received(form.scan.data) as scan, transaction():
            record(
                Paper(
                    form.signer_name.data or "",
                    form.signer_post.data or "",
                    form.replied_on.data,
                    form.reference.data or "",
                    scan,
                )
            )

    return form.is_submitted() and attempt(form, act)


@dataclass(frozen=True)
class ReplyPages(Generic[Shown]):
    """The pages of a second officer in one domain: how a reply is loaded for who may confirm it,
    the template with what that names, and where the officer goes afterwards."""

    get: Callable[[int], Shown]
    template: str
    names: Callable[[Shown], Mapping[str, Any]]
    back: Callable[[Shown], str]

    def shown(
        self,
        found: Shown,
        confirm: ConfirmReplyForm | None = None,
        reject: RejectForm | None = None,
    ) -> Answer:
        """Return what was recorded, to be compared; with a refused form its message and 422."""
        page = render_template(
            self.template,
            reply=found,
            confirm_form=confirm or ConfirmReplyForm(formdata=None),
            reject_form=reject or RejectForm(formdata=None),
            why_not=actions.why_not_confirm(person(), found),
            scans=files.files_of(found.__tablename__, [found.id]),
            reply_names=REPLY_NAMES,
            **self.names(found),
        )
        return page, 422 if confirm or reject else 200

    def confirm(self, reply_id: int) -> Answer:
        """Confirm a recorded reply."""
        found, form = self.get(reply_id), ConfirmReplyForm()
        if not attempt(form, lambda: actions.confirm(person(), found)):
            return self.shown(self.get(reply_id), confirm=form)
        return done(self.back(found), _("Confirmed: the reply counts"))

    def reject(self, reply_id: int) -> Answer:
        """Void a recorded reply that does not agree."""
        found, form = self.get(reply_id), RejectForm()
        if not attempt(form, lambda: actions.reject(person(), found, form.reason.data or "")):
            return self.shown(self.get(reply_id), reject=form)
        return done(self.back(found), _("The record is void: the body is awaited again"))
