"""The room of a release's ledger: what its entries have come to, and going on without."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.errors import NotFound
from portal.lists.actions.waivers import ask_waiver as ask
from portal.lists.actions.waivers import consent_to_waiver as consent
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.acts import ActForm
from portal.lists.forms.ledger import WaiverForm
from portal.lists.models import Release
from portal.lists.permits import may_curate
from portal.lists.queries.editions import get_release
from portal.lists.queries.ledger import (
    count_without_outcome,
    get_waiver,
    has_waiver,
    ledger_of,
    unanswered,
    waivers_of,
)
from portal.lists.report_card import cards_of
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import LIFE_NAMES
from portal.lists.terms.kinds import DATED_KINDS
from portal.lists.terms.ledger import PURPOSE_NAMES, UNDER_WAY, Purpose
from portal.web.forms import attempt
from portal.web.redirects import done


def get_dated(release_id: int) -> Release:
    """Return a release whose entries come to an outcome; cases do not. Raises NotFound."""
    release = get_release(release_id)
    if release.edition.kind not in DATED_KINDS or release.state == EditionState.CANCELLED:
        raise NotFound
    return release


@blueprint.get("/releases/<int:release_id>/ledger")
@reader
def ledger(release_id: int) -> Answer:
    """Show what each published entry has come to, per publisher too."""
    return shown_ledger(get_dated(release_id), WaiverForm(formdata=None))


def shown_ledger(release: Release, form: WaiverForm, status: int = 200) -> Answer:
    """Return the page of the ledger."""
    entries = ledger_of(release) if release.is_public else []
    page = render_template(
        "lists/ledger.html",
        release=release,
        edition=release.edition,
        entries=entries,
        under_way=UNDER_WAY,
        asked=unanswered(release),
        cards=cards_of(release.edition) if release.is_public else [],
        waivers=waivers_of(release),
        in_the_way=in_the_way(release),
        form=form,
        may_curate=may_curate(person(), release.edition),
        person_id=person().id,
        today=clock.today(),
        life_names=LIFE_NAMES,
        purpose_names=PURPOSE_NAMES,
    )
    return page, status


def in_the_way(release: Release) -> dict[Purpose, int]:
    """Return what the release is about to do, with how many entries without outcome keep it from
    that; none once two officers have waived them."""
    purpose = Purpose.ARCHIVE if release.is_public else Purpose.PUBLISH
    waived = has_waiver(release, purpose)
    return {purpose: 0 if waived else count_without_outcome(release, purpose)}


@blueprint.post("/releases/<int:release_id>/ask-waiver")
@curator
def ask_waiver(release_id: int) -> Answer:
    """Ask a second officer to let the list go on all the same."""
    release, form = get_dated(release_id), WaiverForm()
    if not attempt(
        form,
        lambda: ask(person(), release, Purpose(form.purpose.data), form.reason.data or ""),
    ):
        return shown_ledger(get_dated(release_id), form, 422)
    return done(ledger_url(release_id), _("Asked: a second officer consents to it"))


@blueprint.post("/waivers/<int:waiver_id>/consent")
@curator
def consent_to_waiver(waiver_id: int) -> Answer:
    """Consent as a second officer to going on without every outcome."""
    waiver, form = get_waiver(waiver_id), ActForm()
    release_id = waiver.release_id
    if not attempt(form, lambda: consent(person(), waiver, form.version.data)):
        shown = WaiverForm(formdata=None)
        shown.form_errors = form.form_errors
        return shown_ledger(get_dated(release_id), shown, 422)
    return done(ledger_url(release_id), _("Consented to: the list may go on"))


def ledger_url(release_id: int) -> str:
    """Return the address of a release's ledger."""
    return url_for("lists_bureau.ledger", release_id=release_id)
