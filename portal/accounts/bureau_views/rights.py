"""Giving and ending a right."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.actions import officers as actions
from portal.accounts.bureau_views.frame import Answer, blueprint
from portal.accounts.forms.officers import ReasonForm, RightForm
from portal.accounts.models import Person
from portal.accounts.queries import officers as queries
from portal.accounts.terms import RIGHT_NAMES, Right
from portal.errors import Refused
from portal.taxonomy.queries import departments, find_term, get_department, terms
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language


@blueprint.get("/people/<int:person_id>/rights/new")
@officer(Right.ADMINISTER)
def new_right(person_id: int) -> Answer:
    """Show the form for giving a right, from today on."""
    found = queries.get_person(person_id)
    form = offered(RightForm(formdata=None, data={"valid_from": clock.today()}))
    return render_template("accounts/people/new_right.html", person=found, form=form)


@blueprint.post("/people/<int:person_id>/rights/give")
@officer(Right.ADMINISTER)
def give_right(person_id: int) -> Answer:
    """Give a right."""
    found, form = queries.get_person(person_id), offered(RightForm())
    try:
        if form.validate():
            give(found, form)
            flash(_("The right is given"), "good")
            return redirect(url_for("accounts_bureau.someone", person_id=person_id), 303)
    except Refused as refusal:
        form.refuse(refusal)
    return render_template("accounts/people/new_right.html", person=found, form=form), 422


def give(found: Person, form: RightForm) -> None:
    """Give what the form says; raises Refused, NotAllowed."""
    actions.grant_right(
        person(),
        found,
        Right(form.right.data),
        get_department(form.department.data),
        find_term(Scheme.DISTRICT, form.district.data),
        zone=find_term(Scheme.ZONE, form.zone.data),
        valid_from=form.valid_from.data,
        valid_until=form.valid_until.data,
    )


def offered(form: RightForm) -> RightForm:
    """Give the form its departments and places: those in force today."""
    today = clock.today()
    bodies = [
        body for body in departments() if body.valid_until is None or body.valid_until >= today
    ]
    everywhere = ("", _("Not limited"))
    form.department.offer([("", _("Choose")), *((body.slug, in_language(body)) for body in bodies)])
    for field, scheme in ((form.district, Scheme.DISTRICT), (form.zone, Scheme.ZONE)):
        field.offer([everywhere, *((term.slug, in_language(term)) for term in terms(scheme))])
    return form


@blueprint.route("/people/<int:person_id>/rights/<int:right_id>/end", methods=["GET", "POST"])
@officer(Right.ADMINISTER)
def end_right(person_id: int, right_id: int) -> Answer:
    """Ask for the reason, then end a right at once."""
    given, form, status = queries.get_right(person_id, right_id), ReasonForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                actions.end_right(person(), given, form.reason.data)
                flash(_("The right is ended"), "good")
                return redirect(url_for("accounts_bureau.someone", person_id=person_id), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "accounts/people/end_right.html", given=given, form=form, right_names=RIGHT_NAMES
    )
    return page, status
