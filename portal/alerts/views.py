"""Saving an alert, and the link in every message: changing, pausing and stopping without an
account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.access import account_or_origin, origin, person
from portal.alerts import actions, forms, links, rules
from portal.alerts.reading import Saved, reader
from portal.alerts.terms import STANDING_NAMES, Rhythm, Watch
from portal.errors import NotFound, Refused, Throttled
from portal.extensions import csrf, limiter
from portal.web.forms import Form, attempt
from portal.web.redirects import done

Answer = str | BaseResponse | tuple[str, int]
blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")
# Saying what an address finds is a search: counted with those on the pages themselves.
SEARCHES = limiter.limit("60 per minute", "search", account_or_origin)


@blueprint.route("/new", methods=["GET", "POST"])
@SEARCHES
def new_alert() -> Answer:
    """Save the search or entry of ?of=: say what would come and how often, and ask where to."""
    saved = reader().describe(request.values.get("of", ""))
    if saved is None:
        raise NotFound
    form = form_for(saved)
    if request.method == "GET" or not form.validate():
        return page(saved, form)
    rhythm = Rhythm(form.rhythm.data) if "rhythm" in form else Rhythm.DAILY
    try:
        return save(saved, rhythm, form)
    except Refused as refusal:
        form.refuse(refusal)
        return page(saved, form, refusal)


def form_for(saved: Saved) -> forms.SavingForm:
    """Return the form: somebody signed in is written to where they are known."""
    signed_in = current_user.is_authenticated
    form: forms.SavingForm
    if saved.watch == Watch.ENTRY:
        form = forms.SavingForm() if signed_in else forms.EntryMailForm()
    else:
        form = forms.SearchForm() if signed_in else forms.SearchMailForm()
    form.of.data = saved.address
    return form


def save(saved: Saved, rhythm: Rhythm, form: Any) -> Answer:
    """Save for whoever is signed in, or send a visitor the link that confirms."""
    if current_user.is_authenticated:
        actions.save_for_person(person(), saved, rhythm)
        return done(url_for("alerts_owner.alerts"), _("Saved: you will be told of what is new"))
    actions.save_for_visitor(form.mail.data, saved, rhythm, str(get_locale()), origin())
    return redirect(url_for("alerts.sent"), 303)


def page(saved: Saved, form: Form, refusal: Refused | None = None) -> Response:
    """Return the page of saving with its form."""
    status = 422 if form.wrong_count else 200
    shown = make_response(
        render_template("alerts/new.html", saved=saved, form=form, most_known=rules.MOST_KNOWN),
        status,
    )
    if isinstance(refusal, Throttled):
        shown.status_code = 429
        shown.headers["Retry-After"] = str(int(refusal.wait.total_seconds()))
    return shown


@blueprint.get("/sent")
def sent() -> Answer:
    """Say that a mail is on its way, to whomever."""
    return render_template("alerts/sent.html")


@blueprint.get("/<token>")
def alert(token: str) -> Answer:
    """Show an alert by its link: what it tells, how often, and how to change or stop it."""
    return shown(token, forms.StopForm())


def shown(token: str, form: Form, rhythm_form: Form | None = None) -> Answer:
    """Return the page of a link, or one that says that it is no longer good."""
    try:
        found = links.get_by_token(token)
    except NotFound:
        return render_template("alerts/unknown.html"), 404
    page = render_template(
        "alerts/alert.html",
        alert=found,
        token=token,
        form=form,
        standing_names=STANDING_NAMES,
        rhythm_form=rhythm_form or forms.RhythmForm(formdata=None, rhythm=found.rhythm),
    )
    wrong = form.wrong_count + (rhythm_form.wrong_count if rhythm_form else 0)
    return page, 422 if wrong else 200


def acted(token: str, act: Any, said: str) -> Answer:
    """Do one act on the alert of a link, then show it; say what stands in the way."""
    form = forms.StopForm()
    try:
        found = links.get_by_token(token)
        if attempt(form, lambda: act(found)):
            return done(url_for("alerts.alert", token=token), said)
    except NotFound:
        pass
    return shown(token, form)


@blueprint.post("/<token>/confirm")
def confirm(token: str) -> Answer:
    """Begin what a visitor asked for."""
    return acted(token, actions.confirm, _("Confirmed: from now on you are told of what is new"))


@blueprint.post("/<token>/rhythm")
def change_rhythm(token: str) -> Answer:
    """Tell in another rhythm."""
    form = forms.RhythmForm()
    try:
        found = links.get_by_token(token)
        if attempt(form, lambda: actions.change_rhythm(found, Rhythm(form.rhythm.data))):
            return done(
                url_for("alerts.alert", token=token), _("How often you are told is changed")
            )
    except NotFound:
        pass
    return shown(token, forms.StopForm(formdata=None), form)


@blueprint.post("/<token>/mute")
def mute(token: str) -> Answer:
    """Pause."""
    return acted(token, actions.mute, _("Paused: nothing is sent until you go on"))


@blueprint.post("/<token>/unmute")
def unmute(token: str) -> Answer:
    """Go on with what is new from now."""
    return acted(token, actions.unmute, _("Going on: you are told of what is new from now"))


@blueprint.post("/<token>/stop")
def stop(token: str) -> Answer:
    """Stop for good; again it says the same."""
    return acted(token, actions.stop, _("Stopped: nothing more is sent"))


@blueprint.post("/<token>/one-click")
def stop_by_mail(token: str) -> Answer:
    """Stop for a mail program, as RFC 8058 has it: no cookie, no page; the link is the right."""
    try:
        actions.stop(links.get_by_token(token))
    except NotFound:
        return "", 404
    return "", 204


csrf.exempt(stop_by_mail)  # a mail program has no token of a form: the link is the right
