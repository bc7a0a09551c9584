"""Finding people, the list of officers' rights, the page of one person."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.actions import issue_recovery_code
from portal.accounts.actions import officers as actions
from portal.accounts.bureau_views.frame import Answer, blueprint, shown_person
from portal.accounts.forms.officers import FindPersonForm, ReasonForm, RecoveryForm
from portal.accounts.queries import officers as queries
from portal.accounts.queries.officers import RightFilter
from portal.accounts.queries.people import rights_of
from portal.accounts.rules import identifier_forms
from portal.accounts.terms import RIGHT_NAMES, RIGHT_STATE_NAMES, Right, RightState
from portal.errors import Refused
from portal.taxonomy.queries import departments, find_department, find_term, terms
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of


@blueprint.get("/people")
@officer(Right.ADMINISTER)
def people() -> Answer:
    """List officers' rights, filtered; contacts are never listed."""
    return shown_people(FindPersonForm(formdata=None))


@blueprint.get("/people/find")
@officer(Right.ADMINISTER, Right.AUDIT)
def search_people() -> Answer:
    """Ask whom to look for."""
    return shown_found(FindPersonForm(formdata=None), None)


@blueprint.post("/people/find")
@officer(Right.ADMINISTER, Right.AUDIT)
def find_people() -> Answer:
    """Find people by a whole identifier or a part of a name; by POST, so that no address of a
    page holds what was typed."""
    form = FindPersonForm()
    if not form.validate():
        return shown_found(form, None), 422
    found = queries.find_people(form.who.data, identifier_forms(form.who.data))
    return shown_found(form, found)


def shown_found(form: FindPersonForm, found: object) -> str:
    """Return the page of people found."""
    may_open = Right.ADMINISTER in {held.right for held in rights_of(person())}
    return render_template(
        "accounts/people/find_people.html", form=form, found=found, may_open=may_open
    )


def shown_people(form: FindPersonForm) -> str:
    """Return the list of rights as the query narrows it."""
    chosen = {name: request.args.get(name, "") for name in ("right", "department", "district")}
    state = request.args.get("state", "")
    narrowed = RightFilter(
        state=state if state in set(RightState) else RightState.IN_FORCE,
        right=chosen["right"] if chosen["right"] in set(Right) else "",
        department_id=number_of(find_department(chosen["department"])),
        district_id=number_of(find_term(Scheme.DISTRICT, chosen["district"])),
    )
    page = page_of(queries.count_rights(narrowed), asked_page())
    return render_template(
        "accounts/people/people.html",
        form=form,
        page=page,
        rows=queries.some_rights(narrowed, page.offset, page.size),
        selects=selects(narrowed.state, chosen),
        right_names=RIGHT_NAMES,
        state_names=RIGHT_STATE_NAMES,
        today=clock.today(),
    )


def number_of(row: object) -> int | None:
    """Return a row's number, None for none."""
    return getattr(row, "id", None)


def selects(state: str, chosen: dict[str, str]) -> list[tuple[str, str, Sequence[object], str]]:
    """Return the filters above the list: name, label, options, chosen."""
    rights = [("", _("All rights")), *((str(right), RIGHT_NAMES[right]) for right in Right)]
    bodies = [(body.slug, in_language(body)) for body in departments()]
    districts = [(term.slug, in_language(term)) for term in terms(Scheme.DISTRICT)]
    return [
        ("state", _("State"), [(str(each), RIGHT_STATE_NAMES[each]) for each in RightState], state),
        ("right", _("Right"), rights, chosen["right"]),
        (
            "department",
            _("Department of the office"),
            [("", _("All departments")), *bodies],
            chosen["department"],
        ),
        (
            "district",
            _("District or county"),
            [("", _("All districts")), *districts],
            chosen["district"],
        ),
    ]


@blueprint.get("/people/<int:person_id>")
@officer(Right.ADMINISTER)
def someone(person_id: int) -> Answer:
    """Show a person's rights, deputies and history; contacts stay covered."""
    return shown_person(queries.get_person(person_id))


@blueprint.post("/people/<int:person_id>/reveal")
@officer(Right.ADMINISTER)
def reveal(person_id: int) -> Answer:
    """Show the person's contacts once; that they were shown stands in the trail."""
    found = queries.get_person(person_id)
    contacts = actions.reveal_contacts(person(), found)
    return shown_person(queries.get_person(person_id), contacts)


@blueprint.route("/people/<int:person_id>/disable", methods=["GET", "POST"])
@officer(Right.ADMINISTER)
def disable(person_id: int) -> Answer:
    """Keep a person from signing in, and end their sign-ins."""
    return switch(person_id, disables=True)


@blueprint.route("/people/<int:person_id>/enable", methods=["GET", "POST"])
@officer(Right.ADMINISTER)
def enable(person_id: int) -> Answer:
    """Let a person sign in again."""
    return switch(person_id, disables=False)


def switch(person_id: int, *, disables: bool) -> Answer:
    """Ask for the reason, then disable or enable a sign-in."""
    found, form, status = queries.get_person(person_id), ReasonForm(), 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                act = actions.disable_sign_in if disables else actions.enable_sign_in
                act(person(), found, form.reason.data)
                flash(_("The sign-in is disabled") if disables else _("The sign-in is enabled"))
                return redirect(url_for("accounts_bureau.someone", person_id=person_id), 303)
        except Refused as refusal:
            form.refuse(refusal)
    template = "accounts/people/switch.html"
    return render_template(template, person=found, form=form, disables=disables), status


@blueprint.route("/people/<int:person_id>/recovery-code", methods=["GET", "POST"])
@officer(Right.ADMINISTER)
def recovery_code(person_id: int) -> Answer:
    """Issue a code for somebody who cannot get in, shown once; say when it is right to."""
    found, form, code, status = queries.get_person(person_id), RecoveryForm(), "", 200
    if request.method == "POST":
        try:
            if form.validate():
                code = issue_recovery_code(person(), found)
        except Refused as refusal:
            form.refuse(refusal)
        status = 200 if code else 422
        found = queries.get_person(person_id)
    template = "accounts/people/recovery_code.html"
    return render_template(template, person=found, form=form, code=code), status
