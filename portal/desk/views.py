"""The member's home, the officers' work bar, and in demonstrations the mails written."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person, signed_in
from portal.accounts.queries import rights_of
from portal.accounts.terms import Right
from portal.casework.worklist import count_for_bar
from portal.desk.written import newest
from portal.enterprises.queries.members import memberships_of
from portal.enterprises.terms import STATE_NAMES
from portal.errors import NotFound

blueprint = Blueprint("desk", __name__)
Answer = str | Response
PLACES: tuple[tuple[str, object, frozenset[Right]], ...] = (
    ("desk.worklist", _l("Worklist"), frozenset(Right)),
    ("enterprises_bureau.records", _l("Enterprise records"), frozenset({Right.REVIEW_ENTERPRISES})),
    ("imports_bureau.imports", _l("Imports"), frozenset({Right.REVIEW_ENTERPRISES})),
    ("classification_bureau.recorded", _l("Recorded titles"), frozenset({Right.RECOGNISE})),
    (
        "lists_bureau.editions",
        _l("Annual lists"),
        frozenset({Right.CURATE_LISTS, Right.SIGN_LISTS}),
    ),
)


@blueprint.get("/my/")
@signed_in
def home() -> Answer:
    """Show the enterprises a member acts for."""
    return render_template(
        "desk/home.html", memberships=memberships_of(person()), state_names=STATE_NAMES
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
    if not request.path.startswith("/bureau") or not current_user.is_authenticated:
        return {}
    held = {right.right for right in rights_of(person())}
    counts = {"desk.worklist": count_for_bar(person())}
    home = (request.blueprint or "").split(".")[0]
    places = [
        (url_for(endpoint), label, counts.get(endpoint), endpoint.startswith(f"{home}."))
        for endpoint, label, rights in PLACES
        if held & rights
    ]
    return {"work_bar": places}
