"""The public notice of a release: a room of its own."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.lists.actions import notices as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.steps import ExtendForm, KeepForm, NoticeForm
from portal.lists.models import Release, ReleaseNotice
from portal.lists.permits import check_curator, check_overseer, may_curate, may_handle
from portal.lists.procedures import curation
from portal.lists.queries import notices as queries
from portal.lists.queries.editions import get_release
from portal.lists.queries.steps import changes_since, present_draft
from portal.lists.rules.notices import lacking
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.steps import DIFFERENCE_NAMES, NOTICE_STATE_NAMES, RESULT_NAMES
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done

ROOM = "/releases/<int:release_id>/notice"


@blueprint.get(ROOM)
@reader
def notice(release_id: int) -> Answer:
    """Show the notices of a release, what differs since and the objections."""
    release = get_release(release_id)
    check_overseer(person(), release.edition)
    found = queries.notices_of(release)
    last = found[0] if found else None
    return render_template(
        "lists/notice.html",
        release=release,
        edition=release.edition,
        notices=found,
        last=last,
        objections=queries.objections_to(last) if last else [],
        named=queries.named,
        state_of=queries.state_of,
        today=clock.today(),
        may_curate=may_curate(person(), release.edition),
        may_handle=last is not None and may_handle(person(), last),
        state_names=NOTICE_STATE_NAMES,
        difference_names=DIFFERENCE_NAMES,
        result_names=RESULT_NAMES,
        **standing(release, last),
    )


def standing(release: Release, last: ReleaseNotice | None) -> dict[str, Any]:
    """Return what a list that is not signed yet lacks, and how it differs from its notice."""
    if release.state not in REVIEWED_STATES:
        return {"lacks": [], "changes": [], "kept": False}
    now, facts = present_draft(release), queries.notice_facts(release, last)
    return {
        "lacks": lacking(release.notice_days, facts, now.code, clock.today()),
        "changes": changes_since(last, now) if last else [],
        "kept": last is not None and last.kept_code == now.code,
    }


@blueprint.route(ROOM + "/publish", methods=["GET", "POST"])
@curator
def publish_notice(release_id: int) -> Answer:
    """Write what the notice says and put the list on it."""
    release = get_release(release_id)
    check_curator(person(), release.edition)
    bodies = {body.department.slug: body.department for body in release.edition.bodies}
    form = NoticeForm(data=fresh(release))
    form.department.offer([(slug, in_language(body)) for slug, body in bodies.items()])

    def publish() -> None:
        said = actions.NoticeWords(
            form.days.data,
            form.document_no.data or "",
            form.scope.data or "",
            bodies[form.department.data],
            form.address.data or "",
            form.office.data or "",
            form.phone.data or "",
        )
        actions.publish_notice(person(), release, form.version.data, said)

    if form.is_submitted() and attempt(form, publish):
        return done(room_url(release_id), _("The list is on public notice"))
    release = get_release(release_id)
    page = render_template(
        "lists/publish_notice.html", release=release, edition=release.edition, form=form
    )
    return page, 422 if form.is_submitted() else 200


def fresh(release: Release) -> dict[str, object]:
    """Return what the form of a notice begins with."""
    lead = next(body.department for body in release.edition.bodies if body.leads)
    return {
        "version": release.version,
        "days": release.notice_days or None,
        "department": lead.slug,
        "office": f"{lead.name_zh}{lead.office_zh}",
        "phone": lead.landline,
        "address": curation().address,
        "scope": _(
            "Whether the facts of an entry are true, whether it belongs on this list, and whether"
            " it hurts the rights of others."
        ),
    }


def get_led(notice_id: int) -> ReleaseNotice:
    """Return a notice of a list this officer curates; raises NotFound, NotAllowed."""
    found = queries.get_notice(notice_id)
    check_curator(person(), found.release.edition)
    return found


@blueprint.route("/notices/<int:notice_id>/extend", methods=["GET", "POST"])
@curator
def extend_notice(notice_id: int) -> Answer:
    """Let a running notice run longer."""
    found = get_led(notice_id)
    form = ExtendForm(data={"version": found.version})

    def extend() -> None:
        reason = form.reason.data or ""
        actions.extend_notice(person(), found, form.version.data, form.days.data, reason)

    if form.is_submitted() and attempt(form, extend):
        return done(room_url(found.release_id), _("The notice runs longer"))
    return shown(notice_id, "lists/extend_notice.html", form)


@blueprint.route("/notices/<int:notice_id>/keep", methods=["GET", "POST"])
@curator
def keep_notice(notice_id: int) -> Answer:
    """Record why what was changed needs no new notice."""
    found = get_led(notice_id)
    now = present_draft(found.release)
    form = KeepForm(data={"version": found.version, "seen_code": now.code})

    def keep() -> None:
        seen, ground = form.seen_code.data or "", form.ground.data or ""
        actions.keep_notice(person(), found, form.version.data, seen, ground)

    if form.is_submitted() and attempt(form, keep):
        return done(room_url(found.release_id), _("The ground is on record"))
    form.seen_code.data = present_draft(get_led(notice_id).release).code
    return shown(notice_id, "lists/keep_notice.html", form)


def shown(notice_id: int, template: str, form: ExtendForm | KeepForm) -> Answer:
    """Return the page of an act on a notice; with a refused form 422."""
    found = get_led(notice_id)
    page = render_template(
        template,
        notice=found,
        release=found.release,
        edition=found.release.edition,
        changes=changes_since(found, present_draft(found.release)),
        difference_names=DIFFERENCE_NAMES,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def room_url(release_id: int) -> str:
    """Return the address of the room."""
    return url_for("lists_bureau.notice", release_id=release_id)
