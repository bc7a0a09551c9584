"""Officers' pages: the titles on record, recording one, correcting and withdrawing it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification import permits
from portal.classification.actions import titles as actions
from portal.classification.actions.certificates import changes_since, why_not
from portal.classification.filling import facts_of, fitted
from portal.classification.forms.titles import CorrectionForm, TitleForm, WithdrawalForm
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries import standing
from portal.classification.queries import titles as queries
from portal.classification.queries.certificates import certificates_of
from portal.classification.queries.titles import Filters
from portal.classification.renewing import under_renewal
from portal.classification.terms.standing import ACT_NAMES
from portal.classification.terms.titles import LEVEL_NAMES, STANDING_NAMES, TITLE_FIELDS
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.standing import OUTCOME_NAMES
from portal.errors import NotFound, Refused
from portal.web.filters import day, named
from portal.web.forms import Form
from portal.web.pagination import asked_page, page_of

blueprint = Blueprint("classification_bureau", __name__, url_prefix="/bureau/titles")
Answer = str | Response | tuple[str, int]
LONGEST_QUERY = 100


@blueprint.get("/")
@officer(Right.RECOGNISE, Right.AUDIT)
def recorded() -> Answer:
    """List the titles on record, newest first."""
    kinds = queries.title_kinds()
    filters = Filters(
        kind=asked("kind", {kind.slug for kind in kinds}),
        standing=asked("standing", set(STANDING_NAMES)),
        text=asked_text(),
    )
    page = page_of(queries.count_recorded(filters), asked_page())
    return render_template(
        "classification/recorded.html",
        rows=queries.recorded(filters, offset=page.offset, limit=page.size),
        page=page,
        filters=filters,
        kinds=kinds,
        standing_names=STANDING_NAMES,
        level_names=LEVEL_NAMES,
        may_record=has_right(person(), Right.RECOGNISE),
    )


def asked(name: str, known: set[str]) -> str:
    """Return a filter of this request, or nothing when it is none of the known values."""
    value = request.args.get(name, "")
    return value if value in known else ""


def asked_text() -> str:
    """Return the words searched for, trimmed."""
    return " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]


@blueprint.get("/find-enterprise")
@officer(Right.RECOGNISE)
def find_enterprise() -> Answer:
    """Find the enterprise in the registry, and choose the title to record for it."""
    kinds = queries.kinds_recorded_by(person())
    kind = asked("kind", {kind.slug for kind in kinds}) or (kinds[0].slug if kinds else "")
    text = asked_text()
    return render_template(
        "classification/find_enterprise.html",
        kinds=kinds,
        kind=kind,
        text=text,
        found=queries.candidates(text) if text else [],
        most=queries.MOST_CANDIDATES,
    )


@blueprint.route("/<kind_slug>/<int:enterprise_id>/record", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def record(kind_slug: str, enterprise_id: int) -> Answer:
    """Record a title of an enterprise from its source document."""
    kind, enterprise = queries.get_title_kind(kind_slug), get_enterprise(enterprise_id)
    if not enterprise.is_public:
        raise NotFound
    permits.check_recorder(person(), enterprise, kind)
    actions.check_granted_elsewhere(kind)
    form = fitted(TitleForm(), kind)
    if request.method == "GET":
        return shown_record(form, kind, enterprise)
    if not form.validate():
        return shown_record(form, kind, enterprise, 422)
    try:
        title = actions.record_title(person(), enterprise, kind, facts_of(form))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_record(form, kind, enterprise, 422)
    flash(recorded_words(title), "good")
    return redirect(url_for("classification_bureau.title", title_id=title.id), 303)


def recorded_words(title: Title) -> str:
    """Return what the officer reads after recording."""
    if title.valid_until is None:
        return str(_("Verified and on record: %(title)s", title=named(title.kind)))
    return str(
        _(
            "Verified and on record: %(title)s, valid until %(day)s",
            title=named(title.kind),
            day=day(title.valid_until),
        )
    )


def shown_record(
    form: TitleForm, kind: TitleKind, enterprise: Enterprise, status: int = 200
) -> Answer:
    """Return the form beside what the enterprise holds already."""
    page = render_template(
        "classification/record.html",
        form=form,
        kind=kind,
        enterprise=enterprise,
        held=queries.titles_of(enterprise.id),
        standing_names=STANDING_NAMES,
    )
    return page, status


@blueprint.get("/<int:title_id>")
@officer(Right.RECOGNISE, Right.AUDIT)
def title(title_id: int) -> Answer:
    """Show a title with its basis, its corrections and its trail."""
    found = queries.get_title(title_id)
    versions = queries.versions_of(found)
    certificates = certificates_of(found)
    return render_template(
        "classification/title.html",
        title=found,
        standing=queries.held_now(found).standing,
        renewing=bool(under_renewal([found.id])),
        requests=standing.requests_of([version.id for version in versions]),
        act_names=ACT_NAMES,
        outcome_names=OUTCOME_NAMES,
        may_ask=may_ask(found),
        certificates=certificates,
        outdated=bool(certificates and changes_since(certificates[0], found)),
        may_issue=found.kind.granted_here and may_ask(found) and not why_not(found, certificates),
        latest=versions[0],
        events=queries.trail_of_versions(versions),
        field_names=TITLE_FIELDS,
        standing_names=STANDING_NAMES,
        level_names=LEVEL_NAMES,
        may_change=may_change(found),
    )


def may_ask(found: Title) -> bool:
    """Say whether this officer may ask for a change of the title's standing."""
    if found.superseded_at is not None:
        return False
    return permits.may_record(person(), found.enterprise, found.kind)


