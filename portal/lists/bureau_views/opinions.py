"""Opinions of other bodies on a release: a room of its own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.accounts.access import person
from portal.casework.opinions import REPLY_NAMES, REPLY_WAY_NAMES
from portal.lists.actions import opinions as actions
from portal.lists.bureau_views.documents import DOCX, sent
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.bureau_views.units import is_present
from portal.lists.forms.acts import ActForm
from portal.lists.forms.steps import AskForm
from portal.lists.models import ConsultationRound, Release
from portal.lists.permits import check_curator, check_overseer, may_curate
from portal.lists.procedures import curation
from portal.lists.queries import opinions as queries
from portal.lists.queries.editions import get_release, lead_ids
from portal.lists.queries.steps import changes_since, present_draft
from portal.lists.rules.opinions import missing
from portal.lists.rules.steps import Change
from portal.lists.step_papers import opinion_letter
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.steps import DIFFERENCE_NAMES, SETTLED_NAMES
from portal.taxonomy.queries import departments
from portal.web.filters import in_language
from portal.web.forms import Form, attempt
from portal.web.redirects import done

ROOM = "/releases/<int:release_id>/opinions"


@blueprint.get(ROOM)
@reader
def opinions(release_id: int) -> Answer:
    """Show whom a release was put before, what they answered and how it was settled."""
    return shown_room(release_id)


def shown_room(release_id: int, form: Form | None = None) -> Answer:
    """Return the room; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    check_overseer(person(), release.edition)
    rounds = queries.rounds_of(release)
    page = render_template(
        "lists/opinions.html",
        release=release,
        edition=release.edition,
        rounds=rounds,
        lacks=missing(queries.round_facts(rounds[0]), clock.today()) if rounds else [],
        changes=changed(release, rounds[0]) if rounds else [],
        reachable=reachable(rounds[0]) if rounds else set(),
        may_curate=may_curate(person(), release.edition),
        form=form or Form(),
        reply_names=REPLY_NAMES,
        way_names=REPLY_WAY_NAMES,
        settled_names=SETTLED_NAMES,
        difference_names=DIFFERENCE_NAMES,
        today=clock.today(),
    )
    return page, 422 if form else 200


def changed(release: Release, found: ConsultationRound) -> Sequence[Change]:
    """Return how a list that is not signed yet differs from what bodies read."""
    if release.state not in REVIEWED_STATES:
        return []
    return changes_since(found, present_draft(release))


def reachable(found: ConsultationRound) -> set[int]:
    """Return the bodies of a round that somebody can answer for on the portal."""
    return {body.id for body in found.bodies if actions.officers_of(body)}


@blueprint.route(ROOM + "/ask", methods=["GET", "POST"])
@curator
def ask_opinions(release_id: int) -> Answer:
    """Choose whom to ask, and ask."""
    release = get_release(release_id)
    check_curator(person(), release.edition)
    form = AskForm(data=fresh(release))
    leads = lead_ids(release.edition)
    offered = {
        body.slug: body for body in departments() if body.id not in leads and is_present(body)
    }
    form.bodies.offer([(slug, in_language(body)) for slug, body in offered.items()])

    def ask() -> None:
        asking = actions.Asking(
            [offered[slug] for slug in form.bodies.data or []],
            [line for line in (form.others.data or "").splitlines() if line.strip()],
            form.days.data,
            form.words.data or "",
        )
        actions.ask_opinions(person(), release, form.version.data, asking)

    if form.is_submitted() and attempt(form, ask):
        return done(room_url(release_id), _("The bodies are asked"))
    release = get_release(release_id)
    page = render_template(
        "lists/ask_opinions.html", release=release, edition=release.edition, form=form
    )
    return page, 422 if form.is_submitted() else 200


def fresh(release: Release) -> dict[str, object]:
    """Return what the form of a question begins with."""
    return {
        "version": release.version,
        "days": curation().opinion_days,
        "words": _("Please give your opinion on this list before it is signed."),
    }


@blueprint.post(ROOM + "/remind")
@curator
def remind_bodies(release_id: int) -> Answer:
    """Remind the bodies that have not answered."""
    form, counted = ActForm(), []
    if not attempt(form, lambda: counted.append(actions.remind(person(), get_release(release_id)))):
        return shown_room(release_id, form)
    said = ngettext("%(num)d body is reminded", "%(num)d bodies are reminded", counted[0])
    return done(room_url(release_id), said)


@blueprint.get("/opinions/<int:body_id>/letter")
@reader
def opinion_letter_docx(body_id: int) -> Response:
    """Send the letter by which a body is asked, with the draft: for a body asked on paper."""
    body = queries.get_body(body_id)
    check_overseer(person(), body.round.release.edition)
    return sent(opinion_letter(body), f"{body.name}-征求意见函.docx", DOCX)


def room_url(release_id: int) -> str:
    """Return the address of the room."""
    return url_for("lists_bureau.opinions", release_id=release_id)
