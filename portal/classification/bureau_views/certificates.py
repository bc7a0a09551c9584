"""Officers' page that issues the certificate of a title the city granted."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.classification.actions import certificates as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.forms.certificates import IssueForm, RenewForm
from portal.classification.models.titles import Title
from portal.classification.permits import check_recorder
from portal.classification.queries.certificates import certificates_of
from portal.classification.queries.titles import get_title
from portal.classification.terms.certificates import STATED
from portal.classification.terms.titles import LEVEL_NAMES
from portal.errors import Refused


@blueprint.route("/<int:title_id>/certificate", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def issue_certificate(title_id: int) -> Answer:
    """Show what a certificate would state and what has changed, then issue it."""
    found = get_title(title_id)
    check_recorder(person(), found.enterprise, found.kind)
    actions.check_certified(found)
    before = len(certificates_of(found))
    form = (RenewForm if before else IssueForm)(data={"version": before})
    if request.method == "GET":
        return shown_issue(found, form)
    if not form.validate():
        return shown_issue(found, form, 422)
    try:
        actions.issue_again(person(), found, form.version.data, ground_in(form))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_issue(get_title(title_id), form, 422)
    flash(_("The certificate is issued; its file is being made"), "good")
    return redirect(url_for("classification_bureau.title", title_id=title_id), 303)


def ground_in(form: IssueForm) -> str:
    """Return the ground given, '' where none is asked for."""
    return form.ground.data or "" if isinstance(form, RenewForm) else ""


def shown_issue(found: Title, form: IssueForm, status: int = 200) -> Answer:
    """Return the page, with the form unless nothing can be issued now."""
    certificates = certificates_of(found)
    page = render_template(
        "classification/issue_certificate.html",
        form=form,
        title=found,
        certificates=certificates,
        statement=actions.statement_of(found),
        changed=actions.changes_since(certificates[0], found) if certificates else (),
        refusal=actions.why_not(found, certificates),
        names=STATED,
        level_names=LEVEL_NAMES,
    )
    return page, status
