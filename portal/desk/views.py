"""The member's home, the officers' work bar, and in demonstrations the mails written."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.access import is_signed_in, officer, person, signed_in
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.worklist import count_for_bar
from portal.desk import privacy
from portal.desk.trail import export_trail, trail
from portal.desk.trail_names import act_words
from portal.desk.worklist import count_outside_cases
from portal.desk.written import newest
from portal.enterprises.queries.claims import waiting_claims
from portal.enterprises.queries.members import memberships_of
from portal.enterprises.terms.record import STATE_NAMES
from portal.errors import NotFound
from portal.web.present import present_request

blueprint = Blueprint("desk", __name__)
blueprint.add_app_template_filter(act_words)
Answer = str | Response
PLACES: tuple[tuple[str, object, frozenset[Right]], ...] = (
    ("desk.worklist", _l("Worklist"), frozenset(Right)),
    ("enterprises_bureau.records", _l("Enterprise records"), frozenset({Right.REVIEW_ENTERPRISES})),
    ("imports_bureau.imports", _l("Imports"), frozenset({Right.REVIEW_ENTERPRISES})),
    (
        "classification_bureau.recorded",
        _l("Recorded titles"),
        frozenset({Right.RECOGNISE, Right.AUDIT}),
    ),
    (
        "recognition_bureau.calls",
        _l("Recognition"),
        frozenset({Right.RECOGNISE, Right.AUDIT}),
    ),
    (
        "lists_bureau.editions",
        _l("Annual lists"),
        frozenset({Right.CURATE_LISTS, Right.SIGN_LISTS, Right.AUDIT}),
    ),
    (
        "submissions_bureau.owed",
        _l("Submissions"),
        frozenset({Right.CURATE_LISTS}),
    ),
    ("search_bureau.words", _l("Search words"), frozenset({Right.CURATE_LISTS})),
    (
        "partners_bureau.partners",
        _l("Partner organisations"),
        frozenset({Right.REVIEW_ENTERPRISES}),
    ),
    ("accounts_bureau.people", _l("People and rights"), frozenset({Right.ADMINISTER})),
    ("desk.trail", _l("Trail"), frozenset({Right.ADMINISTER, Right.AUDIT})),
    ("accounts_bureau.own_deputy", _l("My deputy"), frozenset(Right)),
)
blueprint.before_app_request(privacy.ask_for_consent)
for rule, view, methods in (
    ("/account/consent", privacy.consent, ["GET", "POST"]),
    ("/my/account/data", privacy.data, ["GET"]),
    ("/my/account/data/download", privacy.download_data, ["POST"]),
    ("/my/account/delete", privacy.delete, ["GET", "POST"]),
):
    blueprint.add_url_rule(rule, view_func=view, methods=methods)
blueprint.add_url_rule("/bureau/trail", view_func=trail)
blueprint.add_url_rule("/bureau/trail/export", view_func=export_trail, methods=["POST"])


@blueprint.get("/my/")
@signed_in
def home() -> Answer:
    """Show the enterprises a member acts for, and for which they asked to act."""
    return render_template(
        "desk/home.html",
        memberships=memberships_of(person()),
        claims=waiting_claims(person()),
        state_names=STATE_NAMES,
    )


@blueprint.get("/bureau/")
@officer()
def bureau() -> Answer:
    """Lead to the worklist."""
    return redirect(url_for("desk.worklist"), 303)


@blueprint.get("/demonstration/messages")
def messages() -> Answer:
    """In demonstration mode only: show the mails and SMS written, newest first."""
    if not current_app.config["DEMONSTRATION"]:
        raise NotFound
    return render_template("desk/messages.html", written=newest(current_app.config["DATA"]))


@blueprint.app_context_processor
def work_bar() -> dict[str, object]:
    """Give officers' pages their work bar: (address, label, count or none, is current)."""
    if not present_request().path.startswith("/bureau") or not is_signed_in():
        return {}
    held = {right.right for right in rights_of(person())}
    outside = count_outside_cases(person())
    counts = {
        "desk.worklist": count_for_bar(person()) + sum(outside.values()),
        "classification_bureau.recorded": outside.get(Matter.TITLE_CHECK),
    }
    here = current_place()
    places = [
        (url_for(endpoint), label, counts.get(endpoint), endpoint == here)
        for endpoint, label, rights in PLACES
        if held & rights
    ]
    today = clock.today()
    acting = [duty for duty in person().duties if duty.is_in_force(today)]
    return {"work_bar": places, "acting": acting}


def current_place() -> str:
    """Return the place this page belongs to: itself, else the first of its blueprint."""
    endpoints = [endpoint for endpoint, _label, _rights in PLACES]
    if request.endpoint in endpoints:
        return str(request.endpoint)
    home = (request.blueprint or "").split(".")[0]
    return next((each for each in endpoints if each.startswith(f"{home}.")), "")