def may_change(found: Title) -> bool:
    """Say whether this officer may correct or withdraw the title as it stands."""
    if found.superseded_at is not None or found.kind.granted_here:
        return False
    return permits.may_record(person(), found.enterprise, found.kind)


@blueprint.route("/<int:title_id>/correct", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def correct(title_id: int) -> Answer:
    """Correct what was recorded; the ground is kept."""
    found = get_changeable(title_id)
    form = CorrectionForm(obj=found)
    fitted(form, found.kind)
    if request.method == "GET":
        return shown_again("correct", form, found)
    if not form.validate():
        return shown_again("correct", form, found, 422)
    try:
        corrected = actions.correct_title(
            person(), found, form.version.data, form.ground.data, facts_of(form)
        )
    except Refused as refusal:
        form.refuse(refusal)
        return shown_again("correct", form, queries.get_title(title_id), 422)
    flash(_("The correction is on record"), "good")
    return redirect(url_for("classification_bureau.title", title_id=corrected.id), 303)


@blueprint.route("/<int:title_id>/withdraw", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def withdraw(title_id: int) -> Answer:
    """Say what will be lost, then withdraw a title recorded in error."""
    found = get_changeable(title_id)
    form = WithdrawalForm(data={"version": found.version})
    if request.method == "GET":
        return shown_again("withdraw", form, found)
    if not form.validate():
        return shown_again("withdraw", form, found, 422)
    try:
        actions.withdraw_title(person(), found, form.version.data, form.ground.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_again("withdraw", form, queries.get_title(title_id), 422)
    flash(_("The title is withdrawn; its record is kept"), "good")
    return redirect(url_for("classification_bureau.title", title_id=title_id), 303)


def get_changeable(title_id: int) -> Title:
    """Return a title the officer may correct or withdraw; raises NotFound, NotAllowed, Refused."""
    found = queries.get_title(title_id)
    permits.check_recorder(person(), found.enterprise, found.kind)
    actions.check_granted_elsewhere(found.kind)
    return found


def shown_again(name: str, form: Form, found: Title, status: int = 200) -> Answer:
    """Return the page of a change to a title."""
    page = render_template(
        f"classification/{name}.html", form=form, title=found, level_names=LEVEL_NAMES
    )
    return page, status
