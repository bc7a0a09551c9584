"""Signing a release, recording and confirming a paper, scheduling and publishing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from portal import clock, files
from portal.accounts.access import person
from portal.casework.bureau_views.scans import received
from portal.casework.opinion_forms import RejectForm
from portal.database import transaction
from portal.errors import NotFound
from portal.lists.actions import publication as publication_actions
from portal.lists.actions import signing as signing_actions
from portal.lists.actions.signing import Paper, record_paper_sign_off
from portal.lists.bureau_views.board import shown_board
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator, reader, signer
from portal.lists.forms.acts import ActForm
from portal.lists.forms.editions import ScheduleForm
from portal.lists.forms.signing import ConfirmForm, PaperForm, SignForm
from portal.lists.models import Release, SignOff
from portal.lists.permits import check_curator, check_recorder, check_signer
from portal.lists.queries.editions import get_release
from portal.lists.queries.sign_offs import SIGNED_PAPER, get_sign_off, next_body
from portal.lists.terms.editions import SIGNED_STATES
from portal.taxonomy.models import Department
from portal.web.forms import Form, attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files

BODY = "/releases/<int:release_id>/bodies/<slug>"


def get_signed(release_id: int) -> Release:
    """Return a release whose content is fixed for signing; raises NotFound."""
    release = get_release(release_id)
    if release.content is None or release.state not in SIGNED_STATES:
        raise NotFound
    return release


def get_body(release: Release, slug: str) -> Department:
    """Return a lead body of the edition; raises NotFound."""
    for body in release.edition.bodies:
        if body.leads and body.department.slug == slug:
            return body.department
    raise NotFound


def frozen(release: Release) -> dict[str, Any]:
    """Return the content as it is signed."""
    content: dict[str, Any] = json.loads(release.content or "{}")
    return content


@blueprint.get("/releases/<int:release_id>/content.json")
@reader
def content_file(release_id: int) -> Response:
    """Send the content that is signed, byte for byte, to compute its check code from."""
    release = get_release(release_id)
    if release.content is None:
        raise NotFound
    response = Response(release.content.encode("utf-8"), mimetype="application/json")
    name = f"{release.edition.year}-{release.edition.kind}-{release.number}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get(BODY + "/signing")
@signer
def signing(release_id: int, slug: str) -> Answer:
    """Show the content to sign with its check code."""
    release = get_signed(release_id)
    body = get_body(release, slug)
    check_signer(person(), release, body)
    return shown_signing(release, body, SignForm(data={"seen_code": release.check_code}))


def shown_signing(release: Release, body: Department, form: SignForm, status: int = 200) -> Answer:
    """Return the page on which a body signs."""
    page = render_template(
        "lists/signing.html", release=release, body=body, form=form, content=frozen(release)
    )
    return page, status


@blueprint.post(BODY + "/sign")
@signer
def sign(release_id: int, slug: str) -> Answer:
    """Sign for a lead body."""
    release = get_signed(release_id)
    body = get_body(release, slug)
    check_signer(person(), release, body)
    form = SignForm()
    if not attempt(
        form, lambda: signing_actions.sign(person(), release, body, form.seen_code.data or "")
    ):
        form.seen_code.data = get_release(release_id).check_code
        return shown_signing(get_release(release_id), body, form, 422)
    return done(board_url(release_id), _("Signed"))


@blueprint.get(BODY + "/paper")
@signer
def paper(release_id: int, slug: str) -> Answer:
    """Show the form that records a signed paper."""
    release = get_signed(release_id)
    body = get_body(release, slug)
    check_recorder(person(), release, body)
    return shown_paper(release, body, PaperForm(data={"seen_code": release.check_code}))


def shown_paper(release: Release, body: Department, form: PaperForm, status: int = 200) -> Answer:
    """Return the page on which a paper is recorded."""
    return render_template("lists/paper.html", release=release, body=body, form=form), status


@blueprint.post(BODY + "/record")
@takes_files(files.LARGEST_EVIDENCE)
@signer
def record_paper(release_id: int, slug: str) -> Answer:
    """Record what a lead body signed on paper."""
    release = get_signed(release_id)
    body = get_body(release, slug)
    form = PaperForm()
    if not attempt(form, lambda: record(release, body, form)):
        form.seen_code.data = get_release(release_id).check_code
        return shown_paper(get_release(release_id), body, form, 422)
    return done(board_url(release_id), _("Recorded: a second officer confirms it"))


def record(release: Release, body: Department, form: PaperForm) -> None:
    """Record what the form says, with its scan."""
    with received(form.scan.data) as scan, transaction():
        paper = Paper(
            form.signer_name.data or "",
            form.signer_post.data or "",
            form.signed_on.data,
            form.reference.data or "",
            scan,
        )
        record_paper_sign_off(person(), release, body, form.seen_code.data or "", paper)


@blueprint.get("/sign-offs/<int:sign_off_id>")
@signer
def confirming(sign_off_id: int) -> Answer:
    """Show what was recorded of a paper, to be compared with it."""
    found = get_recorded(sign_off_id)
    return shown_confirming(found, ConfirmForm(), RejectForm())


def get_recorded(sign_off_id: int) -> SignOff:
    """Return a sign-off this officer may confirm or reject; raises NotFound, NotAllowed."""
    found = get_sign_off(sign_off_id)
    check_recorder(person(), found.release, found.department)
    return found


def shown_confirming(
    found: SignOff, confirm: ConfirmForm, reject: RejectForm, status: int = 200
) -> Answer:
    """Return the page on which a second officer confirms."""
    page = render_template(
        "lists/confirming.html",
        sign_off=found,
        release=found.release,
        confirm_form=confirm,
        reject_form=reject,
        is_own=found.recorded_by_id == person().id,
        scans=files.files_of(SIGNED_PAPER, [found.id]),
    )
    return page, status


@blueprint.post("/sign-offs/<int:sign_off_id>/confirm")
@signer
def confirm_sign_off(sign_off_id: int) -> Answer:
    """Confirm a recorded paper."""
    found, form = get_recorded(sign_off_id), ConfirmForm()
    if not attempt(form, lambda: signing_actions.confirm_sign_off(person(), found)):
        return shown_confirming(get_recorded(sign_off_id), form, RejectForm(formdata=None), 422)
    return done(board_url(found.release_id), _("Confirmed: the signature holds"))


@blueprint.post("/sign-offs/<int:sign_off_id>/reject")
@signer
def reject_sign_off(sign_off_id: int) -> Answer:
    """Void a recorded paper that does not agree."""
    found, form = get_recorded(sign_off_id), RejectForm()
    if not attempt(
        form,
        lambda: signing_actions.reject_sign_off(person(), found, form.reason.data or ""),
    ):
        return shown_confirming(get_recorded(sign_off_id), ConfirmForm(formdata=None), form, 422)
    return done(board_url(found.release_id), _("The record is void: the body signs again"))


@blueprint.get("/releases/<int:release_id>/publication")
@curator
def publication(release_id: int) -> Answer:
    """Show what becomes public, to publish it now or at a moment to come."""
    release = get_signed(release_id)
    check_curator(person(), release.edition)
    return shown_publication(release_id)


def shown_publication(release_id: int, form: Form | None = None) -> Answer:
    """Return the publication page; with the form of a refused act its message and 422."""
    release = get_signed(release_id)
    version = {"version": release.version}
    page = render_template(
        "lists/publication.html",
        release=release,
        content=frozen(release),
        form=form or Form(),
        act_form=ActForm(formdata=None, data=version),
        schedule_form=form
        if isinstance(form, ScheduleForm)
        else ScheduleForm(formdata=None, data={**version, "time": "09:00"}),
        waiting_for=next_body(release),
    )
    return page, 422 if form else 200


@blueprint.post("/releases/<int:release_id>/publish")
@curator
def publish(release_id: int) -> Answer:
    """Publish what was signed."""
    return act(release_id, ActForm(), publication_actions.publish, _("The release is public"))


@blueprint.post("/releases/<int:release_id>/unschedule")
@curator
def unschedule(release_id: int) -> Answer:
    """Take a release back from the schedule."""
    said = _("The release is no longer scheduled")
    return act(release_id, ActForm(), publication_actions.unschedule, said)


@blueprint.post("/releases/<int:release_id>/schedule")
@curator
def schedule(release_id: int) -> Answer:
    """Have a release published at a moment to come."""
    form = ScheduleForm()

    def set_moment(actor: Any, release: Release, version: int) -> None:
        at = time.fromisoformat(form.time.data)
        moment = datetime.combine(form.on.data, at, clock.city_zone())
        publication_actions.schedule(actor, release, version, moment)

    return act(release_id, form, set_moment, _("The release is scheduled"))


def act(
    release_id: int, form: ActForm | ScheduleForm, do: Callable[..., object], said: str
) -> Answer:
    """Do one act on the release as it was seen and go to the board."""
    release = get_release(release_id)
    if not attempt(form, lambda: do(person(), release, form.version.data)):
        is_signed = get_release(release_id).state in SIGNED_STATES
        return (shown_publication if is_signed else shown_board)(release_id, form)
    return done(board_url(release_id), said)
