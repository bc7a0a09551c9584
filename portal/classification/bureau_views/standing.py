"""Officers' pages of a title's standing: asking for a change, and deciding on one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.classification.actions import standing as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.forms.standing import AskForm, ConsentForm
from portal.classification.models.standing import TitleRequest
from portal.classification.models.titles import Title
from portal.classification.permits import check_recorder
from portal.classification.queries import standing as queries
from portal.classification.queries.titles import get_title, held_now
from portal.classification.rules import standing as rules
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import ACT_NAMES
from portal.classification.terms.titles import LEVEL_NAMES, STANDING_NAMES
from portal.enterprises.terms.standing import OUTCOME_NAMES
from portal.errors import Refused
from portal.web.forms import attempt
from portal.web.redirects import done

NAMES = {
    "act_names": ACT_NAMES,
    "outcome_names": OUTCOME_NAMES,
    "standing_names": STANDING_NAMES,
    "level_names": LEVEL_NAMES,
}


@blueprint.route("/<int:title_id>/standing", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def ask_standing(title_id: int) -> Answer:
    """Ask a second officer to suspend, restore or revoke a title."""
    found = get_title(title_id)
    check_recorder(person(), found.enterprise, found.kind)
    form = AskForm(data={"version": found.version, "begins_on": clock.today()})
    form.offer(rules.acts_open(held_now(found).standing))
    if request.method == "GET":
        return shown_ask(found, form)
    if not form.validate():
        return shown_ask(found, form, 422)
    names = Asked.__dataclass_fields__
    asked = Asked(**{name: form[name].data for name in names})
    try:
        made = actions.ask(person(), found, form.version.data, asked)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_ask(get_title(title_id), form, 422)
    flash(_("A second officer is asked, and the enterprise is told"), "good")
    return redirect(url_for("classification_bureau.title_request", request_id=made.id), 303)


def shown_ask(found: Title, form: AskForm, status: int = 200) -> Answer:
    """Return the page that asks, or leads to what is asked already."""
    page = render_template(
        "classification/ask_standing.html",
        title=found,
        form=form,
        standing=held_now(found).standing,
        open=queries.find_open(found.id),
        **NAMES,
    )
    return page, status


@blueprint.get("/requests/<int:request_id>")
@officer(Right.RECOGNISE)
def title_request(request_id: int) -> Answer:
    """Show what is asked for a title and, while it waits, the decision."""
    found = get_request(request_id)
    return shown_request(found, ConsentForm(data={"version": found.version}))


def get_request(request_id: int) -> TitleRequest:
    """Return a request about a title the officer records; raises NotFound, NotAllowed."""
    found = queries.get_request(request_id)
    check_recorder(person(), found.title.enterprise, found.title.kind)
    return found


def shown_request(found: TitleRequest, form: ConsentForm, status: int = 200) -> Answer:
    """Return the page of a request."""
    case = last_case(Matter.TITLE_STANDING, TitleRequest.__tablename__, found.id)
    page = render_template(
        "classification/title_request.html",
        asked=found,
        title=found.title,
        held=held_now(found.title).standing,
        case=case,
        standing=standing_of(person(), case) if case else None,
        form=form,
        own=found.asked_by_id == person().id,
        **NAMES,
    )
    return page, status


@blueprint.post("/requests/<int:request_id>/decide")
@officer(Right.RECOGNISE)
def decide_request(request_id: int) -> Answer:
    """Consent or decline as the second officer."""
    found, form = get_request(request_id), ConsentForm()
    if not attempt(form, lambda: decide(found, form)):
        return shown_request(get_request(request_id), form, 422)
    url = url_for("classification_bureau.title", title_id=found.title_id)
    return done(url, _("Decided; the enterprise is told"))


def decide(found: TitleRequest, form: ConsentForm) -> None:
    """Do what the second officer decided."""
    if form.is_consent:
        actions.consent(person(), found, form.version.data)
    else:
        actions.decline(person(), found, form.version.data, form.opinion.data)


@blueprint.post("/requests/<int:request_id>/withdraw")
@officer(Right.RECOGNISE)
def withdraw_request(request_id: int) -> Answer:
    """Take one's own request back."""
    found = get_request(request_id)
    try:
        actions.withdraw(person(), found)
    except Refused as refusal:
        flash(refusal.message, "bad")
    else:
        flash(_("The request is taken back"), "good")
    return redirect(url_for("classification_bureau.title_request", request_id=request_id), 303)
