"""A member's pages of titles: those on record, claiming one, taking a claim back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person, signed_in
from portal.classification.actions import claiming
from portal.classification.actions.certificates import changes_since
from portal.classification.actions.titles import check_granted_elsewhere
from portal.classification.filling import facts_of, fitted
from portal.classification.forms.titles import TitleClaimForm
from portal.classification.models.certificates import TitleCertificate
from portal.classification.models.titles import TitleKind
from portal.classification.queries import claims as queries
from portal.classification.queries.certificates import certificates_by_title, key_of
from portal.classification.queries.titles import Held, get_title_kind, title_kinds, titles_of
from portal.classification.renewing import under_renewal
from portal.classification.terms.titles import (
    CLAIM_OUTCOME_NAMES,
    CLAIMED,
    LEVEL_NAMES,
    STANDING_NAMES,
)
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for, may_do
from portal.enterprises.owner_views.places import places_of
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.errors import NotFound, Refused
from portal.web.uploads import takes_files

blueprint = Blueprint("classification_owner", __name__, url_prefix="/my/enterprises")
Answer = str | Response | tuple[str, int]
NAMES = {
    "level_names": LEVEL_NAMES,
    "standing_names": STANDING_NAMES,
    "outcome_names": CLAIM_OUTCOME_NAMES,
    "claimed": CLAIMED,
}


@blueprint.get("/<int:enterprise_id>/titles")
@signed_in
def titles(enterprise_id: int) -> Answer:
    """Show what the enterprise holds, what it claims, and what can be claimed."""
    enterprise = get_record(enterprise_id, Doing.READ)
    held = titles_of(enterprise_id)
    return render_template(
        "classification/own_titles.html",
        enterprise=enterprise,
        held=held,
        renewing=under_renewal([one.title.id for one in held]),
        certificates=certified(held),
        claims=queries.claims_of(enterprise_id),
        kinds=[kind for kind in title_kinds() if not kind.granted_here],
        may_edit=may_do(enterprise, Doing.EDIT),
        places=places_of(enterprise),
        **NAMES,
    )


def certified(held: Sequence[Held]) -> list[tuple[Held, Sequence[TitleCertificate], bool]]:
    """Return the titles with certificates, those certificates, and whether the record has changed
    since the last one of a title in force."""
    found = certificates_by_title([one.title for one in held])
    with_some = [(one, found[key]) for one in held if (key := key_of(one.title)) in found]
    return [
        (one, some, one.counts and bool(changes_since(some[0], one.title)))
        for one, some in with_some
    ]


def get_record(enterprise_id: int, doing: Doing) -> Enterprise:
    """Return the member's record while it is in the registry; raises NotFound, NotAllowed."""
    enterprise = get_for(enterprise_id, doing)
    if enterprise.state not in IN_THE_REGISTRY:
        raise NotFound
    return enterprise


@blueprint.route("/<int:enterprise_id>/titles/<kind_slug>/claim", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def claim_title(enterprise_id: int, kind_slug: str) -> Answer:
    """Claim a title with its number, dates, source and evidence."""
    enterprise, kind = get_record(enterprise_id, Doing.EDIT), get_title_kind(kind_slug)
    check_granted_elsewhere(kind)
    form = fitted(TitleClaimForm(), kind)
    if request.method == "GET":
        return shown_form(form, kind, enterprise)
    if not form.validate():
        return shown_form(form, kind, enterprise, 422)
    try:
        send_claim(enterprise, kind, form)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_form(form, kind, get_record(enterprise_id, Doing.EDIT), 422)
    flash(_("The claim is with the officers; you will be told of their decision"), "good")
    return redirect(url_for("classification_owner.titles", enterprise_id=enterprise_id), 303)


def send_claim(enterprise: Enterprise, kind: TitleKind, form: TitleClaimForm) -> None:
    """Receive the evidence and make the claim."""
    folder, sent = current_app.config["FILES"], form.proof.data
    with files.receiving(folder, sent.stream, sent.filename, field="proof") as received:
        claiming.claim_title(person(), enterprise, kind, facts_of(form), received)


def shown_form(
    form: TitleClaimForm, kind: TitleKind, enterprise: Enterprise, status: int = 200
) -> Answer:
    """Return the form beside what the title is."""
    page = render_template(
        "classification/claim_title.html", form=form, kind=kind, enterprise=enterprise
    )
    return page, status


@blueprint.get("/<int:enterprise_id>/titles/claims/<int:claimed_id>")
@signed_in
def own_claim(enterprise_id: int, claimed_id: int) -> Answer:
    """Show a claim with its evidence and what became of it."""
    enterprise = get_record(enterprise_id, Doing.READ)
    found = queries.get_claim_of(enterprise_id, claimed_id)
    return render_template(
        "classification/own_claim.html",
        enterprise=enterprise,
        claim=found,
        evidence=claiming.evidence_of(found),
        may_edit=may_do(enterprise, Doing.EDIT),
        **NAMES,
    )


@blueprint.post("/<int:enterprise_id>/titles/claims/<int:claimed_id>/withdraw")
@signed_in
def withdraw_claim(enterprise_id: int, claimed_id: int) -> Answer:
    """Take a claim back."""
    get_record(enterprise_id, Doing.EDIT)
    found = queries.get_claim_of(enterprise_id, claimed_id)
    try:
        claiming.withdraw_claim(person(), found)
    except Refused as refusal:
        flash(refusal.message, "bad")
    else:
        flash(_("The claim is withdrawn and its evidence removed"), "good")
    return redirect(url_for("classification_owner.titles", enterprise_id=enterprise_id), 303)
