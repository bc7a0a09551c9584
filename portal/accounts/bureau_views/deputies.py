"""Deputies for leave: set by an administrator, or named by the officer."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.actions import deputies as actions
from portal.accounts.bureau_views.frame import Answer, blueprint
from portal.accounts.forms.officers import DeputyForm, ReasonForm
from portal.accounts.models import Person
from portal.accounts.queries import officers as queries
from portal.accounts.terms import Right
from portal.errors import Refused


@blueprint.route("/people/<int:person_id>/deputies/new", methods=["GET", "POST"])
@officer(Right.ADMINISTER)
def new_deputy(person_id: int) -> Answer:
    """Set a deputy for an officer on leave."""
    found = queries.get_person(person_id)
    return deputy_page(found, url_for("accounts_bureau.someone", person_id=person_id))


@blueprint.route("/deputy", methods=["GET", "POST"])
@officer()
def own_deputy() -> Answer:
    """Name one's own deputy; what is set already stands above the form."""
    return deputy_page(queries.get_person(person().id), url_for("accounts_bureau.own_deputy"))


def deputy_page(found: Person, back: str) -> Answer:
    """Show the form for a deputy, or set one and go back."""
    form, status = offered(found), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                deputy = queries.get_person(int(form.deputy.data))
                days = (form.valid_from.data, form.valid_until.data)
                actions.set_deputy(person(), found, deputy, *days)
                flash(_("The deputy is set"), "good")
                return redirect(back, 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "accounts/people/deputy.html",
        person=found,
        form=form,
        back=back,
        is_own=found.id == person().id,
        today=clock.today(),
    )
    return page, status


def offered(found: Person) -> DeputyForm:
    """Return the form with the officers who may be chosen."""
    form = DeputyForm()
    others = [(str(other.id), other.display_name) for other in queries.officers_in_force(found)]
    form.deputy.offer([("", _("Choose")), *others])
    return form


@blueprint.route("/people/<int:person_id>/deputies/<int:deputy_id>/end", methods=["GET", "POST"])
@officer()
def end_deputy(person_id: int, deputy_id: int) -> Answer:
    """Ask for the reason, then end a deputy's time: for the officer and administrators."""
    actions.check_setter(person(), queries.get_person(person_id))
    named, form, status = queries.get_deputy(person_id, deputy_id), ReasonForm(), 200
    back = url_for("accounts_bureau.someone", person_id=person_id)
    if person_id == person().id:
        back = url_for("accounts_bureau.own_deputy")
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                actions.end_deputy(person(), named, form.reason.data)
                flash(_("The deputy’s time is ended"), "good")
                return redirect(back, 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template("accounts/people/end_deputy.html", named=named, form=form, back=back)
    return page, status
