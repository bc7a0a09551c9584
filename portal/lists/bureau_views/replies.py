"""A body's opinion on a list: reading the draft, answering, recording paper, settling."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person
from portal.casework.bureau_views.replies import ReplyPages, recorded
from portal.casework.opinions import REPLY_NAMES, ReplyKind
from portal.casework.replies import Paper
from portal.errors import NotAllowed
from portal.lists.actions import replies as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.bureau_views.opinions import room_url
from portal.lists.forms.steps import (
    OpinionForm,
    PaperOpinionForm,
    SettleForm,
    grounds_of,
    with_entries,
)
from portal.lists.models import BodyReply, ConsultedBody
from portal.lists.permits import check_curator, may_curate, may_oversee
from portal.lists.queries import opinions as queries
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.steps import SETTLED_NAMES, Settled
from portal.web.forms import attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files

BODY = "/opinions/<int:body_id>"


def get_asked(body_id: int) -> ConsultedBody:
    """Return a body asked to its own officers and who follows the edition; raises NotFound,
    NotAllowed for everybody else: what it was shown is not public."""
    found = queries.get_body(body_id)
    edition = found.round.release.edition
    if not queries.answers_for(person(), found) and not may_oversee(person(), edition):
        raise NotAllowed(_("Only officers of the body that was asked and of the lead bodies"))
    return found


def drafted(body: ConsultedBody) -> list[tuple[int, dict[str, Any]]]:
    """Return the entries a body was shown, each with its id."""
    entries = json.loads(body.round.content)["entries"]
    return list(zip(body.round.entry_ids, entries, strict=True))


def titles(body: ConsultedBody) -> dict[int, str]:
    """Return the titles a body was shown, by entry."""
    return {entry_id: entry["title_zh"] for entry_id, entry in drafted(body)}


@blueprint.get(BODY)
@reader
def opinion(body_id: int) -> Answer:
    """Show the draft a body was asked about and, to who may answer, the form."""
    found = get_asked(body_id)
    return shown(found, with_entries(OpinionForm, titles(found))(formdata=None))


def shown(body: ConsultedBody, form: OpinionForm, status: int = 200) -> Answer:
    """Return the page of an opinion."""
    reply, release = body.reply, body.round.release
    page = render_template(
        "lists/opinion.html",
        body=body,
        round=body.round,
        release=release,
        edition=release.edition,
        content=json.loads(body.round.content),
        entries=drafted(body),
        reply=reply,
        scans=files.files_of(queries.REPLY, [reply.id]) if reply else [],
        form=form,
        is_open=release.state in REVIEWED_STATES and not body.round.stop_reason,
        answers=queries.answers_for(person(), body),
        may_curate=may_curate(person(), release.edition),
        reply_names=REPLY_NAMES,
        settled_names=SETTLED_NAMES,
    )
    return page, status


def said_in(form: OpinionForm) -> actions.Said:
    """Return the answer a form holds."""
    return actions.Said(ReplyKind(form.reply.data), form.ground.data or "", grounds_of(form))


@blueprint.post(BODY + "/reply")
@curator
def reply_opinion(body_id: int) -> Answer:
    """Answer for the body."""
    found = get_asked(body_id)
    actions.check_body(person(), found)
    form = with_entries(OpinionForm, titles(found))()
    if not attempt(form, lambda: actions.reply(person(), found, said_in(form))):
        return shown(get_asked(body_id), form, 422)
    return done(opinion_url(body_id), _("The opinion is with the lead bodies"))


@blueprint.route(BODY + "/paper", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@curator
def record_opinion(body_id: int) -> Answer:
    """Record the body's answer on paper."""
    found = get_asked(body_id)
    check_curator(person(), found.round.release.edition)
    form = with_entries(PaperOpinionForm, titles(found))()

    def record(paper: Paper) -> None:
        actions.record_paper_reply(person(), found, said_in(form), paper)

    if recorded(form, record):
        return done(room_url(found.round.release_id), _("Recorded: a second officer confirms it"))
    found = get_asked(body_id)
    page = render_template(
        "lists/record_opinion.html",
        body=found,
        release=found.round.release,
        edition=found.round.release.edition,
        entries=drafted(found),
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def get_recorded(reply_id: int) -> BodyReply:
    """Return a reply this officer may confirm or reject; raises NotFound, NotAllowed."""
    found = queries.get_reply(reply_id)
    check_curator(person(), found.body.round.release.edition)
    return found


def names(found: BodyReply) -> dict[str, Any]:
    """Return what the page of a second officer names."""
    release = found.body.round.release
    return {"release": release, "edition": release.edition}


PAGES = ReplyPages(
    get_recorded,
    "lists/confirming_opinion.html",
    names,
    lambda found: room_url(found.body.round.release_id),
)


@blueprint.get("/replies/<int:reply_id>")
@curator
def confirming_opinion(reply_id: int) -> Answer:
    """Show what was recorded of a reply on paper, to be compared with it."""
    return PAGES.shown(get_recorded(reply_id))


@blueprint.post("/replies/<int:reply_id>/confirm")
@curator
def confirm_opinion(reply_id: int) -> Answer:
    """Confirm a recorded reply."""
    return PAGES.confirm(reply_id)


@blueprint.post("/replies/<int:reply_id>/reject")
@curator
def reject_opinion(reply_id: int) -> Answer:
    """Void a recorded reply that does not agree."""
    return PAGES.reject(reply_id)


@blueprint.route("/opinion-points/<int:opinion_id>", methods=["GET", "POST"])
@curator
def settle_opinion(opinion_id: int) -> Answer:
    """Say what becomes of one opinion."""
    found = queries.get_opinion(opinion_id)
    release = found.reply.body.round.release
    check_curator(person(), release.edition)
    form = SettleForm(data={"version": found.version})

    def settle() -> None:
        result, reason = Settled(form.result.data), form.reason.data or ""
        actions.settle(person(), found, form.version.data, result, reason)

    if form.is_submitted() and attempt(form, settle):
        return done(room_url(release.id), _("The opinion is settled"))
    found = queries.get_opinion(opinion_id)
    page = render_template(
        "lists/settle_opinion.html",
        opinion=found,
        body=found.reply.body,
        release=found.reply.body.round.release,
        edition=found.reply.body.round.release.edition,
        form=form,
        settled_names=SETTLED_NAMES,
    )
    return page, 422 if form.is_submitted() else 200


def opinion_url(body_id: int) -> str:
    """Return the address of a body's opinion."""
    return url_for("lists_bureau.opinion", body_id=body_id)
